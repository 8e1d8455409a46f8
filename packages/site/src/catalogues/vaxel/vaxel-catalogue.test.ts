import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Catalogue } from '../../catalogue/catalogue.ts'
import { isMet } from '../../catalogue/condition.ts'
import { requirementsOf } from '../../catalogue/catalogue.ts'
import { readCatalogue } from '../../file/read.ts'
import { writeCatalogue } from '../../file/write.ts'
import { siteFacts } from '../../profile/site-facts.ts'
import type { SiteProfile } from '../../profile/site-profile.ts'
import { type ListenerName, type RunningListeners, settingOfListener } from './running-listeners.ts'
import { sameRequirements } from './same-requirements.ts'
import { vaxelCatalogue } from './vaxel-catalogue.ts'

const one = (port: number) => ({ from: port, to: port })

const listeners: RunningListeners = {
  ports: {
    http: one(81),
    https: one(444),
    sip: one(5070),
    sips: one(5071),
    stun: one(3479),
    media: one(5005),
    mediaRange: { from: 20_000, to: 30_000 },
    ftps: one(2121),
    ftpsImplicit: one(9990),
    ftpsPassive: { from: 31_000, to: 31_999 },
  },
  reachedBy: ['voice.example.com', '192.0.2.7'],
  certificate: 'acme',
  certificateAuthority: 'acme.example',
  trunks: [
    { protocol: 'udp', port: 5060 },
    { protocol: 'tls', port: 5061 },
  ],
  databasePort: 5432,
  mostCalls: 5000,
}

const make = (more: Partial<RunningListeners> = {}): Catalogue =>
  vaxelCatalogue({ ...listeners, ...more }, '2026112101', '2026-11-21')

const idsFor = (
  catalogue: Catalogue,
  people: SiteProfile['people'],
  options: SiteProfile['options'] = {},
): string[] => {
  const facts = siteFacts({
    format: 'vaxel-site-profile/1',
    name: 'x',
    system: 'vaxel',
    people,
    options,
    connection: 'internet',
  })
  return requirementsOf(catalogue.requirements, 'flow')
    .filter(({ appliesWhen }) => isMet(appliesWhen, facts))
    .map(({ id }) => id)
}

describe("Vaxel's own catalogue", () => {
  for (const certificate of ['own', 'uploaded', 'acme'] as const)
    it(`is a catalogue like any other with the certificate ${certificate}, and comes back from its file`, () => {
      for (const more of [{ certificate }, { certificate, reachedBy: [], trunks: [] }]) {
        const catalogue = make(more)
        const read = readCatalogue(writeCatalogue(catalogue))
        assert.deepEqual(read.ok ? [] : read.mistakes, [])
        assert.deepEqual(read.ok && read.value, catalogue)
      }
    })

  for (const name of Object.keys(settingOfListener) as ListenerName[])
    it(`says who needs the port of ${settingOfListener[name]}, and asks for it again when it changes`, () => {
      const changed = { from: 40_001, to: 40_002 }
      const asked = (catalogue: Catalogue, port: { from: number; to: number }): string[] =>
        requirementsOf(catalogue.requirements, 'flow')
          .filter(({ body }) => body.ports.some(({ from, to }) => from === port.from && to === port.to))
          .map(({ id }) => id)
      const before = asked(make(), listeners.ports[name]!)
      assert.ok(before.some((id) => !id.endsWith('-from-outside')))
      assert.deepEqual(
        asked(make({ ports: { ...listeners.ports, [name]: changed } }), changed).filter((id) => before.includes(id)),
        before.filter((id) => id !== 'vaxel-certificate-proof'),
      )
    })

  it('asks only for what people use', () => {
    assert.deepEqual(idsFor(make(), { webSoftphone: 5 }), [
      'vaxel-web-plain',
      'vaxel-web',
      'vaxel-turn-udp',
      'vaxel-turn-tcp',
      'vaxel-media',
    ])
    assert.deepEqual(idsFor(make(), { deskPhone: 5 }), ['vaxel-sips', 'vaxel-phone-media'])
    assert.deepEqual(idsFor(make(), { deskPhone: 5 }, { phoneTransport: 'udp' }), [
      'vaxel-sip-udp',
      'vaxel-phone-media',
    ])
    assert.deepEqual(idsFor(make(), { ctiOnly: 5 }), ['vaxel-web-plain', 'vaxel-web'])
    assert.deepEqual(idsFor(make(), {}, { fetchesRecordings: true }), [
      'vaxel-ftps',
      'vaxel-ftps-implicit',
      'vaxel-ftps-passive',
    ])
  })

  it('asks nothing for a file server that is off', () => {
    const { ftps: _1, ftpsImplicit: _2, ftpsPassive: _3, ...ports } = listeners.ports
    assert.doesNotMatch(JSON.stringify(make({ ports })), /ftps|fetchesRecordings/i)
  })

  it('asks for carriers, push and the rest where the server stands', () => {
    const here = idsFor(make(), { deskPhone: 1 }, { platformHere: true })
    for (const id of [
      'vaxel-trunk-udp-5060',
      'vaxel-trunk-tls-5061',
      'vaxel-trunk-media',
      'vaxel-push',
      'vaxel-database',
    ])
      assert.ok(here.includes(id), id)
    assert.ok(!here.some((id) => id.endsWith('-from-outside')))
    const outside = idsFor(make(), { deskPhone: 1 }, { platformHere: true, outsidePeople: true })
    assert.ok(outside.includes('vaxel-sips-from-outside'))
  })

  it('is the same for the same listeners on another day, and another when a port or the certificate changes', () => {
    assert.ok(sameRequirements(make(), vaxelCatalogue(listeners, '2027010101', '2027-01-01')))
    assert.ok(!sameRequirements(make(), make({ ports: { ...listeners.ports, media: one(5006) } })))
    assert.ok(!sameRequirements(make(), make({ certificate: 'own' })))
  })

  it('asks 84 kbit/s a call at the IP layer, and 150 ms, 20 ms and 1 %', () => {
    const { requirements } = make()
    assert.deepEqual(
      requirementsOf(requirements, 'bandwidth').map(({ body }) => body.kbps),
      [84, 52],
    )
    assert.deepEqual(
      requirementsOf(requirements, 'quality').map(({ body }) => body.value),
      [150, 20, 1],
    )
  })
})
