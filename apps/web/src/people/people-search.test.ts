import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Api } from '../api/api.ts'
import { PeopleSearch } from './people-search.ts'

interface Asked {
  readonly query: { q: string; kind?: string; after?: string; limit: number }
  answer(names: readonly string[], next?: string): void
  fail(): void
}

/** A server whose answers the test gives when it wants. */
function setUp() {
  const asked: Asked[] = []
  const api = {
    call: (_id: string, { query }: { query: Asked['query'] }) =>
      new Promise((resolve, reject) => {
        asked.push({
          query,
          answer: (names, next) =>
            resolve({
              items: names.map((name) => ({ id: name, kind: 'colleague', name, numbers: [] })),
              total: names.length,
              ...(next === undefined ? {} : { next }),
            }),
          fail: () => reject(new Error('away')),
        })
      }),
  } as unknown as Api
  const timers: (() => void)[] = []
  const clock = {
    nowMs: () => 0,
    startTimer: (_: number, run: () => void) => {
      timers.push(run)
      return () => void timers.splice(timers.indexOf(run), 1)
    },
  }
  const search = new PeopleSearch({ api, clock, language: () => 'sv' })
  const names = () => search.state.get().people?.map(({ name }) => name)
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  return { search, asked, names, settle, timers }
}

describe('the search for people', () => {
  it('has one request on its way and asks next only for what is wanted then', async () => {
    const { search, asked, names, settle } = setUp()
    search.type('a')
    search.type('an')
    search.type('ann')
    assert.equal(asked.length, 1)
    asked[0]!.answer(['Albert'])
    await settle()
    assert.deepEqual(
      asked.map(({ query }) => query.q),
      ['a', 'ann'],
    )
    assert.equal(names(), undefined, 'an old answer is dropped')
    asked[1]!.answer(['Anna'])
    await settle()
    assert.deepEqual(names(), ['Anna'])
    assert.equal(asked.length, 2)
  })

  it('keeps what it shows until the new answer is there, also when there is none', async () => {
    const { search, asked, names, settle } = setUp()
    search.type('a')
    asked[0]!.answer(['Anna'])
    await settle()
    search.type('b')
    assert.deepEqual(names(), ['Anna'])
    assert.equal(search.state.get().answered.typed, 'a')
    asked[1]!.fail()
    await settle()
    assert.deepEqual(names(), ['Anna'])
    assert.match(String(search.state.get().fault), /away/)
    search.again()
    asked[2]!.answer(['Bo'])
    await settle()
    assert.deepEqual(names(), ['Bo'])
    assert.equal(search.state.get().fault, undefined)
  })

  it('goes on at the end of the list, once at a time, without showing anybody twice', async () => {
    const { search, asked, names, settle } = setUp()
    search.again()
    asked[0]!.answer(['Anna', 'Bo'], 'page-2')
    await settle()
    search.more()
    search.more()
    assert.equal(asked.length, 2)
    assert.equal(asked[1]!.query.after, 'page-2')
    asked[1]!.answer(['Bo', 'Cia'])
    await settle()
    assert.deepEqual(names(), ['Anna', 'Bo', 'Cia'])
    search.more()
    assert.equal(asked.length, 2)
  })

  it('asks again when people change, once for many changes, and stops with the screen', async () => {
    const { search, asked, settle, timers } = setUp()
    let notice = () => {}
    let live = () => {}
    const stop = search.follow({
      onNotice: (_, listener) => {
        notice = () => listener({ notice: 'directory.changed', at: '', data: {} })
        return () => {}
      },
      onLive: (listener) => {
        live = listener
        return () => {}
      },
    })
    asked[0]!.answer([])
    await settle()
    notice()
    notice()
    assert.equal(timers.length, 1)
    timers[0]!()
    assert.equal(asked.length, 2)
    asked[1]!.answer([])
    await settle()
    live()
    assert.equal(asked.length, 3)
    asked[2]!.answer([])
    await settle()
    notice()
    stop()
    assert.equal(timers.length, 1, 'the timer that ran')
  })
})
