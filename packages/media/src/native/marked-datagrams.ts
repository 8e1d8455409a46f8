import { isIPv6 } from 'node:net'
import { loadForeignFunctions } from './foreign-functions.ts'
import { addressFamily, readSocketAddress, writeSocketAddress } from './socket-address.ts'

/** What a router, or this machine, said of a datagram that could not go on (RFC 792, RFC 4443). */
export interface PathError {
  /** `EMSGSIZE`, `ECONNREFUSED`, `EHOSTUNREACH`, … */
  readonly code: string
  readonly origin: 'local' | 'icmp'
  /** With EMSGSIZE: what the next hop carries, bytes. */
  readonly mtuBytes?: number
  /** Who said so. */
  readonly by?: string
}

export interface MarkedDatagram {
  readonly bytes: Uint8Array
  /** Traffic class octet with which it arrived (RFC 2474). */
  readonly tos?: number
}

/** A UDP socket to one far end, with what Node.js does not offer: marks, no fragments, and what ICMP tells. */
export interface MarkedDatagrams {
  readonly local: { readonly address: string; readonly port: number }
  /** @returns why it did not leave (`EMSGSIZE`), undefined if it did */
  send(bytes: Uint8Array): string | undefined
  /** The next one that has arrived. Does not wait. */
  receive(): MarkedDatagram | undefined
  /** The next error that has arrived. Does not wait. */
  takeError(): PathError | undefined
  /** Traffic class octet of what is sent from now on. @returns whether the system took it */
  mark(tos: number): boolean
  /** Sends with DF from now on, whatever size the system believes the path to carry (RFC 8899 §4.1). */
  forbidFragments(): boolean
  close(): void
}

const SOCK_DGRAM_NONBLOCK_CLOEXEC = 2 | 0o4000 | 0o2000000
const MSG_DONTWAIT = 0x40
const MSG_ERRQUEUE = 0x2000
const IP = { level: 0, tos: 1, mtuDiscover: 10, recvErr: 11, recvTos: 13 } as const
const IPV6 = { level: 41, tos: 67, mtuDiscover: 23, recvErr: 25, recvTos: 66 } as const
/** DF set, the cached path MTU ignored. */
const PMTUDISC_PROBE = 3
const SO_EE_ORIGIN_LOCAL = 1
const mostBytes = 65_536
const controlBytes = 512

interface Calls {
  readonly socket: (domain: number, type: number, protocol: number) => number
  readonly connect: (fd: number, address: Uint8Array, length: number) => number
  readonly setsockopt: (fd: number, level: number, name: number, value: Uint8Array, length: number) => number
  readonly getsockname: (fd: number, address: Uint8Array, length: Uint8Array) => number
  readonly send: (fd: number, bytes: Uint8Array, length: number, flags: number) => number
  readonly recvmsg: (fd: number, message: Uint8Array, flags: number) => number
  readonly close: (fd: number) => number
  readonly errnoName: () => string
  readonly addressOf: (buffer: Uint8Array) => number
}

let loaded: Calls | undefined

/** Undefined where the system has no such calls (only Linux on x64 and arm64 has), or koffi no binary. */
function loadCalls(): Calls | undefined {
  if (process.platform !== 'linux' || (process.arch !== 'x64' && process.arch !== 'arm64')) return undefined
  if (loaded) return loaded
  try {
    const koffi = loadForeignFunctions()
    const library = koffi.load(null)
    const names = new Map(Object.entries(koffi.os.errno).map(([name, number]) => [number, name]))
    loaded = {
      socket: library.func('int socket(int, int, int)'),
      connect: library.func('int connect(int, void *, uint32_t)'),
      setsockopt: library.func('int setsockopt(int, int, int, void *, uint32_t)'),
      getsockname: library.func('int getsockname(int, void *, void *)'),
      send: library.func('long send(int, void *, size_t, int)'),
      recvmsg: library.func('long recvmsg(int, void *, int)'),
      close: library.func('int close(int)'),
      errnoName: () => names.get(koffi.errno()) ?? `E${koffi.errno()}`,
      addressOf: (buffer) => Number(koffi.address(buffer)),
    } as Calls
    return loaded
  } catch {
    return undefined
  }
}

/** Whether this machine can mark and forbid fragments at all. */
export const hasMarkedDatagrams = (): boolean => loadCalls() !== undefined

/**
 * Opens a socket to that address. Undefined where the system cannot ({@link hasMarkedDatagrams}).
 * @throws when the address is no address, or there is no way to it
 */
export function openMarkedDatagrams(to: {
  readonly address: string
  readonly port: number
}): MarkedDatagrams | undefined {
  const calls = loadCalls()
  return calls && new LinuxDatagrams(calls, to)
}

class LinuxDatagrams implements MarkedDatagrams {
  readonly local: { readonly address: string; readonly port: number }
  readonly #calls: Calls
  readonly #fd: number
  readonly #options: typeof IP | typeof IPV6
  /** Their memory must not move: recvmsg is given its addresses. */
  readonly #bytes = Buffer.from(new ArrayBuffer(mostBytes))
  readonly #control = Buffer.from(new ArrayBuffer(controlBytes))
  readonly #vector = Buffer.from(new ArrayBuffer(16))
  readonly #message = Buffer.from(new ArrayBuffer(56))
  #isClosed = false

  constructor(calls: Calls, to: { readonly address: string; readonly port: number }) {
    this.#calls = calls
    const family = isIPv6(to.address) ? 6 : 4
    this.#options = family === 6 ? IPV6 : IP
    const far = writeSocketAddress(family, to.address, to.port)
    this.#fd = calls.socket(addressFamily[family], SOCK_DGRAM_NONBLOCK_CLOEXEC, 0)
    if (this.#fd < 0) throw new Error(`no socket: ${calls.errnoName()}`)
    if (calls.connect(this.#fd, far, far.length) < 0) {
      const why = calls.errnoName()
      calls.close(this.#fd)
      throw new Error(`no way to ${to.address}: ${why}`)
    }
    this.#set(this.#options.recvTos, 1)
    this.#set(this.#options.recvErr, 1)
    const own = Buffer.alloc(28)
    calls.getsockname(this.#fd, own, Buffer.from(Uint32Array.of(own.length).buffer))
    this.local = readSocketAddress(own) ?? { address: '', port: 0 }
    this.#vector.writeBigUInt64LE(BigInt(calls.addressOf(this.#bytes)), 0)
    this.#vector.writeBigUInt64LE(BigInt(mostBytes), 8)
  }

  send(bytes: Uint8Array): string | undefined {
    if (this.#isClosed) return 'EBADF'
    // What an earlier datagram met is told by the next call; the one after says how this one fares.
    for (let attempt = 0; attempt < 2; attempt += 1)
      if (this.#calls.send(this.#fd, bytes, bytes.length, MSG_DONTWAIT) >= 0) return undefined
    return this.#calls.errnoName()
  }

  receive(): MarkedDatagram | undefined {
    const got = this.#receive(0)
    if (!got) return undefined
    const mark = got.control.find(({ type }) => type === this.#options.tos)
    return { bytes: Uint8Array.from(got.bytes), ...(mark && { tos: mark.data[0]! }) }
  }

  takeError(): PathError | undefined {
    const got = this.#receive(MSG_ERRQUEUE)
    const told = got?.control.find(({ type }) => type === this.#options.recvErr)?.data
    if (!told || told.length < 16) return undefined
    const names: Readonly<Record<number, string>> = {
      90: 'EMSGSIZE',
      101: 'ENETUNREACH',
      111: 'ECONNREFUSED',
      113: 'EHOSTUNREACH',
    }
    const errno = told.readUInt32LE(0)
    const code = names[errno] ?? `E${errno}`
    const by = readSocketAddress(told.subarray(16))?.address
    return {
      code,
      origin: told[4] === SO_EE_ORIGIN_LOCAL ? 'local' : 'icmp',
      ...(code === 'EMSGSIZE' && { mtuBytes: told.readUInt32LE(8) }),
      ...(by && { by }),
    }
  }

  mark(tos: number): boolean {
    return this.#set(this.#options.tos, tos)
  }

  forbidFragments(): boolean {
    return this.#set(this.#options.mtuDiscover, PMTUDISC_PROBE)
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#calls.close(this.#fd)
  }

  #set(name: number, value: number): boolean {
    const bytes = Buffer.from(Uint32Array.of(value).buffer)
    return !this.#isClosed && this.#calls.setsockopt(this.#fd, this.#options.level, name, bytes, 4) === 0
  }

  #receive(flags: number): { bytes: Buffer; control: { type: number; data: Buffer }[] } | undefined {
    if (this.#isClosed) return undefined
    const { addressOf } = this.#calls
    // struct msghdr of 64-bit Linux: name, iov, iovlen, control, controllen, flags.
    this.#message.fill(0)
    this.#message.writeBigUInt64LE(BigInt(addressOf(this.#vector)), 16)
    this.#message.writeBigUInt64LE(1n, 24)
    this.#message.writeBigUInt64LE(BigInt(addressOf(this.#control)), 32)
    this.#message.writeBigUInt64LE(BigInt(controlBytes), 40)
    let length = this.#calls.recvmsg(this.#fd, this.#message, flags | MSG_DONTWAIT)
    // An ICMP error is told here once as well, before what has arrived.
    if (length < 0 && flags === 0 && this.#calls.errnoName() !== 'EAGAIN')
      length = this.#calls.recvmsg(this.#fd, this.#message, flags | MSG_DONTWAIT)
    if (length < 0) return undefined
    const control: { type: number; data: Buffer }[] = []
    const end = Number(this.#message.readBigUInt64LE(40))
    for (let at = 0; at + 16 <= end; ) {
      const size = Number(this.#control.readBigUInt64LE(at))
      if (size < 16 || at + size > end) break
      if (this.#control.readInt32LE(at + 8) === this.#options.level)
        control.push({ type: this.#control.readInt32LE(at + 12), data: this.#control.subarray(at + 16, at + size) })
      at += (size + 7) & ~7
    }
    return { bytes: this.#bytes.subarray(0, length), control }
  }
}
