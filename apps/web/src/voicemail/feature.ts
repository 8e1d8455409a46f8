import type { WebFeature } from '../app/feature.ts'
import { Cell } from '../base/cell.ts'
import { MailboxList } from './mailboxes.ts'
import { voicemailServices } from './services.ts'

const unread = new Cell(0)

/** Messages that callers left: the list, the sound, greetings and settings. */
export const voicemailFeature: WebFeature = {
  id: 'voicemail',
  routes: [{ pattern: '/voicemail/:box?/:message?', load: () => import('./voicemail-screen.tsx') }],
  places: [{ path: '/voicemail', label: ({ shell }) => shell.voicemail, icon: 'voicemail', order: 42, count: unread }],
  settings: [
    {
      id: 'voicemail',
      order: 13,
      title: ({ shell }) => shell.voicemail,
      icon: 'voicemail',
      load: () => import('./settings-section.tsx'),
    },
  ],
  start(app) {
    const mailboxes = new MailboxList(app.api)
    voicemailServices.mailboxes = mailboxes
    const stops = [
      mailboxes.follow(app.events),
      mailboxes.unread.subscribe(() => unread.set(mailboxes.unread.get())),
      app.actions.add({
        id: 'voicemail.show',
        label: ({ shell }) => shell.voicemail,
        icon: 'voicemail',
        run: () => app.router.go('/voicemail'),
      }),
    ]
    return () => {
      for (const stop of stops) stop()
      voicemailServices.mailboxes = undefined
      unread.set(0)
    }
  },
}
