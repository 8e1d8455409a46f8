import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { eventually, type Platform, startPlatform, type View, WebBrowser, type WebVisitor } from '@vaxel/testkit'

const views: readonly View[] = [
  { language: 'en', theme: 'light' },
  { language: 'sv', theme: 'dark', width: 1920, height: 1080 },
  { language: 'fr', theme: 'light', width: 390, height: 844 },
]

/** Of `openssl ca -gencrl`, DER. */
const oldList =
  'MIIBIjCByAIBATAKBggqhkjOPQQDAjAsMRMwEQYDVQQKDApDYXJyaWVyIEFCMRUwEwYDVQQDDAxDYXJyaWVyIHJvb3QXDTI2MDMwMTAwMDAwMFoXDTI2MDMwODAwMDAwMFowOjAUAgMA8A0XDTI2MDIwMzA0MDUwNlowIgIDChssFw0yNjAxMDIwMzA0MDVaMAwwCgYDVR0VBAMKAQGgLzAtMB8GA1UdIwQYMBaAFCmXkiZW8uqKCPBm/15NemOd+cypMAoGA1UdFAQDAgEBMAoGCCqGSM49BAMCA0kAMEYCIQCb1oUlUE6lWlyYGh17eQtSPLBasRlZQ91JHrtvHxIWIgIhAI9vsBlBIYeQxW1GFMKPmrsxQOwPc1xuMYOpVX5wINlP'

describe('trunks on screen', () => {
  let platform: Platform
  let browser: WebBrowser
  let admin: WebVisitor
  before(async () => {
    platform = await startPlatform()
    browser = await WebBrowser.open()
    admin = await browser.user(platform.url, '201')
  })
  after(async () => {
    await browser?.close()
    await platform?.stop()
  })
  const dialog = () => admin.page.getByRole('dialog')
  const field = (name: string) => dialog().getByRole('textbox', { name, exact: true })
  const page = (name: string) => dialog().getByRole('tab', { name }).click()

  it('are made from a profile; a rule whose example fails is said, and nothing is saved until it holds', async () => {
    await admin.go('/admin/trunks')
    await admin.page.getByRole('button', { name: 'New trunk' }).first().click()
    await field('Name').fill('provider')
    await dialog()
      .getByRole('button', { name: /Begin with/ })
      .click()
    await admin.page.getByRole('option', { name: 'A telephone provider with user name and password' }).click()
    await field('Where calls go').fill('udp:127.0.0.1:9')
    await page('Account')
    await field('User name').fill('acme')
    await dialog().locator('input[type=password]').first().fill('geheim')
    await field('Account (part before the @)').fill('acme')
    await field('Domain of the account').fill('carrier.test')
    assert.deepEqual(await admin.accessFaults(), [])
    await page('Numbers')
    await field('Called number, calls out').fill('+46(...) → 0$1 : +46855512345 = 055512345')
    await dialog().getByRole('button', { name: 'Save' }).click()
    await dialog()
      .getByText(/\+46855512345 becomes 0855512345, not 055512345/)
      .waitFor()
    await field('Called number, calls out').fill('+46(...) → 0$1 : +46855512345 = 0855512345')
    assert.deepEqual(await admin.accessFaults(), [])
    await dialog().getByRole('button', { name: 'Save' }).click()
    await admin.page.getByText('provider was saved.').waitFor()
  })

  it('say how they are: who is not there since when, and what to do', async () => {
    const row = admin.page.getByRole('row', { name: /provider/ })
    await row.getByText('no answer').waitFor()
    await row.click()
    await dialog()
      .getByText(/Not registered since .*: no answer/)
      .waitFor()
    await dialog()
      .getByText(/udp:127\.0\.0\.1:9 has been down since/)
      .waitFor()
    await dialog()
      .getByText(/whether a firewall is in the way/)
      .first()
      .waitFor()
    assert.deepEqual(await admin.accessFaults(), [])
    await page('Trust')
    const list = Buffer.from(oldList, 'base64')
    await dialog()
      .locator('input[type=file]')
      .setInputFiles({ name: 'carrier.crl', mimeType: 'application/pkix-crl', buffer: list })
    await eventually('the list as text', async () =>
      /^-----BEGIN X509 CRL-----\nMIIBIj/.test(await field('Certificates that were taken back').inputValue()),
    )
    assert.deepEqual(await admin.accessFaults(), [])
    await admin.shoot('trunk-trust-en')
    await page('Account')
    assert.equal(await dialog().locator('input[type=password]').first().inputValue(), '', 'a password is never shown')
  })

  it('can be used in every language and theme, wide and narrow', async () => {
    const api = await platform.login()
    const { items } = await api.get<{ items: { id: string; name: string }[] }>('/api/v1/trunks')
    const { id } = items.find(({ name }) => name === 'provider')!
    for (const view of views) {
      const visitor = await browser.user(platform.url, '201', view)
      await visitor.go(`/admin/trunks/${id}`)
      await visitor.page.getByRole('dialog').waitFor()
      assert.deepEqual(await visitor.accessFaults(), [], JSON.stringify(view))
      await visitor.shoot(`trunk-${view.language}-${view.theme}-${view.width ?? 1366}`)
      await visitor.close()
    }
  })
})
