import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import {
  type ApiClient,
  eventually,
  type Platform,
  startPlatform,
  type View,
  WebBrowser,
  type WebVisitor,
} from '@vaxel/testkit'

const office = '192.0.2.7'
const home = '198.51.100.7'
const views: readonly View[] = [
  { language: 'en', theme: 'light' },
  { language: 'sv', theme: 'dark' },
  { language: 'fr', theme: 'light', width: 390, height: 844 },
]
/** A browser whose proxy says where it is. */
const at = (address: string, view: View = {}): View => ({
  ...view,
  more: { extraHTTPHeaders: { 'x-forwarded-for': address } },
})

describe('the networks of a company on screen', () => {
  let platform: Platform
  let browser: WebBrowser
  let api: ApiClient
  let path: string
  before(async () => {
    platform = await startPlatform({ environment: { VAXEL_PROXIES: '127.0.0.1' } })
    browser = await WebBrowser.open()
    api = await platform.login()
    const { company } = await api.get<{ company: { id: string } }>('/api/v1/me')
    path = `/api/v1/companies/${company.id}`
  })
  after(async () => {
    await browser?.close()
    await platform?.stop()
  })
  const shot = async (visitor: WebVisitor, name: string) => {
    assert.deepEqual(await visitor.accessFaults(), [], name)
    await visitor.shoot(name)
  }

  it('are typed in by an administrator, who is told what cannot be read and that they would be shut out', async () => {
    const admin = await browser.user(platform.url, '201', at(office))
    await admin.go('/admin/company')
    const field = admin.page.getByRole('textbox', { name: 'Allowed networks' })
    const save = admin.page.getByRole('button', { name: 'Save' }).first()
    await field.fill('192.0.2.0/24 10.0.0.0/99')
    await save.click()
    await admin.page.getByText('10.0.0.0/99 is no address, network (192.0.2.0/24) or range').waitFor()
    await field.fill('10.0.0.0/8')
    await save.click()
    await admin.page.getByText(`You are at ${office} now`).waitFor()
    await shot(admin, 'networks-shut-out')
    await field.fill('192.0.2.0/24, 2001:db8::/48')
    await save.click()
    await admin.page.getByText('Saved.', { exact: true }).waitFor()
    assert.deepEqual((await api.get<{ allowedNetworks: string[] }>(path)).allowedNetworks, [
      '192.0.2.0/24',
      '2001:db8::/48',
    ])
    assert.equal(await field.inputValue(), '192.0.2.0/24 2001:db8::/48')
    const direct = admin.page.getByRole('textbox', { name: 'Networks with direct sound' })
    await direct.fill('203.0.113.10 10.20.0.0/99')
    await save.click()
    await admin.page.getByText('10.20.0.0/99 is no address').waitFor()
    await shot(admin, 'networks-direct-mistake')
    await direct.fill('203.0.113.10 10.20.0.0/16')
    await save.click()
    await admin.page.getByText('Saved.', { exact: true }).waitFor()
    await eventually('they are kept', async () => {
      const { directAudioNetworks } = await api.get<{ directAudioNetworks?: string[] }>(path)
      return directAudioNetworks?.join(' ') === '203.0.113.10 10.20.0.0/16'
    })
    await admin.close()
  })

  it('let nobody log in from elsewhere, and say why', async () => {
    await api.patch(path, { allowedNetworks: [office] })
    for (const view of views) {
      const visitor = await browser.visitor(at(home, view))
      const { page } = visitor
      await page.goto(platform.url)
      await page.locator('input[autocomplete^="username"]').fill('202@demo.vaxel.test')
      await page.locator('input[type="password"]').fill('demo-202')
      await page.keyboard.press('Enter')
      await page.getByText(/own networks|egna nätverk|propres réseaux/).waitFor()
      await shot(visitor, `networks-login-${view.language}`)
      await visitor.close()
    }
  })

  it('keep somebody outside who was logged in, and let them go on by themselves when they are back', async () => {
    await api.patch(path, { allowedNetworks: null })
    for (const view of views) {
      const visitor = await browser.user(platform.url, '203', at(home, view))
      await api.patch(path, { allowedNetworks: [office] })
      await visitor.page.reload()
      const title = { en: 'Not from here', sv: 'Inte härifrån', fr: 'Pas depuis cet endroit' }[view.language!]
      await visitor.page.getByRole('heading', { name: title }).waitFor()
      await shot(visitor, `networks-outside-${view.language}`)
      await api.patch(path, { allowedNetworks: null })
      await visitor.page.locator('nav').first().waitFor()
      await visitor.close()
    }
  })

  it('are a field that fits on every screen', async () => {
    await api.patch(path, { allowedNetworks: [office, '192.0.2.0/24', '2001:db8:1::/48'] })
    for (const view of views) {
      const admin = await browser.user(platform.url, '201', at(office, view))
      await admin.go('/admin/company')
      const name = { en: 'Allowed networks', sv: 'Tillåtna nätverk', fr: 'Réseaux autorisés' }[view.language!]
      await admin.page.getByRole('textbox', { name }).scrollIntoViewIfNeeded()
      await shot(admin, `networks-company-${view.language}`)
      await admin.close()
    }
  })
})
