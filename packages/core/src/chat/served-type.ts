/** What a browser may show or play without anything of it running. */
const inline: ReadonlySet<string> = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
  'audio/mpeg',
  'audio/ogg',
  'audio/wav',
  'audio/vnd.wave',
  'audio/mp4',
  'audio/x-m4a',
  'audio/flac',
  'audio/webm',
  'video/mp4',
  'video/webm',
])

/** As what a file of somebody else is sent: what could act as a page or a program is bytes to be saved, whatever it is. */
export function readServedType(mediaType: string): { readonly mediaType: string; readonly isInline: boolean } {
  const isInline = inline.has(mediaType)
  return { mediaType: isInline ? mediaType : 'application/octet-stream', isInline }
}
