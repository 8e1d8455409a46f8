import { isIPv6 } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { loadForeignFunctions } from './foreign-functions.ts'
import { addressFamily, writeSocketAddress } from './socket-address.ts'

const SOCK_STREAM_NONBLOCK_CLOEXEC = 1 | 0o4000 | 0o2000000
const IPPROTO_TCP = 6
const TCP_MAXSEG = 2
const TCP_INFO = 11
/** First byte of `struct tcp_info`. */
const established = 1
const lookEveryMs = 10

interface Calls {
  readonly socket: (domain: number, type: number, protocol: number) => number
  readonly connect: (fd: number, address: Uint8Array, length: number) => number
  readonly getsockopt: (fd: number, level: number, name: number, value: Uint8Array, length: Uint8Array) => number
  readonly close: (fd: number) => number
}

let loaded: Calls | undefined

function loadCalls(): Calls | undefined {
  if (process.platform !== 'linux') return undefined
  if (loaded) return loaded
  try {
    const library = loadForeignFunctions().load(null)
    loaded = {
      socket: library.func('int socket(int, int, int)'),
      connect: library.func('int connect(int, void *, uint32_t)'),
      getsockopt: library.func('int getsockopt(int, int, int, void *, void *)'),
      close: library.func('int close(int)'),
    } as Calls
    return loaded
  } catch {
    return undefined
  }
}

/**
 * How many bytes a segment of a TCP connection to there carries, as both ends and whoever changes the option between them have
 * agreed (RFC 9293 §3.7.1, less the room for timestamps). Connects, sends nothing. Undefined where the system does not tell,
 * or no connection comes about in time. @throws for what is no address
 */
export async function tcpSegmentBytes(
  to: { readonly address: string; readonly port: number },
  withinMs: number,
  signal?: AbortSignal,
): Promise<number | undefined> {
  const calls = loadCalls()
  if (!calls) return undefined
  const family = isIPv6(to.address) ? 6 : 4
  const far = writeSocketAddress(family, to.address, to.port)
  const fd = calls.socket(addressFamily[family], SOCK_STREAM_NONBLOCK_CLOEXEC, 0)
  if (fd < 0) return undefined
  const read = (name: number): Buffer | undefined => {
    const value = Buffer.alloc(64)
    const length = Buffer.from(Uint32Array.of(value.length).buffer)
    return calls.getsockopt(fd, IPPROTO_TCP, name, value, length) === 0 ? value : undefined
  }
  try {
    // Not blocking: it goes on after the call.
    calls.connect(fd, far, far.length)
    for (let passedMs = 0; passedMs <= withinMs && !signal?.aborted; passedMs += lookEveryMs) {
      if (read(TCP_INFO)?.[0] === established) return read(TCP_MAXSEG)?.readUInt32LE(0)
      await wait(lookEveryMs)
    }
    return undefined
  } finally {
    calls.close(fd)
  }
}
