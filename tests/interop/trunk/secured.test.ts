import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { makeSelfSigned } from '@vaxel/connect'
import { type ApiClient, Baresip, type Platform, startPlatform, temporaryFolder } from '@vaxel/testkit'
import { assertHeard, talk } from '../baresip/heard-tone.ts'

describe('a trunk with TLS and SRTP (baresip as the other telephone system)', () => {
  let platform: Platform
  let api: ApiClient
  let other: Baresip
  let anna: Baresip
  let pin: string
  let trunkId: string

  before(async () => {
    platform = await startPlatform()
    api = await platform.login()
    const nowMs = Date.now()
    const own = await makeSelfSigned({
      commonName: 'pbx',
      names: ['pbx.localhost'],
      nowMs,
      lifetimeMs: 86_400_000,
      uses: ['serverAuth'],
    })
    pin = new X509Certificate(own.certPem).fingerprint256.replaceAll(':', '').toLowerCase()
    const pem = join(temporaryFolder('pbx'), 'pbx.pem')
    writeFileSync(pem, own.certPem + own.keyPem, { mode: 0o600 })
    other = await Baresip.start({
      user: '+33155512345',
      transport: 'tls',
      keying: 'sdes',
      toneHz: 620,
      config: [`sip_certificate\t\t${pem}`],
    })
    anna = await Baresip.start({ user: '201', password: 'sip-201', registrar: platform.sip, toneHz: 440 })
    const made = await api.post<{ id: string }>('/api/v1/trunks', {
      name: 'pbx',
      targets: [{ host: 'pbx.localhost', port: other.sipPort + 1, protocol: 'tls' }],
      prefixes: ['+33'],
      keying: 'sdes',
      codecs: ['PCMA'],
      tls: { pins: [pin] },
      health: { intervalSeconds: 0 },
    })
    trunkId = made.id
  })
  after(async () => {
    for (const phone of [anna, other]) await phone?.stop()
    await platform?.stop()
  })

  it('talks encrypted, known by the pinned certificate', async () => {
    await anna.dial('+33155512345')
    await Promise.all([anna.waitFor('CALL_ESTABLISHED'), other.waitFor('CALL_ESTABLISHED')])
    await talk(3000)
    await anna.hangUp()
    await other.waitFor('CALL_CLOSED')
    await assertHeard(anna, 620, 1800)
    await assertHeard(other, 440, 1800)
    const { items } = await api.get<{ items: { id: string }[] }>('/api/v1/calls?limit=1')
    const { legs } = await api.get<{ legs: { trunkId?: string; keying?: string; codec?: string }[] }>(
      `/api/v1/calls/${items[0]!.id}`,
    )
    const leg = legs.find((one) => one.trunkId === trunkId)
    assert.deepEqual([leg?.keying, leg?.codec], ['sdes', 'PCMA'])
  })

  it('with another certificate than the pinned one nothing is sent, and the state says that it is not reached', async () => {
    await api.patch(`/api/v1/trunks/${trunkId}`, { tls: { pins: [`${pin.slice(0, -2)}00`] } })
    const state = await api.post<{ targets: { state: string; fault?: { kind: string; text?: string } }[] }>(
      `/api/v1/trunks/${trunkId}/check`,
      {},
    )
    assert.deepEqual([state.targets[0]!.state, state.targets[0]!.fault?.kind], ['down', 'unreachable'])
    assert.match(state.targets[0]!.fault!.text!, /its certificate is none of those that are pinned/)
  })

  it('SDES on a target without TLS is refused when it is saved: its keys would be read on the way', async () => {
    const refused = api.patch(`/api/v1/trunks/${trunkId}`, { targets: [{ host: 'pbx.localhost', protocol: 'udp' }] })
    await assert.rejects(refused, /400|API_INVALID_REQUEST/)
  })
})
