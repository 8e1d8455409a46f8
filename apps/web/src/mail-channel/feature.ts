import type { WebFeature } from '../app/feature.ts'
import { Cell } from '../base/cell.ts'

const hasMailboxes = new Cell(false)

/** Mails of customers: the list of every mailbox that somebody may read. Agents have them in their console, too. */
export const mailChannelFeature: WebFeature = {
  id: 'mailChannel',
  routes: [{ pattern: '/mail/:conversation?', load: () => import('./mail-screen.tsx') }],
  places: [{ path: '/mail', label: ({ shell }) => shell.mail, icon: 'mail', order: 14, isShown: hasMailboxes }],
  start(app) {
    let isEnded = false
    const look = () =>
      app.api.call('listMyMailChannels').then(
        ({ items }) => {
          if (!isEnded) hasMailboxes.set(items.length > 0)
        },
        // It is asked again when the stream of events comes back.
        () => {},
      )
    const stops = [
      app.events.onLive(() => void look()),
      app.events.onEvent(({ kind }) => {
        if (kind.startsWith('mailChannel.account')) void look()
      }),
    ]
    return () => {
      isEnded = true
      for (const stop of stops) stop()
      hasMailboxes.set(false)
    }
  },
}
