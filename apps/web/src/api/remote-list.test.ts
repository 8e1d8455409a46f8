import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { RemoteList } from './remote-list.ts'

function bench(answers: (() => Promise<{ items: string[]; next?: string }>)[]) {
  const timers: (() => void)[] = []
  const asked: (string | undefined)[] = []
  const list = new RemoteList<string>({
    page: (after) => {
      asked.push(after)
      return answers.shift()!()
    },
    clock: {
      nowMs: () => 7,
      startTimer: (_, run) => {
        timers.push(run)
        return () => void timers.pop()
      },
    },
  })
  return { list, asked, timers }
}

describe('a list of the server', () => {
  it('is put together from its pages', async () => {
    const { list, asked } = bench([async () => ({ items: ['a'], next: 'a' }), async () => ({ items: ['b'] })])
    await list.load()
    assert.deepEqual(list.state.get(), { items: ['a', 'b'], loadedAtMs: 7 })
    assert.deepEqual(asked, [undefined, 'a'])
  })

  it('keeps the last truth when it cannot be loaded', async () => {
    const { list } = bench([async () => ({ items: ['a'] }), () => Promise.reject(new Error('away'))])
    await list.load()
    await list.load()
    const { items, fault } = list.state.get()
    assert.deepEqual(items, ['a'])
    assert.equal((fault as Error).message, 'away')
  })

  it('takes no answer that a later one has overtaken', async () => {
    let release: (page: { items: string[] }) => void = () => {}
    const { list } = bench([() => new Promise((resolve) => (release = resolve)), async () => ({ items: ['new'] })])
    const slow = list.load()
    await list.load()
    release({ items: ['old'] })
    await slow
    assert.deepEqual(list.state.get().items, ['new'])
  })

  it('loads once for many events', async () => {
    const { list, timers, asked } = bench(Array.from({ length: 5 }, () => async () => ({ items: [] })))
    let tell: (event: object) => void = () => {}
    const events = {
      onEvent: (listener: (event: object) => void) => {
        tell = listener
        return () => {}
      },
      onLive: () => () => {},
    }
    const stop = list.follow(events as never, ({ kind }) => kind === 'mine')
    tell({ kind: 'mine' })
    tell({ kind: 'mine' })
    tell({ kind: 'other' })
    assert.equal(timers.length, 1)
    timers.pop()!()
    assert.equal(asked.length, 2)
    stop()
  })
})
