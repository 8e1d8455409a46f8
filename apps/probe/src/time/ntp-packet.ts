/** What a server answered (RFC 5905 §7.3), in milliseconds since 1970 and milliseconds. */
export interface NtpReply {
  /** 0: a "kiss of death", its code stands in `reference`; 16: not synchronised. */
  readonly stratum: number
  readonly leap: number
  readonly reference: string
  readonly originate: bigint
  readonly receiveMs: number
  readonly transmitMs: number
  readonly rootDelayMs: number
  readonly rootDispersionMs: number
}

const ntpBytes = 48
/** From 1900 to 1970, seconds. */
const epochSeconds = 2_208_988_800
const eraMs = 2 ** 32 * 1000

/**
 * A client's request; the time in it is a nonce, not the time of this machine, which is nobody's business.
 * @param nonce 64 random bits, given back by the server as the originate timestamp
 */
export function writeNtpRequest(nonce: bigint): Uint8Array {
  const bytes = new Uint8Array(ntpBytes)
  bytes[0] = (4 << 3) | 3 // version 4, mode 3 (client)
  new DataView(bytes.buffer).setBigUint64(40, nonce)
  return bytes
}

/**
 * @param aroundMs a time in the right era of 136 years
 * @returns undefined for what is no server's answer
 */
export function readNtpReply(bytes: Uint8Array, aroundMs: number): NtpReply | undefined {
  if (bytes.length < ntpBytes) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const first = view.getUint8(0)
  const version = (first >> 3) & 7
  if ((first & 7) !== 4 || version < 3 || version > 4) return undefined
  return {
    leap: first >> 6,
    stratum: view.getUint8(1),
    reference: String.fromCharCode(...bytes.subarray(12, 16)).replace(/[^ -~]/g, ''),
    originate: view.getBigUint64(24),
    receiveMs: timeMs(view, 32, aroundMs),
    transmitMs: timeMs(view, 40, aroundMs),
    rootDelayMs: shortMs(view, 4),
    rootDispersionMs: shortMs(view, 8),
  }
}

const shortMs = (view: DataView, at: number): number => (view.getUint32(at) / 65_536) * 1000

function timeMs(view: DataView, at: number, aroundMs: number): number {
  const ms = (view.getUint32(at) - epochSeconds) * 1000 + (view.getUint32(at + 4) / 2 ** 32) * 1000
  return ms + Math.round((aroundMs - ms) / eraMs) * eraMs
}
