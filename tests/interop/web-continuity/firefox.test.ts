import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { Baresip, eventually, FirefoxPage, type Platform, startPlatform } from '@vaxel/testkit'
import { talk } from '../baresip/heard-tone.ts'

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

describe('Firefox with JsSIP', () => {
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
    eventually(
      'the desk phone in Firefox',
      async () => Number(await firefox.evaluate('phone.energyHeard()')) > 0.01,
      10_000,
    )

  it('talks with a desk phone, is back after a reload, and its quality is known both ways', async () => {
    await firefox.evaluate(`phone.call('sip:217@demo.vaxel.test')`)
    await hears()
    const api = await platform.login('216')
    const { items } = await api.get<{ items: { id: string }[] }>('/api/v1/live-calls')
    const startedMs = Date.now()
    await firefox.reload()
    await eventually('back in the call', async () => await firefox.evaluate('phone.isInCall()'), 10_000)
    process.stdout.write(`# Firefox: in the call ${Date.now() - startedMs} ms after the reload was asked for\n`)
    await hears()
    // Until each side has reported what it got of the other.
    await talk(7000)
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

  it('is a telephone in the web app itself: logs in, calls by its name or number and hears the other side', async () => {
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
    // What the app plays of the other side is what a person hears.
    await firefox.evaluate(`(() => {
      const take = RTCPeerConnection.prototype.setRemoteDescription
      globalThis.connections = []
      RTCPeerConnection.prototype.setRemoteDescription = function (...given) {
        if (!connections.includes(this)) connections.push(this)
        return take.apply(this, given)
      }
    })()`)
    await sees(`document.querySelector('input[role="combobox"]')`)
    await firefox.evaluate(`document.querySelector('input[role="combobox"]').focus()`)
    await firefox.type('217')
    await firefox.type('Enter')
    await eventually(
      'the desk phone in the app in Firefox',
      async () =>
        Number(
          await firefox.evaluate(`(async () => {
            let energy = 0
            for (const connection of connections)
              for (const report of (await connection.getStats()).values())
                if (report.type === 'inbound-rtp') energy = Math.max(energy, report.totalAudioEnergy ?? 0)
            return energy
          })()`),
        ) > 0.01,
      20_000,
    )
    await firefox.evaluate(
      `[...document.querySelectorAll('button')].find((button) => /^(Hang up|Lägg på|Raccrocher)/.test(button.getAttribute('aria-label') ?? button.textContent)).click()`,
    )
    await eventually(
      'the call is over',
      async () => desk.events.filter(({ type }) => type === 'CALL_CLOSED').length === 2,
      10_000,
    )
  })
})
