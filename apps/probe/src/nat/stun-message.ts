import { readIp, writeIp } from '@vaxel/site'
import type { Endpoint } from '../path/datagram-socket.ts'

const magicCookie = 0x2112a442
const headerBytes = 20
const bindingRequest = 0x0001
const bindingSuccess = 0x0101
const bindingError = 0x0111

/** RFC 8489 §18.3, RFC 5780 §7. */
const attribute = {
  mappedAddress: 0x0001,
  changeRequest: 0x0003,
  errorCode: 0x0009,
  xorMappedAddress: 0x0020,
  responsePort: 0x0027,
  responseOrigin: 0x802b,
  otherAddress: 0x802c,
} as const

export interface BindingRequest {
  /** 12 bytes. */
  readonly transactionId: Uint8Array
  /** Ask that the answer comes from elsewhere (RFC 5780 §7.2). */
  readonly change?: { readonly address: boolean; readonly port: boolean }
  /** Ask that the answer goes to that port of the mapped address (RFC 5780 §7.5). */
  readonly responsePort?: number
}

/** Writes a STUN Binding request. */
export function writeBindingRequest({ transactionId, change, responsePort }: BindingRequest): Uint8Array {
  const attributes: (readonly [type: number, value: number])[] = []
  if (change) attributes.push([attribute.changeRequest, (change.address ? 4 : 0) | (change.port ? 2 : 0)])
  // 16 bits of port, 16 of padding.
  if (responsePort !== undefined) attributes.push([attribute.responsePort, responsePort * 65_536])
  const bytes = new Uint8Array(headerBytes + attributes.length * 8)
  const view = new DataView(bytes.buffer)
  view.setUint16(0, bindingRequest)
  view.setUint16(2, attributes.length * 8)
  view.setUint32(4, magicCookie)
  bytes.set(transactionId, 8)
  attributes.forEach(([type, value], index) => {
    const at = headerBytes + index * 8
    view.setUint16(at, type)
    view.setUint16(at + 2, 4)
    view.setUint32(at + 4, value >>> 0)
  })
  return bytes
}

export type BindingAnswer =
  | {
      readonly kind: 'success'
      readonly mapped: Endpoint
      /** Where the answer came from, by the server's own word. */
      readonly origin?: Endpoint
      /** The other address and port that it could answer from. */
      readonly other?: Endpoint
    }
  | { readonly kind: 'error'; readonly code: number }

/** An answer to the request of that id; undefined for everything else, and for what is malformed. */
export function readBindingAnswer(bytes: Uint8Array, transactionId: Uint8Array): BindingAnswer | undefined {
  if (bytes.length < headerBytes || bytes.length > 2048) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.getUint32(4) !== magicCookie || view.getUint16(2) !== bytes.length - headerBytes) return undefined
  if (transactionId.some((byte, at) => bytes[8 + at] !== byte)) return undefined
  const type = view.getUint16(0)
  if (type !== bindingSuccess && type !== bindingError) return undefined
  const found = new Map<number, Uint8Array>()
  for (let at = headerBytes; at < bytes.length; ) {
    if (at + 4 > bytes.length) return undefined
    const length = view.getUint16(at + 2)
    const next = at + 4 + ((length + 3) & ~3)
    if (next > bytes.length) return undefined
    const kind = view.getUint16(at)
    if (!found.has(kind)) found.set(kind, bytes.subarray(at + 4, at + 4 + length))
    at = next
  }
  if (type === bindingError) {
    const code = found.get(attribute.errorCode)
    if (!code || code.length < 4) return undefined
    return { kind: 'error', code: ((code[2] ?? 0) & 7) * 100 + (code[3] ?? 0) }
  }
  const mapped =
    readAddress(found.get(attribute.xorMappedAddress), bytes.subarray(4, headerBytes)) ??
    readAddress(found.get(attribute.mappedAddress))
  if (!mapped) return undefined
  const origin = readAddress(found.get(attribute.responseOrigin))
  const other = readAddress(found.get(attribute.otherAddress))
  return { kind: 'success', mapped, ...(origin && { origin }), ...(other && { other }) }
}

/** @param mask magic cookie and transaction id, where the address is xored with them */
function readAddress(value: Uint8Array | undefined, mask?: Uint8Array): Endpoint | undefined {
  const family = value?.[1] === 1 ? 4 : value?.[1] === 2 ? 6 : undefined
  if (!value || !family || value.length !== (family === 4 ? 8 : 20)) return undefined
  const plain = Uint8Array.from(value)
  if (mask) for (let at = 2; at < plain.length; at += 1) plain[at]! ^= mask[at < 4 ? at - 2 : at - 4]!
  let number = 0n
  for (const byte of plain.subarray(4)) number = (number << 8n) | BigInt(byte)
  return { address: writeIp(family, number), port: (plain[2]! << 8) | plain[3]! }
}

/** Whether two texts name one address, however they are written. */
export function isSameAddress(a: string, b: string): boolean {
  const [one, other] = [readIp(a), readIp(b)]
  return one !== undefined && other !== undefined && one.family === other.family && one.value === other.value
}
