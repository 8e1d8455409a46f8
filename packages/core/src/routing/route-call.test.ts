import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { CompanyId, TrunkId, UserId } from '@vaxel/base'
import type { Company, Directory, PhoneNumber, Trunk, User } from '../ports/directory.ts'
import { routeCall } from './route-call.ts'

const company: Company = {
  id: 'c1' as CompanyId,
  name: 'Demo',
  country: 'SE',
  limits: { blockedDestinations: ['+4690'] },
  emergencyNumbers: ['112'],
}
const anna: User = {
  id: 'u1' as UserId,
  companyId: company.id,
  domain: 'demo.vaxel.test',
  name: '201',
  displayName: 'Anna',
  extension: '201',
  language: 'sv',
  role: 'user',
  limits: {},
  ringSeconds: 25,
}
const trunk: Trunk = {
  id: 't1' as TrunkId,
  companyId: company.id,
  name: 'pstn',
  targets: [{ host: '127.0.0.1', port: 5080, protocol: 'udp' }],
  fromAddresses: ['127.0.0.1:5080'],
  prefixes: ['0', '+'],
  pricePerMinuteMicros: {},
  keying: 'none',
}
const numbers = new Map<string, PhoneNumber>(
  [
    { number: '201', companyId: company.id, target: { kind: 'user' as const, userId: anna.id } },
    { number: '+46846500401', companyId: company.id, target: { kind: 'user' as const, userId: anna.id } },
    { number: '600', companyId: company.id, target: { kind: 'service' as const, service: 'echo' as const } },
  ].map((n) => [n.number, n]),
)
const directory = {
  user: (id: UserId) => (id === anna.id ? anna : undefined),
  userByAddress: (domain: string, name: string) => (domain === anna.domain && name === anna.name ? anna : undefined),
  number: (id: CompanyId, number: string) => (id === company.id ? numbers.get(number) : undefined),
  trunksOf: (id: CompanyId) => (id === company.id ? [trunk] : []),
} as Partial<Directory> as Directory

const ask = (dialled: string, from: Parameters<typeof routeCall>[0]['from'] = { kind: 'user', user: anna }) =>
  routeCall({ directory, company, domain: 'demo.vaxel.test', from, dialled })

describe('routing', () => {
  it('finds an extension, and says why', () => {
    const route = ask('201')
    assert.equal(route.kind === 'users' && route.userIds[0], anna.id)
    assert.ok(route.explanation.join(' ').includes('Anna'))
  })

  it('finds a direct number in every form that a person may write', () => {
    for (const written of ['+46846500401', '08-465 004 01', '0846500401', '0046846500401', '+46 8 465 004 01']) {
      assert.equal(ask(written).kind, 'users', written)
    }
  })

  it('sends a number outside to the trunk, in E.164', () => {
    const route = ask('0701740605')
    assert.equal(route.kind === 'trunk' && route.number, '+46701740605')
  })

  it('lets emergency calls pass, as dialled', () => {
    const route = ask('112')
    assert.equal(route.kind === 'trunk' && route.isEmergency, true)
    assert.equal(route.kind === 'trunk' && route.number, '112')
  })

  it('knows the emergency numbers of the country, whatever the list of the company says', () => {
    const isEmergency = (country: string, dialled: string, emergencyNumbers: readonly string[] = ['112']): boolean => {
      const from = { kind: 'user', user: anna } as const
      const there = { ...company, country, emergencyNumbers }
      const route = routeCall({ directory, company: there, domain: 'demo.vaxel.test', from, dialled })
      return route.kind === 'trunk' && route.isEmergency
    }
    for (const [country, dialled] of [
      ['US', '911'],
      ['FR', '15'],
      ['DE', '110'],
      ['GB', '999'],
      ['AU', '000'],
      ['SE', '112#'],
      ['SE', '0112'],
      ['DE', '0110#'],
      ['US', '9911'],
    ] as const)
      assert.equal(isEmergency(country, dialled), true, `${dialled} in ${country}`)
    assert.equal(isEmergency('SE', '112', []), true, 'a list that somebody has emptied')
    assert.equal(isEmergency('SE', '911'), false)
    const extension = { number: '15', companyId: company.id, target: { kind: 'user' as const, userId: anna.id } }
    numbers.set('15', extension)
    assert.equal(isEmergency('FR', '15'), false, "somebody's extension")
    numbers.delete('15')
  })

  it('refuses a number that is nobody, with 404', () => {
    for (const nobody of ['299', 'nobody', '', '9'.repeat(100)]) {
      const route = ask(nobody)
      assert.equal(route.kind === 'refused' && route.refusal.sip, 404, nobody)
    }
  })

  it('refuses a blocked destination with 403 and names it', () => {
    const route = ask('+46900123456')
    assert.equal(route.kind === 'refused' && route.refusal.sip, 403)
  })

  it('refuses a blocked destination also with digits behind it that make it no number', () => {
    for (const dialled of [
      '0900123456789012',
      '0046900123456789012',
      '+460900123456789012',
      '0900123456#',
      '0900123456*1',
    ]) {
      const route = ask(dialled)
      assert.equal(route.kind === 'refused' && route.refusal.sip, 403, dialled)
    }
    const takesAll = { ...directory, trunksOf: () => [{ ...trunk, prefixes: [''] }] } as Directory
    const from = { kind: 'user', user: anna } as const
    const coded = routeCall({
      directory: takesAll,
      company,
      domain: 'demo.vaxel.test',
      from,
      dialled: '*31#0900123456',
    })
    assert.equal(coded.kind === 'refused' && coded.refusal.sip, 403)
    assert.equal(ask('0701740605123456').kind, 'trunk', 'what is not blocked goes out as it was dialled')
  })

  it('never lets a call from a trunk out over a trunk', () => {
    const route = ask('+46701740605', { kind: 'trunk', trunk })
    assert.equal(route.kind === 'refused' && route.refusal.sip, 404)
    assert.equal(ask('+46846500401', { kind: 'trunk', trunk }).kind, 'users')
  })
})
