/** Attributes of an element, each with a space before it; undefined ones are left out. */
export function attributes(values: Readonly<Record<string, string | number | undefined>>): string {
  let text = ''
  for (const [name, value] of Object.entries(values))
    if (value !== undefined) text += ` ${name}="${escape(String(value))}"`
  return text
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text for a document; also leaves out control characters, most of which XML cannot hold. */
export const escape = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, '').replace(/[&<>"]/g, (character) => entities[character]!)

const encoder = new TextEncoder()

/** Lines as the bytes of a document. */
export const documentOf = (lines: readonly string[]): Uint8Array =>
  encoder.encode(`<?xml version="1.0" encoding="UTF-8"?>\n${lines.join('\n')}\n`)
