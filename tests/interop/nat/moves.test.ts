import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import {
  type Baresip,
  between,
  eventually,
  followTone,
  hasOwnNetwork,
  HomeNetwork,
  runInOwnNetwork,
} from '@vaxel/testkit'
import { heardOf, talk } from '../baresip/heard-tone.ts'
import { talking, World, type WholeCall } from './behind-routers.ts'

/** How much of the tone the phone heard in the last stretch before the end. */
async function heardAtTheEnd(phone: Baresip, toneHz: number, lastMs: number): Promise<number> {
  const wav = await heardOf(phone)
  const part = between(wav.channels[0]!, wav.rateHz, wav.durationMs - lastMs, wav.durationMs)
  return followTone(part, wav.rateHz, toneHz, 0).heardMs
}

const notices = ({ timeline }: WholeCall): string[] =>
  timeline
    .filter(({ kind }) => kind === 'call.noticed')
    .map(({ data }) => `${String(data['code'])}: ${String(data['text'])}`)

if (hasOwnNetwork())
  describe('the address changes in mid-call', { concurrency: 3 }, () => {
    let world: World
    before(async () => {
      world = await World.start()
    })
    after(() => world?.stop())

    it('with SRTP the audio goes on at once, both ways: keys prove the phone at its new address', async () => {
      const home = await HomeNetwork.make({ kind: 'symmetric' })
      const anna = await world.phone(home, '201', 440, { transport: 'tls', keying: 'sdes' })
      const bertil = await world.phone(await HomeNetwork.make({ kind: 'port-restricted' }), '202', 620)
      await talking(anna, bertil)
      await talk(1500)
      home.changePublicAddress()
      await talk(3500)
      await bertil.hangUp()
      assert.ok((await heardAtTheEnd(bertil, 440, 2500)) > 2000, 'the one that moved is heard')
      await anna.hangUp()
      await eventually('the recording', () => anna.heard().find(({ durationMs }) => durationMs > 0))
      const wav = await heardOf(anna)
      const afterwards = between(wav.channels[0]!, wav.rateHz, 2500, 4500)
      assert.ok(followTone(afterwards, wav.rateHz, 620, 0).heardMs > 1500, 'the one that moved hears')
    })

    it('plain RTP from elsewhere is not believed, the timeline says so, and a re-INVITE from there brings the audio back', async () => {
      const home = await HomeNetwork.make({ kind: 'port-restricted' })
      const anna = await world.phone(home, '203', 440)
      const bertil = await world.phone(await HomeNetwork.make({ kind: 'port-restricted' }), '204', 620)
      await talking(anna, bertil)
      await talk(1500)
      const before = home.publicAddress
      home.changePublicAddress()
      const api = await world.platform.login()
      const { items } = await api.get<{ items: { id: string; caller: { number: string } }[] }>('/api/v1/live-calls')
      const id = items.find(({ caller }) => caller.number === '203')!.id
      await eventually('one-way audio told while the call goes on', async () => {
        const told = notices(await api.get<WholeCall>(`/api/v1/calls/${id}`))
        return told.some((text) =>
          /^no-audio-from: One-way audio: no packet from 203 for 1\d s; its network/.test(text),
        )
      })
      await anna.command('hold')
      await anna.command('resume')
      await eventually('the move told', async () => {
        const told = notices(await api.get<WholeCall>(`/api/v1/calls/${id}`))
        return told.includes(
          `address-changed: 203 goes on from another address: ${home.publicAddress}, before ${before}.`,
        )
      })
      await talk(3000)
      await bertil.hangUp()
      await anna.waitFor('CALL_CLOSED')
      assert.ok((await heardAtTheEnd(bertil, 440, 2000)) > 1500, 'heard again')
      // It records no more after a hold, but counts: 75 packets before the move, 150 after.
      const [, received] = await anna.program.waitForOutput(/packets:\s+\d+\s+(\d+)/)
      assert.ok(Number(received) > 180, `hears again: ${received} packets`)
    })

    it('a phone that nothing reaches any more: the call fails, and says why in words', async () => {
      // Shorter than the server's keep-alive, as no router should be.
      const home = await HomeNetwork.make({ kind: 'symmetric', bindingSeconds: 2 })
      const lost = await world.phone(home, '206', 620)
      // As people have it who have no mailbox: the call is to fail.
      const own = await world.platform.login('206')
      await own.put('/api/v1/me/forwarding', { callWaiting: true })
      const caller = await world.phone(await HomeNetwork.make({ kind: 'port-restricted' }), '205', 440)
      const quietMs = performance.now()
      await eventually('the time', () => performance.now() - quietMs > 5000)
      await caller.dial('206')
      await caller.waitFor('CALL_CLOSED', 45_000)
      assert.ok(!lost.events.some(({ type }) => type === 'CALL_INCOMING'))
      const { troubles } = await world.endedCall('205', '206')
      assert.equal(troubles.length, 1, JSON.stringify(troubles))
      assert.equal(troubles[0]!.code, 'peer-lost')
      assert.match(troubles[0]!.text, /^Nothing came back from 206 at 203\.0\.113\.\d+:\d+: the way to it is closed\.$/)
      assert.match(troubles[0]!.advice, /UDP time-out.*TCP or TLS/)
    })
  })
else
  it('the address changes in mid-call, in a network of its own', async () => {
    const { code, output } = await runInOwnNetwork(import.meta.filename)
    assert.equal(code, 0, output)
  })
