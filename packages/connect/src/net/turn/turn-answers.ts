import { randomBytes } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { Endpoint } from '@vaxel/sip'
import { writeXorAddress } from '../xor-address.ts'
import { attribute, errorCode, type StunDraft, type StunFrame, method, writeFrame } from './stun-codec.ts'

/** A refusal by RFC 8489 §14.8 or RFC 8656 §19. What strangers are told has no words: no answer of theirs may be long. */
export type Fault = readonly [code: number, reason: string]

export const fault = {
  badRequest: [400, 'Bad Request'],
  unauthenticated: [401, ''],
  forbidden: [403, 'Only our own media'],
  unknownAttribute: [420, 'Unknown Attribute'],
  noAllocation: [437, 'Allocation Mismatch'],
  staleNonce: [438, ''],
  wrongFamily: [440, 'Address Family not Supported'],
  otherUser: [441, 'Wrong Credentials'],
  notUdp: [442, 'Unsupported Transport Protocol'],
  peerFamily: [443, 'Peer Address Family Mismatch'],
  quota: [486, 'Allocation Quota Reached'],
  capacity: [508, 'Insufficient Capacity'],
} as const satisfies Record<string, Fault>

type Attributes = StunDraft['attributes']

/** The answer that refuses a request; with a key it proves itself. */
export function refuse(request: StunFrame, [code, reason]: Fault, key?: KeyObject, more: Attributes = []): Buffer {
  return answer(request, 'error', [[attribute.errorCode, errorCode(code, reason)], ...more], key)
}

export function accept(request: StunFrame, key: KeyObject, attributes: Attributes = []): Buffer {
  return answer(request, 'success', attributes, key)
}

function answer(request: StunFrame, kind: 'success' | 'error', attributes: Attributes, key?: KeyObject): Buffer {
  return writeFrame({
    class: kind,
    method: request.method,
    cookieAndId: request.cookieAndId,
    attributes,
    withFingerprint: request.hasFingerprint,
    ...(key ? { key } : {}),
  })
}

/** LIFETIME (RFC 8656 §18.2). */
export function lifetimeValue(ms: number): Uint8Array {
  const value = Buffer.alloc(4)
  value.writeUInt32BE(Math.max(0, Math.floor(ms / 1000)))
  return value
}

/** UNKNOWN-ATTRIBUTES (RFC 8489 §14.9). */
export function unknownValue(types: readonly number[]): Uint8Array {
  const value = Buffer.alloc(2 * types.length)
  types.forEach((type, index) => value.writeUInt16BE(type, 2 * index))
  return value
}

/** Data indication (RFC 8656 §11.3). */
export function dataIndication(peer: Endpoint, bytes: Uint8Array): Buffer {
  const cookieAndId = randomBytes(16)
  cookieAndId.writeUInt32BE(0x2112a442)
  return writeFrame({
    class: 'indication',
    method: method.data,
    cookieAndId,
    attributes: [
      [attribute.xorPeerAddress, writeXorAddress(peer, cookieAndId)],
      [attribute.data, bytes],
    ],
  })
}

/** ChannelData (RFC 8656 §12.4), padded to four bytes as streams need it and datagrams may have it. */
export function channelData(number: number, bytes: Uint8Array): Buffer {
  const message = Buffer.allocUnsafe(4 + ((bytes.length + 3) & ~3))
  message.writeUInt16BE(number, 0)
  message.writeUInt16BE(bytes.length, 2)
  message.set(bytes, 4)
  message.fill(0, 4 + bytes.length)
  return message
}
