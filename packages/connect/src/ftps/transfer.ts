import { once } from 'node:events'
import type { TLSSocket } from 'node:tls'
import type { Clock } from '@vaxel/base'

/** How a transfer ended. */
export type TransferEnd = 'done' | 'aborted' | 'stalled' | 'broken'

/**
 * Writes everything to a data connection and ends it. Nothing is read ahead of what the other side takes.
 * @param signal aborts it (ABOR, or the end of the control connection)
 */
export async function transfer(
  socket: TLSSocket,
  bytes: AsyncIterable<Uint8Array>,
  { clock, stallMs, signal }: { clock: Clock; stallMs: number; signal: AbortSignal },
): Promise<TransferEnd> {
  const ending = new AbortController()
  let end: TransferEnd = 'done'
  const stop = (why: TransferEnd) => {
    if (ending.signal.aborted) return
    end = why
    ending.abort()
    socket.destroy()
  }
  const onAbort = () => stop('aborted')
  const onGone = () => stop('broken')
  signal.addEventListener('abort', onAbort)
  socket.on('error', onGone)
  socket.on('close', onGone)
  // What a client says on the data connection of a download is of no interest.
  socket.resume()
  const patience = async (wait: () => Promise<unknown>) => {
    const timer = clock.startTimer(stallMs, () => stop('stalled'))
    try {
      await wait()
    } finally {
      timer.stop()
    }
  }
  try {
    if (signal.aborted) stop('aborted')
    for await (const piece of bytes) {
      if (ending.signal.aborted) return end
      if (!socket.write(piece)) await patience(() => once(socket, 'drain', { signal: ending.signal }))
    }
    socket.off('close', onGone)
    await patience(() => {
      const finished = once(socket, 'finish', { signal: ending.signal })
      socket.end()
      return finished
    })
    return end
  } catch {
    if (!ending.signal.aborted) stop('broken')
    return end
  } finally {
    signal.removeEventListener('abort', onAbort)
    socket.off('close', onGone)
  }
}
