import { crc32 } from 'node:zlib'
import type { Endpoint } from '@vaxel/sip'
import { writeXorAddress } from './xor-address.ts'

const magicCookie = 0x2112a442
const bindingRequest = 0x0001
const bindingSuccess = 0x0101
const bindingError = 0x0111
const headerBytes = 20
const attribute = {
  errorCode: 0x0009,
  unknownAttributes: 0x000a,
  xorMappedAddress: 0x0020,
  fingerprint: 0x8028,
} as const
/** Attributes that a keep-alive may carry and that need no understanding here: USERNAME, MESSAGE-INTEGRITY, REALM, NONCE, PRIORITY. */
const tolerated = new Set([0x0006, 0x0008, 0x0014, 0x0015, 0x0024])

/**
 * The answer to a STUN Binding request that came to the SIP port (RFC 5626 §3.5.2, §8; RFC 8489 §6.3.1): a success with
 * XOR-MAPPED-ADDRESS, or 420 when the request has an attribute that must be understood and is not.
 * Undefined for anything that deserves no answer: other classes and methods, a wrong cookie or length, a wrong fingerprint.
 */
export function answerBinding(request: Uint8Array, from: Endpoint): Uint8Array | undefined {
  if (request.length < headerBytes || request.length > 548) return undefined
  const view = new DataView(request.buffer, request.byteOffset, request.length)
  if (view.getUint16(0) !== bindingRequest || view.getUint32(4) !== magicCookie) return undefined
  if (view.getUint16(2) !== request.length - headerBytes || request.length % 4 !== 0) return undefined
  const read = readAttributes(request, view)
  if (read === undefined) return undefined
  const id = request.subarray(8, headerBytes)
  if (read.unknown.length > 0) return finish(bindingError, id, unknownAttributes(read.unknown), read.hasFingerprint)
  return finish(bindingSuccess, id, mappedAddress(from, request), read.hasFingerprint)
}

function readAttributes(
  request: Uint8Array,
  view: DataView,
): { unknown: number[]; hasFingerprint: boolean } | undefined {
  const unknown: number[] = []
  for (let at = headerBytes; at < request.length; ) {
    if (at + 4 > request.length) return undefined
    const type = view.getUint16(at)
    const length = view.getUint16(at + 2)
    const next = at + 4 + ((length + 3) & ~3)
    if (next > request.length) return undefined
    if (type === attribute.fingerprint) {
      if (length !== 4 || next !== request.length || view.getUint32(at + 4) !== fingerprintOf(request.subarray(0, at)))
        return undefined
      return { unknown, hasFingerprint: true }
    }
    if (type < 0x8000 && !tolerated.has(type) && unknown.length < 8) unknown.push(type)
    at = next
  }
  return { unknown, hasFingerprint: false }
}

function finish(type: number, id: Uint8Array, attributes: Uint8Array, withFingerprint: boolean): Uint8Array {
  const answer = new Uint8Array(headerBytes + attributes.length + (withFingerprint ? 8 : 0))
  const view = new DataView(answer.buffer)
  view.setUint16(0, type)
  view.setUint16(2, answer.length - headerBytes)
  view.setUint32(4, magicCookie)
  answer.set(id, 8)
  answer.set(attributes, headerBytes)
  if (withFingerprint) {
    const at = answer.length - 8
    view.setUint16(at, attribute.fingerprint)
    view.setUint16(at + 2, 4)
    view.setUint32(at + 4, fingerprintOf(answer.subarray(0, at)))
  }
  return answer
}

function mappedAddress(from: Endpoint, request: Uint8Array): Uint8Array {
  const value = writeXorAddress(from, request.subarray(4, headerBytes))
  const whole = new Uint8Array(4 + value.length)
  new DataView(whole.buffer).setUint16(0, attribute.xorMappedAddress)
  whole[3] = value.length
  whole.set(value, 4)
  return whole
}

function unknownAttributes(types: readonly number[]): Uint8Array {
  const listBytes = 2 * types.length
  const value = new Uint8Array(8 + 4 + ((listBytes + 3) & ~3))
  const view = new DataView(value.buffer)
  view.setUint16(0, attribute.errorCode)
  view.setUint16(2, 4)
  value[6] = 4
  value[7] = 20
  view.setUint16(8, attribute.unknownAttributes)
  view.setUint16(10, listBytes)
  types.forEach((type, index) => view.setUint16(12 + 2 * index, type))
  return value
}

const fingerprintOf = (before: Uint8Array): number => (crc32(before) ^ 0x5354554e) >>> 0
