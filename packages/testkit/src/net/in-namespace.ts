import { closeSync, openSync } from 'node:fs'
import { createSocket, type Socket } from 'node:dgram'
import { systemCalls } from './system-calls.ts'

/** sched.h */
const cloneNewNet = 0x40000000

/**
 * Does something as if this thread were in another network namespace. Sockets made meanwhile stay there for good.
 * @param act synchronous; whatever happens later happens here again
 * @throws when the namespace is not there
 */
export function inNamespace<T>(namespace: string, act: () => T): T {
  const [here, there] = ['/proc/thread-self/ns/net', `/run/netns/${namespace}`].map((path) => openSync(path, 'r')) as [
    number,
    number,
  ]
  try {
    enter(there)
    return act()
  } finally {
    enter(here)
    closeSync(here)
    closeSync(there)
  }
}

/** A UDP socket of this process that is in the namespace. */
export async function udpSocketIn(namespace: string, address: string, port = 0): Promise<Socket> {
  return await new Promise((resolve, reject) => {
    inNamespace(namespace, () => {
      // Without a lookup to wait for, the socket is made and bound at once.
      const socket = createSocket({ type: 'udp4', lookup: (host, _options, tell) => tell(null, host, 4) })
      socket.once('error', reject)
      socket.bind({ port, address, exclusive: true }, () => resolve(socket))
    })
  })
}

function enter(fd: number): void {
  const { setns, errno } = systemCalls()
  if (setns(fd, cloneNewNet) !== 0) throw new Error(`setns failed: errno ${errno()}`)
}
