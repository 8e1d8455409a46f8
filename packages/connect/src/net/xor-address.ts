import type { Endpoint } from '@vaxel/sip'
import { familyOf, plainAddress } from './ip-address.ts'

const magicCookie = 0x2112a442

/**
 * An address as STUN's XOR-MAPPED-ADDRESS and TURN's XOR-PEER-ADDRESS and XOR-RELAYED-ADDRESS carry it: 8 or 20 bytes, xored with
 * the cookie and the transaction id (RFC 8489 §14.2, RFC 8656 §18.3, §18.5).
 * @param cookieAndId bytes 4 to 20 of the message
 */
export function writeXorAddress({ address, port }: Endpoint, cookieAndId: Uint8Array): Uint8Array {
  const bytes = addressBytes(address)
  const value = new Uint8Array(4 + bytes.length)
  const view = new DataView(value.buffer)
  value[1] = bytes.length === 4 ? 1 : 2
  view.setUint16(2, port ^ (magicCookie >>> 16))
  for (let i = 0; i < bytes.length; i++) value[4 + i] = bytes[i]! ^ cookieAndId[i]!
  return value
}

/** The way back; undefined for another family or length. IPv6 as `networkInterfaces` and sockets write it; IPv4 in IPv6 is IPv4. */
export function readXorAddress(value: Uint8Array, cookieAndId: Uint8Array): Endpoint | undefined {
  const isFour = value[1] === 1
  if (value.length !== (isFour ? 8 : 20) || (!isFour && value[1] !== 2)) return undefined
  const port = ((value[2]! << 8) | value[3]!) ^ (magicCookie >>> 16)
  const bytes = value.slice(4)
  for (let i = 0; i < bytes.length; i++) bytes[i]! ^= cookieAndId[i]!
  if (isFour) return { address: bytes.join('.'), port }
  const groups = Array.from({ length: 8 }, (_, i) => ((bytes[2 * i]! << 8) | bytes[2 * i + 1]!).toString(16))
  return { address: canonicalAddress(groups.join(':')), port }
}

/**
 * One spelling of each address.
 * @example canonicalAddress('2001:DB8:0:0:0:0:0:1') // '2001:db8::1'
 */
export function canonicalAddress(address: string): string {
  if (familyOf(address) !== 6) return address
  const [bare = ''] = address.split('%', 1)
  const written = new URL(`http://[${bare}]`).hostname.slice(1, -1)
  const four = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(written)
  if (four === null) return plainAddress(written)
  const [high, low] = [Number.parseInt(four[1]!, 16), Number.parseInt(four[2]!, 16)]
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}

/** Network order bytes of an IP literal: 4 or 16. */
export function addressBytes(address: string): Uint8Array {
  if (familyOf(address) === 4) return Uint8Array.from(address.split('.'), Number)
  const bytes = new Uint8Array(16)
  const [head = '', tail] = address.split('%', 1)[0]!.split('::')
  writeGroups(head, bytes, 0)
  if (tail !== undefined && tail !== '') writeGroups(tail, bytes, 16 - groupBytes(tail))
  return bytes
}

const groupBytes = (text: string): number => 2 * text.split(':').length + (text.includes('.') ? 2 : 0)

function writeGroups(text: string, bytes: Uint8Array, start: number): void {
  if (text === '') return
  let at = start
  for (const group of text.split(':')) {
    if (group.includes('.')) {
      for (const part of group.split('.')) bytes[at++] = Number(part)
    } else {
      const value = Number.parseInt(group, 16)
      bytes[at++] = value >>> 8
      bytes[at++] = value & 255
    }
  }
}
