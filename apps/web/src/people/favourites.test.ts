import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Api } from '../api/api.ts'
import { Favourites } from './favourites.ts'
import type { Entry } from './people-search.ts'

const entry = (id: string): Entry => ({ id, kind: 'colleague', name: id, numbers: [] })

function setUp(refuse: (id: string) => boolean = () => false) {
  const calls: string[] = []
  let kept = ['a', 'b', 'c']
  const faults: unknown[] = []
  const api = {
    call: async (id: string, request: { params?: { cardId: string }; body?: { cardIds: string[] } }) => {
      calls.push(id)
      await Promise.resolve()
      if (refuse(id)) throw new Error('refused')
      if (id === 'readFavourites') return { favourites: kept.map(entry), groups: [] }
      if (id === 'orderFavourites') kept = request.body!.cardIds
      if (id === 'addFavourite') kept = [...kept, request.params!.cardId]
      if (id === 'removeFavourite') kept = kept.filter((one) => one !== request.params!.cardId)
      return undefined
    },
  } as unknown as Api
  const favourites = new Favourites({ api, onFault: (fault) => faults.push(fault) })
  const ids = () => favourites.state.get().lists?.favourites.map(({ id }) => id)
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  return { favourites, calls, faults, ids, settle, kept: () => kept }
}

describe('favourites', () => {
  it('show a change at once and keep it', async () => {
    const { favourites, ids, settle, kept } = setUp()
    await favourites.load()
    favourites.add(entry('d'))
    favourites.move('d', -3)
    favourites.remove('b')
    assert.deepEqual(ids(), ['d', 'a', 'c'])
    await settle()
    assert.deepEqual(kept(), ['d', 'a', 'c'])
  })

  it('move nobody past the ends', async () => {
    const { favourites, ids, calls } = setUp()
    await favourites.load()
    favourites.move('a', -1)
    favourites.move('c', 1)
    favourites.move('nobody', 1)
    assert.deepEqual(ids(), ['a', 'b', 'c'])
    assert.deepEqual(calls, ['readFavourites'])
  })

  it('take back what the server refuses, and say so', async () => {
    const { favourites, ids, settle, faults } = setUp((id) => id === 'removeFavourite')
    await favourites.load()
    favourites.remove('b')
    assert.deepEqual(ids(), ['a', 'c'])
    await settle()
    assert.deepEqual(ids(), ['a', 'b', 'c'])
    assert.equal(faults.length, 1)
  })
})
