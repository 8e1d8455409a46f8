import type { Page } from 'playwright-core'

/** What the event stream gave a page, frame for frame. */
export interface ToldInPage {
  /** Since the last call of this; what does not concern calls and people is left out. */
  take(): readonly string[]
}

/** Follows the event stream of a page; before the page is opened. */
export function followEvents(page: Page): ToldInPage {
  let told: string[] = []
  page.on('websocket', (socket) => {
    if (!socket.url().includes('/api/v1/events')) return
    socket.on('framereceived', ({ payload }) => {
      const text = String(payload)
      if (/^\{"(number":\d+,"kind":"(call|quality)\.|notice":"(call|presence)\.)/.test(text)) told.push(text)
    })
  })
  return {
    take: () => {
      const taken = told
      told = []
      return taken
    },
  }
}
