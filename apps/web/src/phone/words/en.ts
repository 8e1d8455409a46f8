export const phoneEn = {
  title: 'Phone',
}
