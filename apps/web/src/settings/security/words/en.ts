export const securityEn = {
  title: 'Security',
}
