import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { gzipSync } from 'node:zlib'
import { type Platform, startPlatform, WebBrowser } from '@vaxel/testkit'

describe('numbers on pages of others', () => {
  let platform: Platform
  let browser: WebBrowser
  let others: Server
  let origin: string
  before(async () => {
    platform = await startPlatform()
    browser = await WebBrowser.open()
    others = createServer((_, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8')
      response.end(`<!doctype html><title>A shop</title><p id="text">Ring +46 8 465 004 05 eller 08-465 004 06.</p>
        <a id="tel" href="tel:+46846500407">Call us</a><pre>+46 8 465 004 08</pre>
        <script src="${platform.url}/click-to-call.js" defer></script>`)
    })
    await new Promise<void>((resolve) => others.listen(0, '127.0.0.1', resolve))
    origin = `http://127.0.0.1:${(others.address() as AddressInfo).port}`
  })
  after(async () => {
    others?.closeAllConnections()
    others?.close()
    await browser?.close()
    await platform?.stop()
  })

  it('become links that ask before they call, by a script of less than 1 KB', async () => {
    const response = await fetch(`${platform.url}/click-to-call.js`)
    const script = Buffer.from(await response.arrayBuffer())
    assert.equal(response.headers.get('cross-origin-resource-policy'), 'cross-origin')
    assert.ok(gzipSync(script).length < 1000, `${gzipSync(script).length} bytes`)
    const visitor = await browser.user(platform.url, '204')
    const shop = await visitor.context.newPage()
    await shop.goto(origin)
    const links = shop.locator('#text a')
    await links.first().waitFor()
    assert.deepEqual(await links.allTextContents(), ['+46 8 465 004 05', '08-465 004 06'])
    assert.equal(await shop.locator('pre a').count(), 0)
    assert.match((await shop.locator('#tel').getAttribute('href'))!, /\/call\?to=tel%3A%2B46846500407$/)
    const [asked] = await Promise.all([visitor.context.waitForEvent('page'), links.first().click()])
    await asked.getByRole('button', { name: 'Call +46846500405' }).waitFor()
    assert.equal((await fetch(`${platform.url}/api/v1/calls`)).status, 401)
    await visitor.close()
  })
})
