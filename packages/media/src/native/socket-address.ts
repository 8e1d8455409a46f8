import { readIp, writeIp } from '@vaxel/site/addresses'

/** AF_INET and AF_INET6 of Linux. */
export const addressFamily = { 4: 2, 6: 10 } as const

/** A `struct sockaddr_in` or `sockaddr_in6` of Linux. @throws for what is no address of the family */
export function writeSocketAddress(family: 4 | 6, address: string, port: number): Buffer {
  const ip = readIp(address)
  if (ip?.family !== family) throw new Error(`${address} is no IP address`)
  const bytes = Buffer.alloc(family === 4 ? 16 : 28)
  bytes.writeUInt16LE(addressFamily[family], 0)
  bytes.writeUInt16BE(port, 2)
  const [at, length] = family === 4 ? [4, 4] : [8, 16]
  for (let index = at + length - 1, rest = ip.value; index >= at; index -= 1, rest >>= 8n)
    bytes[index] = Number(rest & 255n)
  return bytes
}

/** Undefined where there is none, as of errors without an offender. */
export function readSocketAddress(bytes: Uint8Array): { address: string; port: number } | undefined {
  if (bytes.length < 8) return undefined
  const family = bytes[0] === addressFamily[4] ? 4 : bytes[0] === addressFamily[6] && bytes.length >= 24 ? 6 : undefined
  if (!family) return undefined
  let value = 0n
  for (const byte of family === 4 ? bytes.subarray(4, 8) : bytes.subarray(8, 24)) value = (value << 8n) | BigInt(byte)
  return { address: writeIp(family, value), port: (bytes[2]! << 8) | bytes[3]! }
}
