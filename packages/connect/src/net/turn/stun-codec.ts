import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto'
import { crc32 } from 'node:zlib'

export const headerBytes = 20
const magicCookie = 0x2112a442
const integrityBytes = 20
const mostAttributes = 32

/** Methods of RFC 8489 and RFC 8656 §17. */
export const method = {
  binding: 0x001,
  allocate: 0x003,
  refresh: 0x004,
  send: 0x006,
  data: 0x007,
  createPermission: 0x008,
  channelBind: 0x009,
} as const

/** Attributes of RFC 8489 §18.3 and RFC 8656 §18. */
export const attribute = {
  username: 0x0006,
  messageIntegrity: 0x0008,
  errorCode: 0x0009,
  unknownAttributes: 0x000a,
  channelNumber: 0x000c,
  lifetime: 0x000d,
  xorPeerAddress: 0x0012,
  data: 0x0013,
  realm: 0x0014,
  nonce: 0x0015,
  xorRelayedAddress: 0x0016,
  requestedAddressFamily: 0x0017,
  evenPort: 0x0018,
  requestedTransport: 0x0019,
  dontFragment: 0x001a,
  xorMappedAddress: 0x0020,
  reservationToken: 0x0022,
  fingerprint: 0x8028,
} as const

const known: ReadonlySet<number> = new Set(Object.values(attribute))

export type StunClass = 'request' | 'indication' | 'success' | 'error'
const classes: readonly StunClass[] = ['request', 'indication', 'success', 'error']

/** A message as read. The bytes are those that were received. */
export interface StunFrame {
  readonly class: StunClass
  readonly method: number
  /** Magic cookie and transaction id, 16 bytes: with these addresses are xored. */
  readonly cookieAndId: Uint8Array
  readonly bytes: Uint8Array
  /** Before MESSAGE-INTEGRITY, in order. */
  readonly attributes: readonly { readonly type: number; readonly value: Uint8Array }[]
  /** Where MESSAGE-INTEGRITY stands. */
  readonly integrityAt: number | undefined
  readonly hasFingerprint: boolean
  /** Attributes that must be understood and are not, each once. */
  readonly unknown: readonly number[]
}

/**
 * Reads a whole message (RFC 8489 §5, §14). Undefined for what is none: wrong cookie, length or fingerprint, attributes that leave
 * the message, or more than 32 of them. What follows MESSAGE-INTEGRITY is not looked at, except FINGERPRINT.
 */
export function readFrame(bytes: Uint8Array): StunFrame | undefined {
  if (bytes.length < headerBytes || bytes[0]! > 0x3f) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  if (view.getUint32(4) !== magicCookie || view.getUint16(2) !== bytes.length - headerBytes || bytes.length % 4 !== 0)
    return undefined
  const type = view.getUint16(0)
  const attributes: { type: number; value: Uint8Array }[] = []
  const unknown = new Set<number>()
  let integrityAt: number | undefined
  let hasFingerprint = false
  for (let at = headerBytes; at < bytes.length; ) {
    if (hasFingerprint || at + 4 > bytes.length || attributes.length > mostAttributes) return undefined
    const kind = view.getUint16(at)
    const length = view.getUint16(at + 2)
    const next = at + 4 + ((length + 3) & ~3)
    if (next > bytes.length) return undefined
    if (kind === attribute.fingerprint) {
      if (length !== 4 || view.getUint32(at + 4) !== fingerprintOf(bytes.subarray(0, at))) return undefined
      hasFingerprint = true
    } else if (integrityAt === undefined) {
      if (kind === attribute.messageIntegrity) {
        if (length !== integrityBytes) return undefined
        integrityAt = at
      } else {
        attributes.push({ type: kind, value: bytes.subarray(at + 4, at + 4 + length) })
        if (kind < 0x8000 && !known.has(kind)) unknown.add(kind)
      }
    }
    at = next
  }
  return {
    class: classes[((type & 0x0100) >> 7) | ((type & 0x0010) >> 4)]!,
    method: ((type & 0x3e00) >> 2) | ((type & 0x00e0) >> 1) | (type & 0x000f),
    cookieAndId: bytes.subarray(4, headerBytes),
    bytes,
    attributes,
    integrityAt,
    hasFingerprint,
    unknown: [...unknown],
  }
}

/** The first attribute of that type. */
export const valueOf = (frame: StunFrame, type: number): Uint8Array | undefined =>
  frame.attributes.find((one) => one.type === type)?.value

/** Whether MESSAGE-INTEGRITY was made with the key (RFC 8489 §14.5). */
export function hasIntegrity(frame: StunFrame, key: KeyObject): boolean {
  const { bytes, integrityAt } = frame
  if (integrityAt === undefined) return false
  const given = bytes.subarray(integrityAt + 4, integrityAt + 4 + integrityBytes)
  return timingSafeEqual(integrityOf(bytes.subarray(0, integrityAt), key), given)
}

/** What a message is written from. */
export interface StunDraft {
  readonly class: StunClass
  readonly method: number
  /** Of the request that is answered; drawn by the caller for an indication. */
  readonly cookieAndId: Uint8Array
  readonly attributes: readonly (readonly [type: number, value: Uint8Array])[]
  /** MESSAGE-INTEGRITY is made with it. */
  readonly key?: KeyObject
  readonly withFingerprint?: boolean
}

/** Writes a message. */
export function writeFrame(draft: StunDraft): Buffer {
  const body = draft.attributes.reduce((sum, [, value]) => sum + 4 + ((value.length + 3) & ~3), 0)
  const end = headerBytes + body
  const whole = end + (draft.key ? 4 + integrityBytes : 0) + (draft.withFingerprint ? 8 : 0)
  const bytes = Buffer.alloc(whole)
  const kind = classes.indexOf(draft.class)
  const { method: m } = draft
  bytes.writeUInt16BE(((m & 0xf80) << 2) | ((m & 0x070) << 1) | (m & 0x00f) | ((kind & 2) << 7) | ((kind & 1) << 4), 0)
  bytes.writeUInt16BE(whole - headerBytes, 2)
  bytes.set(draft.cookieAndId, 4)
  let at = headerBytes
  for (const [type, value] of draft.attributes) {
    bytes.writeUInt16BE(type, at)
    bytes.writeUInt16BE(value.length, at + 2)
    bytes.set(value, at + 4)
    at += 4 + ((value.length + 3) & ~3)
  }
  if (draft.key) {
    bytes.writeUInt16BE(attribute.messageIntegrity, at)
    bytes.writeUInt16BE(integrityBytes, at + 2)
    bytes.set(integrityOf(bytes.subarray(0, at), draft.key), at + 4)
    at += 4 + integrityBytes
  }
  if (draft.withFingerprint) {
    bytes.writeUInt16BE(attribute.fingerprint, at)
    bytes.writeUInt16BE(4, at + 2)
    bytes.writeUInt32BE(fingerprintOf(bytes.subarray(0, at)), at + 4)
  }
  return bytes
}

/** ERROR-CODE (RFC 8489 §14.8). */
export function errorCode(code: number, reason: string): Uint8Array {
  const text = Buffer.from(reason)
  return Buffer.concat([Buffer.of(0, 0, Math.floor(code / 100), code % 100), text])
}

/** HMAC-SHA1 of all before MESSAGE-INTEGRITY, with a length that ends behind it. */
function integrityOf(before: Uint8Array, key: KeyObject): Buffer {
  const length = before.length + 4 + integrityBytes - headerBytes
  const head = Uint8Array.of(before[0]!, before[1]!, length >>> 8, length & 255)
  return createHmac('sha1', key).update(head).update(before.subarray(4)).digest()
}

const fingerprintOf = (before: Uint8Array): number => (crc32(before) ^ 0x5354554e) >>> 0
