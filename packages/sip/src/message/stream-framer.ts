import { readNumber } from './characters.ts'
import { messageLimits } from './message-limits.ts'

export type Framed =
  | { readonly kind: 'message'; readonly bytes: Uint8Array }
  /** CRLF CRLF from the peer: answer with CRLF (RFC 5626 §3.5.1). */
  | { readonly kind: 'ping' }
  /** A single CRLF. When a ping comes in two pieces, its first half is told as a pong before it. */
  | { readonly kind: 'pong' }
  /** The stream cannot be read any further: close it. */
  | { readonly kind: 'fault'; readonly reason: string }

const CR = 13
const LF = 10
const NUL = 0
const smallest = 2_048

/**
 * Cuts a byte stream into messages by Content-Length (RFC 3261 §18.3), which every message of a stream must have, and into
 * keep-alives (RFC 5626 §4.4.1). After a fault everything is ignored. Holds at most one message of the largest size; each
 * byte is looked at a bounded number of times however the stream is cut.
 */
export class StreamFramer {
  #held: Uint8Array = new Uint8Array(0)
  #length = 0
  /** Bytes from the start of what is held in which the end of the head was already looked for. */
  #searched = 0
  /** Whole length of the message under way, once its head is known. */
  #wanted = 0
  /** The bytes before were a single CRLF, so that another one makes a ping. */
  #afterCrlf = false
  #hasFailed = false
  /** Bytes looked at or copied so far; a test holds it against the bytes given. */
  work = 0

  /** Something has begun and is not whole. */
  get isWithin(): boolean {
    return this.#length > 0
  }

  /** The bytes given may be used again by the caller only if `message` bytes are copied before. */
  push(bytes: Uint8Array): Framed[] {
    const out: Framed[] = []
    if (this.#hasFailed || bytes.length === 0) return out
    const input = this.#length === 0 ? bytes : this.#join(bytes)
    let at = 0
    while (at < input.length && !this.#hasFailed) {
      const next = this.#take(input, at, out)
      if (next < 0) break
      at = next
    }
    if (this.#hasFailed) this.#release()
    else this.#keep(input, at)
    return out
  }

  /** Takes one thing from `at` on; the place behind it, or -1 when more bytes are needed. */
  #take(input: Uint8Array, at: number, out: Framed[]): number {
    if (this.#wanted === 0 && this.#searched === 0) {
      if (input[at] === CR) return this.#takeCrlf(input, at, out)
      // What some phones send to keep their way open; no message begins with it.
      if (input[at] === NUL || input[at] === LF) {
        this.work++
        return at + 1
      }
    }
    this.#afterCrlf = false
    if (this.#wanted === 0) this.#wanted = this.#readHead(input, at, out)
    if (this.#wanted <= 0) {
      this.#wanted = 0
      return -1
    }
    const end = at + this.#wanted
    if (end > input.length) return -1
    out.push({ kind: 'message', bytes: input.subarray(at, end) })
    this.#wanted = 0
    this.#searched = 0
    return end
  }

  #takeCrlf(input: Uint8Array, at: number, out: Framed[]): number {
    if (at + 1 >= input.length) return -1
    if (input[at + 1] !== LF) return this.#fail(out, 'a bare CR between messages')
    this.work += 2
    if (this.#afterCrlf) {
      this.#afterCrlf = false
      out.push({ kind: 'ping' })
    } else if (input[at + 2] === CR && input[at + 3] === LF) {
      out.push({ kind: 'ping' })
      return at + 4
    } else {
      this.#afterCrlf = true
      out.push({ kind: 'pong' })
    }
    return at + 2
  }

  /** Whole length of the message that begins at `at`; 0 when its head is not complete, -1 on a fault. */
  #readHead(input: Uint8Array, at: number, out: Framed[]): number {
    const buffer = Buffer.from(input.buffer, input.byteOffset, input.byteLength)
    const from = at + Math.max(0, this.#searched - 3)
    const headEnd = buffer.indexOf('\r\n\r\n', from, 'latin1')
    this.work += (headEnd < 0 ? input.length : headEnd) - from
    const seen = (headEnd < 0 ? input.length : headEnd + 4) - at
    if (seen > messageLimits.sizeBytes) return this.#fail(out, 'message too large')
    if (headEnd < 0) {
      this.#searched = seen
      return 0
    }
    const length = contentLength(buffer.toString('latin1', at, headEnd + 2))
    this.work += seen
    if (length === undefined) return this.#fail(out, 'no sound Content-Length, which a stream needs')
    if (seen + length > messageLimits.sizeBytes) return this.#fail(out, 'message too large')
    return seen + length
  }

  #fail(out: Framed[], reason: string): -1 {
    this.#hasFailed = true
    out.push({ kind: 'fault', reason })
    return -1
  }

  /** What was held and the new bytes as one array, which grows by doubling. */
  #join(bytes: Uint8Array): Uint8Array {
    const length = this.#length + bytes.length
    if (length > this.#held.length) {
      const larger = new Uint8Array(Math.max(2 * this.#held.length, length, smallest))
      larger.set(this.#held.subarray(0, this.#length))
      this.work += this.#length
      this.#held = larger
    }
    this.#held.set(bytes, this.#length)
    this.work += bytes.length
    this.#length = length
    return this.#held.subarray(0, length)
  }

  /** Keeps what was not taken. Messages given out may lie in the old array, so that one is not written again. */
  #keep(input: Uint8Array, at: number): void {
    if (at === input.length) return this.#release()
    if (at === 0 && this.#length > 0) return
    const rest = input.length - at
    const held = new Uint8Array(Math.max(rest, Math.min(this.#wanted, messageLimits.sizeBytes), smallest))
    held.set(input.subarray(at))
    this.work += rest
    this.#held = held
    this.#length = rest
  }

  #release(): void {
    this.#held = new Uint8Array(0)
    this.#length = 0
  }
}

/** The one value of Content-Length in a head, or undefined when there is none, a malformed one, or two that differ. */
function contentLength(head: string): number | undefined {
  const lines = head.includes('\r\n ') || head.includes('\r\n\t') ? head.replace(/\r\n[ \t]/g, ' ') : head
  let found: string | undefined
  for (const match of lines.matchAll(/^(?:content-length|l)[ \t]*:[ \t]*([^\r\n]*)/gim)) {
    const value = match[1]!.trim()
    if (found !== undefined && value !== found) return undefined
    found = value
  }
  return found === undefined ? undefined : readNumber(found, messageLimits.sizeBytes)
}
