import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type CompanyId, silentLogger, type UserId } from '@vaxel/base'
import type { Principal } from '@vaxel/contract'
import type {
  CalendarAccess,
  CalendarAccount,
  CalendarAnswer,
  CalendarEntry,
  CalendarQuestion,
  Directory,
  LedgerEvent,
  Notice,
  PresenceClaim,
  User,
} from '@vaxel/core'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { CalendarService } from './calendar-service.ts'
import { Calendars } from './calendars.ts'
import { ReadingSlots } from './reading-slots.ts'
import { waitMs } from './reading-times.ts'

const minute = 60_000
const hour = 60 * minute
const anna = 'anna' as UserId
const company = 'c1' as CompanyId
const principal = (userId = 'anna', companyId = 'c1') => ({ userId, companyId }) as Principal
const read = (entries: readonly CalendarEntry[], more = {}): CalendarAnswer => ({
  kind: 'read',
  entries,
  unread: 0,
  isCut: false,
  ...more,
})

/** Calendars of a company of two, whose server answers what a test says. */
function world() {
  const clock = new VirtualClock()
  const kept = new Map<UserId, { account: CalendarAccount; access: CalendarAccess }>()
  const claims = new Map<UserId, PresenceClaim | undefined>()
  const asked: CalendarQuestion[] = []
  const events: LedgerEvent[] = []
  const notices: Notice[] = []
  const users = new Map(
    ['anna', 'bo'].map((name) => [
      name,
      { id: name, companyId: company, name, domain: 'firma.se', email: 'Anna.Ek@firma.se' } as unknown as User,
    ]),
  )
  const server = { answer: read([]) as CalendarAnswer }
  const parts = {
    clock,
    log: silentLogger,
    random: (length: number) => new Uint8Array(length).fill(128),
    directory: {
      user: (id: UserId) => users.get(id),
      company: () => ({ country: 'SE' }),
    } as unknown as Directory,
    calendars: {
      of: (userId: UserId) => kept.get(userId)?.account,
      ofCompany: () => [...kept.values()].map(({ account }) => account),
      all: () => [...kept.values()].map(({ account }) => account),
      access: (userId: UserId) => kept.get(userId)?.access,
      put: async (account: CalendarAccount, access: CalendarAccess, event: LedgerEvent) => {
        kept.set(account.userId, { account, access })
        events.push(event)
      },
      remove: async ({ userId }: CalendarAccount, event: LedgerEvent) => {
        kept.delete(userId)
        events.push(event)
      },
    },
    feed: { subscribe: () => () => {} },
    notices: { publish: (notice: Notice) => void notices.push(notice) },
    presence: {
      set: (userId: UserId, _: string, claim: PresenceClaim | undefined) => void claims.set(userId, claim),
    },
    door: {
      read: async (question: CalendarQuestion) => {
        asked.push(question)
        return server.answer
      },
    },
  }
  const followed = new Calendars(parts)
  return {
    clock,
    claims,
    asked,
    events,
    notices,
    server,
    followed,
    service: new CalendarService(parts, followed),
    async follow(answer: CalendarAnswer, wish = {}) {
      server.answer = answer
      await this.service.put(principal(), 'anna', {
        protocol: 'feed',
        address: 'https://cloud.example/secret/anna.ics',
        shows: 'all',
        ...wish,
      })
      await clock.advanceAsync(0)
    },
    async view() {
      const { calendar } = this.service.read(principal(), 'anna') as { calendar?: { state: string; trouble?: string } }
      return calendar
    },
  }
}

const meeting = (startMs: number, endMs: number): CalendarEntry => ({
  startMs,
  endMs,
  kind: 'busy',
  title: 'Budget',
  place: 'Lyon',
})

describe('a calendar that presence follows', () => {
  it('tells presence at the very moment at which a meeting begins and ends', async () => {
    const w = world()
    const { clock, claims } = w
    const now = clock.now()
    await w.follow(read([meeting(now + minute, now + 3 * minute)]))
    assert.equal(claims.get(anna), undefined)
    await clock.advanceAsync(minute)
    assert.deepEqual(claims.get(anna), {
      state: 'inMeeting',
      sinceMs: now + minute,
      untilMs: now + 3 * minute,
      place: 'Lyon',
      title: 'Budget',
    })
    await clock.advanceAsync(2 * minute)
    assert.equal(claims.get(anna), undefined)
  })

  it('is read every five minutes, with what the last answer was known by, and whole after twelve hours', async () => {
    const w = world()
    await w.follow(read([], { version: { etag: '"1"' } }))
    assert.equal(w.asked.length, 1)
    assert.deepEqual(w.asked[0]?.owner, ['anna.ek@firma.se', 'anna@firma.se'])
    assert.equal(w.asked[0]?.timeZone, 'Europe/Stockholm')
    w.server.answer = { kind: 'unchanged' }
    await w.clock.advanceAsync(5 * minute + 1000)
    assert.equal(w.asked.length, 2)
    assert.deepEqual(w.asked[1]?.known, { etag: '"1"' })
    await w.clock.advanceAsync(12 * hour)
    assert.ok(w.asked.some(({ known }, i) => i > 1 && known === undefined))
    assert.equal((await w.view())?.state, 'good')
  })

  it('that cannot be read is asked later and later, keeps its last truth for four hours, and then says nothing', async () => {
    const w = world()
    const now = w.clock.now()
    await w.follow(read([meeting(now, now + 20 * hour)]))
    assert.equal(w.claims.get(anna)?.state, 'inMeeting')
    w.server.answer = { kind: 'failed', trouble: 'server', status: 503 }
    await w.clock.advanceAsync(5 * minute + 1000)
    assert.deepEqual(w.notices.at(-1)?.data, { state: 'failing', trouble: 'server' })
    assert.deepEqual(w.notices.at(-1)?.to, [anna])
    await w.clock.advanceAsync(3 * hour)
    assert.ok(w.asked.length < 9, String(w.asked.length))
    assert.equal(w.claims.get(anna)?.state, 'inMeeting')
    assert.equal((w.service.day(principal('bo'), 'anna') as { state: string }).state, 'old')
    await w.clock.advanceAsync(hour)
    assert.equal(w.claims.get(anna), undefined)
    assert.equal((await w.view())?.state, 'lost')
    assert.deepEqual(w.service.day(principal('bo'), 'anna'), {
      state: 'none',
      to: (w.service.day(principal('bo'), 'anna') as { to: string }).to,
      blocks: [],
    })
    w.server.answer = read([meeting(now, now + 20 * hour)])
    await w.clock.advanceAsync(hour + 6 * minute)
    assert.deepEqual([w.claims.get(anna)?.state, (await w.view())?.state], ['inMeeting', 'good'])
  })

  it('with a wrong password is asked once an hour, not to be locked out', async () => {
    const w = world()
    await w.follow({ kind: 'failed', trouble: 'login', status: 401 })
    assert.deepEqual([(await w.view())?.state, (await w.view())?.trouble], ['lost', 'login'])
    await w.clock.advanceAsync(4 * hour)
    assert.ok(w.asked.length <= 6, String(w.asked.length))
  })

  it('is taken back from presence when it is removed, or the server closes', async () => {
    const w = world()
    const now = w.clock.now()
    await w.follow(read([meeting(now, now + hour)]))
    await w.service.remove(principal(), 'anna')
    assert.equal(w.claims.get(anna), undefined)
    assert.deepEqual(
      w.events.map(({ kind, data }) => [kind, data.server]),
      [
        ['calendar.followed', 'cloud.example'],
        ['calendar.removed', 'cloud.example'],
      ],
    )
    await w.follow(read([meeting(now, now + hour)]))
    w.followed.close()
    assert.equal(w.claims.get(anna), undefined)
    const before = w.asked.length
    await w.clock.advanceAsync(hour)
    assert.equal(w.asked.length, before)
  })

  it('shows less or more at once, without being read anew', async () => {
    const w = world()
    const now = w.clock.now()
    await w.follow(read([meeting(now, now + hour)]))
    const before = w.asked.length
    await w.service.put(principal(), 'anna', { shows: 'busy' })
    assert.deepEqual(w.claims.get(anna), { state: 'inMeeting', sinceMs: now, untilMs: now + hour })
    assert.equal(w.asked.length, before)
  })

  it('tells colleagues of the rest of today and of tomorrow, and strangers nothing', async () => {
    const w = world()
    const now = w.clock.now()
    const time = (ms: number) => new Date(ms).toISOString()
    await w.follow(read([meeting(now + hour, now + 2 * hour), meeting(now + 60 * hour, now + 61 * hour)]))
    const day = w.service.day(principal('bo'), 'anna')
    assert.deepEqual((day as { blocks: unknown }).blocks, [
      { from: time(now + hour), to: time(now + 2 * hour), kind: 'busy', title: 'Budget', place: 'Lyon' },
    ])
    assert.equal((w.service.day(principal('eve', 'c2'), 'anna') as { code?: string }).code, 'API_NOT_FOUND')
  })
})

describe('who sets a calendar', () => {
  const mistakes = (answer: unknown) =>
    ((answer as { mistakes?: { path: string }[] }).mistakes ?? []).map(({ path }) => path)

  it('is told everything that is wrong at once', async () => {
    const { service } = world()
    assert.deepEqual(mistakes(await service.put(principal(), 'anna', {})), ['/protocol', '/address'])
    const wish = { protocol: 'feed' as const, address: 'ftp://x/', login: 'a:b' }
    assert.deepEqual(mistakes(await service.put(principal(), 'anna', wish)), ['/address', '/login', '/password'])
    const inAddress = { protocol: 'feed' as const, address: 'https://anna:secret@cloud.example/' }
    assert.deepEqual(mistakes(await service.put(principal(), 'anna', inAddress)), ['/address'])
  })

  it('gives the password again when it would go to another server, and never sees it', async () => {
    const w = world()
    await w.follow(read([]), { login: 'anna', password: 'geheim' })
    assert.doesNotMatch(JSON.stringify([await w.view(), w.events, w.notices]), /geheim|secret/)
    const other = { address: 'https://evil.example/' }
    assert.deepEqual(mistakes(await w.service.put(principal(), 'anna', other)), ['/password'])
    await w.service.put(principal(), 'anna', { address: 'https://cloud.example/other.ics' })
    await w.clock.advanceAsync(0)
    assert.deepEqual(w.asked.at(-1)?.access, {
      address: 'https://cloud.example/other.ics',
      login: 'anna',
      password: 'geheim',
    })
    await w.service.put(principal(), 'anna', { login: '' })
    await w.clock.advanceAsync(0)
    assert.deepEqual(w.asked.at(-1)?.access, { address: 'https://cloud.example/other.ics' })
  })

  it('cannot look for servers by trying addresses one after another', async () => {
    const { service } = world()
    const set = (i: number) =>
      service.put(principal(), 'anna', { protocol: 'feed', address: `https://10.0.0.${i}/` }) as Promise<{
        code?: string
      }>
    const codes = []
    for (let i = 0; i < 25; i++) codes.push((await set(i)).code)
    assert.deepEqual(codes.slice(0, 20).filter(Boolean), [])
    assert.deepEqual([...new Set(codes.slice(20))], ['API_TOO_MANY_REQUESTS'])
  })

  it('for somebody else cannot decide that titles are shown', async () => {
    const w = world()
    const wish = { protocol: 'feed' as const, address: 'https://cloud.example/a.ics' }
    assert.deepEqual(mistakes(await w.service.put(principal('bo'), 'anna', { ...wish, shows: 'all' })), ['/shows'])
    await w.service.put(principal('bo'), 'anna', { ...wish, shows: 'place' })
    await w.service.put(principal(), 'anna', { shows: 'busy' })
    assert.deepEqual(mistakes(await w.service.put(principal('bo'), 'anna', { shows: 'place' })), ['/shows'])
  })
})

describe('many calendars', () => {
  it('are read some at once, and one company does not take all places', async () => {
    const slots = new ReadingSlots()
    const ends: (() => void)[] = []
    const begun: string[] = []
    const use = (id: string) =>
      slots.use(id as CompanyId, () => {
        begun.push(id)
        return new Promise<void>((resolve) => void ends.push(resolve))
      })
    const all = [...Array.from({ length: 20 }, () => use('a')), use('b')]
    await Promise.resolve()
    assert.equal(begun.join(''), 'aaaab')
    while (begun.length < 21) {
      ends.shift()?.()
      await new Promise((resolve) => setImmediate(resolve))
    }
    for (const end of ends) end()
    await Promise.all(all)
  })

  it('wait longer after each fault, an hour at most', () => {
    const waits = [0, 1, 2, 3, 4, 5, 50].map((faults) => waitMs(0.5, faults) / minute)
    assert.deepEqual(waits, [5, 5, 10, 20, 40, 60, 60])
    assert.deepEqual([waitMs(0, 0) / minute, waitMs(1, 0) / minute], [4.5, 5.5])
    assert.deepEqual([waitMs(0.5, 1, 'login') / minute, waitMs(0.5, 2, 'login') / minute], [5, 60])
  })
})
