import { isToken, readNumber } from './characters.ts'
import { HeaderList } from './header-list.ts'
import { makeNameAddress, type NameAddress, parseNameAddress } from './name-address.ts'
import { parseUri } from './uri.ts'
import { parseVia, type Via } from './via.ts'

export interface CSeq {
  readonly number: number
  readonly method: string
}

const noBody = new Uint8Array(0)
const decoder = new TextDecoder()

/** Reads a CSeq value; undefined when malformed or not below 2^31 (RFC 3261 §8.1.1.5). */
export function parseCSeq(value: string): CSeq | undefined {
  let end = 0
  while (value.charCodeAt(end) >= 48 && value.charCodeAt(end) <= 57) end++
  const number = readNumber(value.slice(0, end), 0x7fff_ffff)
  const method = value.slice(end).trim()
  if (number === undefined || method.length === value.length - end || !isToken(method)) return undefined
  return { number, method }
}

/** Words of RFC 3261 §25.1 with at most one @; more freely, anything visible without blanks. */
export function isCallId(value: string): boolean {
  if (value.length === 0 || value.length > 1024) return false
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i)
    if (code <= 32 || code === 127 || code === 44) return false
  }
  return true
}

/** What was read from header fields, valid for one version of them. */
interface Read {
  version: number
  via?: Via
  vias?: readonly Via[]
  from?: NameAddress
  to?: NameAddress
  cseq?: CSeq
  contacts?: readonly NameAddress[]
  routes?: readonly NameAddress[]
  recordRoutes?: readonly NameAddress[]
}

/**
 * What requests and responses share. Structured fields are read when first asked for and kept until the headers change.
 * From, To, CSeq, Call-ID and the top Via throw when they are missing or malformed: parseMessage lets no such message
 * through, and in a message of our own it is our fault. The objects returned are for reading; to change a field, set the header.
 */
abstract class Message {
  readonly headers: HeaderList
  body: Uint8Array
  #read: Read
  #isExcused = false

  constructor(headers: HeaderList, body: Uint8Array) {
    this.headers = headers
    this.body = body
    this.#read = { version: headers.version }
  }

  /** Top Via. */
  get via(): Via {
    const read = this.#current()
    read.via ??= parseVia(this.#need('Via')) ?? malformed('Via')
    return read.via
  }

  get vias(): readonly Via[] {
    const read = this.#current()
    read.vias ??= this.headers
      .getAll('Via')
      .flatMap((value) => parseVia(value) ?? (this.#isExcused ? [] : malformed('Via')))
    return read.vias
  }

  get from(): NameAddress {
    const read = this.#current()
    read.from ??= parseNameAddress(this.#need('From')) ?? this.#standInAddress('From')
    return read.from
  }

  get to(): NameAddress {
    const read = this.#current()
    read.to ??= parseNameAddress(this.#need('To')) ?? this.#standInAddress('To')
    return read.to
  }

  get callId(): string {
    return this.#need('Call-ID')
  }

  get cseq(): CSeq {
    const read = this.#current()
    read.cseq ??= parseCSeq(this.#need('CSeq')) ?? (this.#isExcused ? noCSeq : malformed('CSeq'))
    return read.cseq
  }

  /** Contacts; the `*` of REGISTER is not among them (see `isWildcardContact`). */
  get contacts(): readonly NameAddress[] {
    const read = this.#current()
    read.contacts ??= this.#addresses('Contact')
    return read.contacts
  }

  /** Whether Contact is `*` alone (RFC 3261 §10.2.2). */
  get isWildcardContact(): boolean {
    return this.headers.get('Contact') === '*'
  }

  get routes(): readonly NameAddress[] {
    const read = this.#current()
    read.routes ??= this.#addresses('Route')
    return read.routes
  }

  get recordRoutes(): readonly NameAddress[] {
    const read = this.#current()
    read.recordRoutes ??= this.#addresses('Record-Route')
    return read.recordRoutes
  }

  /** 0 to 255; undefined when missing or malformed. */
  get maxForwards(): number | undefined {
    return this.#number('Max-Forwards', 255)
  }

  /** Seconds, at most 2^32 - 1 (larger ones are read as that); undefined when missing or malformed. */
  get expires(): number | undefined {
    const value = this.headers.get('Expires')
    return value === undefined ? undefined : parseSeconds(value)
  }

  /** Media type in lower case without parameters. */
  get contentType(): string | undefined {
    const value = this.headers.get('Content-Type')
    if (value === undefined) return undefined
    const semicolon = value.indexOf(';')
    return (semicolon < 0 ? value : value.slice(0, semicolon)).trim().toLowerCase()
  }

  /** Body as UTF-8. */
  get text(): string {
    return this.body.length === 0 ? '' : decoder.decode(this.body)
  }

  /** Name of a structured field that is malformed (one of those with a getter here), else undefined. Never throws. */
  findMalformed(): string | undefined {
    const { headers } = this
    const read = this.#current()
    const vias: Via[] = []
    for (const value of headers.getAll('Via')) {
      const via = parseVia(value)
      if (via === undefined) return 'Via'
      vias.push(via)
    }
    if (vias.length === 0) return 'Via'
    read.vias = vias
    read.via = vias[0]!
    const from = parseNameAddress(headers.get('From') ?? '')
    if (from === undefined) return 'From'
    read.from = from
    const to = parseNameAddress(headers.get('To') ?? '')
    if (to === undefined) return 'To'
    read.to = to
    const cseq = parseCSeq(headers.get('CSeq') ?? '')
    if (cseq === undefined) return 'CSeq'
    read.cseq = cseq
    const contacts = this.#soundAddresses('Contact')
    if (contacts === undefined) return 'Contact'
    read.contacts = contacts
    const routes = this.#soundAddresses('Route')
    if (routes === undefined) return 'Route'
    read.routes = routes
    const recordRoutes = this.#soundAddresses('Record-Route')
    if (recordRoutes === undefined) return 'Record-Route'
    read.recordRoutes = recordRoutes
    return undefined
  }

  /**
   * For a message that is answered only because it is malformed: from, to, cseq and callId give stand-ins instead of
   * throwing, the lists leave out what cannot be read.
   */
  excuse(): this {
    this.#isExcused = true
    return this
  }

  get isExcused(): boolean {
    return this.#isExcused
  }

  /** Writes the top Via with the parameters that were set in what {@link via} gave. What was read of other fields stays. */
  writeVia(): void {
    const { via, headers } = this
    const read = this.#current()
    const text = via.toString()
    if (headers.count('Via') === 1) headers.set('Via', text)
    else headers.removeFirst('Via').prepend('Via', text)
    if (read.vias?.[0] !== via) delete read.vias
    read.version = headers.version
  }

  /** Lets go of what was read from header fields; it is read anew when asked for. For a message that is kept for long. */
  forgetRead(): void {
    this.#read = { version: this.headers.version }
  }

  /** Lets go of the body, for a message that is kept for its header alone. */
  forgetBody(): void {
    this.body = noBody
  }

  #current(): Read {
    if (this.#read.version !== this.headers.version) this.#read = { version: this.headers.version }
    return this.#read
  }

  #need(name: string): string {
    return this.headers.get(name) ?? (this.#isExcused ? '' : malformed(name))
  }

  /** Keeps the tag of what cannot be read. */
  #standInAddress(name: 'From' | 'To'): NameAddress {
    if (!this.#isExcused) malformed(name)
    const address = makeNameAddress(parseUri('sip:malformed.invalid')!)
    address.tag = /;\s*tag\s*=\s*([^\s;,"<>]+)/i.exec(this.headers.get(name) ?? '')?.[1]
    return address
  }

  #addresses(name: string): readonly NameAddress[] {
    return this.#soundAddresses(name) ?? (this.#isExcused ? noAddresses : malformed(name))
  }

  #soundAddresses(name: string): readonly NameAddress[] | undefined {
    const values = this.headers.getAll(name)
    if (values.length === 0 || (name === 'Contact' && values.length === 1 && values[0] === '*')) return noAddresses
    const addresses: NameAddress[] = []
    for (const value of values) {
      const address = parseNameAddress(value)
      if (address === undefined) return undefined
      addresses.push(address)
    }
    return addresses
  }

  #number(name: string, max: number): number | undefined {
    const value = this.headers.get(name)
    return value === undefined ? undefined : readNumber(value, max)
  }
}

const noAddresses: readonly NameAddress[] = []
const noCSeq: CSeq = { number: 0, method: '' }

function malformed(name: string): never {
  throw new Error(`the message has no sound ${name}`)
}

/**
 * Seconds of Expires and the like; a number over 2^32 - 1 counts as that, what is no number as undefined (RFC 3261 §20.19).
 */
export function parseSeconds(text: string): number | undefined {
  const value = readNumber(text, 0xffff_ffff)
  return value === undefined && /^\d{1,64}$/.test(text) ? 0xffff_ffff : value
}

export class SipRequest extends Message {
  readonly kind = 'request'
  method: string
  /** Request-URI as text. */
  uri: string

  constructor(method: string, uri: string, headers: HeaderList = new HeaderList(), body: Uint8Array = noBody) {
    super(headers, body)
    this.method = method
    this.uri = uri
  }

  clone(): SipRequest {
    return new SipRequest(this.method, this.uri, this.headers.clone(), this.body)
  }
}

export class SipResponse extends Message {
  readonly kind = 'response'
  /** 100 to 699. */
  status: number
  reason: string

  constructor(status: number, reason: string, headers: HeaderList = new HeaderList(), body: Uint8Array = noBody) {
    super(headers, body)
    this.status = status
    this.reason = reason
  }

  clone(): SipResponse {
    return new SipResponse(this.status, this.reason, this.headers.clone(), this.body)
  }
}
