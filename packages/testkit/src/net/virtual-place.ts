import type { Clock } from '@vaxel/base'
import { SeededRandom } from '../seeded-random.ts'
import { VirtualClock } from '../virtual-clock.ts'
import type { Address } from './nat.ts'
import { VirtualNet } from './virtual-net.ts'

/** A machine of the virtual network that opens sockets as a program asks for them. */
export interface VirtualPlace {
  readonly clock: Clock
  open(towards: string): Promise<{
    readonly local: Address
    send(bytes: Uint8Array, to: Address): Promise<string | undefined>
    onDatagram(listener: (bytes: Uint8Array, from: Address) => void): void
    close(): void
  }>
}

/** A network in memory with a probe's machine in it; nothing moves until time does. */
export function virtualWorld(seed = 1): {
  clock: VirtualClock
  net: VirtualNet
  random: (bytes: number) => Uint8Array
  place: (address: string, firstPort?: number) => VirtualPlace
} {
  const clock = new VirtualClock()
  const seeded = new SeededRandom(seed)
  const net = new VirtualNet({ clock, random: seeded, impairment: { delayMs: 10 } })
  return {
    clock,
    net,
    random: (bytes) => Uint8Array.from({ length: bytes }, () => Math.floor(seeded.next() * 256)),
    place: (address, firstPort = 50_000) => {
      let port = firstPort
      return {
        clock,
        open: async () => {
          let listener = (_bytes: Uint8Array, _from: Address): void => {}
          const socket = net.bind({ address, port: port++ }, (bytes, from) => listener(bytes, from))
          return {
            local: socket.local,
            send: async (bytes, to) => {
              socket.send(bytes, to)
              return undefined
            },
            onDatagram: (next) => {
              listener = next
            },
            close: () => socket.close(),
          }
        },
      }
    },
  }
}

/** Moves time on until the promise settles. */
export async function inTime<T>(clock: VirtualClock, promise: Promise<T>, stepMs = 50, mostMs = 600_000): Promise<T> {
  let isSettled = false
  const end = (): void => {
    isSettled = true
  }
  promise.then(end, end)
  for (let passed = 0; !isSettled && passed < mostMs; passed += stepMs) await clock.advanceAsync(stepMs)
  return await promise
}
