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

  it('knows whose a number is: of the company, and of the one who asks', async () => {
    const withNumber = (id: string, number: string): DirectoryCard => ({
      ...cardOf(id),
      numbers: [{ number }] as never,
    })
    search.put({ companyId }, [withNumber('n', '+46846500401')])
    search.put({ companyId, ownerId: anna }, [withNumber('o', '+46846500402')])
    const owners = async (who: { companyId: CompanyId; userId?: UserId }) =>
      (await search.withNumbers(who, ['+46846500401', '+46846500402', '+46846500403'])).map(({ id }) => id)
    assert.deepEqual(await owners({ companyId, userId: anna }), ['o', 'n'])
    assert.deepEqual(await owners({ companyId, userId: bo }), ['n'])
    assert.deepEqual(await owners({ companyId }), ['n'])
    assert.deepEqual(await owners({ companyId: other, userId: anna }), [])
    search.remove({ companyId }, ['n'])
    assert.deepEqual(await owners({ companyId }), [])
  })

  it('tells that all is lost when it fails, and begins anew', async () => {
    const lost = new Promise<string>((resolve) => search.onLost(resolve))
    search.put({ companyId }, [{ ...cardOf('g'), emails: 5 as unknown as readonly string[] }])
    await assert.rejects(search.search(query('a')), /thread/)
    assert.match(await lost, /failed/)
    search.load({ companyId }, [cardOf('f')])
    search.loaded()
    assert.deepEqual(await found('f'), ['f'])
    search.reset()
    assert.deepEqual(await found('f'), [])
  })
})
