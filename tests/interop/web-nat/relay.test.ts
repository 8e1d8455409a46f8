import assert from 'node:assert/strict'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { Baresip, ChromiumPage, eventually, FirefoxPage, type Platform, startPlatform } from '@vaxel/testkit'
import { heardOf, talk } from '../baresip/heard-tone.ts'

interface IceServer {
  readonly urls: readonly string[]
  readonly username?: string
  readonly credential?: string
}
interface Page {
  evaluate(expression: string): Promise<unknown>
  close(): Promise<void>
}

const script = join(import.meta.dirname, 'page/relay-phone.js')
const ways = [
  { name: 'UDP', by: 'udp', index: 0 },
  { name: 'TCP', by: 'tcp', index: 1 },
  { name: 'TLS on the web port', by: 'tls', index: 2 },
]

const browsers: Record<string, () => Promise<Page>> = {
  Chromium: async () => {
    const chromium = await ChromiumPage.open(script)
    return { evaluate: (expression) => chromium.page.evaluate(expression), close: () => chromium.close() }
  },
  Firefox: () => FirefoxPage.open(script),
}

/** Firefox sends nothing to 127.0.0.1, so that both come to another address of this machine. */
function ownAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap((entries) => entries ?? [])
  const own = all.find(({ internal, family }) => !internal && family === 'IPv4')
  assert.ok(own, 'this machine needs an address besides loopback')
  return own.address
}

for (const [browser, open] of Object.entries(browsers))
  describe(`${browser} by relay alone`, () => {
    let platform: Platform
    let page: Page
    let desk: Baresip
    let servers: IceServer
    const host = ownAddress()
    before(async () => {
      platform = await startPlatform({ environment: { VAXEL_BIND: '0.0.0.0' }, readyLimitMs: 60_000 })
      page = await open()
      const url = `wss://${host}:${platform.ports.https}/sip`
      const account = JSON.stringify({ url, uri: 'sip:216@demo.vaxel.test', password: 'sip-216' })
      assert.equal(await page.evaluate(`phone.register(${account})`), 'registered')
      const api = await platform.login('216')
      const given = await api.post<{ iceServers: IceServer[] }>('/api/v1/me/phone', {})
      assert.equal(given.iceServers.length, 1)
      servers = given.iceServers[0]!
      desk = await Baresip.start({ user: '217', password: 'sip-217', registrar: platform.sip, toneHz: 620 })
    })
    after(async () => {
      await page?.close()
      await desk?.stop()
      await platform?.stop()
    })
    const by = (index: number): IceServer => {
      const url = servers.urls[index]!.replace(/^(turns?:)[^:?]+:\d+/, (_, scheme: string) =>
        scheme === 'turns:' ? `turns:${host}:${platform.ports.https}` : `turn:${host}:${platform.ports.stun}`,
      )
      return { ...servers, urls: [url] }
    }
    const call = (target: string, iceServers: readonly IceServer[], iceTransportPolicy: string) =>
      page.evaluate(
        `phone.call('sip:${target}@demo.vaxel.test', ${JSON.stringify({ iceServers, iceTransportPolicy })})`,
      )
    const hears = async (what: string): Promise<void> => {
      try {
        await eventually(what, async () => (await page.evaluate('phone.heard()')) === true)
      } catch (error) {
        assert.fail(`${error}\n${await page.evaluate('phone.explain()')}`)
      }
    }

    // Firefox holds the relay's certificate to the authorities of its profile, whatever the test accepts for pages.
    for (const { name, by: transport, index } of browser === 'Firefox' ? ways.slice(0, 2) : ways)
      it(`hears itself at the echo test over ${name}`, async () => {
        await call('600', [by(index)], 'relay')
        await hears('its own microphone')
        const path = (await page.evaluate('phone.path()')) as { kind: string; by?: string }
        assert.equal(path.kind, 'relay')
        if (path.by !== undefined) assert.equal(path.by, transport)
        await page.evaluate('phone.hangUp()')
      })

    it('talks with a desk phone over TCP, both ways', async () => {
      const mark = desk.events.length
      await call('217', [by(1)], 'relay')
      await hears('the desk phone')
      await talk(1500)
      await page.evaluate('phone.hangUp()')
      await desk.waitFor('CALL_CLOSED', 30_000, mark)
      const wav = await heardOf(desk)
      const loudest = wav.channels[0]!.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
      assert.ok(loudest > 0.01, `the browser at the desk phone: ${loudest}`)
    })

    it('is in the call before it has given up on a server that is dead', async () => {
      // Addresses for documentation (RFC 5737): nobody answers there.
      const dead = {
        urls: ['stun:198.51.100.1:3478', 'turn:198.51.100.1:3478?transport=udp'],
        username: 'a',
        credential: 'b',
      }
      await call('600', [dead], 'all')
      await hears('its own microphone')
      const order = (await page.evaluate('phone.order()')) as string[]
      assert.equal(order[0], 'confirmed', order.join())
      await page.evaluate('phone.hangUp()')
    })
  })
