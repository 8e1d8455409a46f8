import assert from 'node:assert/strict'
import { join } from 'node:path'
import { it } from 'node:test'
import { eventually, startPlatform, WebBrowser } from '@vaxel/testkit'
import { servePage } from '../../../packages/testkit/src/peers/serve-page.ts'
import { ConnectProxy } from './connect-proxy.ts'

it('a browser that may use nothing but an HTTP proxy talks by TURN over TLS on the web port', async () => {
  const platform = await startPlatform({ readyLimitMs: 60_000 })
  const proxy = await ConnectProxy.open()
  const { server, origin } = await servePage(join(import.meta.dirname, 'page/relay-phone.js'))
  const browser = await WebBrowser.open([
    `--proxy-server=http://127.0.0.1:${proxy.port}`,
    '--proxy-bypass-list=<-loopback>;' + origin.replace('http://', ''),
  ])
  try {
    const { page } = await browser.visitor()
    await page.goto(`${origin}/`)
    const account = { url: platform.webSocketUrl, uri: 'sip:216@demo.vaxel.test', password: 'sip-216' }
    assert.equal(await page.evaluate(`phone.register(${JSON.stringify(account)})`), 'registered')
    const api = await platform.login('216')
    const { iceServers } = await api.post<{ iceServers: { urls: string[] }[] }>('/api/v1/me/phone', {})
    const secure = { ...iceServers[0]!, urls: [`turns:127.0.0.1:${platform.ports.https}?transport=tcp`] }
    const how = JSON.stringify({ iceServers: [secure], iceTransportPolicy: 'relay' })
    await page.evaluate(`phone.call('sip:600@demo.vaxel.test', ${how})`)
    await eventually('its own microphone', async () => (await page.evaluate('phone.heard()')) === true)
    assert.deepEqual(await page.evaluate('phone.path()'), { kind: 'relay', by: 'tls' })
    const toWeb = proxy.asked.filter((asked) => asked === `127.0.0.1:${platform.ports.https}`)
    assert.ok(toWeb.length >= 2, `the WebSocket and the relay, both by the proxy: ${proxy.asked.join()}`)
    await page.evaluate('phone.hangUp()')
  } finally {
    await browser.close()
    server.closeAllConnections()
    server.close()
    proxy.close()
    await platform.stop()
  }
})
