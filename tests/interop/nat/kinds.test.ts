import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import {
  Baresip,
  type BaresipOptions,
  becomeInternet,
  hasOwnNetwork,
  HomeNetwork,
  type NatKind,
  type Platform,
  runInOwnNetwork,
  serverAddress,
  startPlatform,
} from '@vaxel/testkit'
import { assertHeard, talk } from '../baresip/heard-tone.ts'

const kinds: readonly NatKind[] = ['full-cone', 'address-restricted', 'port-restricted', 'symmetric']

if (hasOwnNetwork())
  describe('phones behind home routers (baresip, nftables)', () => {
    let platform: Platform
    const phones: Baresip[] = []
    before(async () => {
      becomeInternet()
      platform = await startPlatform({ environment: { VAXEL_BIND: '0.0.0.0' } })
    })
    after(async () => {
      for (const phone of phones) await phone.stop()
      await platform?.stop()
    })

    const phone = async (home: HomeNetwork, user: string, toneHz: number, more: Partial<BaresipOptions> = {}) => {
      const port = more.transport === 'tls' ? platform.ports.sips : platform.ports.sip
      const registrar = `${serverAddress}:${port}`
      const place = home.addHost()
      const started = await Baresip.start({ user, password: `sip-${user}`, registrar, toneHz, place, ...more })
      phones.push(started)
      return started
    }

    for (const [index, kind] of kinds.entries())
      it(`${kind}: a call to a phone behind another router, heard both ways`, async () => {
        const [here, there] = [await HomeNetwork.make({ kind }), await HomeNetwork.make({ kind: 'symmetric' })]
        const [from, to] = [String(201 + index * 2), String(202 + index * 2)]
        const anna = await phone(here, from, 440)
        const bertil = await phone(there, to, 620)
        await anna.dial(to)
        await Promise.all([anna.waitFor('CALL_ESTABLISHED'), bertil.waitFor('CALL_ESTABLISHED')])
        await talk(2500)
        await bertil.hangUp()
        await anna.waitFor('CALL_CLOSED')
        await assertHeard(anna, 620, 1500)
        await assertHeard(bertil, 440, 1500)
      })
  })
else
  it('phones behind home routers, in a network of its own', async () => {
    const { code, output } = await runInOwnNetwork(import.meta.filename)
    assert.equal(code, 0, output)
  })
