import { createRequire } from 'node:module'
import type koffiModule from 'koffi'

interface SystemCalls {
  ioctl(fd: number, request: number, argument: Uint8Array): number
  setns(fd: number, kind: number): number
  /** Of the last call that failed. */
  errno(): number
}

let loaded: SystemCalls | undefined

/** What Node.js does not offer of Linux, for network tests. */
export function systemCalls(): SystemCalls {
  if (loaded) return loaded
  const koffi = createRequire(import.meta.url)('koffi') as typeof koffiModule
  const library = koffi.load(null)
  loaded = {
    ioctl: library.func('int ioctl(int fd, ulong request, void *argument)') as unknown as SystemCalls['ioctl'],
    setns: library.func('int setns(int fd, int kind)') as unknown as SystemCalls['setns'],
    errno: () => koffi.errno(),
  }
  return loaded
}
