import { systemClock } from '@vaxel/base'
import { createIdentityTools, detectMediaType, LdapThreads } from '@vaxel/connect'
import type { CalendarAnswer, PushMessage } from '@vaxel/core'
import { createCalendars } from '@vaxel/features/calendars'
import { createChat } from '@vaxel/features/chat'
import { createDeskSharing } from '@vaxel/features/desk-sharing'
import { createDirectory } from '@vaxel/features/directory'
import { createHistory } from '@vaxel/features/history'
import { createPortal } from '@vaxel/features/portal'
import { createPresence } from '@vaxel/features/presence'
import { createPush } from '@vaxel/features/push'
import { createSessions } from '@vaxel/features/sessions'
import { createWebPhone, KeyedBrowserPhones } from '@vaxel/features/web-phone'
import { sealedSoundReader } from '@vaxel/media'
import { SearchThread } from '@vaxel/store'
import type { Base } from './base.ts'

export type People = Awaited<ReturnType<typeof startPeople>>

/** What a person has without telephony: log-in, settings, history, chat, presence, directory, a browser that may register. */
export async function startPeople({ clock, log, store, notices, around, calls }: Base) {
  const sessions = createSessions({ ...around, ...createIdentityTools({ clock, allowsLoopback: true }) })
  const desks = createDeskSharing({ ...around, reseat: async () => {} })
  const presence = createPresence({ ...around, live: calls.live })
  const calendarServer = { answer: { kind: 'failed', trouble: 'unreachable' } as CalendarAnswer }
  const calendars = createCalendars({
    ...around,
    presence: presence.sources,
    door: { read: async () => calendarServer.answer },
  })
  calendars.start()
  const chat = createChat({ ...store, notices, log, detectMediaType })
  const history = createHistory({
    ...around,
    recordings: store.recordingFolder(sealedSoundReader),
    mayHearOwn: (companyId) => store.recordingStore.policy(companyId).ownMayListen,
    commands: calls,
    isInConversation: chat.isInConversation,
  })
  const portal = createPortal({ ...store, notices, endBinding: async () => {} })
  const directory = createDirectory({
    ...around,
    search: new SearchThread(),
    ldap: new LdapThreads({ clock: systemClock }),
    detectMediaType,
  })
  await directory.start()
  const webPhone = createWebPhone({
    ...around,
    phones: new KeyedBrowserPhones({
      key: Buffer.alloc(32, 1),
      directory: () => store.directory,
      credentials: store.credentials,
      sessions: store.sessions,
      now: () => clock.now(),
    }),
    settings: { webSockets: [], reconnectSeconds: 30, minimumClient: '0.1' },
    endBinding: async ({ addressOfRecord, id }) =>
      store.bindings.replace(
        addressOfRecord,
        store.bindings.ofAddress(addressOfRecord).filter((binding) => binding.id !== id),
      ),
  })
  const pushed: PushMessage[] = []
  const push = createPush({
    ...store,
    userSettings: store.settings,
    log,
    sender: {
      publicKey: 'BAcDkey',
      refuse: (endpoint) => (endpoint.startsWith('https://') ? undefined : 'is not HTTPS'),
      send: async ({ endpoint }, message) => {
        pushed.push(message)
        return endpoint.includes('gone') ? 'gone' : 'sent'
      },
    },
  })
  return {
    sessions,
    desks,
    presence,
    calendars,
    calendarServer,
    chat,
    history,
    portal,
    directory,
    webPhone,
    push,
    pushed,
  }
}
