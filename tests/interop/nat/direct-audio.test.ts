import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import {
  type Baresip,
  type BaresipOptions,
  between,
  eventually,
  followTone,
  hasOwnNetwork,
  HomeNetwork,
  Linphone,
  runInOwnNetwork,
  runTool,
  serverAddress,
} from '@vaxel/testkit'
import { heardOf, talk } from '../baresip/heard-tone.ts'
import { talking, type WholeCall, World } from './behind-routers.ts'

/** Packets that have crossed the line of a home, both ways. */
function packetsOnLineOf({ router }: HomeNetwork): number {
  const [link] = JSON.parse(runTool('ip', ['-n', router, '-s', '-j', 'link', 'show', 'wan'])) as [
    { stats64: Record<'rx' | 'tx', { packets: number }> },
  ]
  return link.stats64.rx.packets + link.stats64.tx.packets
}

/** How many packets a second the line carries while they talk. */
async function loadOf(home: HomeNetwork, ms = 1500): Promise<number> {
  const [from, fromMs] = [packetsOnLineOf(home), performance.now()]
  await talk(ms)
  return ((packetsOnLineOf(home) - from) * 1000) / (performance.now() - fromMs)
}

/** Both sides of a call through the server are four streams of 50 packets a second. */
const throughServer = 150
const pastServer = 20

async function assertHeardAtTheEnd(phone: Baresip, toneHz: number, ms: number, call = 0): Promise<void> {
  const { channels, rateHz, durationMs } = await heardOf(phone, call)
  const { heardMs, longestGapMs } = followTone(
    between(channels[0]!, rateHz, durationMs - ms - 200, durationMs - 200),
    rateHz,
    toneHz,
    100,
  )
  assert.ok(
    heardMs > 0.8 * ms && longestGapMs <= 60,
    `${phone.user}: ${heardMs} ms of ${toneHz} Hz, ${longestGapMs} ms without`,
  )
}

if (hasOwnNetwork())
  describe('audio of a site stays within it (baresip and linphone behind one router)', () => {
    let world: World
    let home: HomeNetwork
    before(async () => {
      world = await World.start()
      home = await HomeNetwork.make({ kind: 'symmetric' })
      const api = await world.platform.login()
      const me = await api.get<{ company: { id: string } }>('/api/v1/me')
      await api.patch(`/api/v1/companies/${me.company.id}`, { directAudioNetworks: [home.publicAddress] })
    })
    after(() => world?.stop())

    const timeline = ({ timeline: told }: WholeCall) =>
      told.map(({ kind }) => kind).filter((kind) => kind.startsWith('audio.') || kind === 'call.held')

    it('plain: past the server, back for music on hold, and past it again', async () => {
      const [anna, bertil] = [await world.phone(home, '201', 440), await world.phone(home, '202', 620)]
      await talking(anna, bertil)
      await eventually('the line is empty', async () => (await loadOf(home, 500)) < pastServer)
      assert.ok((await loadOf(home)) < pastServer)
      await anna.command('hold')
      await talk(1500)
      const onHold = await loadOf(home)
      assert.ok(onHold > 40, `music comes over the line: ${onHold}`)
      await anna.command('resume')
      await eventually('the line is empty again', async () => (await loadOf(home, 500)) < pastServer)
      await talk(2500)
      await bertil.hangUp()
      await anna.waitFor('CALL_CLOSED')
      await assertHeardAtTheEnd(anna, 620, 2000)
      await assertHeardAtTheEnd(bertil, 440, 2000)
      const whole = await world.endedCall('201', '202')
      assert.deepEqual(timeline(whole), ['audio.released', 'audio.anchored', 'call.held', 'audio.released'])
      assert.deepEqual(whole.troubles, [])
    })

    it('also where one of them is linphone, called and calling', async () => {
      const greta = await world.phone(home, '207', 620)
      const account = { user: '208', password: 'sip-208', registrar: `${serverAddress}:5060` }
      const linphone = await Linphone.start({ ...account, place: home.addHost(), toneHz: 440, autoAnswer: true })
      try {
        linphone.command(`call sip:207@${serverAddress}`)
        await greta.waitFor('CALL_ESTABLISHED')
        await eventually('the line is empty', async () => (await loadOf(home, 500)) < pastServer)
        await talk(2500)
        await greta.hangUp()
        await greta.waitFor('CALL_CLOSED')
        await assertHeardAtTheEnd(greta, 440, 2000)
        const mark = greta.events.length
        await greta.dial('208')
        await greta.waitFor('CALL_ESTABLISHED', 30_000, mark)
        await eventually('the line is empty', async () => (await loadOf(home, 500)) < pastServer)
        await talk(2500)
        await greta.hangUp()
        await assertHeardAtTheEnd(greta, 440, 2000, 1)
      } finally {
        await linphone.stop()
      }
      const heard = await linphone.heard()
      assert.ok(followTone(heard.channels[0]!, heard.rateHz, 620, 100).heardMs > 2000, 'linphone hears')
    })

    it('encrypted it goes through the server: not every telephone takes a new key', async () => {
      const secured: Partial<BaresipOptions> = { transport: 'tls', keying: 'sdes' }
      const [cecilia, david] = [
        await world.phone(home, '203', 440, secured),
        await world.phone(home, '204', 620, secured),
      ]
      await talking(cecilia, david)
      await talk(2500)
      assert.ok((await loadOf(home)) > throughServer)
      await cecilia.hangUp()
      await david.waitFor('CALL_CLOSED')
      await assertHeardAtTheEnd(cecilia, 620, 2000)
      await assertHeardAtTheEnd(david, 440, 2000)
    })

    it('with a telephone elsewhere it goes through the server, as ever', async () => {
      const elsewhere = await HomeNetwork.make({ kind: 'port-restricted' })
      const [erik, fanny] = [await world.phone(home, '205', 440), await world.phone(elsewhere, '206', 620)]
      await talking(erik, fanny)
      await talk(2000)
      assert.ok((await loadOf(home)) > throughServer / 2)
      await erik.hangUp()
      await fanny.waitFor('CALL_CLOSED')
      await assertHeardAtTheEnd(erik, 620, 2000)
      assert.deepEqual(timeline(await world.endedCall('205', '206')), [])
    })
  })
else
  it('audio of a site, in a network of its own', async () => {
    const { code, output } = await runInOwnNetwork(import.meta.filename)
    assert.equal(code, 0, output)
  })
