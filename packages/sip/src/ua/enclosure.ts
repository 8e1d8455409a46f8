import type { SipRequest } from '../message/sip-message.ts'

/**
 * Something that an INVITE brings beside its session description: a part of the body (RFC 5621) and the header fields that speak of it. It is worth less
 * than the call: a peer that refuses it is asked again without.
 */
export interface Enclosure {
  /** As in `cid:` URIs, without angle brackets (RFC 2392). */
  readonly contentId: string
  readonly contentType: string
  readonly content: string
  /** Names and values, in order. */
  readonly headers: readonly (readonly [string, string])[]
}

/**
 * Answers that speak of something else than what the INVITE brought: the call itself, who calls, or the peer's state. Of all others it is not known, as
 * servers that do not know a body of several parts say so in many ways.
 */
const otherReasons: ReadonlySet<number> = new Set([401, 402, 404, 407, 408, 410, 422, 480, 482, 484, 486, 487, 503])

/** Whether a failure may go away without the enclosure (RFC 6442 §4.4 has 424 for a location, RFC 3261 §21.4.13 has 415). */
export const mayBeForEnclosure = (status: number): boolean => status >= 400 && status < 600 && !otherReasons.has(status)

/**
 * Gives an INVITE a body of two parts, of which a server needs to understand the first one only (RFC 5621 §8).
 * @param boundary stands in neither part
 */
export function enclose(request: SipRequest, sdp: string, enclosure: Enclosure, boundary: string): void {
  const { contentId, contentType, content, headers } = enclosure
  for (const [name, value] of headers) request.headers.append(name, value)
  request.headers.set('MIME-Version', '1.0')
  request.headers.set('Content-Type', `multipart/mixed;boundary=${boundary}`)
  const lines = [
    `--${boundary}`,
    'Content-Type: application/sdp',
    '',
    sdp,
    `--${boundary}`,
    `Content-ID: <${contentId}>`,
    'Content-Disposition: by-reference;handling=optional',
    // Last: Kamailio takes what follows it for the content.
    `Content-Type: ${contentType}`,
    '',
    content,
    `--${boundary}--`,
    '',
  ]
  request.body = Buffer.from(lines.join('\r\n'), 'utf8')
}
