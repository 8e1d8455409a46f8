import { oneLine } from './plain-text.ts'

/** Text of an XML 1.0 element: nothing in it is markup, no character is one that XML forbids, and it is one line. */
const xmlText = (text: string): string =>
  oneLine(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&apos;')

/** `--` would end a comment (XML 1.0 §2.5). */
export const xmlComment = (text: string): string => `<!-- ${xmlText(text).replace(/-{2,}/g, '-').replace(/-$/, '')} -->`

/** One element with text. */
export const element = (name: string, text: string): string => `<${name}>${xmlText(text)}</${name}>`
