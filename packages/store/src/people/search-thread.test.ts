import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { CompanyId, UserId } from '@vaxel/base'
import type { DirectoryCard, DirectoryQuery } from '@vaxel/core'
import { SearchThread } from './search-thread.ts'

const companyId = 'company-1' as CompanyId
const other = 'company-2' as CompanyId
const anna = 'anna' as UserId
const bo = 'bo' as UserId

const cardOf = (id: string, name = id): DirectoryCard => ({ id, kind: 'shared', name, numbers: [] })
const query = (typed: string, more: Partial<DirectoryQuery> = {}): DirectoryQuery => ({
  companyId,
  userId: anna,
  typed,
  language: 'sv',
  limit: 10,
  favourites: [],
  ...more,
})

describe("the directory's thread", () => {
  let search: SearchThread
  before(() => {
    search = new SearchThread()
  })
  after(() => search.close())
  const found = async (typed: string, more?: Partial<DirectoryQuery>) =>
    (await search.search(query(typed, more))).cards.map(({ id }) => id)

  it('finds what was given before the question, each company and user for itself', async () => {
    search.load({ companyId }, [cardOf('a', 'Åsa')])
    search.load({ companyId }, [cardOf('b', 'Bo')])
    search.load({ companyId: other }, [cardOf('c', 'Åsa')])
    search.loaded()
    search.put({ companyId, ownerId: anna }, [cardOf('d', 'Åsa')])
    assert.deepEqual(await found('asa'), ['a', 'd'])
    assert.deepEqual(await found('asa', { userId: bo }), ['a'])
    assert.deepEqual(await found('asa', { companyId: other }), ['c'])
    assert.deepEqual(await search.read({ companyId, userId: bo }, ['a', 'd', 'c']), [cardOf('a', 'Åsa')])
    search.put({ companyId }, [cardOf('a', 'Other')])
    search.remove({ companyId, ownerId: anna }, ['d'])
    assert.deepEqual(await found('asa'), [])
    search.put({ companyId, ownerId: bo }, [cardOf('e')])
    search.forget({ companyId })
    assert.deepEqual(await found('', { userId: bo }), [])
    assert.deepEqual(await found('asa', { companyId: other }), ['c'])
  })

  it('tells that all is lost when it fails, and begins anew', async () => {
    const lost = new Promise<string>((resolve) => search.onLost(resolve))
    search.put({ companyId }, [undefined as unknown as DirectoryCard])
    await assert.rejects(search.search(query('a')), /thread/)
    assert.match(await lost, /failed/)
    search.load({ companyId }, [cardOf('f')])
    search.loaded()
    assert.deepEqual(await found('f'), ['f'])
    search.reset()
    assert.deepEqual(await found('f'), [])
  })
})
