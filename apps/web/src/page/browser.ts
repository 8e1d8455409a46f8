import type { PageClock } from '../app/app.ts'
import type { BrowserHistory } from '../app/router.ts'

/** Undefined where the browser forbids it. */
export function storageOf(name: 'localStorage' | 'sessionStorage'): Storage | undefined {
  try {
    return window[name]
  } catch {
    return undefined
  }
}

export const pageClock = (): PageClock => ({
  nowMs: () => Date.now(),
  startTimer: (delayMs, run) => {
    const timer = window.setTimeout(run, delayMs)
    return () => window.clearTimeout(timer)
  },
})

export const pageHistory = (): BrowserHistory => ({
  get location() {
    return { pathname: location.pathname, search: location.search }
  },
  pushState: (path) => history.pushState(null, '', path),
  replaceState: (path) => history.replaceState(null, '', path),
  onPop: (listener) => window.addEventListener('popstate', listener),
})
