const stunHeaderBytes = 20
const channelHeaderBytes = 4
/** A media packet of 2,048 bytes in an indication, and some attributes. */
const mostBytes = 4096

/**
 * Cuts a stream into STUN messages and ChannelData (RFC 8489 §6.2.2, RFC 8656 §12.5: padded to four bytes on streams).
 * After something else it is broken for good.
 */
export class StreamFraming {
  #waiting: Uint8Array = new Uint8Array()
  isBroken = false

  /** Whether a message has begun that is not whole. */
  get isWaiting(): boolean {
    return this.#waiting.length > 0
  }

  push(bytes: Uint8Array): readonly Uint8Array[] {
    const all = this.#waiting.length === 0 ? bytes : Buffer.concat([this.#waiting, bytes])
    const whole: Uint8Array[] = []
    let at = 0
    while (!this.isBroken && all.length - at >= channelHeaderBytes) {
      const length = lengthAt(all, at)
      if (length === undefined || length > mostBytes) this.isBroken = true
      else if (all.length - at < length) break
      else {
        whole.push(all.subarray(at, at + length))
        at += length
      }
    }
    this.#waiting = this.isBroken ? new Uint8Array() : all.subarray(at)
    return whole
  }
}

function lengthAt(bytes: Uint8Array, at: number): number | undefined {
  const [first, size] = [bytes[at]!, (bytes[at + 2]! << 8) | bytes[at + 3]!]
  if (first <= 0x3f) return stunHeaderBytes + size
  return first <= 0x7f ? channelHeaderBytes + ((size + 3) & ~3) : undefined
}
