import type { SipRequest, SipResponse } from '../message/sip-message.ts'

const longestBoundary = 70

/** The session description in a message: its whole body, or the first such part of a multipart body (RFC 5621 §3). */
export function sessionDescriptionOf(message: SipRequest | SipResponse): string | undefined {
  if (message.body.length === 0) return undefined
  const type = message.contentType
  if (type === 'application/sdp') return message.text
  if (!type?.startsWith('multipart/')) return undefined
  const boundary = /boundary\s*=\s*(?:"([^"]{1,70})"|([^\s;,"]{1,70}))/i.exec(message.headers.get('Content-Type')!)
  const name = boundary?.[1] ?? boundary?.[2]
  return name === undefined || name.length > longestBoundary ? undefined : findPart(message.text, `--${name}`)
}

/** Whether {@link sessionDescriptionOf} finds one, without reading it where its type says enough. */
export const hasSessionDescription = (message: SipRequest | SipResponse): boolean =>
  message.body.length > 0 && (message.contentType === 'application/sdp' || sessionDescriptionOf(message) !== undefined)

function findPart(text: string, delimiter: string): string | undefined {
  for (const part of text.split(delimiter).slice(1)) {
    const headEnd = part.indexOf('\r\n\r\n')
    if (headEnd < 0) continue
    if (/^content-type\s*:\s*application\/sdp\s*(;|$)/im.test(part.slice(0, headEnd))) {
      return part.slice(headEnd + 4).replace(/\r\n$/, '')
    }
  }
  return undefined
}

/** Gives a message a session description as its body. */
export function setSessionDescription(message: SipRequest | SipResponse, sdp: string): void {
  message.headers.set('Content-Type', 'application/sdp')
  message.body = Buffer.from(sdp, 'utf8')
}
