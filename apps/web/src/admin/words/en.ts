export const adminEn = {
  title: 'Administration',
}
