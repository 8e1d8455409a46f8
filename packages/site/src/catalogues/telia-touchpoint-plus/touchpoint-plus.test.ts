import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Catalogue } from '../../catalogue/catalogue.ts'
import { isMet } from '../../catalogue/condition.ts'
import { requirementsOf } from '../../catalogue/catalogue.ts'
import type { Requirement } from '../../catalogue/requirement.ts'
import { siteFacts } from '../../profile/site-facts.ts'
import type { SiteProfile } from '../../profile/site-profile.ts'
import { touchpointPlus344, touchpointPlus354 } from './touchpoint-plus.ts'

const service344 = '81.228.2.192/27'
const service354 = '81.228.2.192/27 94.158.248.64/26* 94.158.248.128/26*'
const attendant = '213.65.172.64-67'
const adIntegration = '213.65.58.109 213.65.37.180'

/** Rows of chapter 6 as: section, from, to, protocol and ports; a star marks what is new during 2026. */
const tables: readonly (readonly [Catalogue, readonly (readonly [string, string, string, string])[]])[] = [
  [
    touchpointPlus344,
    [
      ['6.1', 'customer-network', service344, 'tcp 80'],
      ['6.1', 'customer-network', service344, 'tcp 443'],
      ['6.2', 'customer-network', service344, 'tcp 5061'],
      ['6.2', 'customer-network', service344, 'udp 49152-65535'],
      ['6.3', 'customer-network', service344, 'udp 123'],
      ['6.3', 'customer-network', service344, 'tcp 9443'],
      [
        '6.3',
        'customer-network',
        'ems2.media5corp.com ems.media5corp.com virtuo.media5corp.com 192.99.54.246',
        'tcp 80 443',
      ],
      ['6.3', 'customer-network', 'rcs.aastra.com 216.191.234.139', 'tcp 80 443'],
      ['6.3', 'customer-network', 'secure-provisioning.snom.com provisioning.snom.com 216.191.234.139', 'tcp 80 443'],
      ['6.4', service344, 'exchange-server', 'tcp 443'],
      ['6.5', service344, 's4b-front-end', 'tcp 5061'],
      ['6.5', service344, 's4b-mediation', 'tcp 5067'],
      ['6.5', 's4b-front-end', service344, 'tcp 5061'],
      ['6.5', 's4b-mediation', service344, 'tcp 5061'],
      ['6.5', 's4b-mediation', service344, 'udp 49152-65535 both ways'],
      ['6.6', 'customer-network', attendant, 'tcp 211 14711'],
      ['6.7', 'ad-server', adIntegration, 'tcp 443'],
    ],
  ],
  [
    touchpointPlus354,
    [
      ['6.1', 'customer-network', service354, 'tcp 80'],
      ['6.1', 'customer-network', service354, 'tcp 443'],
      ['6.2', 'customer-network', service354, 'tcp 5061'],
      ['6.2', 'customer-network', service354, 'udp 49152-65535 1024-65535*'],
      ['6.3', 'customer-network', 'login.touchpoint.telia.se 185.39.125.17', 'tcp 443'],
      ['6.3', 'customer-network', '185.39.124.98-99 185.39.125.98-99', 'tcp 443'],
      ['6.3', 'customer-network', service354, 'tcp 5061'],
      ['6.3', 'customer-network', service354, 'udp 49152-65535 1024-65535*'],
      ['6.4', 'customer-network', service354, 'udp 123'],
      ['6.4', 'customer-network', service354, 'tcp 9443'],
      ['6.4', 'customer-network', 'ems2.media5corp.com ems.media5corp.com virtuo.media5corp.com', 'tcp 80 443'],
      ['6.4', 'customer-network', 'rcs.aastra.com 15.156.224.40 15.156.224.41', 'tcp 80 443'],
      ['6.4', 'customer-network', 'secure-provisioning.snom.com provisioning.snom.com', 'tcp 80 443'],
      ['6.5', service354, 'exchange-server', 'tcp 443'],
      ['6.6', 'customer-network', attendant, 'tcp 211 14711'],
      ['6.7', 'ad-server', adIntegration, 'tcp 443'],
      // Not a row: what the verify page of the chapter's head tries.
      ['6', 'customer-network', '94.158.248.64/26* 94.158.248.128/26*', 'udp 5061 55555'],
    ],
  ],
]

const star = ({ window }: { readonly window?: { readonly effective?: string } }): string =>
  window?.effective === '2026' ? '*' : ''

function rowOf(requirement: Requirement): readonly [string, string, string] | undefined {
  const { body } = requirement
  if (body.kind !== 'flow') return undefined
  const [from, to] = [body.from, body.to].map(
    ({ place, addresses }) => addresses?.map((one) => `${one.network ?? one.name}${star(one)}`).join(' ') ?? place,
  )
  const ports = body.ports.map((one) => `${one.from === one.to ? one.from : `${one.from}-${one.to}`}${star(one)}`)
  return [from!, to!, `${body.protocol} ${ports.join(' ')}${body.bothWays ? ' both ways' : ''}`]
}

for (const [catalogue, rows] of tables)
  describe(`chapter 6 of Touchpoint Plus ${catalogue.documents[0]!.version}`, () => {
    const flows = requirementsOf(catalogue.requirements, 'flow').map((requirement) => ({
      row: rowOf(requirement)!.join(' | '),
      sections: requirement.provenance.map(({ section }) => section),
      id: requirement.id,
    }))

    it('has each row of its tables as a flow of that section', () => {
      for (const [section, ...row] of rows)
        assert.ok(
          flows.some((flow) => flow.row === row.join(' | ') && flow.sections.includes(section)),
          `${section}: ${row.join(' | ')}`,
        )
    })

    it('has no flow that no row asks for', () => {
      const known = new Set(rows.map(([, ...row]) => row.join(' | ')))
      const others = flows.filter(({ row }) => !known.has(row)).map(({ id }) => id)
      // 3.1.2 of the newer edition names the old network alone; the contradiction is kept.
      assert.deepEqual(others, catalogue === touchpointPlus354 ? ['tp-exchange-incoming'] : [])
    })
  })

describe('requirements of Touchpoint Plus', () => {
  const profile = (more: Partial<SiteProfile> = {}): SiteProfile => ({
    format: 'vaxel-site-profile/1',
    name: 'Site',
    system: 'telia-touchpoint-plus',
    people: { softphone: 10 },
    connection: 'internet',
    ...more,
  })
  const applying = (catalogue: Catalogue, more: Partial<SiteProfile> = {}): Set<string> =>
    new Set(
      catalogue.requirements
        .filter(({ appliesWhen }) => isMet(appliesWhen, siteFacts(profile(more))))
        .map(({ id }) => id),
    )

  it('keep the quality limits of 2.1 apart', () => {
    const limits = requirementsOf(touchpointPlus354.requirements, 'quality').map(({ id, body }) => [
      id,
      body.metric,
      body.operator,
      body.value,
      body.unit,
    ])
    assert.deepEqual(limits, [
      ['tp-delay-between-phones', 'one-way-delay', '<', 150, 'ms'],
      ['tp-delay-to-service', 'one-way-delay', '<', 60, 'ms'],
      ['tp-jitter', 'jitter', '<', 20, 'ms'],
      ['tp-packet-loss', 'packet-loss', '<', 1, '%'],
    ])
  })

  it('add up to 3.264 Mbit/s for the example of 5.1, without its agents’ calls', () => {
    for (const catalogue of [touchpointPlus344, touchpointPlus354]) {
      const kbps = (id: string): number => {
        const found = requirementsOf(catalogue.requirements, 'bandwidth').find((one) => one.id === id)
        return found?.body.kbps ?? Number.NaN
      }
      const share = 0.2
      const calls = 50 * share * (2 * kbps('tp-bandwidth-call') + kbps('tp-bandwidth-integrated-call'))
      assert.equal(calls + 165 * kbps('tp-bandwidth-calendar'), 3264)
    }
  })

  it('ask for start-up servers of the makers that a site has, and of both while nobody has said', () => {
    const asks = (phoneMaker?: string): readonly string[] =>
      [
        ...applying(touchpointPlus354, { people: { deskPhone: 1 }, ...(phoneMaker && { options: { phoneMaker } }) }),
      ].filter((id) => id.startsWith('tp-redirect'))
    assert.deepEqual(asks(), ['tp-redirect-mitel', 'tp-redirect-snom'])
    assert.deepEqual(asks('snom'), ['tp-redirect-snom'])
    assert.deepEqual(asks('mitel'), ['tp-redirect-mitel'])
    assert.deepEqual(asks('both'), ['tp-redirect-mitel', 'tp-redirect-snom'])
    assert.deepEqual(asks('other'), [])
  })

  it('ask for nothing of options that a site has not', () => {
    const plain = applying(touchpointPlus344)
    for (const id of plain)
      assert.doesNotMatch(id, /skype|teams|exchange|attendant|connectme|datanet|ad-(files|graph)|recording/)
    assert.ok(applying(touchpointPlus344, { options: { skypeForBusiness: 'presence' } }).has('tp-skype-to-front-end'))
    assert.ok(!applying(touchpointPlus344, { options: { skypeForBusiness: 'presence' } }).has('tp-skype-to-mediation'))
    assert.ok(applying(touchpointPlus354, { connection: 'private-network' }).has('tp-datanet-routing'))
  })

  it('know the lifetimes of what expires', () => {
    const secrets = requirementsOf(touchpointPlus344.requirements, 'secret')
      .filter(({ body }) => body.mayExpire)
      .map(({ id, body }) => [id, body.longestLifetimeDays, body.leadDays])
    assert.deepEqual(secrets, [
      ['tp-exchange-client-secret', 730, undefined],
      ['tp-teams-consents', 30, undefined],
      ['tp-skype-private-certificate-renewal', undefined, 31],
    ])
  })
})
