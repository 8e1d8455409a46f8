import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { Baresip, type Platform, startPlatform, WebBrowser } from '@vaxel/testkit'

/** What a browser loads from pages, and what it does with a click, may cost so much with everything around it. */
const mostBytes = 1024

/** The answer to a request, byte for byte. */
async function rawAnswer(port: number, lines: readonly string[], body = ''): Promise<Buffer> {
  const socket = connect(port, '127.0.0.1')
  const parts: Buffer[] = []
  socket.on('data', (part) => parts.push(part))
  socket.write(`${lines.join('\r\n')}\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n${body}`)
  await new Promise((resolve, reject) => socket.on('close', resolve).on('error', reject))
  return Buffer.concat(parts)
}

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

  it('cost less than 1 KB on the wire, the script with its header fields as well as a call that is asked for', async () => {
    const port = Number(new URL(platform.url).port)
    for (const coding of ['br', 'gzip']) {
      const answer = await rawAnswer(port, ['GET /click-to-call.js HTTP/1.1', `Accept-Encoding: ${coding}`])
      assert.match(answer.toString('latin1'), new RegExp(`^HTTP/1.1 200[^]*content-encoding: ${coding}`))
      assert.ok(answer.length < mostBytes, `${answer.length} bytes by ${coding}:\n${answer.toString('latin1')}`)
    }
    const phone = await Baresip.start({ user: '216', password: 'sip-216', registrar: platform.sip })
    try {
      const { token } = await platform.login('216')
      const body = JSON.stringify({ to: '600' })
      const lines = [
        'POST /api/v1/calls HTTP/1.1',
        `Authorization: Bearer ${token}`,
        'Content-Type: application/json',
        `Content-Length: ${body.length}`,
      ]
      const answer = await rawAnswer(port, lines, body)
      assert.match(answer.toString('latin1'), /^HTTP\/1.1 202[^]*"callId"/)
      const bytes = lines.join('\r\n').length + body.length + answer.length
      assert.ok(bytes < mostBytes, `${bytes} bytes:\n${answer.toString('latin1')}`)
      await phone.waitFor('CALL_ESTABLISHED')
    } finally {
      await phone.stop()
    }
  })

  it('become links that ask before they call', async () => {
    const response = await fetch(`${platform.url}/click-to-call.js`)
    await response.arrayBuffer()
    assert.equal(response.headers.get('cross-origin-resource-policy'), 'cross-origin')
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
