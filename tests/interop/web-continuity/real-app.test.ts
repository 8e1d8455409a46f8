import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { Baresip, eventually, type Platform, startPlatform, WebBrowser, type WebVisitor } from '@vaxel/testkit'
import type { Page } from 'playwright-core'
import { heardTone, listenInPage } from '../web-phone/heard-in-page.ts'

describe('the web app itself keeps its call', () => {
  let platform: Platform
  let browser: WebBrowser
  let anna: WebVisitor
  let desk: Baresip
  before(async () => {
    platform = await startPlatform()
    browser = await WebBrowser.open()
    anna = await browser.visitor()
    await listenInPage(anna.page)
    await anna.logIn(platform.url, '204')
    desk = await Baresip.start({ user: '217', password: 'sip-217', registrar: platform.sip, toneHz: 620 })
  })
  after(async () => {
    await browser?.close()
    await desk?.stop()
    await platform?.stop()
  })
  async function call(page: Page): Promise<void> {
    await page.getByRole('combobox', { name: 'Name or number' }).fill('217')
    await page.keyboard.press('Enter')
    await eventually('the desk phone is heard', async () => (await heardTone(page)) > 0.01)
  }

  it('after kill -9 of its tab: opened again, it is in the call by itself, and says for how long it was away', async () => {
    await anna.go('/phone')
    await anna.page.getByText('Ready for calls').first().waitFor()
    await call(anna.page)
    const session = await browser.browser.newBrowserCDPSession()
    const { processInfo } = await session.send('SystemInfo.getProcessInfo')
    const crashed = new Promise((resolve) => anna.page.once('crash', resolve))
    for (const { type, id } of processInfo) if (type === 'renderer') process.kill(id, 'SIGKILL')
    await crashed
    // The process that waited for the next page was killed as well.
    const page = await eventually('a new tab', () => anna.context.newPage().catch(() => undefined))
    const openedMs = Date.now()
    await page.goto(`${platform.url}/phone`)
    await page.getByText(/You were away for/).waitFor()
    await eventually('the desk phone is heard again', async () => (await heardTone(page)) > 0.01)
    process.stdout.write(`# crashed tab of the web app: heard again ${Date.now() - openedMs} ms after it was opened\n`)
    assert.ok(!desk.events.some(({ type }) => type === 'CALL_CLOSED'))
    await page
      .getByRole('button', { name: /^Hang up/ })
      .first()
      .click()
    await desk.waitFor('CALL_CLOSED')
    await page.close()
  })

  it('when the server itself is killed, the call is over, and it says so by being ready again without it', async () => {
    const page = await anna.context.newPage()
    await page.goto(`${platform.url}/phone`)
    await page.getByText('Ready for calls').first().waitFor()
    await call(page)
    const { ports, data } = platform
    await platform.kill()
    platform = await startPlatform({ ports, data })
    await page.getByText('Ready for calls').first().waitFor({ timeout: 30_000 })
    await page.getByText('Enter a name or a number to call.').first().waitFor({ timeout: 30_000 })
    const api = await platform.login('204')
    const { items } = await api.get<{ items: { termination?: { reason: string } }[] }>('/api/v1/calls')
    assert.equal(items[0]?.termination?.reason, 'restarted')
    assert.equal((await api.get<{ items: unknown[] }>('/api/v1/live-calls')).items.length, 0)
  })
})
