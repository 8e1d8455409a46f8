import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { type Baresip, hasOwnNetwork, HomeNetwork, Program, runInOwnNetwork } from '@vaxel/testkit'
import { assertHeard, talk } from '../baresip/heard-tone.ts'
import { talking, World, type WholeCall } from './behind-routers.ts'
import { BrokenGateway, brokenGateways, type Rewriting } from './broken-gateway.ts'

/** Longer than the phone's private address: what is rewritten grows. */
const long = '203.0.113.201'
const cases: readonly { how: keyof typeof brokenGateways; told: RegExp; publicAddress?: string }[] = [
  { how: 'descriptionOnly', told: /audio address in the description is the router's .* Contact and Via still name/ },
  { how: 'contactOnly', told: /a gateway rewrote Contact alone, or the phone learned it/ },
  { how: 'lengthForgotten', told: /a gateway changed the body and not its length/, publicAddress: long },
  { how: 'staleContact', told: /Contact names 198\.51\.100\.77, the message came from 203\.0\.113\.\d+/ },
  { how: 'ourContact', told: /(ACK|BYE) is addressed to 192\.168\.1\.1, which we never named/ },
]

if (hasOwnNetwork())
  describe('a router with a SIP application layer gateway', { concurrency: 2 }, () => {
    let world: World
    const gateways: BrokenGateway[] = []
    before(async () => {
      world = await World.start()
    })
    after(async () => {
      await world?.stop()
      for (const gateway of gateways) gateway.close()
    })

    /** Calls there and back; each hangs up once, so that requests in the dialog go both ways. */
    const callBothWays = async (inside: Baresip, outside: Baresip): Promise<WholeCall> => {
      await talking(inside, outside)
      await talk(2200)
      await outside.hangUp()
      await inside.waitFor('CALL_CLOSED')
      await assertHeard(inside, 620, 1500)
      await assertHeard(outside, 440, 1500)
      const mark = outside.events.length
      await talking(outside, inside)
      await talk(300)
      await inside.hangUp()
      await outside.waitFor('CALL_CLOSED', 30_000, mark)
      return await world.endedCall(inside.user, outside.user)
    }

    it('one that shortens without counting again: the phone is told why it is refused', async () => {
      const home = await HomeNetwork.make({ kind: 'port-restricted', publicAddress: '203.0.113.9' })
      gateways.push(await BrokenGateway.install(home, brokenGateways.lengthForgotten))
      const anna = await world.phone(home, '213', 440)
      await anna.dial('600')
      const { param } = await anna.waitFor('CALL_CLOSED')
      assert.match(param ?? '', /^400 body shorter than Content-Length/)
    })

    it('`vaxel trace` ends with what the network did, and what helps', async () => {
      const home = await HomeNetwork.make({ kind: 'port-restricted' })
      gateways.push(await BrokenGateway.install(home, brokenGateways.staleContact))
      const anna = await world.phone(home, '214', 440)
      await anna.dial('600')
      await anna.waitFor('CALL_ESTABLISHED')
      await anna.hangUp()
      const { call } = await world.endedCall('214', '600', false)
      const { token } = await world.platform.login()
      const trace = Program.start(
        process.execPath,
        [join(import.meta.dirname, '../../../apps/cli/src/main.ts'), 'trace', call.id],
        { env: { VAXEL_URL: world.platform.url, VAXEL_TOKEN: token } },
      )
      assert.equal((await trace.ended).code, 0, trace.output)
      assert.match(trace.output, /INVITE \(SDP\)[^]*\n! A router's SIP ALG seems to have rewritten messages of 214\./)
      assert.match(trace.output, /\n {2}Switch the SIP ALG [^\n]* of the router off/)
    })

    it("the kernel's own, which rewrites everything: calls work both ways", async () => {
      const home = await HomeNetwork.make({ kind: 'port-restricted', hasAlg: true })
      const anna = await world.phone(home, '201', 440)
      const bertil = await world.phone(await HomeNetwork.make({ kind: 'symmetric' }), '202', 620)
      const { messages } = await callBothWays(anna, bertil)
      const invite = messages.find(({ direction, text }) => direction === 'in' && text.startsWith('INVITE'))!.text
      assert.match(invite, new RegExp(`^c=IN IP4 ${home.publicAddress}`, 'm'), 'it was at work')
      assert.match(invite, new RegExp(`^Contact:.*@${home.publicAddress}`, 'm'))
    })

    for (const [index, { how, told, publicAddress }] of cases.entries())
      it(`one that gets it wrong (${how}): calls work, and the call says in words what it did and what helps`, async () => {
        const home = await HomeNetwork.make({ kind: 'port-restricted', ...(publicAddress ? { publicAddress } : {}) })
        const rewriting: Rewriting = brokenGateways[how]
        gateways.push(await BrokenGateway.install(home, rewriting))
        const anna = await world.phone(home, String(203 + index * 2), 440)
        const bertil = await world.phone(await HomeNetwork.make({ kind: 'symmetric' }), String(204 + index * 2), 620)
        await callBothWays(anna, bertil)
        const both = [await world.endedCall(anna.user, bertil.user), await world.endedCall(bertil.user, anna.user)]
        const troubles = both.flatMap((whole) => whole.troubles)
        const found = troubles.find(({ code, text }) => code === 'sip-alg' && told.test(text))
        assert.ok(found, JSON.stringify(troubles))
        assert.ok(found.text.includes(anna.user), found.text)
        assert.match(found.advice, /Switch the SIP ALG .* of the router off, or let the phone use TLS/)
        assert.ok(
          troubles.every(({ text }) => !text.includes(`messages of ${bertil.user}`)),
          'nobody else is blamed',
        )
      })
  })
else
  it('a router with a SIP application layer gateway, in a network of its own', async () => {
    const { code, output } = await runInOwnNetwork(import.meta.filename)
    assert.equal(code, 0, output)
  })
