const encoder = new TextEncoder()

/**
 * A text in parts of at most so many bytes of UTF-8, between words where there are any, never within a character: a MESSAGE
 * over UDP must stay below 1300 bytes (RFC 3428 §8).
 */
export function splitText(text: string, mostBytes: number): string[] {
  const parts: string[] = []
  let rest = text
  while (encoder.encode(rest).length > mostBytes) {
    const fits = longestFitting(rest, mostBytes)
    const space = Math.max(fits.lastIndexOf(' '), fits.lastIndexOf('\n'))
    const end = space > fits.length / 2 ? space : fits.length
    parts.push(rest.slice(0, end))
    rest = rest.slice(end).trimStart()
  }
  return rest === '' ? parts : [...parts, rest]
}

function longestFitting(text: string, mostBytes: number): string {
  let [sizeBytes, end] = [0, 0]
  for (const character of text) {
    sizeBytes += encoder.encode(character).length
    if (sizeBytes > mostBytes) break
    end += character.length
  }
  return text.slice(0, Math.max(1, end))
}
