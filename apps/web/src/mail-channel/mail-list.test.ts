import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { MailList } from './mail-list.ts'

/** A list with a server whose answers are given one by one. */
function world() {
  const asked: { query: Record<string, unknown>; answer: (page: unknown) => void }[] = []
  const call = (_: string, { query }: { query: Record<string, unknown> }) =>
    new Promise((resolve) => asked.push({ query, answer: resolve }))
  const list = new MailList({ call } as never, { state: 'open' })
  const live = new Set<() => void>()
  const events = {
    onNotice: () => () => {},
    onLive: (listener: () => void) => {
      live.add(listener)
      return () => live.delete(listener)
    },
  }
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  const answer = async (ids: readonly string[], next?: string) => {
    asked.shift()!.answer({ items: ids.map((id) => ({ id })), ...(next === undefined ? {} : { next }) })
    await settle()
  }
  const shown = () => list.state.get().items?.map(({ id }) => id)
  return { list, asked, events: events as never, live, answer, shown }
}

describe('a list of mails', () => {
  it('is read anew when the connection is back, as far as it was', async () => {
    const { list, asked, events, live, answer, shown } = world()
    const end = list.follow(events, () => {})
    await answer(['c'], 'n')
    void list.more()
    await answer(['c'], 'n')
    assert.equal(asked[0]!.query['before'], 'n')
    await answer(['a'])
    assert.deepEqual(shown(), ['c', 'a'])
    for (const listener of live) listener()
    await answer(['d'], 'm')
    await answer(['c'])
    assert.deepEqual(shown(), ['d', 'c'])
    end()
    assert.equal(live.size, 0)
  })

  it('shows the later of two readings', async () => {
    const { list, asked, shown } = world()
    const both = [list.load(), list.load()]
    asked[1]!.answer({ items: [{ id: 'new' }] })
    asked[0]!.answer({ items: [{ id: 'old' }] })
    await Promise.all(both)
    assert.deepEqual(shown(), ['new'])
  })
})
