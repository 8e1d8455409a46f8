export const presenceEn = {
  title: 'Presence',
}
