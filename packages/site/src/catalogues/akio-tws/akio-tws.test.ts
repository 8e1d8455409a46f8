import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { requirementsOf } from '../../catalogue/catalogue.ts'
import { isMet } from '../../catalogue/condition.ts'
import type { RequirementKind, RequirementOf } from '../../catalogue/requirement.ts'
import { siteFacts } from '../../profile/site-facts.ts'
import type { SiteProfile } from '../../profile/site-profile.ts'
import { akioTws } from './akio-tws.ts'

const applying = <K extends RequirementKind>(
  kind: K,
  options: NonNullable<SiteProfile['options']>,
  people: SiteProfile['people'] = { ctiOnly: 50 },
): readonly RequirementOf<K>[] => {
  const facts = siteFacts({
    format: 'vaxel-site-profile/1',
    name: 'x',
    system: 'akio-tws',
    people,
    options,
    connection: 'private-network',
  })
  return requirementsOf(akioTws.requirements, kind).filter(({ appliesWhen }) => isMet(appliesWhen, facts))
}

/** Openings as `from>to protocol ports`. */
const openings = (...site: Parameters<typeof applying> extends [unknown, ...infer Rest] ? Rest : never): string[] =>
  applying('flow', ...site).map(
    ({ body }) =>
      `${body.from.place}>${body.to.place} ${body.protocol} ${body.ports.map(({ from, to }) => (from === to ? from : `${from}-${to}`)).join(',')}`,
  )

describe('Akio TWS at a site', () => {
  it('opens the secured ports, and the plain ones only for who goes without TLS', () => {
    assert.deepEqual(openings({}), [
      'pc>tws-server tcp 443',
      'pc>tws-server tcp 9011,9015',
      'pc>tws-server tcp 9014',
      'pc>tws-server tcp 9016',
    ])
    assert.deepEqual(openings({ unsecured: true }), [
      'pc>tws-server tcp 80',
      'pc>tws-server tcp 9001,9005',
      'pc>tws-server tcp 9004',
      'pc>tws-server tcp 9006',
    ])
  })

  const channels: readonly (readonly [count: number, ports: string])[] = [
    [1, '40000-40003'],
    [2, '40000-40003'],
    [4, '40000-40007'],
    [5, '40000-40015'],
    [50, '40000-40099'],
  ]
  for (const [count, ports] of channels)
    it(`opens UDP ${ports} for ${count} channels of the Media Server, once`, () => {
      assert.deepEqual(
        openings({ mediaChannels: count }).filter((one) => one.includes('pbx')),
        [`pbx>tws-server udp ${ports}`],
      )
    })

  const links: readonly (readonly [pbx: string, port: string])[] = [
    ['mivoice5000', '3199'],
    ['mxone', '8882'],
    ['mivoice400', '7001'],
    ['oxe', '2555'],
    ['oxo', '2555'],
    ['unify', '7001'],
  ]
  for (const [pbx, port] of links)
    it(`links ${pbx} by TCP ${port}`, () => {
      assert.ok(openings({ pbx }).includes(`tws-server>pbx tcp ${port}`))
      assert.equal(applying('pbx', { pbx }).length, 1)
    })

  it('takes no virtual server past 48 at once, and counts a core for each 8', () => {
    const unsupported = (mediaChannels: number): boolean =>
      applying('unsupported', { mediaChannels }).some(({ id }) => id === 'tws-media-server-physical')
    assert.ok(!unsupported(48))
    assert.ok(unsupported(49))
    const cores = applying('sizing', { mediaChannels: 9 }).find(({ id }) => id === 'tws-media-server-cores')
    assert.equal(cores?.body.onePer?.count, 8)
  })

  it('asks SIP licences of the exchange for softphones and, but for Mitel, for channels', () => {
    const licences = (pbx: string): string[] =>
      applying('licence', { pbx, mediaChannels: 4 }, { softphone: 10 }).map(({ id }) => id)
    assert.deepEqual(licences('oxe'), ['tws-csta-keys-alcatel', 'tws-sip-user-alcatel', 'tws-sip-channel-alcatel'])
    assert.deepEqual(licences('mivoice5000'), ['tws-sip-user-mitel'])
    assert.deepEqual(licences('mxone'), ['tws-csta-keys-mitel', 'tws-sip-user-mitel'])
  })

  it('warns of the Yealink versions that fail on transfers', () => {
    const [firmware] = applying('firmware', { yealink: 'uacsta' })
    assert.deepEqual(
      firmware?.body.bad?.map(({ version }) => version),
      ['v84', 'v85'],
    )
  })
})
