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

/** A response without a body in as few bytes as RFC 3261 §7.3.3 allows, for answers that may not be longer than what was asked. */
export function serializeCompact(response: SipResponse): Uint8Array {
  const line = `SIP/2.0 ${response.status} ${response.reason}`
  if (line.includes('\n') || line.includes('\r')) throw new TypeError('the first line may not hold a line break')
  return Buffer.from(`${line}\r\n${response.headers.toCompactWire()}l:0\r\n\r\n`, 'utf8')
}

/** The response as it is, or in the compact form where only that is short enough; undefined when neither is. */
export function writeWithin(response: SipResponse, mostBytes: number): Uint8Array | undefined {
  const whole = serialize(response)
  if (whole.length <= mostBytes) return whole
  const compact = response.body.length === 0 ? serializeCompact(response) : whole
  return compact.length <= mostBytes ? compact : undefined
}
