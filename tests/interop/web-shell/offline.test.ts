import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { eventually, type Platform, startPlatform, WebBrowser, type WebVisitor } from '@vaxel/testkit'

describe('the web app in a browser that has opened it before', () => {
  let platform: Platform
  let browser: WebBrowser
  before(async () => {
    platform = await startPlatform()
    browser = await WebBrowser.open()
  })
  after(async () => {
    await browser?.close()
    await platform?.stop()
  })

  /** Names of what the service worker keeps. */
  const kept = ({ page }: WebVisitor): Promise<string[]> =>
    page.evaluate<string[]>(
      "caches.open('vaxel-1').then((cache) => cache.keys()).then((keys) => keys.map(({ url }) => new URL(url).pathname))",
    )
  const isControlled = ({ page }: WebVisitor) =>
    eventually('the service worker', () => page.evaluate<boolean>('navigator.serviceWorker.controller !== null'))

  it('is shown also where nothing of it can be kept, or read', async () => {
    const anna = await browser.user(platform.url, '204')
    await isControlled(anna)
    const session = await anna.context.newCDPSession(anna.page)
    await session.send('Storage.overrideQuotaForOrigin', { origin: platform.url, quotaSize: 1 })
    await anna.page.evaluate("caches.delete('vaxel-1')")
    await anna.page.reload()
    await anna.page.getByText('Ready for calls').first().waitFor()
    assert.deepEqual(await kept(anna), [])
    const [worker] = anna.context.serviceWorkers()
    await worker!.evaluate("caches.open = () => Promise.reject(new Error('a broken disk'))")
    await anna.page.reload()
    await anna.page.getByText('Ready for calls').first().waitFor()
    await anna.close()
  })

  it('opens without the server, says so, and goes on when that is back', async () => {
    const anna = await browser.user(platform.url, '204')
    const ready = () => anna.page.getByText('Ready for calls').first().waitFor()
    await isControlled(anna)
    await anna.page.reload()
    await ready()
    await eventually('the page is kept', async () => (await kept(anna)).includes('/'))
    await platform.stop()
    await anna.page.reload()
    await anna.page.getByText('The server does not answer').waitFor()
    assert.deepEqual(await anna.accessFaults(), [])
    const { data, ports } = platform
    platform = await startPlatform({ data, ports })
    await ready()
    await anna.close()
  })
})
