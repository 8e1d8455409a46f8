/**
 * Texts of catalogues and profiles are written by others. In a file of rules they stand only where a comment or a name may
 * stand, and only in characters that mean nothing to any shell or parser: the rest is taken out, not escaped.
 */

/** Letters without their marks where that leaves ASCII; `…` and quotes and dashes as their plain kin. */
function toAscii(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[øØ]/g, 'o')
    .replace(/[æÆ]/g, 'ae')
    .replace(/ß/g, 'ss')
    .replace(/[‐-―]/g, '-')
    .replace(/…/g, '...')
    .replace(/[«»]/g, ' ')
}

const oneSpace = (text: string): string => text.replace(/ {2,}/g, ' ').trim()

/**
 * Letters, digits and `. , : / ( ) + _ -` of ASCII, one space between words, at most so many characters.
 * @example plainAscii('Téléphonie "x"; $(reboot)', 40) // 'Telephonie x (reboot)'
 */
export const plainAscii = (text: string, mostChars: number): string =>
  cut(oneSpace(toAscii(text).replace(/[^A-Za-z0-9.,:/()+_ -]/g, ' ')), mostChars)

/** As `plainAscii`, but letters of every script, at most so many bytes of UTF-8. */
export function plainUnicode(text: string, mostBytes: number): string {
  const plain = oneSpace(text.normalize('NFC').replace(/[^\p{L}\p{N}.,:/()+_ -]/gu, ' '))
  const encoder = new TextEncoder()
  if (encoder.encode(plain).length <= mostBytes) return plain
  let kept = ''
  let bytes = 0
  for (const char of plain) {
    bytes += encoder.encode(char).length
    if (bytes > mostBytes - 3) break
    kept += char
  }
  return `${kept.trimEnd()}...`
}

/** Sentences as comment lines of at most so many characters; a line that goes on is drawn in. Asterisks and semicolons stay: a comment has no grammar. */
export function commentLines(
  prefix: string,
  sentences: readonly string[],
  letters: 'ascii' | 'unicode',
  mostChars = 120,
): readonly string[] {
  return sentences.flatMap((sentence) => {
    const text = letters === 'ascii' ? toAscii(sentence) : sentence.normalize('NFC')
    const plain = oneSpace(text.replace(/['’]/g, "'").replace(/[^\p{L}\p{N}.,:;/()+_ *'-]/gu, ' '))
    const lines: string[] = []
    let line = ''
    for (const word of plain.split(' ')) {
      if (line !== '' && line.length + word.length + 1 > mostChars) {
        lines.push(line)
        line = ' '
      }
      line = line === '' ? word : `${line} ${word}`
    }
    return [...lines, line].map((one) => `${prefix} ${one}`)
  })
}

/** One line of any text without control characters and without signs that turn the direction of a line. */
export const oneLine = (text: string): string =>
  oneSpace(text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\ufffe\uffff]/gu, ' '))

function cut(text: string, mostChars: number): string {
  return text.length <= mostChars ? text : `${text.slice(0, Math.max(0, mostChars - 3)).trimEnd()}...`
}

/** Gives each thing a name of its own: letters, digits, `-` and `_`, at most so long; the second of a kind gets a number. */
export class Names {
  readonly #taken = new Set<string>()
  readonly #mostChars: number
  readonly #separator: '-' | '_'

  constructor(mostChars: number, separator: '-' | '_' = '-') {
    this.#mostChars = mostChars
    this.#separator = separator
  }

  take(wanted: string): string {
    const plain = toAscii(wanted)
      .replace(/[^A-Za-z0-9]+/g, this.#separator)
      .replace(/^[-_]+|[-_]+$/g, '')
    const stem = plain === '' ? 'opening' : plain
    let name = this.#fit(stem, '')
    for (let count = 2; this.#taken.has(name.toLowerCase()); count += 1)
      name = this.#fit(stem, `${this.#separator}${count}`)
    this.#taken.add(name.toLowerCase())
    return name
  }

  #fit(stem: string, end: string): string {
    return `${stem.slice(0, this.#mostChars - end.length).replace(/[-_]+$/, '')}${end}`
  }
}
