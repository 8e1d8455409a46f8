import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Catalogue, catalogueFormat } from '../catalogue/catalogue.ts'
import type { FlowBody, Requirement } from '../catalogue/requirement.ts'
import { profileFormat, type SiteProfile } from '../profile/site-profile.ts'
import { makeOpenings } from './make-openings.ts'

const today = '2025-11-21'

const flow = (id: string, body: Partial<FlowBody>, more: Partial<Requirement> = {}): Requirement => ({
  id,
  title: `Title of ${id}`,
  level: 'required',
  appliesWhen: 'always',
  lostIfMissing: `Lost without ${id}.`,
  responsible: 'customer',
  provenance: [{ document: 'd', version: '1', section: '1' }],
  checks: ['tcp'],
  ...more,
  body: {
    kind: 'flow',
    from: { place: 'inside' },
    to: { place: 'service' },
    protocol: 'tcp',
    ports: [{ from: 443, to: 443 }],
    carries: 'HTTPS',
    ...body,
  },
})

const catalogue = (...requirements: Requirement[]): Catalogue => ({
  format: catalogueFormat,
  id: 'test',
  title: 'Test',
  provider: 'Nobody',
  version: '2025010100',
  publishedAt: '2025-01-01',
  language: 'en',
  documents: [{ id: 'd', title: 'D', version: '1', date: '2025', language: 'en', sections: [] }],
  places: [
    { name: 'inside', label: 'Inside', side: 'customer' },
    { name: 'exchange', label: 'Exchange', side: 'customer' },
    { name: 'service', label: 'Service', side: 'provider', addresses: [{ network: '192.0.2.0/24' }] },
    { name: 'cloud', label: 'Cloud', side: 'third-party' },
  ],
  options: [],
  requirements,
})

const profile: SiteProfile = {
  format: profileFormat,
  name: 'Site',
  system: 'test',
  people: { softphone: 10 },
  connection: 'internet',
  networks: { inside: ['10.1.0.0/16'], places: { exchange: ['198.51.100.7', 'mail.example.com'] } },
}

const open = (...requirements: Requirement[]) => makeOpenings(catalogue(...requirements), profile, { today })

describe('openings of a site', () => {
  it('take addresses of the service from the catalogue and those of the site from its profile', () => {
    const [opening] = open(flow('a', {}))
    assert.equal(opening?.direction, 'out')
    assert.deepEqual(opening.from.networks, ['10.1.0.0/16'])
    assert.deepEqual(opening.to, {
      place: 'service',
      label: 'Service',
      any: false,
      networks: ['192.0.2.0/24'],
      names: [],
    })
  })

  it('come in to the machine that the profile names, by address and by name', () => {
    const [opening] = open(flow('a', { from: { place: 'service' }, to: { place: 'exchange' } }))
    assert.equal(opening?.direction, 'in')
    assert.deepEqual(opening.to.networks, ['198.51.100.7'])
    assert.deepEqual(opening.to.names, ['mail.example.com'])
  })

  it('stay inside between two places of the customer, and are none where the site has no part', () => {
    assert.equal(open(flow('a', { to: { place: 'exchange' } }))[0]?.direction, 'inside')
    assert.deepEqual(open(flow('a', { from: { place: 'service' }, to: { place: 'cloud' } })), [])
  })

  it('go to any address where none is known', () => {
    assert.equal(open(flow('a', { to: { place: 'cloud' } }))[0]?.to.any, true)
  })

  it('are two when both ends begin', () => {
    const openings = open(flow('a', { bothWays: true }))
    assert.deepEqual(
      openings.map(({ id, direction }) => [id, direction]),
      [
        ['a', 'out'],
        ['a.back', 'in'],
      ],
    )
    assert.deepEqual(openings[1]?.ports, [{ from: 443, to: 443 }])
  })

  it('say by when what comes later has to be open, each network and port in as few rules as hold it', () => {
    const openings = open(
      flow('media', {
        protocol: 'udp',
        to: {
          place: 'service',
          addresses: [
            { network: '192.0.2.0/24' },
            { network: '203.0.113.0/25', window: { effective: '2026' } },
            { network: '203.0.113.128/25', window: { effective: '2026' } },
          ],
        },
        ports: [
          { from: 49_152, to: 65_535 },
          { from: 1024, to: 65_535, window: { effective: '2026' } },
        ],
      }),
    )
    assert.deepEqual(
      openings.map(({ id, openBy, to, ports }) => [id, openBy, to.networks, ports]),
      [
        ['media', undefined, ['192.0.2.0/24'], [{ from: 49_152, to: 65_535 }]],
        [
          'media.from-2026',
          '2026',
          ['192.0.2.0/24', '203.0.113.0/25', '203.0.113.128/25'],
          [{ from: 1024, to: 65_535 }],
        ],
      ],
    )
  })

  it('become one from the first day on which all of it is used', () => {
    const later = flow('a', {
      ports: [
        { from: 443, to: 443 },
        { from: 8443, to: 8443, window: { effective: '2025-11' } },
      ],
    })
    assert.deepEqual(open(later)[0]?.ports, [
      { from: 443, to: 443 },
      { from: 8443, to: 8443 },
    ])
  })

  it('say when what goes may be closed, and leave out what is gone', () => {
    const ports = [
      { from: 80, to: 80, window: { retired: '2025-10-31' } },
      { from: 443, to: 443 },
    ]
    const [opening] = open(flow('a', { ports }, { window: { retired: '2026-03' } }))
    assert.deepEqual(opening?.ports, [{ from: 443, to: 443 }])
    assert.equal(opening.closeAfter, '2026-03')
    assert.deepEqual(open(flow('a', {}, { window: { retired: '2024' } })), [])
  })

  it('are one for two requirements with the same ends, and keep both ids and both losses', () => {
    const openings = open(
      flow('a', {}, { level: 'optional' }),
      flow('b', { ports: [{ from: 443, to: 443 }], carries: 'WSS' }),
      flow('c', { ports: [{ from: 8443, to: 8443 }], carries: 'SIPS' }),
    )
    assert.deepEqual(
      openings.map(({ id, requirementIds, level, carries }) => [id, requirementIds, level, carries]),
      [
        ['a', ['a', 'b'], 'required', 'HTTPS, WSS'],
        ['c', ['c'], 'required', 'SIPS'],
      ],
    )
    assert.match(openings[0]!.lostIfMissing, /without a\. Lost without b\./)
  })

  it('join neighbouring ports that carry the same', () => {
    const openings = open(flow('a', { ports: [{ from: 80, to: 81 }] }), flow('b', { ports: [{ from: 82, to: 90 }] }))
    assert.deepEqual(openings[0]?.ports, [{ from: 80, to: 90 }])
    assert.equal(openings.length, 1)
  })

  it('hold everything also where hundreds of addresses and ports come at hundreds of times', () => {
    const day = (index: number) => `${2030 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`
    const many = Array.from({ length: 900 }, (_, index) => index)
    const openings = open(
      flow('a', {
        to: {
          place: 'service',
          addresses: many.map((index) => ({
            network: `10.0.${index >> 8}.${index & 255}`,
            window: { effective: day(index) },
          })),
        },
        ports: many.map((index) => ({ from: 2 * index, to: 2 * index, window: { effective: day(index) } })),
      }),
    )
    assert.ok(openings.length < 100)
    const last = openings.filter(({ ports, to }) => ports.some((one) => one.from === 1798) && to.networks.length > 800)
    assert.equal(last[0]?.openBy, undefined)
  })

  it('are only those whose condition the site meets', () => {
    assert.deepEqual(open(flow('a', {}, { appliesWhen: { fact: 'people.deskPhone' } })), [])
  })
})
