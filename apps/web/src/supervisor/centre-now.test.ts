import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type CentreNow, CentreNowModel, levelNowOf, statesOf, waitingOf } from './centre-now.ts'

const counts = { arrived: 0 } as CentreNow['queues'][number]['now']['counts']
const queueNow = (count: number, since = '2026-01-01T00:00:00Z') => ({
  queueId: 'q',
  isOpen: true,
  isByHand: false,
  waiting: count === 0 ? [] : [{ channel: 'call' as const, count, oldestSince: since, oldestItemId: 'i' }],
  recent: { inLevel: 3, counted: 4 },
  counts,
  figures: {},
})
const centre = (asOf: number, count: number): CentreNow => ({
  asOf,
  at: '2026-01-01T00:01:00.000Z',
  day: '2026-01-01',
  timeZone: 'UTC',
  queues: [{ id: 'q', name: 'Sales', channels: ['call'], levelSeconds: 20, levelPercent: 80, now: queueNow(count) }],
  agents: [],
  skills: [],
  reasons: [],
  alarms: [],
})

function model(answers: (() => Promise<CentreNow>)[]) {
  const listeners = new Map<string, (message: { data: object; at?: string }) => void>()
  let live = () => {}
  let asked = 0
  const page = { nowMs: 1000, steadyMs: 0, second: () => {} }
  const events = {
    state: { get: () => ({ name: 'live' }), subscribe: () => () => {} },
    onNotice: (kind: string, listener: (message: { data: object }) => void) => {
      listeners.set(kind, listener)
      return () => {}
    },
    onEvent: (listener: (event: { kind: string }) => void) => {
      listeners.set('event', (message) => listener(message.data as { kind: string }))
      return () => {}
    },
    onLive: (listener: () => void) => {
      live = listener
      listener()
      return () => {}
    },
  }
  const view = new CentreNowModel({
    api: { call: async () => answers[Math.min(asked++, answers.length - 1)]!() } as never,
    clock: { nowMs: () => page.nowMs, startTimer: (_, run) => ((page.second = run), () => {}) },
    steadyMs: () => page.steadyMs,
  })
  view.follow(events as never)
  const tell = (asOf: number, count: number, day = '2026-01-01', at?: string) =>
    listeners.get('centre.figuresChanged')!({
      ...(at === undefined ? {} : { at }),
      data: { asOf, day, queues: [queueNow(count)], agents: [] },
    })
  const waiting = () => view.state.get().centre?.queues[0]?.now.waiting[0]?.count ?? 0
  return {
    view,
    tell,
    page,
    waiting,
    reconnect: () => live(),
    asked: () => asked,
    event: (kind: string) => listeners.get('event')!({ data: { kind } }),
  }
}
const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('the contact centre on screen', () => {
  it('takes what is told after its answer, also while that was on its way, and nothing from before', async () => {
    let answer: (value: CentreNow) => void = () => {}
    const { tell, waiting } = model([() => new Promise((resolve) => (answer = resolve))])
    tell(9, 5)
    tell(12, 2)
    answer(centre(10, 1))
    await settled()
    assert.equal(waiting(), 2)
    tell(9, 7)
    assert.equal(waiting(), 2)
    tell(13, 0)
    assert.equal(waiting(), 0)
  })

  it('loads anew after a loss of the connection, on a new day and when something is published', async () => {
    const { tell, waiting, reconnect, asked, event } = model([async () => centre(10, 1), async () => centre(20, 4)])
    await settled()
    reconnect()
    await settled()
    assert.equal(waiting(), 4)
    tell(21, 0, '2026-01-02')
    await settled()
    assert.equal(asked(), 3)
    event('centre.published')
    event('call.ended')
    await settled()
    assert.equal(asked(), 4)
  })

  it('tells of alarms', async () => {
    const { view, event } = model([async () => centre(10, 1)])
    await settled()
    let told = 0
    view.onAlarm(() => told++)
    event('alarm.raised')
    event('alarm.cleared')
    assert.equal(told, 1)
  })

  it('counts waits by the clock of the server', async () => {
    const { view } = model([async () => centre(10, 1)])
    await settled()
    const { clockAheadMs, centre: now } = view.state.get()
    assert.equal(clockAheadMs, Date.parse('2026-01-01T00:01:00Z') - 1000)
    // By the page's clock it is 1000 now, and the first one has waited for a minute.
    assert.equal(1000 - waitingOf(now!.queues[0]!, clockAheadMs).sinceMs!, 60_000)
    assert.equal(waitingOf({ ...now!.queues[0]!, now: queueNow(0) }, 0).sinceMs, undefined)
    assert.equal(levelNowOf(now!.queues[0]!), 0.75)
  })

  it('asks anew when the clock of the page is set, or stood still with the machine, though nothing happens in the centre', async () => {
    const { page, asked, view } = model([async () => centre(10, 1)])
    await settled()
    const pass = async (byMs: number, setByMs = 0) => {
      page.steadyMs += byMs
      page.nowMs += byMs + setByMs
      page.second()
      await settled()
    }
    await pass(1000)
    await pass(90_000)
    await pass(1000, 900)
    assert.equal(asked(), 1, 'time that only goes on, or a clock that is kept right, asks nothing')
    await pass(1000, 3_600_000)
    assert.equal(asked(), 2)
    await pass(1000)
    await pass(1000, -7_200_000)
    assert.equal(asked(), 3)
    const { clockAheadMs, centre: now } = view.state.get()
    assert.equal(page.nowMs - waitingOf(now!.queues[0]!, clockAheadMs).sinceMs!, 60_000)
  })

  it('asks anew when the server tells by another clock, and not for a notice that comes late', async () => {
    const { tell, asked } = model([async () => centre(10, 1)])
    await settled()
    tell(11, 1, '2026-01-01', '2026-01-01T00:00:58.000Z')
    await settled()
    assert.equal(asked(), 1)
    tell(12, 1, '2026-01-01', '2026-01-01T01:01:00.000Z')
    await settled()
    assert.equal(asked(), 2)
  })

  it('counts agents of a queue by state', () => {
    const agent = (state: string, queueIds: string[]) => ({ queueIds, now: { state } }) as never
    const agents = [agent('ready', ['q']), agent('ready', []), agent('busy', ['q', 'r'])]
    assert.deepEqual(statesOf(agents, 'q'), { loggedOff: 0, notReady: 0, ready: 1, busy: 1, workingAfterCall: 0 })
    assert.equal(statesOf(agents).ready, 2)
  })
})
