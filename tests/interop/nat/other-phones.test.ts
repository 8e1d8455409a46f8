import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import {
  ChromiumPage,
  eventually,
  followTone,
  hasOwnNetwork,
  HomeNetwork,
  Linphone,
  runInOwnNetwork,
  serverAddress,
} from '@vaxel/testkit'
import { talk } from '../baresip/heard-tone.ts'
import { World } from './behind-routers.ts'

interface Softphone {
  register(url: string, uri: string, password: string): Promise<string>
  call(target: string): Promise<string>
  listen(): { readonly hz: number; readonly db: number } | undefined
  statistics(): Promise<unknown>
  hangUp(): void
}

declare const window: { readonly softphone: Softphone }

if (hasOwnNetwork())
  describe('other phones behind symmetric routers', () => {
    let world: World
    before(async () => {
      world = await World.start()
    })
    after(() => world?.stop())

    it('linphone calls baresip, and is called; each hears the other', async () => {
      const place = (await HomeNetwork.make({ kind: 'symmetric' })).addHost()
      const desk = await world.phone(await HomeNetwork.make({ kind: 'symmetric' }), '202', 620)
      const account = { user: '201', password: 'sip-201', registrar: `${serverAddress}:5060` }
      const linphone = await Linphone.start({ ...account, place, toneHz: 440, autoAnswer: true })
      try {
        linphone.command(`call sip:202@${serverAddress}`)
        await desk.waitFor('CALL_ESTABLISHED')
        await talk(2500)
        await desk.hangUp()
        await desk.waitFor('CALL_CLOSED')
        const wav = await eventually('the recording', () => desk.heard()[0])
        assert.ok(followTone(wav.channels[0]!, wav.rateHz, 440).heardMs > 1200, 'linphone is heard')
        const mark = desk.events.length
        await desk.dial('201')
        await desk.waitFor('CALL_ESTABLISHED', 30_000, mark)
        await desk.hangUp()
      } finally {
        await linphone.stop()
      }
      const heard = await linphone.heard()
      assert.ok(followTone(heard.channels[0]!, heard.rateHz, 620).heardMs > 1200, 'linphone hears')
    })

    it('a browser talks with a desk phone over WSS, ICE and DTLS-SRTP, both ways', async () => {
      const place = (await HomeNetwork.make({ kind: 'symmetric' })).addHost()
      const desk = await world.phone(await HomeNetwork.make({ kind: 'symmetric' }), '204', 620)
      const browser = await ChromiumPage.open(join(import.meta.dirname, '../chromium/page/softphone.js'), place)
      try {
        const registration = [
          `wss://${serverAddress}:${world.platform.ports.https}/sip`,
          'sip:203@demo.vaxel.test',
          'sip-203',
        ] as const
        const state = await browser.page.evaluate(
          ([url, uri, password]) => window.softphone.register(url, uri, password),
          registration,
        )
        assert.equal(state, 'registered')
        await browser.page.evaluate(() => window.softphone.call('sip:204@demo.vaxel.test'))
        await desk.waitFor('CALL_ESTABLISHED')
        await eventually(`the desk phone's tone in the browser; ${browser.console.join(' ')}`, async () => {
          const heard = await browser.page.evaluate(() => window.softphone.listen())
          return heard !== undefined && Math.abs(heard.hz - 620) < 12 && heard.db > -50
        })
        await talk(1500)
        await browser.page.evaluate(() => window.softphone.hangUp())
        await desk.waitFor('CALL_CLOSED')
        const loudest = desk.heard()[0]!.channels[0]!.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
        assert.ok(loudest > 0.01, `the browser's beeps at the desk phone: ${loudest}`)
      } finally {
        await browser.close()
      }
    })
  })
else
  it('other phones behind symmetric routers, in a network of its own', async () => {
    const { code, output } = await runInOwnNetwork(import.meta.filename)
    assert.equal(code, 0, output)
  })
