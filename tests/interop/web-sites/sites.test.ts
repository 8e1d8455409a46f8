import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Platform, startPlatform, type View, WebBrowser, type WebVisitor } from '@vaxel/testkit'

const views: readonly View[] = [
  { language: 'en', theme: 'light' },
  { language: 'sv', theme: 'dark', width: 1920, height: 1080 },
  { language: 'fr', theme: 'light', width: 390, height: 844 },
]

describe('sites on screen', () => {
  let platform: Platform
  let browser: WebBrowser
  let admin: WebVisitor
  let path: string
  before(async () => {
    platform = await startPlatform()
    browser = await WebBrowser.open()
    admin = await browser.user(platform.url, '201')
  })
  after(async () => {
    await browser?.close()
    await platform?.stop()
  })
  const button = (name: string | RegExp) => admin.page.getByRole('button', { name }).first()
  const field = (name: string) => admin.page.getByRole('textbox', { name })
  const choose = async (label: string, choice: string) => {
    await button(new RegExp(label)).click()
    await admin.page.getByRole('option', { name: choice, exact: true }).click()
  }

  it("asks what the documents' example needs, and computes exactly its figure", async () => {
    await admin.go('/admin/sites')
    await button('New site').click()
    await field('Name').fill('Kista')
    await choose('Service that the site will use', 'Telia Touchpoint Plus')
    await field('With the softphone on a PC').fill('50')
    await field('With a desk phone').fill('50')
    await field('Calling through Teams or Skype for Business').fill('50')
    await field('Agents logged on at most').fill('15')
    await choose('How agents take calls', 'With the softphone on a PC')
    await choose('Calendar integration', 'Exchange on premise')
    await field('Networks of the site').fill('10.20.0.0/16')
    await field('What expires').fill('Graph consent, soon')
    await admin.page.getByText('Line 1: write what').waitFor()
    await field('What expires').fill('Graph consent; 2099-03-01; it@example.com')
    await button('Save').click()
    await admin.page.getByText('Not proven', { exact: true }).waitFor()
    path = new URL(admin.page.url()).pathname
    await admin.page.getByRole('tab', { name: 'Plan' }).click()
    await admin.page.getByText('The minimum that the document computes: 3.264 Mbit/s').first().waitFor()
    await admin.page.getByRole('img', { name: 'The network and its flows' }).waitFor()
    const drawn = await admin.page.locator('svg text').allTextContents()
    assert.ok(drawn.some((text) => text.startsWith('SRTP UDP')))
  })

  it('writes a file for the firewall, and says what is missing in the own rules', async () => {
    await admin.page.getByRole('tab', { name: 'Firewall' }).click()
    await admin.page.getByText('tp-softphone-media').first().waitFor()
    const [file] = await Promise.all([admin.page.waitForEvent('download'), button('Download').click()])
    assert.match(file.suggestedFilename(), /\.nft$/)
    await field('Is your rule set right?').fill(
      'table inet f { chain forward { type filter hook forward priority 0; policy drop; } }',
    )
    await button('Compare').click()
    await admin.page
      .locator('pre[aria-live]')
      .filter({ hasText: /tp-softphone-media|People|missing/i })
      .waitFor()
  })

  it('takes the report of whoever opens the link at the site, and shows what it means', async () => {
    await admin.page.getByRole('tab', { name: 'Ready?' }).click()
    await button('Make a link').click()
    const link = await admin.page.getByText(/\/verify#invitation=/).innerText()
    const visitor = await browser.visitor()
    await visitor.page.goto(link.match(/http\S+/)![0])
    await visitor.page.getByRole('button', { name: 'Start the check' }).click()
    await visitor.page.locator('#verdict').waitFor({ timeout: 120_000 })
    await visitor.close()
    await admin.page
      .getByRole('rowheader')
      .filter({ hasText: /20\d\d/ })
      .first()
      .waitFor()
    await admin.page
      .getByText(/Verify page,/)
      .first()
      .waitFor()
    assert.deepEqual(admin.faults, [])
  })

  it('can be read by everybody: each page, in three languages, on three screens', async () => {
    for (const view of views) {
      const visitor = await browser.user(platform.url, '201', view)
      await visitor.go(path)
      for (const [index, name] of ['passport', 'plan', 'rules'].entries()) {
        await visitor.page.getByRole('tab').nth(index).click()
        await visitor.page.getByRole('tabpanel').locator('section').nth(1).waitFor()
        assert.deepEqual(await visitor.accessFaults(), [], `${name} in ${view.language}`)
        await visitor.shoot(`site-${name}-${view.language}-${view.theme}-${view.width ?? 1366}`)
      }
      await visitor.close()
    }
  })
})
