import { loadForeignFunctions } from '../native/foreign-functions.ts'

/** The system calls that the batches need; pointers are addresses of buffers that never move, as numbers. */
export interface LinuxSockets {
  readonly socket: (domain: number, type: number, protocol: number) => number
  readonly bind: (fd: number, address: Uint8Array, length: number) => number
  readonly setsockopt: (fd: number, level: number, name: number, value: Uint8Array, length: number) => number
  readonly getsockopt: (fd: number, level: number, name: number, value: Uint8Array, length: Uint8Array) => number
  readonly getsockname: (fd: number, address: Uint8Array, length: Uint8Array) => number
  readonly close: (fd: number) => number
  readonly recvmmsg: (fd: number, messages: number, count: number, flags: number, timeout: number) => number
  readonly sendmmsg: (fd: number, messages: number, count: number, flags: number) => number
  /** `name` and `nameLength` are addresses of where the sender's address and its length go. */
  readonly recvfrom: (fd: number, into: number, most: number, flags: number, name: number, nameLength: number) => number
  readonly sendto: (fd: number, from: number, length: number, flags: number, name: number, nameLength: number) => number
  readonly epollCreate: (flags: number) => number
  readonly epollControl: (epoll: number, operation: number, fd: number, event: Uint8Array) => number
  readonly epollWait: (epoll: number, events: number, most: number, timeoutMs: number) => number
  readonly errno: () => number
  readonly errnoName: (errno: number) => string
  /** Where a buffer's memory is. It must have its own ArrayBuffer and be kept by its user. */
  readonly addressOf: (buffer: Uint8Array) => number
}

let loaded: LinuxSockets | undefined

/** Undefined where these calls do not exist: another system, or a processor whose structures have another layout. */
export function loadLinuxSockets(): LinuxSockets | undefined {
  if (process.platform !== 'linux' || (process.arch !== 'x64' && process.arch !== 'arm64')) return undefined
  loaded ??= load()
  return loaded
}

function load(): LinuxSockets | undefined {
  try {
    const koffi = loadForeignFunctions()
    const library = koffi.load(null)
    const names = new Map(Object.entries(koffi.os.errno).map(([name, number]) => [number, name]))
    return {
      socket: library.func('int socket(int, int, int)'),
      bind: library.func('int bind(int, void *, uint32_t)'),
      setsockopt: library.func('int setsockopt(int, int, int, void *, uint32_t)'),
      getsockopt: library.func('int getsockopt(int, int, int, void *, void *)'),
      getsockname: library.func('int getsockname(int, void *, void *)'),
      close: library.func('int close(int)'),
      recvmmsg: library.func('int recvmmsg(int, uintptr_t, uint32_t, int, uintptr_t)'),
      sendmmsg: library.func('int sendmmsg(int, uintptr_t, uint32_t, int)'),
      recvfrom: library.func('long recvfrom(int, uintptr_t, size_t, int, uintptr_t, uintptr_t)'),
      sendto: library.func('long sendto(int, uintptr_t, size_t, int, uintptr_t, uint32_t)'),
      epollCreate: library.func('int epoll_create1(int)'),
      epollControl: library.func('int epoll_ctl(int, int, int, void *)'),
      epollWait: library.func('int epoll_wait(int, uintptr_t, int, int)'),
      errno: () => koffi.errno(),
      errnoName: (errno) => names.get(errno) ?? `E${errno}`,
      addressOf: (buffer) => Number(koffi.address(buffer)),
    } as LinuxSockets
  } catch {
    return undefined
  }
}

export const AF_INET = 2
export const AF_INET6 = 10
export const SOCK_DGRAM_NONBLOCK_CLOEXEC = 2 | 0o4000 | 0o2000000
export const SOL_SOCKET = 1
export const SO_SNDBUF = 7
export const SO_RCVBUF = 8
/** Nine words: what waits to be received, with what it takes in the kernel, is the first. */
export const SO_MEMINFO = 55
export const IPPROTO_IP = 0
export const IP_TOS = 1
export const IP_RECVTOS = 13
export const IPPROTO_IPV6 = 41
export const IPV6_V6ONLY = 26
export const IPV6_RECVTCLASS = 66
export const IPV6_TCLASS = 67
export const MSG_TRUNC = 0x20
export const MSG_DONTWAIT = 0x40
export const EPOLL_CLOEXEC = 0o2000000
export const EPOLLIN = 1
export const EPOLL_CTL_ADD = 1
