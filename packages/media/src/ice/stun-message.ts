import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { readUint32, writeUint32 } from '../rtp/rtp-header.ts'
import type { UdpAddress } from '../udp/udp-address.ts'

export const stunHeaderBytes = 20
export const magicCookie = 0x2112a442
export const bindingRequest = 0x0001
export const bindingSuccess = 0x0101
export const bindingError = 0x0111

const username = 0x0006
const messageIntegrity = 0x0008
const errorCode = 0x0009
const unknownAttributes = 0x000a
const xorMappedAddress = 0x0020
const priority = 0x0024
const useCandidate = 0x0025
const fingerprint = 0x8028
const iceControlled = 0x8029
const iceControlling = 0x802a
const fingerprintXor = 0x5354554e
const longestUsername = 513

/** A STUN message with what ICE needs of it (RFC 8489 §5, RFC 8445 §16). */
export interface StunMessage {
  readonly type: number
  /** 12 bytes, a view of the packet. */
  readonly transactionId: Uint8Array
  readonly username?: string
  /** Where MESSAGE-INTEGRITY stands; undefined without one. What comes after it is not covered, and was not read. */
  readonly integrityAt?: number
  readonly hasFingerprint: boolean
  readonly priority?: number
  readonly useCandidate: boolean
  readonly role?: 'controlling' | 'controlled'
  /** Attributes that must be understood, but are not (RFC 8489 §6.3.1). */
  readonly unknown: readonly number[]
}

/** Reads a message; undefined for what is none, or is malformed, or whose FINGERPRINT is wrong. Linear time; nothing is copied. */
export function readStun(packet: Uint8Array, length: number): StunMessage | undefined {
  if (length < stunHeaderBytes || packet[0]! > 3 || readUint32(packet, 4) !== magicCookie) return undefined
  const size = (packet[2]! << 8) | packet[3]!
  if (size % 4 !== 0 || stunHeaderBytes + size !== length) return undefined
  const message = {
    type: (packet[0]! << 8) | packet[1]!,
    transactionId: packet.subarray(8, 20),
    hasFingerprint: false,
    useCandidate: false,
    unknown: [] as number[],
  } as { -readonly [K in keyof StunMessage]: StunMessage[K] } & { unknown: number[] }
  for (let at = stunHeaderBytes; at < length; ) {
    if (at + 4 > length) return undefined
    const type = (packet[at]! << 8) | packet[at + 1]!
    const bytes = (packet[at + 2]! << 8) | packet[at + 3]!
    const next = at + 4 + ((bytes + 3) & ~3)
    if (next > length || message.hasFingerprint) return undefined
    if (type === fingerprint) {
      if (bytes !== 4 || readUint32(packet, at + 4) !== fingerprintOf(packet, at)) return undefined
      message.hasFingerprint = true
    } else if (message.integrityAt === undefined && !readAttribute(message, packet, at, type, bytes)) return undefined
    at = next
  }
  return message
}

function readAttribute(
  message: { -readonly [K in keyof StunMessage]: StunMessage[K] } & { unknown: number[] },
  packet: Uint8Array,
  at: number,
  type: number,
  bytes: number,
): boolean {
  switch (type) {
    case username:
      if (bytes > longestUsername) return false
      message.username ??= Buffer.from(packet.buffer, packet.byteOffset + at + 4, bytes).toString('utf8')
      return true
    case messageIntegrity:
      message.integrityAt = at
      return bytes === 20
    case priority:
      message.priority = readUint32(packet, at + 4)
      return bytes === 4
    case useCandidate:
      message.useCandidate = true
      return bytes === 0
    case iceControlled:
    case iceControlling:
      message.role = type === iceControlling ? 'controlling' : 'controlled'
      return bytes === 8
    case errorCode:
    case unknownAttributes:
    case xorMappedAddress:
      return true
    default:
      // Of a browser's 16 attributes none is unknown; more than these are no honest message.
      if (type < 0x8000 && message.unknown.length < 16) message.unknown.push(type)
      return true
  }
}

/** Whether the message was made by someone who knows the password (RFC 8489 §14.5, short-term credentials). */
export function hasIntegrity(packet: Uint8Array, message: StunMessage, password: KeyObject): boolean {
  if (message.integrityAt === undefined) return false
  const at = message.integrityAt
  const expected = integrityOf(packet, at, password)
  return timingSafeEqual(expected, packet.subarray(at + 4, at + 24))
}

/** What an answer says. */
export interface StunAnswer {
  readonly type: typeof bindingSuccess | typeof bindingError
  readonly transactionId: Uint8Array
  readonly mapped?: UdpAddress
  readonly error?: { readonly code: number; readonly reason: string; readonly unknown?: readonly number[] }
}

/**
 * Writes an answer with FINGERPRINT and, where a password is given, MESSAGE-INTEGRITY.
 * @param out at least 200 bytes
 * @returns its length
 */
export function writeStunAnswer(out: Buffer, answer: StunAnswer, password?: KeyObject): number {
  out.writeUInt16BE(answer.type, 0)
  writeUint32(out, 4, magicCookie)
  out.set(answer.transactionId, 8)
  let at = stunHeaderBytes
  if (answer.error) at = writeError(out, at, answer.error)
  if (answer.mapped) at = writeMapped(out, at, answer.mapped)
  if (password) {
    out.writeUInt16BE(messageIntegrity, at)
    out.writeUInt16BE(20, at + 2)
    out.set(integrityOf(out, at, password), at + 4)
    at += 24
  }
  out.writeUInt16BE(at + 8 - stunHeaderBytes, 2)
  out.writeUInt16BE(fingerprint, at)
  out.writeUInt16BE(4, at + 2)
  writeUint32(out, at + 4, fingerprintOf(out, at))
  return at + 8
}

function writeError(out: Buffer, at: number, error: NonNullable<StunAnswer['error']>): number {
  const reason = Buffer.from(error.reason)
  out.writeUInt16BE(errorCode, at)
  out.writeUInt16BE(4 + reason.length, at + 2)
  out.writeUInt16BE(0, at + 4)
  out[at + 6] = Math.floor(error.code / 100)
  out[at + 7] = error.code % 100
  out.fill(0, at + 8, at + 8 + ((reason.length + 3) & ~3))
  out.set(reason, at + 8)
  let end = at + 8 + ((reason.length + 3) & ~3)
  if (!error.unknown) return end
  out.writeUInt16BE(unknownAttributes, end)
  out.writeUInt16BE(2 * error.unknown.length, end + 2)
  end += 4
  for (const type of error.unknown) end = out.writeUInt16BE(type, end)
  return error.unknown.length % 2 === 0 ? end : out.writeUInt16BE(0, end)
}

/** XOR-MAPPED-ADDRESS (RFC 8489 §14.2). */
function writeMapped(out: Buffer, at: number, mapped: UdpAddress): number {
  const isFour = mapped.family === 4
  out.writeUInt16BE(xorMappedAddress, at)
  out.writeUInt16BE(isFour ? 8 : 20, at + 2)
  out[at + 4] = 0
  out[at + 5] = isFour ? 1 : 2
  out.writeUInt16BE(mapped.port ^ (magicCookie >>> 16), at + 6)
  if (isFour) {
    writeUint32(out, at + 8, mapped.d ^ magicCookie)
    return at + 12
  }
  writeUint32(out, at + 8, mapped.a ^ magicCookie)
  writeUint32(out, at + 12, mapped.b ^ readUint32(out, 8))
  writeUint32(out, at + 16, mapped.c ^ readUint32(out, 12))
  writeUint32(out, at + 20, mapped.d ^ readUint32(out, 16))
  return at + 24
}

/** HMAC-SHA1 of all before `at`, with a length that ends behind MESSAGE-INTEGRITY. */
function integrityOf(packet: Uint8Array, at: number, password: KeyObject): Buffer {
  const size = at + 24 - stunHeaderBytes
  const head = Uint8Array.of(packet[0]!, packet[1]!, size >> 8, size)
  return createHmac('sha1', password).update(head).update(packet.subarray(4, at)).digest()
}

/** CRC-32 of all before `at`, XOR "STUN". The length in the header already counts FINGERPRINT, which comes last. */
function fingerprintOf(packet: Uint8Array, at: number): number {
  return (crc32(packet.subarray(0, at)) ^ fingerprintXor) >>> 0
}
