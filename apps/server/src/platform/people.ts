import { detectMediaType, WebPushSender } from '@vaxel/connect'
import { createChat } from '@vaxel/features/chat'
import { createPresence } from '@vaxel/features/presence'
import { createPush } from '@vaxel/features/push'
import type { IncomingRequest } from '@vaxel/sip'
import { buildCalendars } from '../calendars.ts'
import { liveLegs } from '../live-legs.ts'
import { pushKeys } from '../push-keys.ts'
import type { Calls } from './calls.ts'
import { ownHost } from '../own-name.ts'
import { type Ground, innerNetworks } from './ground.ts'
import type { KeptSound } from './kept-sound.ts'
import type { Phones } from './phones.ts'
import type { Transport } from './transport.ts'

export type People = Awaited<ReturnType<typeof buildPeople>>

/** What people tell each other and show of themselves: push messages, chat, presence and the calendars behind it. */
export async function buildPeople(
  ground: Ground,
  { stack }: Pick<Transport, 'stack'>,
  { notices, flowOf, authenticateCaller }: Phones,
  { voicemail }: Pick<KeptSound, 'voicemail'>,
  { calls }: Pick<Calls, 'calls'>,
) {
  const { configuration, store, isDemo, clock, log, scope, later } = ground
  const push = createPush({
    ...store,
    userSettings: store.settings,
    clock,
    log,
    sender: new WebPushSender({
      keys: await pushKeys(configuration.data),
      subject: `https://${ownHost(configuration)}`,
      allowsLoopback: isDemo,
      log,
    }),
  })
  scope.add(() => push.close())
  later.tellBrowsers = push.tell
  const authenticate = ({ request, flow }: IncomingRequest) => authenticateCaller(request, flow)
  const chat = createChat({
    alerts: push.alerts,
    ...store,
    notices,
    log,
    detectMediaType,
    phones: { bindings: store.bindings, stack, flowOf, authenticate },
  })
  scope.add(() => chat.close())
  const presence = createPresence({
    ...store,
    clock,
    notices,
    live: liveLegs(calls),
    tellWatchers: (packageName, resource) => later.tellWatchers?.(packageName, resource),
    mailbox: (userId) => {
      const { newMessages, savedMessages } = voicemail.counts(userId)
      return { newMessages, oldMessages: savedMessages }
    },
  })
  scope.add(() => presence.close())
  later.presenceOf = (userId) => presence.stateOf(userId)
  const calendars = buildCalendars({
    store,
    notices,
    presence: presence.sources,
    networks: innerNetworks(ground),
    dnsServers: configuration.dns,
    clock,
    log,
  })
  scope.add(() => calendars.close())
  return { push, chat, presence, calendars }
}
