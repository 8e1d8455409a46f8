import type { PageTime, Peer } from '../ports.ts'

/** Resolves after so long. */
export const pause = (clock: PageTime, delayMs: number): Promise<void> =>
  new Promise((resolve) => clock.startTimer(delayMs, resolve))

/** Resolves with what the promise brings, or with undefined after the limit; the promise itself goes on unheard. */
export function within<T>(clock: PageTime, limitMs: number, promise: Promise<T>): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const timer = clock.startTimer(limitMs, () => resolve(undefined))
    promise.then(
      (value) => {
        timer.stop()
        resolve(value)
      },
      (error: unknown) => {
        timer.stop()
        reject(error instanceof Error ? error : new Error(String(error)))
      },
    )
  })
}

/** Resolves with true once the peer is as wished, with false after the limit. */
export function peerIs(clock: PageTime, peer: Peer, limitMs: number, isSo: (peer: Peer) => boolean): Promise<boolean> {
  return new Promise((resolve) => {
    if (isSo(peer)) return resolve(true)
    const timer = clock.startTimer(limitMs, () => resolve(isSo(peer)))
    peer.onChange(() => {
      if (!isSo(peer)) return
      timer.stop()
      resolve(true)
    })
  })
}
