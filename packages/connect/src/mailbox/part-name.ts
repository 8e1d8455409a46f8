const endings: Readonly<Record<string, string>> = {
  'message/rfc822': 'eml',
  'message/delivery-status': 'txt',
  'text/rfc822-headers': 'txt',
  'text/plain': 'txt',
  'text/html': 'html',
  'text/calendar': 'ics',
  'text/vcard': 'vcf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'application/pdf': 'pdf',
  'application/ms-tnef': 'dat',
  'application/pkcs7-signature': 'p7s',
  'application/pgp-signature': 'asc',
}
/** Signs that turn the direction of a text, so that `gnp.exe` reads `exe.png`; controls; what paths are made of. */
const misleading = /[\p{Cc}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff/\\:*?"<>|]/gu

/** A name under which a part may be saved anywhere: no path, nothing that misleads, not too long, never empty. */
export function partName(given: string | undefined, mediaType: string, index: number): string {
  const last = given?.split(/[/\\]/).at(-1) ?? ''
  const clean = last
    .toWellFormed()
    .normalize('NFC')
    .replace(misleading, '_')
    .replace(/^[\s.]+|[\s.]+$/g, '')
  if (clean === '') return `part-${index + 1}.${endings[mediaType.toLowerCase()] ?? 'bin'}`
  if (clean.length <= 150) return clean
  const ending = /\.[^.]{1,10}$/.exec(clean)?.[0] ?? ''
  return withoutHalf(clean.slice(0, 150 - ending.length)) + ending
}

/** A cut within a character leaves its first half, which no file system and no header field takes. */
const withoutHalf = (text: string): string => text.replace(/[\ud800-\udbff]$/, '')
