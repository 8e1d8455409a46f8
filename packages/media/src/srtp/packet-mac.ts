import { hashBlocks, hashState, keptAddress, ownBuffer } from './openssl-crypto.ts'

const blockBytes = 64
const stateWords = 5
/** FIPS 180-4 §5.3.1. */
const beginning = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0]

/** Words that {@link writeMacStates} writes: the hash behind the inner and behind the outer key block. */
export const macStateWords = 2 * stateWords

/** Of the last {@link computeMac}, of whatever key: 20 bytes. */
export const macDigest: Buffer = ownBuffer(20)
const digestView = new DataView(macDigest.buffer)

/** The end of a message, filled up: at most 63 bytes of it, a trailer of four, a bit and the length. */
const tail = ownBuffer(2 * blockBytes)
const tailAt = keptAddress(tail)
const tailView = new DataView(tail.buffer)
const tailWords = new Int32Array(tail.buffer)

/** The outer message: an inner digest, filled up. All but the digest is always the same. */
const outer = ownBuffer(blockBytes)
const outerAt = keptAddress(outer)
const outerView = new DataView(outer.buffer)
outer[macDigest.length] = 0x80
outerView.setUint32(blockBytes - 4, 8 * (blockBytes + macDigest.length))

/** What HMAC-SHA1 needs of a key of at most 64 bytes (RFC 2104 §4), into {@link macStateWords} words from `first` on. */
export function writeMacStates(key: Uint8Array, words: Uint32Array, first: number): void {
  if (key.length > blockBytes) throw new Error('Such a long key would have to be hashed first')
  for (const [i, pad] of [0x36, 0x5c].entries()) {
    for (let at = 0; at < blockBytes; at++) tail[at] = (key[at] ?? 0) ^ pad
    hashState.set(beginning)
    hashBlocks(tailAt, blockBytes)
    words.set(hashState.subarray(0, stateWords), first + i * stateWords)
  }
  tail.fill(0)
  hashState.fill(0)
}

/**
 * HMAC-SHA1 of the first `length` bytes of a packet, followed by `trailer` as four bytes, into {@link macDigest}. SHA-1 itself is OpenSSL's;
 * it is begun from where the key has brought it, and the filling is ours, so that a packet is three calls and a key 40 bytes.
 * @param words   as {@link writeMacStates} left them from `first` on
 * @param at      address of the packet
 * @param trailer 32 bits, unsigned; negative = none
 */
export function computeMac(
  words: Uint32Array,
  first: number,
  packet: Uint8Array,
  at: number,
  length: number,
  trailer: number,
): void {
  for (let i = 0; i < stateWords; i++) hashState[i] = words[first + i]!
  const whole = length & -blockBytes
  if (whole > 0) hashBlocks(at, whole)
  const bytes = fillUp(packet, whole, length, trailer)
  hashBlocks(tailAt, bytes)
  for (let i = 0; i < stateWords; i++) {
    outerView.setUint32(4 * i, hashState[i]!)
    hashState[i] = words[first + stateWords + i]!
  }
  hashBlocks(outerAt, blockBytes)
  for (let i = 0; i < stateWords; i++) digestView.setUint32(4 * i, hashState[i]!)
}

/** Compares the first `bytes` of the digest in a time that does not depend on what they are. */
export function macMatches(packet: Uint8Array, at: number, bytes: number): boolean {
  let difference = 0
  for (let i = 0; i < bytes; i++) difference |= macDigest[i]! ^ packet[at + i]!
  return difference === 0
}

/** @returns bytes of the tail, one block or two */
function fillUp(packet: Uint8Array, from: number, length: number, trailer: number): number {
  for (let i = 0; i < tailWords.length; i++) tailWords[i] = 0
  let end = length - from
  for (let i = 0; i < end; i++) tail[i] = packet[from + i]!
  let messageBytes = blockBytes + length
  if (trailer >= 0) {
    tailView.setUint32(end, trailer)
    end += 4
    messageBytes += 4
  }
  tail[end] = 0x80
  const bytes = end + 9 <= blockBytes ? blockBytes : 2 * blockBytes
  tailView.setUint32(bytes - 4, 8 * messageBytes)
  return bytes
}
