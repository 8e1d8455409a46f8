import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { ApiFault } from '../api/api.ts'
import type { StreamNotice } from '../api/event-stream.ts'
import { keptIn } from '../base/storage.ts'
import { AgentDesk, currentOf, groupWork } from './agent-desk.ts'
import type { Desk, Offer, WorkItem } from './work.ts'
import { CustomerRecords } from './customer-records.ts'
import { TextTarget } from './text-target.ts'
import { WorkNotes } from './work-notes.ts'
import { type SoundName, WorkSounds } from './work-sounds.ts'

const since = '2026-01-01T08:00:00.000Z'

const item = (id: string, more: Partial<WorkItem> = {}): WorkItem => ({
  id,
  queueId: 'q1',
  queueName: 'Support',
  channel: 'mail',
  customer: { name: `Customer ${id}` },
  since,
  priority: 5,
  state: 'assigned',
  ...more,
})

const offer = (id: string, of: WorkItem): Offer => ({
  id,
  item: of,
  until: '2026-01-01T08:00:20.000Z',
  isByTelephone: false,
})

const desk = (version: number, more: Partial<Desk> = {}): Desk => ({
  agent: { userId: 'u1', name: 'Anna', state: 'ready', since, line: { kind: 'devices' }, queueIds: ['q1'] },
  version,
  items: [],
  offers: [],
  ...more,
})

/** A server, a stream and a clock for a place of an agent. */
function setUp(answers: Record<string, (request: never) => unknown> = {}) {
  const clock = new VirtualClock(Date.parse(since))
  const asked: [string, unknown][] = []
  const notices = new Map<string, (notice: StreamNotice) => void>()
  const lives: (() => void)[] = []
  const api = {
    call: async (id: string, request?: unknown) => {
      asked.push([id, request])
      const answer = answers[id]
      if (!answer) throw new Error(`nobody answers ${id}`)
      return await answer(request as never)
    },
  } as never
  const events = {
    onNotice: (kind: string, listener: (notice: StreamNotice) => void) => {
      notices.set(kind, listener)
      return () => void notices.delete(kind)
    },
    onLive: (listener: () => void) => {
      lives.push(listener)
      return () => {}
    },
  }
  const pageClock = {
    nowMs: () => clock.now(),
    startTimer: (delayMs: number, run: () => void) => {
      const timer = clock.startTimer(delayMs, run)
      return () => timer.stop()
    },
  }
  return {
    api,
    asked,
    clock,
    pageClock,
    events,
    tell: (told: Desk, at = new Date(clock.now()).toISOString()) =>
      notices.get('agent.deskChanged')?.({ notice: 'agent.deskChanged', at, data: { desk: told } }),
    changed: () => notices.get('work.waitingChanged')?.({ notice: 'work.waitingChanged', at: since, data: {} }),
    goLive: () => {
      for (const live of lives) live()
    },
  }
}

const place = { queues: [], allQueues: [], reasons: [], channels: [], templates: [], schedule: [] }

describe('the place of an agent', () => {
  it('is what the newest notice says, whatever a slower answer says after it', async () => {
    const { api, events, pageClock, tell, goLive } = setUp({
      readAgentMembership: () => ({ isAgent: true }),
      readAgentDesk: () => ({ desk: desk(3), ...place }),
    })
    const model = new AgentDesk({ api, clock: pageClock })
    model.follow(events)
    goLive()
    await new Promise(setImmediate)
    tell(desk(5, { items: [item('a')] }))
    tell(desk(4))
    assert.deepEqual(
      model.state.get().desk?.items.map(({ id }) => id),
      ['a'],
    )
    assert.equal(model.state.get().isAgent, true)
  })

  it('takes a desk that counts anew after the server came back', async () => {
    const answers = {
      readAgentMembership: () => ({ isAgent: true }),
      readAgentDesk: () => ({ desk: desk(1), ...place }),
    }
    const { api, events, pageClock, tell, goLive } = setUp(answers)
    const model = new AgentDesk({ api, clock: pageClock })
    model.follow(events)
    tell(desk(400, { items: [item('a')] }))
    await new Promise(setImmediate)
    tell(desk(400, { items: [item('a')] }))
    goLive()
    await new Promise(setImmediate)
    assert.deepEqual(model.state.get().desk?.items, [])
  })

  it('knows people who are no agents, and asks nothing more of them', async () => {
    const { api, events, pageClock, goLive, asked } = setUp({ readAgentMembership: () => ({ isAgent: false }) })
    const model = new AgentDesk({ api, clock: pageClock })
    model.follow(events)
    goLive()
    await new Promise(setImmediate)
    assert.equal(model.state.get().isAgent, false)
    assert.deepEqual(
      asked.map(([id]) => id),
      ['readAgentMembership'],
    )
  })

  it('tells of each offer and of each new item once, and counts seconds by the server’s clock', () => {
    const { api, events, pageClock, tell } = setUp({ readAgentDesk: () => ({ desk: desk(1), ...place }) })
    const model = new AgentDesk({ api, clock: pageClock })
    model.follow(events)
    const offered: string[] = []
    const accepted: string[] = []
    model.onOffer(({ id }) => offered.push(id))
    model.onAccepted(({ id }) => accepted.push(id))
    const asked = offer('o1', item('a', { state: 'offered' }))
    // This page's clock is ten seconds late.
    const at = '2026-01-01T08:00:10.000Z'
    tell(desk(1, { offers: [asked] }), at)
    tell(desk(2, { offers: [asked] }), at)
    tell(desk(3, { items: [item('a')] }), at)
    assert.deepEqual([offered, accepted], [['o1'], ['a']])
    assert.equal(model.localMs(asked.until) - pageClock.nowMs(), 10_000)
  })

  it('shows the call that is spoken first, else what was chosen, and goes from item to item', () => {
    const { api, events, pageClock, tell } = setUp({ readAgentDesk: () => ({ desk: desk(1), ...place }) })
    const model = new AgentDesk({ api, clock: pageClock })
    model.follow(events)
    tell(desk(1, { items: [item('a'), item('b', { state: 'kept' }), item('c', { channel: 'call' })] }))
    const current = () => currentOf(model.state.get())?.id
    assert.equal(current(), 'c')
    model.choose('b')
    assert.equal(current(), 'b')
    model.chooseBeside(1)
    model.chooseBeside(1)
    assert.equal(current(), 'a')
    model.chooseBeside(-1)
    assert.equal(current(), 'c')
    tell(desk(2, { items: [item('a'), item('b', { state: 'kept' })] }))
    assert.equal(current(), 'a')
  })

  it('groups what is worked on, wrapped up and put aside, oldest first', () => {
    const groups = groupWork([
      item('new', { acceptedAt: '2026-01-01T08:02:00.000Z' }),
      item('old', { acceptedAt: '2026-01-01T08:01:00.000Z' }),
      item('kept', { state: 'kept' }),
      item('noted', { state: 'wrappingUp' }),
    ])
    const ids = (items: readonly WorkItem[]) => items.map(({ id }) => id)
    assert.deepEqual([ids(groups.active), ids(groups.wrapUp), ids(groups.kept)], [['old', 'new'], ['noted'], ['kept']])
  })

  it('looks at the queues only while somebody looks at it', async () => {
    const waiting = [item('w', { state: 'waiting' })]
    const { api, events, pageClock, tell, changed, clock, asked } = setUp({
      readAgentDesk: () => ({ desk: desk(1), ...place }),
      listWaitingWork: () => ({ items: waiting }),
    })
    const model = new AgentDesk({ api, clock: pageClock })
    model.follow(events)
    tell(desk(1))
    const stop = model.watch()
    await clock.advanceAsync(10_000)
    assert.deepEqual(model.state.get().waiting, waiting)
    waiting.push(item('x', { state: 'waiting' }))
    changed()
    await clock.advanceAsync(0)
    assert.equal(model.state.get().waiting.length, 2, 'at once when the server says so')
    const told = asked.length
    for (let time = 0; time < 10; time++) changed()
    await clock.advanceAsync(1999)
    assert.equal(asked.length, told)
    await clock.advanceAsync(1)
    assert.equal(asked.length, told + 2, 'and then once for all that was said meanwhile')
    await clock.advanceAsync(10_000)
    assert.equal(asked.length, told + 2, 'nobody is asked for nothing')
    stop()
    changed()
    const before = asked.length
    await clock.advanceAsync(60_000)
    assert.equal(asked.length, before)
  })
})

describe('notes of an item', () => {
  function notesOf(keep: (request: { body: { text: string } }) => unknown, stored = new Map<string, string>()) {
    const around = setUp({ keepWorkNote: keep as never })
    const storage = {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => void stored.set(key, value),
      removeItem: (key: string) => void stored.delete(key),
    }
    const refused: string[] = []
    const notes = new WorkNotes({
      api: around.api,
      kept: keptIn(storage),
      clock: around.pageClock,
      userId: 'u1',
      onRefused: (_, text) => refused.push(text),
    })
    notes.follow(around.events)
    return { ...around, notes, stored, refused }
  }

  it('go to the server a moment after the last key, and leave the browser once they are there', async () => {
    const { notes, clock, asked, stored } = notesOf(() => undefined)
    notes.type('a', 'W')
    notes.type('a', 'Wants a refund')
    assert.equal(stored.size, 2)
    assert.equal(notes.of('a').get().safety, 'waiting')
    await clock.advanceAsync(1000)
    assert.deepEqual(
      asked.map(([, request]) => request),
      [{ params: { itemId: 'a' }, body: { text: 'Wants a refund' } }],
    )
    assert.deepEqual(notes.of('a').get(), { text: 'Wants a refund', safety: 'kept' })
    assert.equal(stored.size, 0)
  })

  it('survive a page that crashes while the server is away: the next page sends them', async () => {
    const away = () => {
      throw new ApiFault({ code: 'UNREACHABLE', status: 0, title: 'away' })
    }
    const first = notesOf(away)
    first.notes.type('a', 'half a sen')
    await first.clock.advanceAsync(10_000)
    assert.equal(first.notes.of('a').get().safety, 'waiting')
    const second = notesOf(() => undefined, first.stored)
    second.notes.loaded('a', 'older, from the server')
    assert.equal(second.notes.of('a').get().text, 'half a sen')
    await second.clock.advanceAsync(1000)
    assert.deepEqual(second.notes.of('a').get(), { text: 'half a sen', safety: 'kept' })
    assert.equal(second.stored.size, 0)
  })

  it('are sent at once when the server is there again, and what was typed meanwhile after them', async () => {
    let isAway = true
    const { notes, clock, asked, goLive } = notesOf(() => {
      if (isAway) throw new ApiFault({ code: 'UNREACHABLE', status: 0, title: 'away' })
    })
    notes.type('a', 'one')
    await clock.advanceAsync(700)
    isAway = false
    goLive()
    notes.type('a', 'one two')
    await clock.advanceAsync(1000)
    const texts = asked.map(([, request]) => (request as { body: { text: string } }).body.text)
    assert.deepEqual([...new Set(texts)], ['one', 'one two'])
    assert.equal(notes.of('a').get().safety, 'kept')
  })

  it('stay in this browser, and say so, when the item is gone', async () => {
    const { notes, clock, stored, refused } = notesOf(() => {
      throw new ApiFault({ code: 'WORK_GONE', status: 409, title: 'gone' })
    })
    notes.type('a', 'x')
    await clock.advanceAsync(60_000)
    assert.equal(notes.of('a').get().safety, 'refused')
    assert.deepEqual(refused, ['x'])
    assert.equal(stored.size, 2)
    notes.done('a')
    assert.equal(stored.size, 0)
  })
})

describe('the customer of an item', () => {
  it('has a card by number, earlier conversations without this one, and what was noted so far', async () => {
    const { api, pageClock } = setUp({
      readWork: () => ({ history: [{ id: 'a' }, { id: 'b' }], notes: [], note: 'so far' }),
      findByNumber: () => ({ items: [{ number: '+46701', entry: { id: 'c1' } }] }),
      readCard: () => ({ id: 'c1', name: 'Eva' }),
      addCustomerNote: () => ({ id: 'n1', at: since, by: 'Anna', text: 'pays late' }),
    })
    const notes = new WorkNotes({ api, kept: keptIn(undefined), clock: pageClock, userId: 'u1', onRefused: () => {} })
    const records = new CustomerRecords({ api, notes })
    const work = item('a', { customer: { number: '+46701' } })
    const record = records.of(work)
    await new Promise(setImmediate)
    assert.deepEqual(
      [record.get().person?.name, record.get().history?.map(({ id }) => id), notes.of('a').get().text],
      ['Eva', ['b'], 'so far'],
    )
    await records.addNote(work, 'pays late')
    assert.equal(record.get().notes?.[0]?.text, 'pays late')
  })

  it('is shown without a card when the directory knows nobody', async () => {
    const { api } = setUp({ readWork: () => ({ history: [], notes: [] }), findByNumber: () => ({ items: [] }) })
    const record = new CustomerRecords({ api, notes: { loaded: () => {} } }).of(
      item('a', { customer: { number: '1' } }),
    )
    await new Promise(setImmediate)
    assert.deepEqual(record.get(), { history: [], notes: [], person: undefined, fault: undefined })
  })
})

describe('sounds of the channels', () => {
  it('are the agent’s own choice, kept over a reload; what was spoilt is as usual', () => {
    const played: [SoundName, number][] = []
    const kept = keptIn(undefined)
    const sounds = new WorkSounds({ kept, play: (name, level) => played.push([name, level]) })
    sounds.choose('mail', 'bell')
    sounds.setVolume(250)
    sounds.choose('chat', 'silent')
    const again = new WorkSounds({ kept, play: (name, level) => played.push([name, level]) })
    again.announce('mail')
    again.announce('chat')
    assert.deepEqual(played, [
      ['bell', 0.6],
      ['bell', 1],
    ])
    kept.set('agent.sounds', { byChannel: { mail: 'x', toString: 'bell' }, volume: 'loud' })
    const { choice } = new WorkSounds({ kept, play: () => {} })
    assert.deepEqual([choice.get().byChannel.mail, choice.get().volume], ['knock', 60])
  })
})

describe('a text that is chosen', () => {
  it('goes to the editor of the channel, else to the note', () => {
    const target = new TextTarget()
    const got: string[] = []
    const text = { id: '1', text: 'Hello', open: [] }
    assert.equal(target.insert(text), false)
    target.takeLast(() => got.push('note'))
    target.insert(text)
    const stop = target.take(() => got.push('editor'))
    target.insert(text)
    stop()
    target.insert(text)
    assert.deepEqual(got, ['note', 'editor', 'note'])
  })
})
