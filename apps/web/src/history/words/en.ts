export const historyEn = {
  title: 'Calls',
}
