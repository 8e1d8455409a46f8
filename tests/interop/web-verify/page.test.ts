import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Platform, startPlatform, type View, WebBrowser } from '@vaxel/testkit'
import { runCheck } from './verify-in.ts'

const views: readonly (View & { readonly title: string; readonly verdict: string })[] = [
  { language: 'en', theme: 'light', title: 'Is this place ready for calls?', verdict: 'Ready' },
  {
    language: 'sv',
    theme: 'dark',
    width: 390,
    height: 844,
    title: 'Är den här platsen redo för samtal?',
    verdict: 'Redo',
  },
  {
    language: 'fr',
    theme: 'light',
    width: 390,
    height: 844,
    title: 'Ce lieu est-il prêt pour les appels ?',
    verdict: 'Prêt',
  },
]

describe('the verify page', { concurrency: true }, () => {
  let platform: Platform
  let browser: WebBrowser
  const url = () => `https://127.0.0.1:${platform.ports.https}/verify`
  before(async () => {
    platform = await startPlatform({ readyLimitMs: 60_000, mediaPortCount: 300 })
    browser = await WebBrowser.open()
  })
  after(async () => {
    await browser?.close()
    await platform?.stop()
  })

  it('is whole in every language and on a phone, by keyboard and for screen readers, before and after', async () => {
    await Promise.all(
      views.map(async ({ title, verdict, ...view }) => {
        const visitor = await browser.visitor(view)
        const { page } = visitor
        const name = `verify-${view.language}-${view.theme}-${view.width ?? 1366}`
        await page.goto(url())
        const heading = page.locator('h1').innerText()
        const said = await heading.catch(async () => `${visitor.faults.join()} ${await page.content()}`)
        assert.equal(said, title)
        assert.deepEqual(await visitor.accessFaults(), [])
        await visitor.shoot(`${name}-before`)
        await runCheck(visitor)
        // A machine that is busy has limits of its own.
        assert.ok((await page.locator('#verdict').innerText()).startsWith(verdict))
        assert.deepEqual(await visitor.accessFaults(), [])
        const width = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
        assert.ok(Number(width) <= 0, `${width} pixels too wide`)
        await page.screenshot({ path: `tests/.work/screenshots/${name}-after.png`, fullPage: true })
        assert.deepEqual(visitor.faults, [])
        await visitor.close()
      }),
    )
  })

  it('is worked by the keyboard alone, keeps a report in another language, and says what cannot be a port', async () => {
    const visitor = await browser.visitor()
    const { page } = visitor
    await page.goto(`${url()}?segment=VLAN%2020&ports=5061,x`)
    await page.locator('#segment').focus()
    await page.keyboard.press('Enter')
    assert.match(await page.locator('#ports-fault').innerText(), /x$/)
    assert.equal(await page.evaluate('document.activeElement.id'), 'ports')
    await page.locator('#ports').fill('5061, 55555')
    await page.keyboard.press('Enter')
    await page.locator('#verdict').waitFor({ timeout: 120_000 })
    assert.equal(await page.evaluate('document.activeElement.id'), 'verdict', 'the verdict is where one reads on')
    const extra = page.locator('.rows section').last()
    assert.match(await extra.innerText(), /5061[\s\S]*does not listen/)
    await page.locator('header select').selectOption('sv')
    await page.getByText('Ej').or(page.getByText('Inte bevisat')).first().waitFor()
    assert.match(await page.locator('.verdict').innerText(), /VLAN 20/)
    await page.emulateMedia({ media: 'print' })
    assert.equal(await page.locator('.ask').isVisible(), false)
    assert.equal(await page.locator('.rows').isVisible(), true)
    assert.deepEqual(visitor.faults, [])
    await visitor.close()
  })

  it('opened by the link of a site sends its report there', async () => {
    const api = await platform.login('201')
    const profile = {
      format: 'vaxel-site-profile/1',
      name: 'Harbour office',
      system: 'vaxel',
      people: { webSoftphone: 5 },
      connection: 'internet',
    }
    const { id } = await api.post<{ id: string }>('/api/v1/sites', { name: profile.name, profile })
    const { path } = await api.post<{ path: string }>(`/api/v1/sites/${id}/invitations`, {})
    const visitor = await browser.visitor()
    await visitor.page.goto(url().replace('/verify', path))
    await visitor.page.locator('button.main').click()
    await visitor.page.getByText('The report was sent.').waitFor({ timeout: 120_000 })
    assert.match(await visitor.page.locator('.verdict').innerText(), /Harbour office/)
    const passport = await api.get<{ reports: unknown[] }>(`/api/v1/sites/${id}/passport`)
    assert.equal(passport.reports.length, 1, JSON.stringify(passport).slice(0, 300))
    assert.deepEqual(visitor.faults, [])
    await visitor.close()
  })

  it('loads less than 60 KB and nothing from elsewhere, under a policy without inline scripts', async () => {
    const visitor = await browser.visitor()
    const { page } = visitor
    const sizes: Promise<number>[] = []
    const hosts = new Set<string>()
    page.on('response', (response) => {
      hosts.add(new URL(response.url()).host)
      const size = response.request().sizes()
      sizes.push(size.then(({ responseBodySize }) => responseBodySize))
    })
    const answer = await page.goto(url(), { waitUntil: 'networkidle' })
    const policy = answer?.headers()['content-security-policy'] ?? ''
    assert.match(policy, /script-src 'self'(;|$)/)
    assert.doesNotMatch(policy, /unsafe/)
    assert.equal(hosts.size, 1)
    // The browser tells sizes a moment after the page is there.
    const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
    assert.ok(bytes > 10_000 && bytes < 60_000, `${bytes} bytes`)
    await visitor.close()
  })
})
