import type { SipRequest, SipResponse } from './sip-message.ts'

/**
 * Writes a message. Content-Length is always the true one, last; everything else is as the headers say.
 * Throws on a line break in the Request-URI, method or reason phrase.
 */
export function serialize(message: SipRequest | SipResponse): Uint8Array {
  const line =
    message.kind === 'request'
      ? `${message.method} ${message.uri} SIP/2.0`
      : `SIP/2.0 ${message.status} ${message.reason}`
  if (line.includes('\n') || line.includes('\r')) throw new TypeError('the first line may not hold a line break')
  const length = message.body.length
  const head = `${line}\r\n${message.headers.toWire()}Content-Length: ${length}\r\n\r\n`
  if (length === 0) return Buffer.from(head, 'utf8')
  const headLength = Buffer.byteLength(head, 'utf8')
  const bytes = Buffer.allocUnsafe(headLength + length)
  bytes.write(head, 0, 'utf8')
  bytes.set(message.body, headLength)
  return bytes
}
