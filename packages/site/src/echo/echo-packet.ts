import { readIp, writeIp } from '../net/ip-range.ts'

/**
 * The packet of the echo service, shared by server and probe. Big endian:
 *
 * | at | bytes | what |
 * | --- | --- | --- |
 * | 0 | 4 | `VXE1` |
 * | 4 | 1 | type: 1 hello, 2 cookie, 3 probe, 4 echo |
 * | 5 | 1 | ToS byte that the server received; 255 unknown, 0 in requests |
 * | 6 | 2 | length of the whole datagram |
 * | 8 | 8 | id of the check |
 * | 16 | 4 | sequence number |
 * | 20 | 4 | sender's time, µs, given back as it came |
 * | 24 | 4 | server's time of receipt, µs, wraps; 0 in requests |
 * | 28 | 4 | probes of this check received so far on this five-tuple |
 * | 32 | 4 | of a probe: milliseconds after which the echo is to be sent; 0 in all others |
 * | 36 | 16 | cookie |
 * | 52 | 20 | source as the server saw it: family, 0, port, address; each byte inverted, 0 in requests |
 * | 72 | 16 | MAC: the first 16 bytes of HMAC-SHA-256 over the datagram with this field 0 |
 * | 88 | | padding |
 *
 * A hello is answered by a cookie, a probe that carries the right cookie by an echo, everything else by nothing. A reply is
 * as long as its request, and each costs its sender as much as it brings: it is of no use for reflection.
 */
export const leastEchoBytes = 88
/** Largest UDP datagram (65,535 less the IPv4 and UDP headers). */
const mostEchoBytes = 65_507
const checkIdBytes = 8
export const cookieBytes = 16
export const unknownTos = 255

const echoTypes = { hello: 1, cookie: 2, probe: 3, echo: 4 } as const
export type EchoType = keyof typeof echoTypes

/** A probe may ask for its echo so much later: to see whether a way that was silent is still open. */
const mostEchoDelayMs = 150_000

const magic = [0x56, 0x58, 0x45, 0x31]
const cookieAt = 36
const seenAt = 52
const seenBytes = 20
const macAt = 72
const macBytes = 16

/** Where a datagram came from, as the one who received it saw it. */
export interface SeenAddress {
  readonly family: 4 | 6
  readonly address: string
  readonly port: number
}

export interface EchoPacket {
  readonly type: EchoType
  /** 16 hexadecimal digits. */
  readonly checkId: string
  /** 32 bits, as the three times and counts below. */
  readonly sequence: number
  readonly senderTimeUs: number
  /** Whole datagram; at least `leastEchoBytes`. */
  readonly lengthBytes: number
  /** 0 to 255; `unknownTos` where the server cannot tell. 0 if absent. */
  readonly tos?: number
  readonly serverTimeUs?: number
  readonly received?: number
  /** Of a probe: how long the server waits before it sends the echo, at most `mostEchoDelayMs`. 0 if absent. */
  readonly delayMs?: number
  /** 16 bytes; zeros if absent. */
  readonly cookie?: Uint8Array
  readonly seen?: SeenAddress
}

/** HMAC-SHA-256 of bytes under a key that the function holds; at least 16 bytes. */
export type Mac = (bytes: Uint8Array) => Uint8Array

export type EchoRead =
  | { readonly ok: true; readonly packet: EchoPacket }
  | { readonly ok: false; readonly reason: EchoFault }

export type EchoFault = 'short' | 'foreign' | 'length' | 'type' | 'reserved' | 'address'

/**
 * A datagram with its MAC. Throws for a length, an id or a cookie that no datagram can carry: the caller's fault.
 * @example writeEcho({ type: 'hello', checkId: '0123456789abcdef', sequence: 1, senderTimeUs: 0, lengthBytes: 88 }, mac)
 */
export function writeEcho(packet: EchoPacket, mac: Mac): Uint8Array<ArrayBuffer> {
  const { lengthBytes, checkId, cookie, seen } = packet
  if (!Number.isInteger(lengthBytes) || lengthBytes < leastEchoBytes || lengthBytes > mostEchoBytes)
    throw new RangeError(`echo packet of ${lengthBytes} bytes`)
  if (!/^[0-9a-f]{16}$/.test(checkId)) throw new RangeError('check id is not 16 hexadecimal digits')
  if (cookie && cookie.length !== cookieBytes) throw new RangeError(`cookie of ${cookie.length} bytes`)
  const bytes = new Uint8Array(lengthBytes)
  const view = new DataView(bytes.buffer)
  bytes.set(magic)
  bytes[4] = echoTypes[packet.type]
  bytes[5] = packet.tos ?? 0
  view.setUint16(6, lengthBytes)
  view.setBigUint64(8, BigInt(`0x${checkId}`))
  view.setUint32(16, packet.sequence)
  view.setUint32(20, packet.senderTimeUs)
  view.setUint32(24, packet.serverTimeUs ?? 0)
  view.setUint32(28, packet.received ?? 0)
  view.setUint32(32, packet.delayMs ?? 0)
  if (cookie) bytes.set(cookie, cookieAt)
  if (seen) bytes.set(addressBytes(seen).map(invert), seenAt)
  bytes.set(macOf(bytes, mac), macAt)
  return bytes
}

/**
 * What a datagram says; its MAC is not looked at, since its key is found by the id that it carries. A length field that
 * is not the datagram's, as of one that was cut, is a fault.
 */
export function readEcho(bytes: Uint8Array): EchoRead {
  if (bytes.length < leastEchoBytes) return { ok: false, reason: 'short' }
  if (magic.some((byte, at) => bytes[at] !== byte)) return { ok: false, reason: 'foreign' }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.getUint16(6) !== bytes.length) return { ok: false, reason: 'length' }
  const type = typeNames[bytes[4] ?? 0]
  if (!type) return { ok: false, reason: 'type' }
  const delayMs = view.getUint32(32)
  if (delayMs > (type === 'probe' ? mostEchoDelayMs : 0)) return { ok: false, reason: 'reserved' }
  const seen = readSeen(bytes.subarray(seenAt, seenAt + seenBytes))
  if (seen === 'wrong') return { ok: false, reason: 'address' }
  return {
    ok: true,
    packet: {
      type,
      checkId: view.getBigUint64(8).toString(16).padStart(16, '0'),
      sequence: view.getUint32(16),
      senderTimeUs: view.getUint32(20),
      lengthBytes: bytes.length,
      tos: bytes[5] ?? 0,
      serverTimeUs: view.getUint32(24),
      received: view.getUint32(28),
      ...(delayMs > 0 && { delayMs }),
      cookie: Uint8Array.from(bytes.subarray(cookieAt, cookieAt + cookieBytes)),
      ...(seen && { seen }),
    },
  }
}

const typeNames: readonly (EchoType | undefined)[] = [undefined, 'hello', 'cookie', 'probe', 'echo']

/** Whether the MAC is that of the holder of the key. Takes as long for a wrong one as for the right one. */
export function hasRightMac(bytes: Uint8Array, mac: Mac): boolean {
  if (bytes.length < leastEchoBytes) return false
  return sameBytes(bytes.subarray(macAt, macAt + macBytes), macOf(bytes, mac))
}

/**
 * What proves that a sender receives at its address: made from address and port under a secret of the server alone.
 * @param epoch  counts up as the server's secret grows old; a server takes this one's cookies and the last one's
 */
export function cookieOf(seen: SeenAddress, checkId: string, epoch: number, mac: Mac): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(seenBytes + checkIdBytes + 4)
  const view = new DataView(bytes.buffer)
  bytes.set(addressBytes(seen))
  view.setBigUint64(seenBytes, BigInt(`0x${checkId}`))
  view.setUint32(seenBytes + checkIdBytes, epoch)
  return Uint8Array.from(mac(bytes).subarray(0, cookieBytes))
}

/** Whether two have the same bytes; the time it takes says nothing of where they differ. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  for (let at = 0; at < a.length; at += 1) difference |= (a[at] ?? 0) ^ (b[at] ?? 0)
  return difference === 0
}

function macOf(bytes: Uint8Array, mac: Mac): Uint8Array {
  // Of a Buffer, slice would be a view.
  const blank = Uint8Array.from(bytes)
  blank.fill(0, macAt, macAt + macBytes)
  return mac(blank).subarray(0, macBytes)
}

const invert = (byte: number): number => byte ^ 0xff

function addressBytes({ family, address, port }: SeenAddress): Uint8Array {
  const bytes = new Uint8Array(seenBytes)
  const ip = readIp(address)
  if (!ip || ip.family !== family) throw new RangeError(`${address} is no IPv${family} address`)
  bytes[0] = family
  new DataView(bytes.buffer).setUint16(2, port)
  for (let at = 4 + (family === 4 ? 4 : 16) - 1, rest = ip.value; at >= 4; at -= 1, rest >>= 8n)
    bytes[at] = Number(rest & 0xffn)
  return bytes
}

/** Undefined where the field is empty, as in requests. */
function readSeen(field: Uint8Array): SeenAddress | 'wrong' | undefined {
  if (field.every((byte) => byte === 0)) return undefined
  const bytes = Uint8Array.from(field, invert)
  const family = bytes[0]
  if (family !== 4 && family !== 6) return 'wrong'
  let value = 0n
  for (const byte of bytes.subarray(4, family === 4 ? 8 : 20)) value = (value << 8n) | BigInt(byte)
  return { family, address: writeIp(family, value), port: ((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0) }
}
