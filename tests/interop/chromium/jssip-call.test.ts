import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { Baresip, ChromiumPage, eventually, type Platform, startPlatform } from '@vaxel/testkit'
import { talk } from '../baresip/heard-tone.ts'

interface Heard {
  readonly hz: number
  readonly db: number
}

interface Softphone {
  register(url: string, uri: string, password: string): Promise<string>
  call(target: string): Promise<string>
  listen(): Heard | undefined
  statistics(): Promise<unknown>
  hangUp(): void
}

declare const window: { readonly softphone: Softphone }

describe('a browser talks (Chromium with JsSIP)', () => {
  let platform: Platform
  let browser: ChromiumPage
  before(async () => {
    platform = await startPlatform()
    browser = await ChromiumPage.open(join(import.meta.dirname, 'page/softphone.js'))
    const registration = [platform.webSocketUrl, 'sip:216@demo.vaxel.test', 'sip-216'] as const
    const state = await browser.page.evaluate(
      ([url, uri, password]) => window.softphone.register(url, uri, password),
      registration,
    )
    assert.equal(state, 'registered')
  })
  after(async () => {
    await browser?.close()
    await platform?.stop()
  })
  const listen = () => browser.page.evaluate(() => window.softphone.listen())
  const call = (target: string) => browser.page.evaluate((to) => window.softphone.call(to), target)
  const hangUp = () => browser.page.evaluate(() => window.softphone.hangUp())
  const explain = async () =>
    `${JSON.stringify(await browser.page.evaluate(() => window.softphone.statistics()))}\n${browser.console.join('\n')}`

  it('hears its own beeps at the echo test, over ICE and DTLS-SRTP', async () => {
    await call('sip:600@demo.vaxel.test')
    try {
      await eventually('the beep of the fake microphone comes back', async () => {
        const heard = await listen()
        return heard !== undefined && heard.db > -60 && heard.hz > 100
      })
    } catch (error) {
      assert.fail(`${error}\n${await explain()}`)
    }
    await hangUp()
  })

  it('talks with a desk phone, both ways', async () => {
    const desk = await Baresip.start({ user: '217', password: 'sip-217', registrar: platform.sip, toneHz: 620 })
    try {
      await call('sip:217@demo.vaxel.test')
      await desk.waitFor('CALL_ESTABLISHED')
      await eventually('the desk phone’s tone in the browser', async () => {
        const heard = await listen()
        return heard !== undefined && Math.abs(heard.hz - 620) < 12 && heard.db > -50
      })
      await talk(2500)
      await hangUp()
      await desk.waitFor('CALL_CLOSED')
      const [wav] = desk.heard()
      const loudest = wav!.channels[0]!.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
      assert.ok(loudest > 0.01, `the browser’s beeps at the desk phone: ${loudest}`)
    } finally {
      await desk.stop()
    }
  })

  it('is called by a desk phone, and the phone’s side is encrypted for the browser', async () => {
    const desk = await Baresip.start({ user: '218', password: 'sip-218', registrar: platform.sip, toneHz: 700 })
    try {
      await desk.dial('216')
      await desk.waitFor('CALL_ESTABLISHED')
      const api = await platform.login()
      const live = await api.get<{ items: { connections: { keying?: string }[] }[] }>('/api/v1/live-calls')
      const keyings = live.items.flatMap(({ connections }) => connections.map(({ keying }) => keying))
      assert.ok(keyings.includes('dtls'), `one side of ${keyings.join(', ')}`)
      await eventually('the tone in the browser', async () => Math.abs(((await listen())?.hz ?? 0) - 700) < 12)
      await desk.hangUp()
      await desk.waitFor('CALL_CLOSED')
    } finally {
      await desk.stop()
    }
  })
})
