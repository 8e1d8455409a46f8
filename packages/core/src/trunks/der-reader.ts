/** What is not DER, or not what stands there by its standard. */
export class NotDer extends Error {}

export interface DerValue {
  readonly tag: number
  readonly content: Uint8Array
  /** With tag and length, as it is signed and compared. */
  readonly whole: Uint8Array
}

export const derTag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectIdentifier: 0x06,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const

/**
 * Reads DER (X.690 §8, §10) value by value: definite, shortest lengths and one-byte tags only, which is all that certificates have.
 * Every method throws {@link NotDer}; whoever starts reading turns that into a refusal.
 */
export class DerReader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length
  }

  /** Tag of the value that comes next; undefined at the end. */
  get tag(): number | undefined {
    return this.#bytes[this.#at]
  }

  next(wanted?: number): DerValue {
    const start = this.#at
    const tag = this.#byte()
    if ((tag & 0x1f) === 0x1f) throw new NotDer('a tag of several bytes')
    if (wanted !== undefined && tag !== wanted) throw new NotDer(`tag ${tag} stands where ${wanted} should`)
    const length = this.#length()
    const from = this.#at
    if (length > this.#bytes.length - from) throw new NotDer('it ends too early')
    this.#at = from + length
    return { tag, content: this.#bytes.subarray(from, this.#at), whole: this.#bytes.subarray(start, this.#at) }
  }

  /** The values inside the next one. */
  into(wanted: number): DerReader {
    return new DerReader(this.next(wanted).content)
  }

  /** The next value if it has that tag. */
  optional(tag: number): DerValue | undefined {
    return this.tag === tag ? this.next() : undefined
  }

  end(): void {
    if (!this.isAtEnd) throw new NotDer('something stands behind its end')
  }

  #byte(): number {
    const byte = this.#bytes[this.#at]
    if (byte === undefined) throw new NotDer('it ends too early')
    this.#at++
    return byte
  }

  #length(): number {
    const first = this.#byte()
    if (first < 0x80) return first
    const count = first & 0x7f
    if (count === 0 || count > 4) throw new NotDer('a length that DER does not have')
    let length = 0
    for (let i = 0; i < count; i++) length = length * 256 + this.#byte()
    if (length < 0x80 || length < 256 ** (count - 1)) throw new NotDer('a length that is longer than it need be')
    return length
  }
}

/** Hexadecimal, without leading zeros: serial numbers are compared so. */
export function integerText({ content }: DerValue): string {
  return hexOf(content).replace(/^(00)+(?=..)/, '')
}

/** Dotted form of an object identifier (X.690 §8.19). */
export function objectIdentifier({ content }: DerValue): string {
  const parts: number[] = []
  let part = 0
  for (const byte of content) {
    part = part * 128 + (byte & 0x7f)
    if (part > Number.MAX_SAFE_INTEGER / 128) throw new NotDer('an object identifier that is too large')
    if (byte & 0x80) continue
    parts.push(part)
    part = 0
  }
  const [first = 0, ...rest] = parts
  const root = Math.min(2, Math.floor(first / 40))
  return [root, first - 40 * root, ...rest].join('.')
}

/** UTCTime or GeneralizedTime as RFC 5280 §4.1.2.5 has them, milliseconds since 1970. */
export function timeMs({ tag, content }: DerValue): number {
  const text = textOf(content)
  const match =
    tag === derTag.utcTime
      ? /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(text)
      : tag === derTag.generalizedTime
        ? /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(text)
        : undefined
  if (!match) throw new NotDer('a time that certificates do not have')
  const [year, month, day, hour, minute, second] = match.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const century = tag === derTag.generalizedTime ? 0 : year < 50 ? 2000 : 1900
  const ms = Date.UTC(century + year, month - 1, day, hour, minute, second)
  if (new Date(ms).getUTCMonth() !== month - 1 || new Date(ms).getUTCDate() !== day) throw new NotDer('no such day')
  return ms
}

export const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
export const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8')
