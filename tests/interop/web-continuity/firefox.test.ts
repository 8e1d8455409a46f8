import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { Baresip, eventually, FirefoxPage, followTone, type Platform, startPlatform } from '@vaxel/testkit'
import { talk } from '../baresip/heard-tone.ts'
import { hearsTone, listeningExpression } from '../web-phone/heard-in-page.ts'

/** What Firefox's fake microphone hums. */
const firefoxHz = 1000

interface Direction {
  readonly packets: number
  readonly lossRatio: number
  readonly roundTripMs?: number
  readonly mos?: number
}
interface WholeCall {
  readonly timeline: readonly { readonly kind: string; readonly data: Readonly<Record<string, unknown>> }[]
  readonly legs: readonly {
    readonly role: string
    readonly quality?: { readonly received: Direction; readonly sent: Direction }
  }[]
}

describe('Firefox', () => {
  let platform: Platform
  let firefox: FirefoxPage
  let desk: Baresip
  before(async () => {
    platform = await startPlatform()
    firefox = await FirefoxPage.open(join(import.meta.dirname, 'page/phone.js'))
    const account = { url: platform.webSocketUrl, uri: 'sip:216@demo.vaxel.test', password: 'sip-216' }
    assert.equal(await firefox.evaluate(`phone.register(${JSON.stringify(account)})`), 'registered')
    desk = await Baresip.start({ user: '217', password: 'sip-217', registrar: platform.sip, toneHz: 620 })
  })
  after(async () => {
    await firefox?.close()
    await desk?.stop()
    await platform?.stop()
  })
  const hears = () =>
    eventually('the desk phone in Firefox', async () => Number(await firefox.evaluate('phone.energyHeard()')) > 0.01)

  it('talks with a desk phone, is back after a reload, and its quality is known both ways', async () => {
    await firefox.evaluate(`phone.call('sip:217@demo.vaxel.test')`)
    await hears()
    const api = await platform.login('216')
    const { items } = await api.get<{ items: { id: string }[] }>('/api/v1/live-calls')
    const startedMs = Date.now()
    await firefox.reload()
    await eventually('back in the call', async () => await firefox.evaluate('phone.isInCall()'))
    process.stdout.write(`# Firefox: in the call ${Date.now() - startedMs} ms after the reload was asked for\n`)
    await hears()
    // Until each side has reported what it got of the other: ours goes out within 2.5 s, and Firefox's within 7.5 s of each other (RFC 3550 §6.3).
    await talk(11_000)
    await firefox.evaluate('phone.hangUp()')
    await desk.waitFor('CALL_CLOSED')
    assert.equal(desk.events.filter(({ type }) => type === 'CALL_ESTABLISHED').length, 1)
    const whole = await eventually('the quality of the call', async () => {
      const call = await api.get<WholeCall>(`/api/v1/calls/${items[0]!.id}`)
      const last = call.legs.filter(({ role }) => role === 'caller').at(-1)
      return last?.quality ? { call, quality: last.quality } : undefined
    })
    const { received, sent } = whole.quality
    const what = JSON.stringify(whole.quality)
    assert.ok(whole.call.timeline.some(({ kind }) => kind === 'call.resumed'))
    assert.ok(received.packets > 200 && sent.packets > 200, what)
    assert.ok((received.mos ?? 0) > 4 && (sent.mos ?? 0) > 4, what)
    assert.ok(sent.roundTripMs !== undefined && sent.roundTripMs < 200, `Firefox reports what it got: ${what}`)
    const loudest = desk.heard()[0]!.channels[0]!.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    assert.ok(loudest > 0.01, `Firefox at the desk phone: ${loudest}`)
  })

  it('is a telephone in the web app itself: logs in, hears itself at the echo test, and a desk phone as that hears it', async () => {
    const sees = (expression: string) =>
      eventually(expression, async () => Boolean(await firefox.evaluate(`!!(${expression})`)), 30_000)
    await firefox.goTo(platform.url)
    await sees(`document.querySelector('input[type="password"]')`)
    await firefox.evaluate(`document.querySelector('input[autocomplete^="username"]').focus()`)
    await firefox.type('204@demo.vaxel.test')
    await firefox.type('Tab')
    await firefox.type('demo-204')
    await firefox.type('Enter')
    await sees(`document.querySelector('nav')`)
    await firefox.goTo(`${platform.url}/phone`)
    await sees(`/Ready for calls|Redo för samtal|Prêt à recevoir/.test(document.body.innerText)`)
    await firefox.evaluate(listeningExpression())
    const call = async (number: string, toneHz: number) => {
      await sees(`document.querySelector('input[role="combobox"]')`)
      await firefox.evaluate(`document.querySelector('input[role="combobox"]').focus()`)
      await firefox.type(number)
      await firefox.type('Enter')
      await hearsTone(firefox, toneHz)
    }
    const button = `[...document.querySelectorAll('button')].find((one) => /^(Hang up|Lägg på|Raccrocher)/.test(one.getAttribute('aria-label') ?? one.textContent))`
    const hangUp = async () => {
      await sees(button)
      await firefox.evaluate(`${button}.click()`)
    }
    await call('600', firefoxHz)
    await hangUp()
    await sees(`document.querySelector('input[role="combobox"]')?.value === ''`)
    const before = desk.heard().length
    await call('217', 620)
    await talk(2000)
    await hangUp()
    const closed = () => desk.events.filter(({ type }) => type === 'CALL_CLOSED').length === 2
    await eventually('the call is over', closed)
    const heard = await eventually('what the desk phone heard', () => desk.heard()[before])
    const report = followTone(heard.channels[0]!, heard.rateHz, firefoxHz)
    assert.ok(report.heardMs > 1000, `Firefox at the desk phone: ${JSON.stringify(report)}`)
  })
})
