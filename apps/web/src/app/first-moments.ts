import type { PageClock } from './app.ts'

/** Whatever happens, what can wait is fetched then. */
const mostMs = 10_000
/** What the end of the first moments draws goes first. */
const pauseMs = 500
const idleWithinMs = 2000

let end: () => void = () => {}
const ended = new Promise<void>((resolve) => {
  end = resolve
})

let isOver = false

/**
 * Says that this page can be used: its telephone takes calls, or will not do so for now. Later calls do nothing. The browser is
 * told when that was (User Timing: `vaxel.usable`), for whoever measures it.
 */
export function firstMomentsAreOver(): void {
  if (!isOver) performance.mark('vaxel.usable')
  isOver = true
  end()
}

/**
 * Resolves when the page has nothing better to do than to fetch what it may need some time: the line and the processor belong to
 * the telephone until that is there.
 */
export async function afterFirstMoments({ startTimer }: PageClock): Promise<void> {
  await Promise.race([ended, new Promise<void>((resolve) => startTimer(mostMs, resolve))])
  await new Promise<void>((resolve) => startTimer(pauseMs, resolve))
  await new Promise<void>((resolve) => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(() => resolve(), { timeout: idleWithinMs })
    else resolve()
  })
}
