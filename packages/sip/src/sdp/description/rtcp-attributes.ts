import { parsePort } from './parse-description.ts'
import { attributeOf, type MediaDescription } from './session-description.ts'

/** Where RTCP goes: `a=rtcp` (RFC 3605), else the RTP port + 1. `address` only where the attribute names one. */
export function rtcpPortOf(media: MediaDescription): { readonly port: number; readonly address?: string } {
  const match = /^(\d{1,5})(?:\s+IN\s+IP[46]\s+([A-Za-z0-9:.%-]{1,255}))?/i.exec(attributeOf(media, 'rtcp') ?? '')
  const port = match ? parsePort(match[1]!) : undefined
  if (!port) return { port: Math.min(media.port + 1, 65_535) }
  return match![2] ? { port, address: match![2] } : { port }
}

/** `a=rtcp-mux` (RFC 5761 §5.1.1). */
export function hasRtcpMux(media: MediaDescription): boolean {
  return attributeOf(media, 'rtcp-mux') !== undefined
}
