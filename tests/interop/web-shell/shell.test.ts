import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { Baresip, loadPhonePage, type Platform, startPlatform, type View, WebBrowser } from '@vaxel/testkit'
import { KeyboardUser } from './keyboard-user.ts'

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

  it('is a telephone after less than 250 KB of everything, as the browser counts it on the wire', async () => {
    const user = await browser.user(platform.url, '204')
    const { allBytes, fetched } = await loadPhonePage(user, platform.url)
    const list = fetched.map(({ path, type, bytes }) => `${bytes} ${type} ${path}`).join('\n')
    for (const type of ['Document', 'Script', 'Stylesheet', 'Fetch'])
      assert.ok(
        fetched.some((one) => one.type === type && one.bytes > 0),
        `no ${type} in\n${list}`,
      )
    assert.ok(allBytes < 250_000, `${allBytes} bytes\n${list}`)
    await user.close()
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

  it('can be used for a whole day without a mouse, the focus being seen at each step', async () => {
    const [first, second] = await Promise.all(
      ['217', '218'].map((user) => Baresip.start({ user, password: `sip-${user}`, registrar: platform.sip })),
    )
    const visitor = await browser.visitor()
    const { page } = visitor
    const anna = new KeyboardUser(visitor)
    const shown = (text: string | RegExp) => page.locator('#content').getByText(text).first().waitFor()
    try {
      await page.goto(platform.url)
      await page.locator('input[type="password"]').waitFor()
      await anna.tabTo('textbox', /^Login/)
      await anna.type('204@demo.vaxel.test')
      await anna.press('Tab')
      await anna.type('demo-204')
      await anna.press('Enter')
      await page.locator('nav').first().waitFor()

      await anna.tabTo('link', /^Phone/)
      await anna.press('Enter')
      await page.getByText('Ready for calls').first().waitFor()
      await anna.tabTo('combobox', /^Name or number/)
      await anna.type('217')
      await anna.press('Enter')
      await first!.waitFor('CALL_ESTABLISHED')
      const card = page.getByRole('region', { name: /^In a call with/ })
      await card.getByText('connected').waitFor()
      await anna.tabTo('button', /^Hold/)
      await anna.press('Enter')
      await card.getByText('on hold').waitFor()
      await anna.tabTo('button', /^Take back/)
      await anna.press('Enter')
      await card.getByText('connected').waitFor()
      await anna.tabTo('button', /^Transfer/)
      await anna.press('Enter')
      await page.getByRole('dialog').waitFor()
      await anna.tabTo('combobox', /./)
      await anna.type('218')
      await anna.tabTo('button', /^Transfer at once/)
      await anna.press('Enter')
      await second!.waitFor('CALL_ESTABLISHED')
      await shown('Enter a name or a number to call.')

      await anna.tabTo('combobox', /^Name or number/)
      await anna.type('600')
      await anna.press('Enter')
      await card.getByText('connected').waitFor()
      await anna.tabTo('button', /^Hang up/)
      await anna.press('Enter')
      await shown('Enter a name or a number to call.')

      await anna.tabTo('link', /^Chat/)
      await anna.press('Enter')
      await anna.tabTo('button', /^New conversation/)
      await anna.press('Enter')
      await page.getByRole('dialog').waitFor()
      await anna.type('Nystrom')
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /Nyström/ })
        .first()
        .waitFor()
      await anna.tabTo('button', /Nyström/)
      await anna.press('Enter')
      await anna.tabTo('button', /^Start/)
      await anna.press('Enter')
      await page.getByRole('dialog').waitFor({ state: 'hidden' })
      await anna.tabTo('textbox', /^Message to Åsa/)
      await anna.type('Hej Åsa!')
      await anna.press('Enter')
      await page.locator('article').filter({ hasText: 'Hej Åsa!' }).waitFor()

      await anna.tabTo('link', /^People/)
      await anna.press('Enter')
      await anna.tabTo('searchbox', /./)
      await anna.type('lefevre')
      await page.getByText('1 person', { exact: true }).waitFor()
      await anna.press('Enter')
      await page.getByRole('heading', { name: 'Zoé Lefèvre' }).waitFor()

      await anna.tabTo('button', /^Account/)
      await anna.press('Enter')
      await page.getByRole('menu').waitFor()
      await anna.press('Enter')
      await anna.tabTo('link', /^Appearance/)
      await anna.press('Enter')
      await page.getByRole('heading', { name: /^Appearance/ }).waitFor()
      await anna.tabTo('radio', /./)
      await anna.press('ArrowDown')

      await anna.tabTo('button', /^Account/)
      await anna.press('Enter')
      await page.getByRole('menu').waitFor()
      await anna.press('End', 'Enter')
      await page.locator('input[type="password"]').waitFor()
      assert.deepEqual(visitor.faults, [])
    } finally {
      await visitor.close()
      await first!.stop()
      await second!.stop()
    }
  })

  it('is set up from the link of its first start: mistakes at their fields in each language, then the first administrator is in', async () => {
    const empty = await startPlatform({ demo: false })
    try {
      const link = /http\S+\/setup#\S+/.exec(empty.program.output)![0]
      for (const view of views) {
        const visitor = await browser.visitor(view)
        const { page } = visitor
        await page.goto(link)
        const done = page.locator('button[type="submit"]')
        await done.click()
        await page.locator('[aria-invalid="true"]').first().waitFor()
        // All at once, and the person stands at the first.
        assert.equal(await page.locator('input[aria-invalid="true"]').count(), 5)
        assert.equal(await page.evaluate(`document.activeElement.getAttribute('aria-invalid')`), 'true')
        assert.deepEqual(await visitor.accessFaults(), [], `setup in ${view.language}`)
        await visitor.shoot(`setup-${view.language}-${view.theme}-${view.width ?? 1366}`)
        if (view === views.at(-1)) {
          for (const [i, text] of ['Éclair', 'eclair.example', 'Zoé', 'zoe', 'une phrase assez longue'].entries())
            await page.locator('form input[autocomplete], form input[spellcheck]').nth(i).fill(text)
          await page.getByRole('button', { name: /Suède|France/ }).waitFor()
          await done.click()
          await page.locator('nav').first().waitFor()
        }
        await visitor.close()
      }
    } finally {
      await empty.stop()
    }
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
