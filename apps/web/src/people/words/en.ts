export const peopleEn = {
  title: 'People',
}
