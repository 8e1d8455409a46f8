import { type CallId, type CompanyId, type LegId, silentLogger, systemClock, type UserId } from '@vaxel/base'
import type { Directory, CountedFeed, HistoryReader, LineLeg, NumberedEvent, User } from '@vaxel/core'
import { NoticeFan } from '@vaxel/features/history'
import { EventStream } from '../packages/features/src/history/event-stream.ts'
import { CompanyChanges } from '../packages/features/src/presence/company-changes.ts'
import { PresenceService } from '../packages/features/src/presence/presence-service.ts'
import type { Figure, Measurement } from './figure.ts'

const companyId = 'company' as CompanyId
const system = 'vaxel'
const changesASecond = 200

/** What it costs to know how 5,000 people are and to tell 1,000 open screens of each change. */
export const presence: Measurement = {
  name: 'presence',
  async run(progress, { isQuick }) {
    const [people, screens, seconds] = isQuick ? [1000, 100, 2] : [5000, 1000, 20]
    const users = Array.from(
      { length: people },
      (_, i) => ({ id: `u${String(i).padStart(21, '0')}`, companyId }) as User,
    )
    const byId = new Map(users.map((user) => [user.id, user]))
    const legs = new Map<CallId, readonly LineLeg[]>()
    const notices = new NoticeFan(silentLogger)
    const changes = new CompanyChanges({ clock: systemClock, notices })
    let tell: (events: readonly NumberedEvent[]) => void = () => {}
    const service = new PresenceService({
      clock: systemClock,
      directory: {
        user: (id: UserId) => byId.get(id),
        device: () => undefined,
        companies: () => [{ id: companyId }],
        usersOf: () => users,
      } as unknown as Directory,
      bindings: { ofUser: () => [] },
      settings: { get: () => undefined },
      feed: {
        subscribe: (listener) => {
          tell = listener
          return () => {}
        },
      },
      live: {
        ofCall: (callId) => legs.get(callId) ?? [],
        all: () => [...legs].map(([callId, of]) => ({ callId, legs: of })),
      },
    })
    const startedMs = performance.now()
    service.start()
    const startMs = performance.now() - startedMs
    service.onChange((user, now) => changes.add(user, now))
    let bytes = 0
    await openScreens(screens, notices, (text) => {
      bytes += text.length
    })
    progress(`${people} people, ${screens} screens, ${changesASecond} changes a second for ${seconds} s`)
    const cpu = process.cpuUsage()
    let made = 0
    const until = performance.now() + seconds * 1000
    while (performance.now() < until) {
      for (let i = 0; i < changesASecond / 20; i++) {
        const { id: userId } = users[(made * 7919) % people]!
        const callId = `call-${userId}` as CallId
        const leg = { id: callId as string as LegId, callId, userId, phase: 'talking', direction: 'recipient' } as const
        if (legs.has(callId)) legs.delete(callId)
        else legs.set(callId, [{ ...leg, sinceMs: Date.now(), remote: { number: '200' } }])
        tell([{ kind: 'call.established', callId, companyId, data: {}, atMs: 0, number: made++ }])
      }
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    const { user, system: kernel } = process.cpuUsage(cpu)
    service.close()
    changes.close()
    const note = `${people.toLocaleString('en')} people, ${screens.toLocaleString('en')} screens, ${changesASecond} changes a second, without the sockets`
    const figures: Figure[] = [
      { id: 'presence.cpu', what: 'presence, CPU a change', system, value: (user + kernel) / made, unit: 'us', note },
      {
        id: 'presence.bytes',
        what: 'presence, told to one screen a change',
        system,
        value: bytes / screens / made,
        unit: 'bytes',
        note,
      },
      {
        id: 'presence.start',
        what: 'presence of everybody decided at start',
        system,
        value: startMs,
        unit: 'ms',
        note,
      },
    ]
    return figures
  },
}

/** Streams without sockets, as the event stream makes them for each screen. */
async function openScreens(count: number, notices: NoticeFan, sent: (text: string) => void): Promise<void> {
  const feed: CountedFeed = { lastNumber: 0, subscribe: () => () => {} }
  const history = {
    calls: async () => [],
    events: async () => [],
  } as unknown as HistoryReader
  for (let i = 0; i < count; i++)
    await new EventStream({
      history,
      feed,
      notices,
      client: {
        bufferedBytes: 0,
        send: sent,
        close: () => {},
        lapsed: () => undefined,
        onClosed: () => {},
        drained: async () => {},
      },
      principal: { sessionId: `s${i}`, userId: `u${i}`, companyId, role: 'user', isOperator: false },
      log: silentLogger,
    }).run(undefined)
}
