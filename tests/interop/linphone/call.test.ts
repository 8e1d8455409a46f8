import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { Baresip, eventually, followTone, Linphone, type Platform, startPlatform } from '@vaxel/testkit'
import { assertHeard, talk } from '../baresip/heard-tone.ts'

describe('linphone', () => {
  let platform: Platform
  const ends: (() => Promise<void>)[] = []
  before(async () => {
    platform = await startPlatform()
  })
  after(async () => {
    for (const end of ends) await end()
    await platform?.stop()
  })

  for (const [index, transport] of (['udp', 'tcp'] as const).entries()) {
    it(`registers over ${transport}, calls a baresip phone, and both hear each other`, async () => {
      const [from, to] = [String(208 + 2 * index), String(209 + 2 * index)]
      const bertil = await Baresip.start({ user: to, password: `sip-${to}`, registrar: platform.sip, toneHz: 620 })
      ends.push(() => bertil.stop())
      const linphone = await Linphone.start({
        user: from,
        password: `sip-${from}`,
        registrar: platform.sip,
        transport,
        toneHz: 440,
      })
      ends.push(() => linphone.stop())
      linphone.command(`call ${to}`)
      await bertil.waitFor('CALL_ESTABLISHED')
      await talk(4000)
      linphone.command('terminate')
      await bertil.waitFor('CALL_CLOSED')
      await assertHeard(bertil, 440, 3000)
      const heard = await linphone.heard()
      const report = followTone(heard.channels[0]!, heard.rateHz, 620)
      assert.ok(report.heardMs > 2500, JSON.stringify(report))
    })
  }

  it('is called by a baresip phone and answers', async () => {
    const linphone = await Linphone.start({
      user: '214',
      password: 'sip-214',
      registrar: platform.sip,
      toneHz: 500,
      autoAnswer: true,
    })
    ends.push(() => linphone.stop())
    const anna = await Baresip.start({ user: '215', password: 'sip-215', registrar: platform.sip })
    ends.push(() => anna.stop())
    await anna.dial('214')
    await anna.waitFor('CALL_ESTABLISHED')
    await talk(3000)
    await anna.hangUp()
    await assertHeard(anna, 500, 2000)
  })

  it('shares a line with a baresip phone: both ring, what it holds is taken there, and it calls out with the line’s number', async () => {
    const api = await platform.login()
    const { items } = await api.get<{ items: { id: string; name: string }[] }>('/api/v1/users?limit=1000')
    const idOf = (name: string) => items.find((user) => user.name === name)!.id
    await api.post('/api/v1/numbers', {
      number: '273',
      target: { kind: 'shared', name: 'Reception', userIds: [idOf('216'), idOf('217')], callsOutAs: 'line' },
    })
    const baresip = async (user: string, toneHz: number) => {
      const phone = await Baresip.start({
        user,
        password: `sip-${user}`,
        registrar: platform.sip,
        toneHz,
        answer: 'manual',
      })
      ends.push(() => phone.stop())
      return phone
    }
    const [linphone, colleague, caller] = await Promise.all([
      Linphone.start({ user: '216', password: 'sip-216', registrar: platform.sip, toneHz: 500 }),
      baresip('217', 620),
      baresip('218', 440),
    ])
    ends.push(() => linphone.stop())
    await caller.dial('273')
    await colleague.waitFor('CALL_INCOMING')
    await linphone.program.waitForOutput(/incoming call/i)
    linphone.command('answer')
    await caller.waitFor('CALL_ESTABLISHED')
    await colleague.waitFor('CALL_CLOSED')
    linphone.command('pause')
    await eventually('linphone holds', async () => {
      const { items: live } = await api.get<{ items: { connections: { state: string }[] }[] }>('/api/v1/live-calls')
      return live.some(({ connections }) => connections.some(({ state }) => state === 'hold'))
    })
    const before = colleague.events.length
    await colleague.dial('273')
    await colleague.waitFor('CALL_ESTABLISHED', 30_000, before)
    await talk(1500)
    await colleague.hangUp()
    await caller.waitFor('CALL_CLOSED')
    await assertHeard(colleague, 440, 800)

    const since = caller.events.length
    linphone.command('call 218')
    const rings = await caller.waitFor('CALL_INCOMING', 30_000, since)
    assert.match(String(rings.peeruri), /^sip:273@/)
    const busy = colleague.events.length
    await caller.answer()
    await caller.waitFor('CALL_ESTABLISHED', 30_000, since)
    await colleague.dial('273')
    assert.match(String((await colleague.waitFor('CALL_CLOSED', 30_000, busy)).param), /486/)
    linphone.command('terminate')
    await caller.waitFor('CALL_CLOSED', 30_000, since)
  })
})
