import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { Baresip, followTone, Linphone, type Platform, startPlatform } from '@vaxel/testkit'
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
      const heard = linphone.heard()
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
})
