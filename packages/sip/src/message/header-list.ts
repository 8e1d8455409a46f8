import { canonicalName, compactName, isListName } from './header-names.ts'
import { messageLimits } from './message-limits.ts'

const nothing: readonly string[] = []

/**
 * Splits a comma-separated field value; commas within quoted strings and within `<>` do not count. Empty elements are left out.
 * @example splitList('"a,b" <sip:x;y=1,2>, <sip:z>') // ['"a,b" <sip:x;y=1,2>', '<sip:z>']
 */
export function splitList(value: string): readonly string[] {
  if (!value.includes(',')) return [value]
  const parts: string[] = []
  let start = 0
  let quoted = false
  let angle = false
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i)
    if (quoted) {
      if (code === 92) i++
      else if (code === 34) quoted = false
    } else if (code === 34) quoted = true
    else if (code === 60) angle = true
    else if (code === 62) angle = false
    else if (code === 44 && !angle) {
      pushTrimmed(parts, value, start, i)
      start = i + 1
    }
  }
  pushTrimmed(parts, value, start, value.length)
  return parts
}

function pushTrimmed(parts: string[], value: string, start: number, end: number): void {
  const part = value.slice(start, end).trim()
  if (part.length > 0 && parts.length < messageLimits.values) parts.push(part)
}

/**
 * The header fields of one message, in order. Names are canonical (`Via`, `Call-ID`), values are the text as it came,
 * unfolded. Comma-separated lists of list headers (RFC 3261 §7.3.1) are split when they are first asked for.
 */
export class HeaderList {
  readonly #names: string[]
  readonly #values: string[]
  /** Counts changes, so that a message knows when what it has parsed is old. */
  #version = 0

  /** @param names canonical; the arrays become this list's own */
  constructor(names: string[] = [], values: string[] = []) {
    this.#names = names
    this.#values = values
  }

  get version(): number {
    return this.#version
  }

  /** First value. */
  get(name: string): string | undefined {
    const at = this.#find(name)
    if (at < 0) return undefined
    const value = this.#values[at]!
    const canonical = this.#names[at]!
    if ((value !== '' && !value.includes(',')) || !isListName(canonical)) return value
    this.#split(canonical)
    const first = this.#names.indexOf(canonical)
    return first < 0 ? undefined : this.#values[first]
  }

  /** Every value, in order. */
  getAll(name: string): readonly string[] {
    let at = this.#find(name)
    if (at < 0) return nothing
    const canonical = this.#names[at]!
    if (isListName(canonical)) {
      this.#split(canonical)
      at = this.#names.indexOf(canonical)
    }
    const found: string[] = []
    for (; at >= 0; at = this.#names.indexOf(canonical, at + 1)) found.push(this.#values[at]!)
    return found
  }

  has(name: string): boolean {
    return this.#find(name) >= 0
  }

  /** Values there are; for a list header after it is split. */
  count(name: string): number {
    let at = this.#find(name)
    if (at < 0) return 0
    const canonical = this.#names[at]!
    if (isListName(canonical)) this.#split(canonical)
    let count = 0
    for (at = this.#names.indexOf(canonical); at >= 0; at = this.#names.indexOf(canonical, at + 1)) count++
    return count
  }

  /** Whether one of the values of the list header is this word, in any case (for Supported, Require, Allow …). */
  lists(name: string, word: string): boolean {
    const lower = word.toLowerCase()
    return this.getAll(name).some((value) => value.toLowerCase() === lower)
  }

  /** Replaces all values by this one, at the place of the first. Throws on a line break in the value. */
  set(name: string, value: string): this {
    const canonical = canonicalName(name)
    refuseLineBreak(canonical, value)
    const at = this.#names.indexOf(canonical)
    if (at < 0) {
      this.#names.push(canonical)
      this.#values.push(value)
    } else {
      this.#values[at] = value
      for (let next = this.#names.lastIndexOf(canonical); next > at; next = this.#names.lastIndexOf(canonical)) {
        this.#cut(next)
      }
    }
    this.#version++
    return this
  }

  /** Adds a value after all fields. Throws on a line break in it. */
  append(name: string, value: string): this {
    const canonical = canonicalName(name)
    refuseLineBreak(canonical, value)
    this.#names.push(canonical)
    this.#values.push(value)
    this.#version++
    return this
  }

  /** Adds a value before all fields (a Via of ours, a Record-Route). Throws on a line break in it. */
  prepend(name: string, value: string): this {
    const canonical = canonicalName(name)
    refuseLineBreak(canonical, value)
    this.#names.unshift(canonical)
    this.#values.unshift(value)
    this.#version++
    return this
  }

  remove(name: string): this {
    const canonical = canonicalName(name)
    let kept = 0
    for (let i = 0; i < this.#names.length; i++) {
      if (this.#names[i] === canonical) continue
      this.#names[kept] = this.#names[i]!
      this.#values[kept++] = this.#values[i]!
    }
    if (kept < this.#names.length) this.#version++
    this.#names.length = kept
    this.#values.length = kept
    return this
  }

  /** Removes the first value alone (our Via of a response, the Route that named us). */
  removeFirst(name: string): this {
    const canonical = canonicalName(name)
    if (isListName(canonical)) this.#split(canonical)
    const at = this.#names.indexOf(canonical)
    if (at < 0) return this
    this.#cut(at)
    this.#version++
    return this
  }

  /** Every name and value in order, lists split. */
  *entries(): Iterable<readonly [name: string, value: string]> {
    for (let i = 0; i < this.#names.length; i++) {
      const name = this.#names[i]!
      const value = this.#values[i]!
      if (!value.includes(',') || !isListName(name)) yield [name, value]
      else for (const part of splitList(value)) yield [name, part]
    }
  }

  /** All field lines but Content-Length as they go on the wire, each with CRLF. */
  toWire(): string {
    let text = ''
    for (let i = 0; i < this.#names.length; i++) {
      const name = this.#names[i]!
      if (name !== 'Content-Length') text += `${name}: ${this.#values[i]!}\r\n`
    }
    return text
  }

  /** The same in the compact form where a name has one. */
  toCompactWire(): string {
    let text = ''
    for (let i = 0; i < this.#names.length; i++) {
      const name = this.#names[i]!
      if (name !== 'Content-Length') text += `${compactName(name)}:${this.#values[i]!}\r\n`
    }
    return text
  }

  clone(): HeaderList {
    return new HeaderList(this.#names.slice(), this.#values.slice())
  }

  /** Place of the first line of that name; most names asked for are canonical, so that is tried first. */
  #find(name: string): number {
    const at = this.#names.indexOf(name)
    if (at >= 0) return at
    const canonical = canonicalName(name)
    return canonical === name ? -1 : this.#names.indexOf(canonical)
  }

  #cut(at: number): void {
    this.#names.splice(at, 1)
    this.#values.splice(at, 1)
  }

  /** Gives each element of a list a line of its own; an empty list has none. What is told does not change, so the version stays. */
  #split(canonical: string): void {
    const names = this.#names
    const values = this.#values
    for (let at = names.indexOf(canonical); at >= 0; at = names.indexOf(canonical, at + 1)) {
      if (values[at] !== '' && !values[at]!.includes(',')) continue
      const parts = values[at] === '' ? nothing : splitList(values[at]!)
      if (parts.length === 1) {
        values[at] = parts[0]!
        continue
      }
      names.splice(at, 1, ...parts.map(() => canonical))
      values.splice(at, 1, ...parts)
      at += parts.length - 1
    }
  }
}

function refuseLineBreak(name: string, value: string): void {
  if (value.includes('\n') || value.includes('\r'))
    throw new TypeError(`${name}: a header value may not hold a line break`)
}
