import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import {
  type BaresipOptions,
  between,
  eventually,
  followTone,
  hasOwnNetwork,
  HomeNetwork,
  type NatKind,
  runInOwnNetwork,
} from '@vaxel/testkit'
import { assertHeard, heardOf, talk } from '../baresip/heard-tone.ts'
import { talking, World } from './behind-routers.ts'

const kinds: readonly NatKind[] = ['full-cone', 'address-restricted', 'port-restricted', 'symmetric']
const carriages: readonly (readonly [string, Partial<BaresipOptions>])[] = [
  ['over TCP', { transport: 'tcp' }],
  ['over TLS with SDES keys', { transport: 'tls', keying: 'sdes' }],
]
/** What home routers grant a UDP way, at least. */
const bindingSeconds = 30

if (hasOwnNetwork())
  describe('phones behind home routers (baresip, nftables)', { concurrency: 3 }, () => {
    let world: World
    before(async () => {
      world = await World.start()
    })
    after(() => world?.stop())

    it('after longer than a router remembers (30 s), a call still reaches an idle phone on UDP', async () => {
      const [here, there] = [
        await HomeNetwork.make({ kind: 'symmetric', bindingSeconds }),
        await HomeNetwork.make({ kind: 'symmetric', bindingSeconds }),
      ]
      const idle = await world.phone(there, '218', 620)
      const quietMs = performance.now()
      await eventually('the time', () => performance.now() - quietMs > 1000 * (bindingSeconds + 3), 60_000)
      const caller = await world.phone(here, '217', 440)
      await talking(caller, idle)
      await talk(1500)
      await caller.hangUp()
      await idle.waitFor('CALL_CLOSED')
      await assertHeard(idle, 440, 800)
    })

    for (const [index, kind] of kinds.entries())
      it(`${kind}: heard both ways with a phone behind another router, called from either side`, async () => {
        const [here, there] = [
          await HomeNetwork.make({ kind, bindingSeconds }),
          await HomeNetwork.make({ kind: kinds[(index + 3) % 4]!, bindingSeconds }),
        ]
        const anna = await world.phone(here, String(201 + index * 2), 440)
        const bertil = await world.phone(there, String(202 + index * 2), 620)
        await talking(anna, bertil)
        await talk(2200)
        await bertil.hangUp()
        await anna.waitFor('CALL_CLOSED')
        await assertHeard(anna, 620, 1500)
        await assertHeard(bertil, 440, 1500)
        const mark = anna.events.length
        await talking(bertil, anna)
        await bertil.hangUp()
        await anna.waitFor('CALL_CLOSED', 30_000, mark)
        assert.deepEqual((await world.endedCall(anna.user, bertil.user)).troubles, [])
      })

    for (const [index, [how, carriage]] of carriages.entries())
      it(`${how}: heard both ways through two symmetric routers`, async () => {
        const [here, there] = [
          await HomeNetwork.make({ kind: 'symmetric' }),
          await HomeNetwork.make({ kind: 'symmetric' }),
        ]
        const anna = await world.phone(here, String(209 + index * 2), 440, carriage)
        const bertil = await world.phone(there, String(210 + index * 2), 620, carriage)
        await talking(anna, bertil)
        await talk(2200)
        await anna.hangUp()
        await bertil.waitFor('CALL_CLOSED')
        await assertHeard(anna, 620, 1500)
        await assertHeard(bertil, 440, 1500)
      })

    it('two phones behind one router hear each other, hold and resume', async () => {
      const home = await HomeNetwork.make({ kind: 'port-restricted' })
      const anna = await world.phone(home, '213', 440)
      const bertil = await world.phone(home, '214', 620)
      await talking(anna, bertil)
      await talk(1800)
      await anna.command('hold')
      await talk(2000)
      await anna.command('resume')
      await talk(2200)
      await bertil.hangUp()
      await anna.waitFor('CALL_CLOSED')
      const wav = await heardOf(bertil)
      const part = (fromMs: number, toMs: number) =>
        followTone(between(wav.channels[0]!, wav.rateHz, fromMs, toMs), wav.rateHz, 440, 100).heardMs
      assert.ok(part(300, 1500) > 800, 'before the hold')
      assert.ok(part(wav.durationMs - 1600, wav.durationMs - 200) > 800, 'after the hold')
    })
  })
else
  it('phones behind home routers, in a network of its own', async () => {
    const { code, output } = await runInOwnNetwork(import.meta.filename)
    assert.equal(code, 0, output)
  })
