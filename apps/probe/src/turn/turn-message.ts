import { createHash, createHmac } from 'node:crypto'
import { isIP } from 'node:net'
import { readIp } from '@vaxel/site'

const magicCookie = 0x2112a442
const headerBytes = 20

/** RFC 8656 §17; requests, and the indication that carries data. */
export const turnMethods = { allocate: 0x0003, refresh: 0x0004, createPermission: 0x0008, send: 0x0016 } as const
export const successOf = (method: number): number => method | 0x0100
export const errorOf = (method: number): number => method | 0x0110
export const dataIndication = 0x0017

/** RFC 8489 §18.3, RFC 8656 §18. */
export const turnAttributes = {
  username: 0x0006,
  messageIntegrity: 0x0008,
  errorCode: 0x0009,
  lifetime: 0x000d,
  xorPeerAddress: 0x0012,
  data: 0x0013,
  realm: 0x0014,
  nonce: 0x0015,
  requestedTransport: 0x0019,
} as const

export interface TurnMessage {
  readonly type: number
  /** 12 bytes. */
  readonly transactionId: Uint8Array
  readonly attributes: readonly (readonly [type: number, value: Uint8Array])[]
}

/** @param key for MESSAGE-INTEGRITY; absent: without. An indication sends its request type with the indication's class. */
export function writeTurn({ type, transactionId, attributes }: TurnMessage, key?: Uint8Array): Buffer {
  const parts = attributes.map(([name, value]) => {
    const part = Buffer.alloc(4 + ((value.length + 3) & ~3))
    part.writeUInt16BE(name, 0)
    part.writeUInt16BE(value.length, 2)
    part.set(value, 4)
    return part
  })
  const body = Buffer.concat(parts)
  const header = Buffer.alloc(headerBytes)
  header.writeUInt16BE(type, 0)
  header.writeUInt16BE(body.length + (key ? 24 : 0), 2)
  header.writeUInt32BE(magicCookie, 4)
  header.set(transactionId, 8)
  const whole = Buffer.concat([header, body])
  if (!key) return whole
  const integrity = Buffer.alloc(24)
  integrity.writeUInt16BE(turnAttributes.messageIntegrity, 0)
  integrity.writeUInt16BE(20, 2)
  integrity.set(createHmac('sha1', key).update(whole).digest(), 4)
  return Buffer.concat([whole, integrity])
}

/** Undefined for what is no STUN message, or a malformed one. */
export function readTurn(
  bytes: Uint8Array,
): { type: number; transactionId: Uint8Array; attributes: ReadonlyMap<number, Uint8Array> } | undefined {
  if (bytes.length < headerBytes) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.getUint32(4) !== magicCookie || view.getUint16(2) !== bytes.length - headerBytes) return undefined
  const attributes = new Map<number, Uint8Array>()
  for (let at = headerBytes; at < bytes.length; ) {
    if (at + 4 > bytes.length) return undefined
    const length = view.getUint16(at + 2)
    const next = at + 4 + ((length + 3) & ~3)
    if (next > bytes.length) return undefined
    const type = view.getUint16(at)
    if (!attributes.has(type)) attributes.set(type, bytes.subarray(at + 4, at + 4 + length))
    at = next
  }
  return { type: view.getUint16(0), transactionId: bytes.subarray(8, 20), attributes }
}

/** Messages on a stream, by their own length (RFC 8656 §12.6 with STUN only); the rest stays. */
export function cutTurn(bytes: Buffer): { messages: readonly Buffer[]; rest: Buffer } {
  const messages: Buffer[] = []
  let rest = bytes
  while (rest.length >= headerBytes) {
    const length = headerBytes + rest.readUInt16BE(2)
    if (rest.length < length) break
    messages.push(rest.subarray(0, length))
    rest = rest.subarray(length)
  }
  return { messages, rest }
}

/** Of long-term credentials (RFC 8489 §9.2.2). */
export const turnKey = (username: string, realm: string, password: string): Buffer =>
  createHash('md5').update(`${username}:${realm}:${password}`).digest()

/** XOR-PEER-ADDRESS (RFC 8656 §18.3). @param address an IP literal */
export function xorPeerAddress(address: string, port: number, transactionId: Uint8Array): Uint8Array {
  const family = isIP(address) === 6 ? 6 : 4
  const { value } = readIp(address) ?? { value: 0n }
  const bytes = Buffer.alloc(family === 4 ? 8 : 20)
  bytes[1] = family === 4 ? 1 : 2
  bytes.writeUInt16BE(port ^ (magicCookie >>> 16), 2)
  for (let at = bytes.length - 1, rest = value; at >= 4; at -= 1, rest >>= 8n) bytes[at] = Number(rest & 0xffn)
  const mask = Buffer.alloc(16)
  mask.writeUInt32BE(magicCookie, 0)
  mask.set(transactionId, 4)
  for (let at = 4; at < bytes.length; at += 1) bytes[at] = bytes[at]! ^ mask[at - 4]!
  return bytes
}
