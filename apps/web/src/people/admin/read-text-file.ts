/**
 * The text of a file that another program has written: UTF-16 by its first bytes, else UTF-8, else what spreadsheets on Windows in western
 * countries write. Read as UTF-8, their å and é would become marks that nobody can turn back.
 */
export function readTextFile(bytes: Uint8Array): string {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}
