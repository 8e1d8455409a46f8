import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { followTone, hasOwnNetwork, HomeNetwork, runInOwnNetwork } from '@vaxel/testkit'
import { heardOf, talk } from '../baresip/heard-tone.ts'
import { talking, type WholeCall, World } from './behind-routers.ts'

/** A bad mobile line, each way. */
const line = { seed: 11, lossRatio: 0.05, delayMs: 100, jitterMs: 30, reorderRatio: 0.02 }

if (hasOwnNetwork())
  describe('a phone on a bad line: 5 % loss, 100 ms ± 30 ms, 2 % out of order, each way', { concurrency: 2 }, () => {
    let world: World
    const homes: HomeNetwork[] = []
    before(async () => {
      world = await World.start()
    })
    after(async () => {
      await world?.stop()
      for (const home of homes) await home.close()
    })
    const badHome = async (seed: number) => {
      const home = await HomeNetwork.make({ kind: 'port-restricted', line: { ...line, seed } })
      homes.push(home)
      return home
    }

    it('is heard, and the figures of loss, jitter, delay and MOS say what the line does', async () => {
      const bad = await world.phone(await badHome(11), '201', 440)
      const good = await world.phone(await HomeNetwork.make({ kind: 'port-restricted' }), '202', 620)
      await talking(bad, good, 30_000)
      await talk(12_000)
      await good.hangUp()
      await bad.waitFor('CALL_CLOSED', 30_000)
      const { legs, troubles } = await world.endedCall('201', '202')
      const quality = legs.find(({ role }) => role === 'caller')!.quality!
      const clean = legs.find(({ role }) => role === 'callee')!.quality!
      const what = JSON.stringify(legs)
      assert.ok(quality.received.lossRatio > 0.015 && quality.received.lossRatio < 0.09, what)
      assert.ok(quality.received.jitterMs > 4 && quality.received.jitterMs < 32, what)
      assert.ok(quality.sent.lossRatio > 0.005 && quality.sent.lossRatio < 0.12, what)
      const roundTripMs = quality.received.roundTripMs ?? quality.sent.roundTripMs
      assert.ok(roundTripMs !== undefined && roundTripMs > 130 && roundTripMs < 300, what)
      assert.ok(quality.received.mos! > 1.5 && quality.received.mos! < clean.received.mos! - 0.3, what)
      assert.ok(clean.received.lossRatio < 0.005 && clean.received.mos! > 4, what)
      assert.ok(
        troubles.some(({ code, text }) => code === 'lossy' && text.includes('from 201')),
        JSON.stringify(troubles),
      )
      for (const [phone, toneHz] of [
        [good, 440],
        [bad, 620],
      ] as const) {
        const wav = await heardOf(phone)
        const { heardMs } = followTone(wav.channels[0]!, wav.rateHz, toneHz, 100)
        assert.ok(heardMs > 8000, `${phone.user} heard ${heardMs} ms of 12 s`)
      }
    })

    it('sets up and clears ten calls over UDP, by sending again what was lost', async () => {
      const bad = await world.phone(await badHome(29), '203', 440)
      const good = await world.phone(await HomeNetwork.make({ kind: 'port-restricted' }), '204', 620)
      const api = await world.platform.login()
      let repeated = 0
      // Ten calls can be lucky: then ten more.
      for (let made = 10; repeated === 0; made += 10) {
        assert.ok(made <= 40, 'nothing was lost, so nothing was proven')
        for (let i = 0; i < 10; i++) {
          const [from, to] = i % 2 === 0 ? [bad, good] : [good, bad]
          const marks = [from.events.length, to.events.length] as const
          await talking(from, to, 30_000)
          await from.hangUp()
          const closed = (phone: typeof from, mark: number) => phone.waitFor('CALL_CLOSED', 30_000, mark)
          await Promise.all([closed(from, marks[0]), closed(to, marks[1])])
        }
        const { items } = await api.get<{
          items: { id: string; caller: { number: string }; answeredAt?: string; termination?: { reason: string } }[]
        }>('/api/v1/calls')
        const calls = items.filter(({ caller }) => ['203', '204'].includes(caller.number))
        assert.equal(calls.length, made, 'no call twice, none missing')
        for (const call of calls) {
          const { messages } = await api.get<WholeCall>(`/api/v1/calls/${call.id}`)
          repeated += messages.length - new Set(messages.map(({ direction, text }) => `${direction} ${text}`)).size
          assert.ok(call.answeredAt, JSON.stringify(call))
          assert.equal(call.termination?.reason, 'caller-hung-up')
        }
      }
    })
  })
else
  it('a phone on a bad line, in a network of its own', async () => {
    const { code, output } = await runInOwnNetwork(import.meta.filename)
    assert.equal(code, 0, output)
  })
