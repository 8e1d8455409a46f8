import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import {
  becomeInternet,
  ChromiumPage,
  eventually,
  hasOwnNetwork,
  HomeNetwork,
  type Place,
  type Platform,
  runInOwnNetwork,
  runTool,
  serverAddress,
  startPlatform,
} from '@vaxel/testkit'

/** What a network lets through, and by which way its browser is heard. */
const networks = [
  { name: 'a full cone', kind: 'full-cone', closed: '', by: { kind: 'direct' } },
  { name: 'a port-restricted router', kind: 'port-restricted', closed: '', by: { kind: 'direct' } },
  { name: 'a symmetric router', kind: 'symmetric', closed: '', by: { kind: 'direct' } },
  {
    name: 'a firewall that drops all UDP',
    kind: 'symmetric',
    closed: 'ip protocol udp',
    by: { kind: 'relay', by: 'tcp' },
  },
  {
    name: 'a firewall that knows the web port alone',
    kind: 'symmetric',
    closed: 'web',
    by: { kind: 'relay', by: 'tls' },
  },
] as const

/** The router forwards nothing more that fits the rule of nftables. */
const close = (home: HomeNetwork, rule: string): void => {
  const text = `table ip shut {\nchain out { type filter hook forward priority -5;\noifname "wan" ${rule} drop\n}\n}\n`
  runTool('ip', ['netns', 'exec', home.router, 'nft', '-f', '-'], text)
}

if (hasOwnNetwork())
  describe('a browser behind', () => {
    let platform: Platform
    before(async () => {
      becomeInternet()
      platform = await startPlatform({ environment: { VAXEL_BIND: '0.0.0.0' }, readyLimitMs: 60_000 })
    })
    after(() => platform?.stop())

    for (const { name, kind, closed, by } of networks)
      it(`${name} hears itself at the echo test`, async () => {
        const home = await HomeNetwork.make({ kind })
        const place: Place = home.addHost()
        const { https, stun } = platform.ports
        if (closed === 'web') {
          close(home, `tcp dport != ${https}`)
          close(home, 'ip protocol udp')
        } else if (closed !== '') close(home, closed)
        const browser = await ChromiumPage.open(join(import.meta.dirname, 'page/relay-phone.js'), place)
        try {
          const { page } = browser
          const url = `wss://${serverAddress}:${https}/sip`
          const account = JSON.stringify({ url, uri: 'sip:216@demo.vaxel.test', password: 'sip-216' })
          assert.equal(await page.evaluate(`phone.register(${account})`), 'registered')
          const api = await platform.login('216')
          const given = await api.post<{ iceServers: { urls: string[] }[] }>('/api/v1/me/phone', {})
          const urls = [
            `turn:${serverAddress}:${stun}?transport=udp`,
            `turn:${serverAddress}:${stun}?transport=tcp`,
            `turns:${serverAddress}:${https}?transport=tcp`,
          ]
          const how = { iceServers: [{ ...given.iceServers[0], urls }], iceTransportPolicy: 'all' }
          await page.evaluate(`phone.call('sip:600@demo.vaxel.test', ${JSON.stringify(how)})`)
          await eventually('its own microphone', async () => (await page.evaluate('phone.heard()')) === true)
          const path = (await page.evaluate('phone.path()')) as { kind: string; by?: string }
          if (by.kind === 'direct') assert.notEqual(path.kind, 'relay', 'where it can, it does without')
          else assert.deepEqual(path, by)
          await page.evaluate('phone.hangUp()')
        } finally {
          await browser.close()
        }
      })
  })
else
  it('browsers behind routers and firewalls, in a network of their own', async () => {
    const { code, output } = await runInOwnNetwork(import.meta.filename)
    assert.equal(code, 0, output)
  })
