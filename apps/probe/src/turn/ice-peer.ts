import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { readTurn, successOf, turnAttributes, type TurnMessage, writeTurn } from './turn-message.ts'

const binding = 0x0001
/** RFC 8445 §16.1, RFC 8489 §14.7. */
const priority = 0x0024
const controlling = 0x802a
const fingerprint = 0x8028
const fingerprintMask = 0x5354554e

/** What is sent through the relay to the service's media port, and how its answer is known. */
export interface IcePeer {
  readonly bytes: Uint8Array
  isAnswer(bytes: Uint8Array): boolean
}

/** A call's offer that never becomes a call: only its connectivity check is wanted. The DTLS fingerprint is nobody's. */
export function offerOf(ufrag: string): string {
  const hash = [...randomBytes(32)].map((byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join(':')
  return [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    'm=audio 9 UDP/TLS/RTP/SAVPF 8',
    'c=IN IP4 0.0.0.0',
    'a=rtcp-mux',
    `a=ice-ufrag:${ufrag}`,
    `a=ice-pwd:${randomBytes(18).toString('hex')}`,
    `a=fingerprint:sha-256 ${hash}`,
    'a=setup:actpass',
    'a=mid:0',
    'a=sendrecv',
    'a=rtpmap:8 PCMA/8000',
    '',
  ].join('\r\n')
}

/** The connectivity check (RFC 8445 §7.2.2) of who made that offer; undefined when the answer has no ICE. */
export function icePeer(ufrag: string, answer: string): IcePeer | undefined {
  const theirs = /^a=ice-ufrag:(\S{4,256})/m.exec(answer)?.[1]
  const password = /^a=ice-pwd:(\S{22,256})/m.exec(answer)?.[1]
  if (theirs === undefined || password === undefined) return undefined
  const key = Buffer.from(password)
  const transactionId = randomBytes(12)
  const attributes: TurnMessage['attributes'] = [
    [turnAttributes.username, Buffer.from(`${theirs}:${ufrag}`)],
    [priority, Uint8Array.of(0x6e, 0, 0x1e, 0xff)],
    [controlling, randomBytes(8)],
  ]
  return {
    bytes: withFingerprint(writeTurn({ type: binding, transactionId, attributes }, key)),
    isAnswer: (bytes) => {
      const message = readTurn(bytes)
      if (!message || message.type !== successOf(binding) || !transactionId.equals(message.transactionId)) return false
      return hasIntegrity(Buffer.from(bytes), key)
    },
  }
}

function withFingerprint(bytes: Buffer): Buffer {
  const whole = Buffer.concat([bytes, Buffer.alloc(8)])
  whole.writeUInt16BE(whole.length - 20, 2)
  whole.writeUInt16BE(fingerprint, bytes.length)
  whole.writeUInt16BE(4, bytes.length + 2)
  whole.writeUInt32BE((crc32(whole.subarray(0, bytes.length)) ^ fingerprintMask) >>> 0, bytes.length + 4)
  return whole
}

/** Whether MESSAGE-INTEGRITY is that of the key (RFC 8489 §14.5): only the service can have made it. */
function hasIntegrity(bytes: Buffer, key: Buffer): boolean {
  for (let at = 20; at + 4 <= bytes.length; at += 4 + ((bytes.readUInt16BE(at + 2) + 3) & ~3)) {
    if (bytes.readUInt16BE(at) !== turnAttributes.messageIntegrity || at + 24 > bytes.length) continue
    const before = Buffer.from(bytes.subarray(0, at))
    before.writeUInt16BE(at + 24 - 20, 2)
    return timingSafeEqual(createHmac('sha1', key).update(before).digest(), bytes.subarray(at + 4, at + 24))
  }
  return false
}
