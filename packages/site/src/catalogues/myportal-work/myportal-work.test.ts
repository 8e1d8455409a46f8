import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { requirementsOf } from '../../catalogue/catalogue.ts'
import { isMet } from '../../catalogue/condition.ts'
import type { RequirementKind, RequirementOf } from '../../catalogue/requirement.ts'
import { siteFacts } from '../../profile/site-facts.ts'
import type { SiteProfile } from '../../profile/site-profile.ts'
import { myPortalWork } from './myportal-work.ts'

const applying = <K extends RequirementKind>(
  kind: K,
  options: NonNullable<SiteProfile['options']>,
  more: Partial<SiteProfile> = {},
): readonly RequirementOf<K>[] => {
  const facts = siteFacts({
    format: 'vaxel-site-profile/1',
    name: 'x',
    system: 'myportal-work',
    people: { softphone: 10 },
    options,
    connection: 'internet',
    ...more,
  })
  return requirementsOf(myPortalWork.requirements, kind).filter(({ appliesWhen }) => isMet(appliesWhen, facts))
}

const licences = (...site: Parameters<typeof applying> extends [unknown, ...infer Rest] ? Rest : never): string[] =>
  applying('licence', ...site).map(
    ({ body, provenance }) =>
      `${provenance.map(({ section }) => section).join(' ')}: ${body.anyOf.map((names) => names.join(' + ')).join(' or ')}`,
  )

const ip = 'IP User + UC User or IP User + Groupware'
const deskshare = 'Deskshare + UC User or Deskshare + Groupware'

describe('myPortal @work at a site', () => {
  const scenarios: readonly (readonly [what: string, options: Parameters<typeof licences>[0], expected: string[]])[] = [
    ['in the office', { lan: true }, [`1.2: ${ip}`]],
    ['with a cordless telephone beside', { lan: true, mulap: true }, [`1.3: ${ip}`, '1.3: TDM User or IP User']],
    ['at home over VPN', { vpn: true }, [`1.4: ${ip}`]],
    ['over the internet', { internet: true }, [`1.5: ${ip}`]],
    ['at home over VPN and in the office', { vpn: true, lan: true }, [`1.6: ${ip}`]],
    ['over the internet and in the office', { internet: true, lan: true }, [`1.7: ${ip}`]],
    ['at a shared desk', { lan: true, deskshare: true }, [`1.8: ${deskshare}`]],
    ['at a shared desk, over VPN', { vpn: true, deskshare: true }, [`1.9: ${deskshare}`]],
    ['at a shared desk, over the internet', { internet: true, deskshare: true }, [`1.10: ${deskshare}`]],
    [
      'as an agent of UC Suite',
      { lan: true, ucMode: 'suite', beside: 'agent' },
      [`1.2: ${ip}`, '1.11 1.11.3: IP User + UC User + myAgent'],
    ],
  ]
  for (const [what, options, expected] of scenarios)
    it(`needs, ${what}: ${expected.join('; ')}`, () => {
      assert.deepEqual(licences(options), expected)
    })

  it('needs no IP User licence where only the desk phone is steered', () => {
    assert.deepEqual(licences({ lan: true }, { people: { ctiOnly: 5 } }), ['1.1: UC User or Groupware'])
  })

  it('opens ranges for good only for a stateless firewall', () => {
    const udp = (stateful: boolean): string[] =>
      applying('flow', { lan: true, internet: true }, { networks: { stateful } })
        .filter(({ body }) => body.carries === 'WebRTC media')
        .map(({ body }) => body.ports.map(({ from, to }) => `${from}-${to}`).join(','))
    assert.deepEqual(udp(true), [])
    assert.deepEqual(udp(false), ['1024-65535', '49152-65535'])
  })

  it('needs STUN in the office only where others are on the internet', () => {
    const stun = (options: Parameters<typeof licences>[0]): string[] =>
      applying('flow', options)
        .filter(({ body }) => body.to.place === 'stun-server')
        .map(({ body }) => body.from.place)
    assert.deepEqual(stun({ lan: true }), [])
    assert.deepEqual(stun({ lan: true, internet: true }).toSorted(), ['home-pc', 'pc', 'system'])
    assert.deepEqual(stun({ vpn: true }), ['vpn-pc'])
  })
})
