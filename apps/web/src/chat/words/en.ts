export const chatEn = {
  title: 'Chat',
}
