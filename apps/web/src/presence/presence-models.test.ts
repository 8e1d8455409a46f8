import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Api } from '../api/api.ts'
import type { StreamNotice } from '../api/event-stream.ts'
import { en } from '../words/en.ts'
import { Format } from '../words/format.ts'
import { sv } from '../words/sv.ts'
import { BoardViewModel } from './board-view-model.ts'
import { explain } from './explain.ts'
import { endOf } from './own-presence.ts'
import { type Presence, PresenceStore } from './presence-store.ts'

interface Page {
  readonly version: string
  readonly isWhole: boolean
  readonly people: readonly (Partial<Presence> & { readonly id: string })[]
  readonly next?: string
}

/** A server whose answers the test gives, and a stream on which it speaks. */
function setUp() {
  const asked: unknown[] = []
  const answers: ((page: Page | Error) => void)[] = []
  const timers: (() => void)[] = []
  let tell: (notice: Pick<StreamNotice, 'data'>) => void = () => {}
  let goLive = () => {}
  const api = {
    call: (_: string, { query }: { query: unknown }) =>
      new Promise((resolve, reject) => {
        asked.push(query)
        answers.push((page) => (page instanceof Error ? reject(page) : resolve(page)))
      }),
  } as unknown as Api
  const startTimer = (_: number, run: () => void) => {
    timers.push(run)
    return () => void timers.splice(timers.indexOf(run), 1)
  }
  const store = new PresenceStore({ api, startTimer })
  store.follow({
    onNotice: (_, listener) => {
      tell = listener as typeof tell
      return () => {}
    },
    onLive: (listener) => {
      goLive = listener
      return () => {}
    },
  })
  const answer = async (page: Page | Error) => {
    answers.shift()!(page)
    await new Promise((resolve) => setImmediate(resolve))
  }
  const notice = (version: string, id: string, state: string) => tell({ data: { version, people: [{ id, state }] } })
  return { store, asked, answer, timers, notice, goLive: () => goLive(), startTimer }
}

describe('the presence of everybody in the page', () => {
  it('is asked for as a whole once, then only what has changed since', async () => {
    const { store, asked, answer, notice, goLive } = setUp()
    goLive()
    await answer({ version: 'r-1', isWhole: true, people: [{ id: 'a', state: 'away' }] })
    assert.equal(store.of('a').get()?.state, 'away')
    notice('r-2', 'a', 'busy')
    assert.equal(store.of('a').get()?.state, 'busy')
    goLive()
    await answer({ version: 'r-3', isWhole: false, people: [{ id: 'b', state: 'busy' }] })
    assert.deepEqual(asked, [{}, { changedSince: 'r-2' }])
    assert.equal(store.of('a').get()?.state, 'busy')
  })

  it('believes a notice rather than an answer that was on its way already', async () => {
    const { store, answer, notice, goLive } = setUp()
    goLive()
    notice('r-5', 'a', 'available')
    await answer({ version: 'r-4', isWhole: true, people: [{ id: 'a', state: 'busy' }] })
    assert.equal(store.of('a').get()?.state, 'available')
  })

  it('asks from where it was after a failure, although notices came meanwhile, and page by page', async () => {
    const { asked, answer, notice, goLive, timers } = setUp()
    goLive()
    await answer({ version: 'r-1', isWhole: true, people: [] })
    goLive()
    await answer(new Error('no network'))
    notice('r-9', 'a', 'busy')
    timers[0]!()
    await answer({ version: 'r-9', isWhole: false, people: [], next: 'x' })
    await answer({ version: 'r-9', isWhole: false, people: [] })
    assert.deepEqual(asked.slice(2), [{ changedSince: 'r-1' }, { changedSince: 'r-1', after: 'x' }])
  })

  it('tells only who looks at somebody that changes', async () => {
    const { store, answer, notice, goLive } = setUp()
    goLive()
    await answer({ version: 'r-1', isWhole: true, people: [{ id: 'a' }, { id: 'b' }] })
    let told = 0
    store.of('a').subscribe(() => told++)
    notice('r-2', 'b', 'busy')
    assert.equal(told, 0)
    notice('r-3', 'a', 'busy')
    assert.equal(told, 1)
  })
})

describe('the board', () => {
  it('is in the order of the language, filtered without accents, and looks at states once a second', async () => {
    const { store, answer, notice, timers, startTimer } = setUp()
    const format = new Format('sv')
    const board = new BoardViewModel({
      store,
      compare: (a, b) => format.compare(a, b),
      startTimer,
    })
    board.follow()
    void store.loadNames()
    await answer({
      version: 'r-1',
      isWhole: true,
      people: [
        { id: '1', name: 'Åsa', extension: '207', state: 'available' },
        { id: '2', name: 'Zoé', state: 'busy' },
        { id: '3', name: 'Bo', state: 'offline' },
      ],
    })
    const names = () => board.state.get().people?.map(({ name }) => name)
    assert.deepEqual(names(), ['Bo', 'Zoé', 'Åsa'])
    assert.equal(board.state.get().available, 1)
    board.type('asa')
    assert.deepEqual(names(), ['Åsa'])
    board.type('20')
    assert.deepEqual(names(), ['Åsa'])
    board.type('')
    board.show('inCall')
    assert.deepEqual(names(), ['Zoé'])
    notice('r-2', '3', 'busy')
    notice('r-3', '1', 'busy')
    assert.deepEqual(names(), ['Zoé'], 'it does not jump')
    for (const run of timers.splice(0)) run()
    assert.deepEqual(names(), ['Bo', 'Zoé', 'Åsa'])
  })
})

describe('the sentence', () => {
  const at = new Date(2026, 10, 21, 14, 2).getTime()
  const person: Presence = { id: 'a', state: 'busy', why: 'call.phone', since: at / 1000 }

  it('says how, since when and why', () => {
    assert.equal(explain(person, en, new Format('en'), at), 'Busy since 14:02: desk phone')
    assert.equal(explain(person, sv, new Format('sv'), at), 'Upptagen sedan 14:02: bordstelefon')
    const away: Presence = { id: 'a', state: 'away', why: 'chosen', since: at / 1000, until: at / 1000 + 3600 }
    assert.equal(explain(away, en, new Format('en'), at), 'Away since 14:02, until 15:02')
    assert.equal(explain({ id: 'a', state: 'available', why: 'free' }, en, new Format('en'), at), 'Available')
    assert.equal(explain(undefined, en, new Format('en'), at), 'Presence not known yet')
  })

  it('ends choices at midnight where the person is', () => {
    assert.equal(endOf('today', at), new Date(2026, 10, 22).getTime())
    assert.equal(endOf('tomorrow', at), new Date(2026, 10, 23).getTime())
    assert.equal(endOf('hour', at), at + 3_600_000)
    assert.equal(endOf('never', at), undefined)
  })
})
