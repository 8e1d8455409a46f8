import { isIPv4, isIPv6 } from 'node:net'

/**
 * An IP address and a port as numbers, so that comparing and copying one costs no string. It can be changed in place;
 * who keeps one that was given to a receiver must copy it.
 */
export class UdpAddress {
  family: 4 | 6 = 4
  port = 0
  /** The four 32-bit words of an IPv6 address, in network order; an IPv4 address has only the last. */
  a = 0
  b = 0
  c = 0
  d = 0
  #text: string | undefined

  /** Undefined for what is not an IP literal or not a port. Zone identifiers are not taken. */
  static parse(address: string, port: number): UdpAddress | undefined {
    if (!Number.isInteger(port) || port < 0 || port > 65_535) return undefined
    const parsed = new UdpAddress()
    return parsed.setText(address, port) ? parsed : undefined
  }

  /** @returns false, with nothing changed, where `address` is no IP literal */
  setText(address: string, port: number): boolean {
    if (isIPv4(address)) {
      this.set(4, 0, 0, 0, wordOfIPv4(address), port)
    } else if (isIPv6(address) && !address.includes('%')) {
      const [a, b, c, d] = wordsOfIPv6(address)
      this.set(6, a, b, c, d, port)
    } else return false
    return true
  }

  set(family: 4 | 6, a: number, b: number, c: number, d: number, port: number): void {
    this.family = family
    this.a = a | 0
    this.b = b | 0
    this.c = c | 0
    this.d = d | 0
    this.port = port
    this.#text = undefined
  }

  copyFrom(other: UdpAddress): void {
    this.set(other.family, other.a, other.b, other.c, other.d, other.port)
  }

  copy(): UdpAddress {
    const copy = new UdpAddress()
    copy.copyFrom(this)
    return copy
  }

  equals(other: UdpAddress): boolean {
    return this.port === other.port && this.hasIpOf(other)
  }

  /** The same IP address, whatever the ports. */
  hasIpOf(other: UdpAddress): boolean {
    return (
      this.d === other.d &&
      this.c === other.c &&
      this.b === other.b &&
      this.a === other.a &&
      this.family === other.family
    )
  }

  /** 0.0.0.0, `::` or port 0: not an address to send to. */
  get isUnspecified(): boolean {
    return this.port === 0 || (this.a | this.b | this.c | this.d) === 0
  }

  /** A number of 30 bits for hash tables; unequal addresses may share it. `seed` keeps strangers from choosing such. */
  hash(seed: number): number {
    let h = seed ^ this.port
    h = mix(h ^ this.a)
    h = mix(h ^ this.b)
    h = mix(h ^ this.c)
    h = mix(h ^ this.d)
    return h >>> 2
  }

  /** The IP literal, made at the first call. */
  get address(): string {
    this.#text ??= this.family === 4 ? textOfIPv4(this.d) : textOfIPv6([this.a, this.b, this.c, this.d])
    return this.#text
  }

  toString(): string {
    return this.family === 4 ? `${this.address}:${this.port}` : `[${this.address}]:${this.port}`
  }
}

function mix(value: number): number {
  let h = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}

function wordOfIPv4(address: string): number {
  let word = 0
  for (const part of address.split('.')) word = (word << 8) | Number(part)
  return word
}

function wordsOfIPv6(address: string): [number, number, number, number] {
  const dotted = address.lastIndexOf('.') < 0 ? -1 : address.lastIndexOf(':')
  const plain = dotted < 0 ? address : `${address.slice(0, dotted + 1)}${hexOfIPv4(address.slice(dotted + 1))}`
  const [head = '', tail] = plain.split('::')
  const front = groups(head)
  const back = tail === undefined ? [] : groups(tail)
  const all = [...front, ...new Array<number>(8 - front.length - back.length).fill(0), ...back]
  const word = (index: number) => (all[index]! << 16) | all[index + 1]!
  return [word(0), word(2), word(4), word(6)]
}

function groups(text: string): number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16))
}

function hexOfIPv4(address: string): string {
  const word = wordOfIPv4(address)
  return `${(word >>> 16).toString(16)}:${(word & 0xffff).toString(16)}`
}

function textOfIPv4(word: number): string {
  return `${word >>> 24}.${(word >>> 16) & 255}.${(word >>> 8) & 255}.${word & 255}`
}

/** RFC 5952 §4: the longest run of two or more zero groups is left out. */
function textOfIPv6(words: readonly number[]): string {
  const all = words.flatMap((word) => [word >>> 16, word & 0xffff])
  let best = { at: -1, length: 1 }
  for (let at = 0; at < 8; at++) {
    let length = 0
    while (at + length < 8 && all[at + length] === 0) length++
    if (length > best.length) best = { at, length }
  }
  const hex = (part: readonly number[]) => part.map((group) => group.toString(16)).join(':')
  if (best.at < 0) return hex(all)
  return `${hex(all.slice(0, best.at))}::${hex(all.slice(best.at + best.length))}`
}
