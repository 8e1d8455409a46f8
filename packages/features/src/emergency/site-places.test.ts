import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { CompanyId } from '@vaxel/base'
import type { CivicAddress, EventFeed, KeptSite } from '@vaxel/core'
import { SitePlaces } from './site-places.ts'

const companyId = 'c' as CompanyId
const site = (name: string, reachedFrom: string[], networks: object = {}, address?: CivicAddress): KeptSite => ({
  id: name.toLowerCase(),
  companyId,
  name,
  reachedFrom,
  owners: [],
  profile: { networks },
  changedAtMs: 0,
  ...(address ? { address } : {}),
})

function placesOf(...all: KeptSite[]) {
  const kept = new Map(all.map((one) => [one.id, one]))
  let tell: Parameters<EventFeed['subscribe']>[0] = () => {}
  const places = new SitePlaces({
    sites: {
      everySite: async ({ after = '', limit }) => {
        const ids = [...kept.keys()].sort().filter((id) => id > after)
        return ids.slice(0, limit).map((id) => kept.get(id)!)
      },
      site: async (_, id) => kept.get(id),
    },
    feed: {
      subscribe: (listener: typeof tell) => {
        tell = listener
        return () => {}
      },
    } as EventFeed,
    log: { error: () => {} } as never,
  })
  const changed = (kind: string, siteId: string) => tell([{ kind, companyId, atMs: 0, data: { siteId } } as never])
  return { places, kept, changed }
}

const lund = site('Lund', ['198.51.100.0/28'], {
  inside: ['10.1.0.0/16'],
  segments: [
    { name: 'floor 1', network: '10.1.1.0/24' },
    { name: 'floor 2', network: '10.1.2.0/24' },
  ],
})
const lyon = site('Lyon', ['198.51.100.7', '2001:db8:7::/48'], { inside: ['10.0.0.0/8', '192.168.1.0/24'] })
const kiruna = site('Kiruna', [], { inside: ['192.168.1.0/24'] })

describe('where a telephone is', () => {
  const known = placesOf(lund, lyon, kiruna)
  const at = async (address: string) => {
    await known.places.load()
    return known.places.placeOf(companyId, address)
  }

  it('is the site that is reached from there, or has that network inside', async () => {
    assert.deepEqual(await at('198.51.100.3'), { siteId: 'lund', site: 'Lund' })
    assert.equal((await at('2001:db8:7::12'))?.site, 'Lyon')
    assert.equal((await at('10.1.9.1'))?.site, 'Lund')
  })

  it('is told as closely as it is known: by the smallest network', async () => {
    assert.deepEqual(await at('10.1.2.77'), { siteId: 'lund', site: 'Lund', segment: 'floor 2' })
    assert.equal((await at('198.51.100.7'))?.site, 'Lyon')
    assert.equal((await at('10.200.1.1'))?.site, 'Lyon')
  })

  it('is not guessed: not between two sites, nor where nobody is known, nor by the sites of others', async () => {
    assert.equal(await at('192.168.1.20'), undefined)
    assert.equal(await at('203.0.113.1'), undefined)
    assert.equal(await at('host.example'), undefined)
    assert.equal(known.places.placeOf('other' as CompanyId, '10.1.2.77'), undefined)
    const { places } = placesOf(site('Broken', ['x'], { inside: ['y/z'] }), { ...lund, profile: undefined })
    await places.load()
    assert.equal(places.placeOf(companyId, '10.1.2.77'), undefined)
  })

  it('is what the site became last, and all sites are read however many there are', async () => {
    const many = Array.from({ length: 450 }, (_, i) => site(`s${i}`, [`192.0.2.${i % 250}`]))
    const { places, kept, changed } = placesOf(...many, lund)
    await places.load()
    assert.equal(places.placeOf(companyId, '10.1.2.77')?.site, 'Lund')
    const address = { country: 'SE', city: 'Lund', street: 'Stortorget', houseNumber: '1' }
    kept.set('lund', { ...site('Lund C', ['10.1.2.0/24']), id: 'lund', address })
    changed('site.changed', 'lund')
    await new Promise(setImmediate)
    assert.deepEqual(places.placeOf(companyId, '10.1.2.77'), { siteId: 'lund', site: 'Lund C', address })
    kept.delete('lund')
    changed('site.removed', 'lund')
    await places.close()
    assert.equal(places.placeOf(companyId, '10.1.2.77'), undefined)
  })
})
