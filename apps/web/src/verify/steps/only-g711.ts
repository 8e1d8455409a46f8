/** Payload types of G.711 (RFC 3551 §6). */
const g711 = new Set(['0', '8'])

/**
 * An offer of audio with no other codec than G.711: 50 packets a second whatever is said, and the codec that the score's
 * formula is for. An offer without G.711 is left as it is.
 */
export function onlyG711(sdp: string): string {
  const lines = sdp.split(/\r?\n/)
  const media = lines.find((line) => line.startsWith('m=audio '))
  const offered = media?.split(' ').slice(3) ?? []
  const kept = offered.filter((type) => g711.has(type))
  if (!media || kept.length === 0) return sdp
  const dropped = new Set(offered.filter((type) => !g711.has(type)))
  return lines
    .filter((line) => !dropped.has(/^a=(?:rtpmap|fmtp|rtcp-fb):(\d+)/.exec(line)?.[1] ?? ''))
    .map((line) => (line === media ? `${media.split(' ').slice(0, 3).join(' ')} ${kept.join(' ')}` : line))
    .join('\r\n')
}
