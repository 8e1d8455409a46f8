import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import {
  Baresip,
  eventually,
  type Platform,
  startPlatform,
  type View,
  WebBrowser,
  type WebVisitor,
} from '@vaxel/testkit'

const sections = [
  'overview',
  'users',
  'numbers',
  'trunks',
  'sites',
  'mail',
  'company',
  'live',
  'registrations',
  'changes',
  'audit',
  'ftps',
  'certificate',
]
const views: readonly View[] = [
  { language: 'en', theme: 'light' },
  { language: 'sv', theme: 'dark', width: 1920, height: 1080 },
  { language: 'fr', theme: 'light', width: 390, height: 844 },
]

describe('administration on screen', () => {
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
  const button = (name: string | RegExp) => admin.page.getByRole('button', { name }).first()
  const field = (name: string) => admin.page.getByRole('textbox', { name })

  it('makes a user, shows the password once, and takes the change back', async () => {
    await admin.go('/admin/users')
    await button('New user').click()
    await field('Name').fill('Eva Ek')
    await field('Extension').fill('271')
    await button('Save').click()
    await admin.page.getByText('Eva Ek is there now.').waitFor()
    const password = await admin.page.getByRole('dialog').locator('dd span').nth(1).textContent()
    assert.match(password!, /^\S{16}$/)
    assert.deepEqual(await admin.accessFaults(), [])
    await admin.page.getByRole('dialog').getByRole('button', { name: 'Close' }).first().click()
    await admin.page.getByRole('row', { name: /Eva Ek/ }).waitFor()
    await admin.go('/admin/changes')
    await button('Take back').click()
    await admin.page.getByRole('dialog').getByRole('button', { name: 'Take back' }).click()
    await admin.page.getByText('It was taken back.').waitFor()
    await admin.go('/admin/users')
    await admin.page.getByRole('row', { name: /Erik/ }).first().waitFor()
    assert.equal(await admin.page.getByRole('row', { name: /Eva Ek/ }).count(), 0)
  })

  it('asks before calls are kept for a shorter time, and says at the field what is no number', async () => {
    await admin.go('/admin/company')
    const days = field('Keep calls for days')
    await days.fill('some')
    await button('Save').click()
    await admin.page.getByText('Write a whole number.').waitFor()
    await days.fill('90')
    await field('Keep mails for days').fill('365')
    await admin.shoot('admin-retention')
    await button('Save').click()
    const asked = admin.page.getByRole('dialog')
    await asked.getByText(/older than 90 days are erased .* done and older than 365 days are erased/).waitFor()
    assert.deepEqual(await admin.accessFaults(), [])
    await admin.shoot('admin-retention-asked')
    await asked.getByRole('button', { name: 'Save' }).click()
    await asked.waitFor({ state: 'detached' })
    await days.fill('')
    await field('Keep mails for days').fill('')
    await button('Save').click()
    const api = await platform.login()
    const { company } = await api.get<{ company: { id: string } }>('/api/v1/me')
    await eventually('it is saved', async () => {
      const kept = await api.get<{ callRetentionDays?: number; mailRetentionDays?: number }>(
        `/api/v1/companies/${company.id}`,
      )
      return kept.callRetentionDays === undefined && kept.mailRetentionDays === undefined
    })
  })

  it('says of a pasted list what would happen, does nothing by halves, then all of it', async () => {
    await admin.go('/admin/users')
    await button('Paste a list').click()
    const list = admin.page.getByRole('textbox', { name: 'The list' })
    await list.fill('name;login;extension\nAda Lund;ada;272\nBea Lind;bea;201')
    await button('Look what would happen').click()
    await admin.page.getByText('Nothing is done as long as one line is refused.').waitFor()
    assert.ok(await button('Do it').isDisabled())
    await list.fill('name;login;extension\nAda Lund;ada;272\nBea Lind;bea;273')
    await button('Look what would happen').click()
    await admin.page.getByText('2 new users').waitFor()
    assert.deepEqual(await admin.accessFaults(), [])
    await button('Do it').click()
    await admin.page.getByText('These passwords are shown this once').waitFor()
    await admin.page.getByRole('dialog').getByRole('button', { name: 'Close' }).first().click()
    await admin.page.getByRole('row', { name: /Bea Lind/ }).waitFor()
  })

  it('shows a device’s secret once, with which a phone registers, and where it registered', async () => {
    await admin.go('/admin/users')
    await admin.page.getByRole('row', { name: /Erik/ }).first().click()
    const dialog = admin.page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Add a device' }).click()
    await dialog.getByText('For typing into the phone, shown this once').waitFor()
    const [user, , password] = await dialog.locator('dl dd > span').allTextContents()
    const phone = await Baresip.start({ user: user!, password: password!, registrar: platform.sip, toneHz: 500 })
    try {
      await phone.waitFor('REGISTER_OK')
      await admin.page.keyboard.press('Escape')
      await admin.go('/admin/registrations')
      await admin.page
        .getByText(/baresip/)
        .first()
        .waitFor()
    } finally {
      await phone.stop()
    }
  })

  it('makes an FTPS account, shows its password once, and removes it', async () => {
    await admin.go('/admin/ftps')
    await admin.page.getByText('The file server is off.').waitFor()
    await button('New account').click()
    await field('Name').fill('archive')
    await field('May come from').fill('nowhere')
    await button('Save').click()
    await admin.page.getByText('A line is neither an address nor a network.').waitFor()
    await field('May come from').fill('192.0.2.0/24')
    assert.deepEqual(await admin.accessFaults(), [])
    await button('Save').click()
    await admin.page.getByText('It cannot be shown again.').waitFor()
    const shown = await admin.page.getByRole('dialog').locator('dl dd > span').allTextContents()
    assert.match(shown.join(' '), /archive@demo\.vaxel\.test .*[0-9a-z]{26}/)
    assert.deepEqual(await admin.accessFaults(), [])
    await admin.page.getByRole('dialog').getByRole('button', { name: 'Close' }).first().click()
    await admin.page.getByRole('row', { name: /archive@demo/ }).click()
    await button('Remove').click()
    await admin.page
      .getByRole('dialog')
      .or(admin.page.getByRole('dialog'))
      .last()
      .getByRole('button', { name: 'Remove' })
      .click()
    await admin.page.getByText('archive@demo.vaxel.test was removed.').waitFor()
  })

  it('is clean for axe in each section, in each language, theme and size', async () => {
    for (const view of views) {
      const visitor = await browser.user(platform.url, '201', view)
      for (const section of sections) {
        await visitor.go(`/admin/${section}`)
        await visitor.page.locator('main h1').waitFor()
        await visitor.page.waitForLoadState('networkidle')
        assert.deepEqual(await visitor.accessFaults(), [], `${section} in ${view.language}`)
        const gap = await visitor.page.evaluate<number>(`(() => {
          const field = document.querySelector('main input[type="search"]')?.getBoundingClientRect()
          const table = document.querySelector('main table')?.getBoundingClientRect()
          return field && table ? table.top - field.bottom : 0
        })()`)
        assert.ok(gap < 120, `${gap} pixels between the search and the list of ${section}`)
        await visitor.shoot(`admin-${section}-${view.language}-${view.theme}-${view.width ?? 1366}`)
      }
      assert.deepEqual(visitor.faults, [])
      await visitor.close()
    }
  })

  it('is not there for who may not', async () => {
    const user = await browser.user(platform.url, '210')
    await user.page.getByRole('link', { name: 'Phone' }).first().waitFor()
    assert.equal(await user.page.getByRole('link', { name: 'Administration' }).count(), 0)
    await user.close()
  })
})
