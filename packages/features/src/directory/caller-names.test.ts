import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { CompanyId } from '@vaxel/base'
import type { DirectoryCard } from '@vaxel/core'
import type { FavouriteService } from './favourite-service.ts'
import type { DirectoryDependencies } from './scope.ts'
import type { SearchKeeper } from './search-keeper.ts'
import { SearchService } from './search-service.ts'

const card = (kind: string, name: string, ...numbers: string[]) =>
  ({ id: name, kind, name, numbers: numbers.map((number) => ({ number })) }) as unknown as DirectoryCard

/** What a caller from outside with this number is called. */
function shown(number: string, ...cards: DirectoryCard[]): Promise<string | undefined> {
  const around = {
    clock: { startTimer: () => ({ stop: () => undefined }) },
    search: { withNumbers: () => Promise.resolve(cards) },
  } as unknown as DirectoryDependencies
  const keeper = { isLoaded: true } as SearchKeeper
  return new SearchService(around, keeper, {} as FavouriteService).nameOf('acme' as CompanyId, undefined, number)
}

describe('the name of a caller from outside', () => {
  const anna = card('colleague', 'Anna', '201', '+46846500401')

  it('is no colleague’s who has the number as an extension', async () => {
    for (const number of ['201', '+201', '2-01']) assert.equal(await shown(number, anna), undefined)
  })

  it('is a colleague’s who has the number outside as well', async () => {
    assert.equal(await shown('+46846500401', anna), 'Anna')
  })

  it('is a contact’s under whom a short number was kept', async () => {
    assert.equal(await shown('201', anna, card('shared', 'Parcel service', '201')), 'Parcel service')
  })
})
