/** Part of a text: words, an address on the web that may be opened, or the name of somebody who is called. */
export type TextPart =
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string }
  | { readonly kind: 'mention'; readonly text: string }

const pattern = /\bhttps?:\/\/[^\s<>"'`]+|\bwww\.[^\s<>"'`]+\.[^\s<>"'`]+/giu

/**
 * A message with its links found. Only http and https become links, and what is shown is where it goes.
 * @param names of those who are called in it
 */
export function textParts(text: string, names: readonly string[] = []): TextPart[] {
  const parts: TextPart[] = []
  let at = 0
  for (const { 0: found, index } of text.matchAll(pattern)) {
    const link = withoutPunctuation(found)
    const href = hrefOf(link)
    if (href === undefined) continue
    parts.push(...mentionParts(text.slice(at, index), names), { kind: 'link', text: link, href })
    at = index + link.length
  }
  return [...parts, ...mentionParts(text.slice(at), names)]
}

function hrefOf(text: string): string | undefined {
  const address = /^https?:/i.test(text) ? text : `https://${text}`
  if (!URL.canParse(address)) return undefined
  const url = new URL(address)
  // A name before an @ makes a link look like it goes elsewhere.
  return url.username === '' && url.password === '' ? url.href : undefined
}

/** What ends a sentence, and a bracket that was opened before the link, do not belong to it. */
function withoutPunctuation(text: string): string {
  let link = text.replace(/[.,;:!?…]+$/u, '')
  while (/[)\]}]$/.test(link) && count(link, ')]}') > count(link, '([{'))
    link = link.slice(0, -1).replace(/[.,;:!?…]+$/u, '')
  return link
}

const count = (text: string, characters: string): number => [...text].filter((one) => characters.includes(one)).length

function mentionParts(text: string, names: readonly string[]): TextPart[] {
  const parts: TextPart[] = []
  let rest = text
  while (rest !== '') {
    const found = firstMention(rest, names)
    if (!found) break
    if (found.at > 0) parts.push({ kind: 'words', text: rest.slice(0, found.at) })
    parts.push({ kind: 'mention', text: rest.slice(found.at, found.at + found.length) })
    rest = rest.slice(found.at + found.length)
  }
  return rest === '' ? parts : [...parts, { kind: 'words', text: rest }]
}

function firstMention(text: string, names: readonly string[]): { at: number; length: number } | undefined {
  const folded = text.toLocaleLowerCase()
  return names
    .filter((name) => name !== '')
    .map((name) => ({ at: folded.indexOf(`@${name.toLocaleLowerCase()}`), length: name.length + 1 }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at || b.length - a.length)[0]
}
