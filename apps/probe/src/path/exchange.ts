import type { Clock } from '@vaxel/base'
import type { DatagramSocket, Endpoint } from './datagram-socket.ts'

export interface Answer<T> {
  readonly value: T
  readonly from: Endpoint
  /** Between the request that was sent last and this; an answer to an earlier one makes it too small. */
  readonly roundTripMs: number
  readonly sent: number
}

export interface Exchange<T> {
  readonly bytes: Uint8Array
  readonly to: Endpoint
  /** Undefined for what is no answer to this request. */
  read(bytes: Uint8Array, from: Endpoint): T | undefined
  /** Listens here, if elsewhere than it is sent from. */
  readonly at?: DatagramSocket
  /** How long to wait after each sending: as many sendings as there are. */
  readonly waitsMs?: readonly number[]
}

/** 0.25 s, then doubled: 4 sendings in 3.75 s lose nothing to a line that loses one packet of ten. */
export const usualWaitsMs: readonly number[] = [250, 500, 1000, 2000]

/** Sends a request until its answer comes; undefined when none did, or the signal ended it. */
export async function exchange<T>(
  clock: Clock,
  socket: DatagramSocket,
  { bytes, to, read, at = socket, waitsMs = usualWaitsMs }: Exchange<T>,
  signal?: AbortSignal,
): Promise<Answer<T> | undefined> {
  let sentAtMs = 0
  let sent = 0
  let found: Answer<T> | undefined
  let wake = (): void => {}
  at.onDatagram((answer, from) => {
    if (found) return
    const value = read(answer, from)
    if (value === undefined) return
    found = { value, from, roundTripMs: clock.monotonicMs() - sentAtMs, sent }
    wake()
  })
  for (const waitMs of waitsMs) {
    if (found || signal?.aborted) break
    sentAtMs = clock.monotonicMs()
    sent += 1
    await socket.send(bytes, to)
    if (!found)
      await pause(clock, waitMs, signal, (end) => {
        wake = end
      })
  }
  at.onDatagram(() => {})
  return found
}

/** Waits; ends early by the signal, or by calling what `early` is given. */
export function pause(
  clock: Clock,
  ms: number,
  signal?: AbortSignal,
  early: (end: () => void) => void = () => {},
): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      timer.stop()
      signal?.removeEventListener('abort', end)
      resolve()
    }
    const timer = clock.startTimer(ms, end)
    signal?.addEventListener('abort', end, { once: true })
    early(end)
    if (signal?.aborted) end()
  })
}
