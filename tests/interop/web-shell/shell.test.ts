import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Platform, startPlatform, type View, WebBrowser } from '@vaxel/testkit'

const views: readonly View[] = [
  { language: 'en', theme: 'light' },
  { language: 'sv', theme: 'dark', width: 1920, height: 1080 },
  { language: 'fr', theme: 'light', width: 390, height: 844 },
]

describe('the web app', () => {
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

  it('lets somebody in and shows a place that everyone can use, in each language, theme and size', async () => {
    for (const view of views) {
      const visitor = await browser.visitor(view)
      await visitor.page.goto(platform.url)
      await visitor.page.locator('input[type="password"]').waitFor()
      assert.deepEqual(await visitor.accessFaults(), [], `login in ${view.language}`)
      await visitor.shoot(`login-${view.language}-${view.theme}-${view.width ?? 1366}`)
      await visitor.logIn(platform.url, '204')
      await visitor.page.locator('main#content h1').waitFor()
      assert.equal(await visitor.page.evaluate('document.documentElement.lang'), view.language)
      assert.deepEqual(await visitor.accessFaults(), [], `start in ${view.language}`)
      await visitor.shoot(`start-${view.language}-${view.theme}-${view.width ?? 1366}`)
      assert.deepEqual(visitor.faults, [])
      await visitor.close()
    }
  })

  it('does what is asked by its name, with the keyboard alone', async () => {
    const user = await browser.user(platform.url, '204')
    await user.page.keyboard.press('Control+k')
    await user.page.getByRole('dialog').waitFor()
    await user.page.keyboard.type('log out')
    await user.page.keyboard.press('Enter')
    await user.page.locator('input[type="password"]').waitFor()
    await user.close()
  })

  it('keeps what it shows and says since when, while the server is away', async () => {
    const own = await startPlatform()
    const user = await browser.user(own.url, '204')
    const { data, ports } = own
    await own.kill()
    await user.page.getByRole('status').filter({ hasText: 'No connection to the server since' }).waitFor()
    assert.ok(await user.page.locator('nav').first().isVisible())
    const again = await startPlatform({ data, ports })
    await user.page.getByText('No connection to the server since').waitFor({ state: 'hidden' })
    await user.close()
    await again.stop()
  })

  it('says plainly that a browser is too old, in its language', async () => {
    const visitor = await browser.visitor({ language: 'sv' })
    await visitor.page.addInitScript('delete window.fetch')
    await visitor.page.goto(platform.url)
    const told = visitor.page.getByRole('alert')
    await told.waitFor()
    assert.match((await told.textContent())!, /för gammal för Vaxel.*Saknas: fetch/)
    await visitor.close()
  })

  it('has a page for what is not there', async () => {
    const user = await browser.user(platform.url, '204')
    await user.go('/no/such/place')
    await user.page.getByText('There is no such page.').waitFor()
    await user.close()
  })
})
