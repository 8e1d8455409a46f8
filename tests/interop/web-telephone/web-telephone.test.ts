import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type ApiClient, Baresip, eventually, type Platform, startPlatform, WebBrowser } from '@vaxel/testkit'

/** Refusals are told to people; the console hears of them too. */
const isOther = (fault: string): boolean => !fault.includes('status of 422')

/** A person with a desk phone and a browser without a telephone of its own: the screen shows and drives the phone. */
describe('the screen of a desk phone', () => {
  let platform: Platform
  let browser: WebBrowser
  let admin: ApiClient
  let desk: Baresip
  let caller: Baresip
  const phone = (user: string) =>
    Baresip.start({ user, password: `sip-${user}`, registrar: platform.sip, answer: 'manual', toneHz: 440 })

  before(async () => {
    platform = await startPlatform()
    ;[desk, caller, browser, admin] = await Promise.all([
      phone('203'),
      phone('205'),
      WebBrowser.open(),
      platform.login(),
    ])
  })
  after(async () => {
    await browser?.close()
    await desk?.stop()
    await caller?.stop()
    await platform?.stop()
  })

  it('calls with it, holds, parks and fetches by it, as the phone itself says', async () => {
    const visitor = await browser.user(platform.url, '203')
    const { page } = visitor
    await visitor.go('/phone')
    await page.getByRole('button', { name: /Call with/ }).click()
    await page.getByRole('option').nth(1).click()
    await page.getByText('Your desk phone has the calls').waitFor()
    await page.getByLabel('Name or number').first().fill('205')
    await page.getByRole('button', { name: 'Call', exact: true }).click()
    await desk.waitFor('CALL_INCOMING')
    await desk.answer()
    await caller.waitFor('CALL_INCOMING')
    await caller.answer()
    const calls = page.getByRole('complementary', { name: 'the desk phone' })
    await calls.getByText('talks').waitFor()
    assert.deepEqual(await visitor.accessFaults(), [])
    await visitor.shoot('desk-call-en')
    await calls.getByRole('button', { name: /^Hold/ }).click()
    await calls.getByText('on hold').waitFor()
    await calls.getByRole('button', { name: /^Retrieve/ }).click()
    await calls.getByText('talks').waitFor()
    await calls.getByRole('button', { name: /^Park/ }).click()
    await page.getByText('Parked at 701').waitFor()
    const fetch = page.getByRole('button', { name: /^Fetch/ })
    await fetch.waitFor()
    assert.deepEqual(await visitor.accessFaults(), [])
    await visitor.shoot('parked-en')
    const rung = desk.events.length
    await fetch.click()
    await desk.waitFor('CALL_INCOMING', 10_000, rung)
    await desk.answer()
    await calls.getByText('talks').waitFor()
    await calls.getByRole('button', { name: /^Hang up/ }).click()
    await calls.waitFor({ state: 'detached' })
    await eventually('no call is left', async () => {
      const { items } = await admin.get<{ items: unknown[] }>('/api/v1/live-calls')
      return items.length === 0
    })
    assert.deepEqual(visitor.faults.filter(isOther), [])
    await visitor.close()
  })

  it('lists the codes, and sets the PIN of shared desks', async () => {
    for (const view of [
      { language: 'en', theme: 'light' },
      { language: 'sv', theme: 'dark', width: 390, height: 844 },
    ] as const) {
      const visitor = await browser.user(platform.url, '204', view)
      await visitor.go('/settings/telephone')
      await visitor.page.getByText('*68', { exact: false }).first().waitFor()
      assert.deepEqual(await visitor.accessFaults(), [])
      await visitor.shoot(`codes-${view.language}-${view.theme}`)
      if (view.language === 'en') {
        await visitor.page.getByLabel('PIN', { exact: true }).fill('1234')
        await visitor.page.getByRole('button', { name: 'Set PIN' }).click()
        await visitor.page.getByText('Take digits that nobody guesses').waitFor()
        await visitor.page.getByLabel('PIN', { exact: true }).fill('4711')
        await visitor.page.getByRole('button', { name: 'Set PIN' }).click()
        await visitor.page.getByText('A PIN is set.').waitFor()
      }
      assert.deepEqual(visitor.faults.filter(isOther), [])
      await visitor.close()
    }
  })

  it('lets administrators change codes and groups, and says what cannot be', async () => {
    const visitor = await browser.user(platform.url, '201')
    const { page } = visitor
    await visitor.go('/admin/telephone')
    const park = page.getByLabel('Park the call that you have on hold', { exact: false })
    await park.fill('*8')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('*8 is the code of groupPickup too.').waitFor()
    await park.fill('#1')
    await page.getByRole('button', { name: 'Add a group' }).click()
    await page.getByLabel('Name of the group').fill('Sales')
    assert.deepEqual(await visitor.accessFaults(), [])
    await visitor.shoot('features-en-light')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Telephone features are set').waitFor()
    const { codes } = await admin.get<{ codes: { feature: string; code: string }[] }>('/api/v1/telephone-features')
    assert.equal(codes.find(({ feature }) => feature === 'park')?.code, '#1')
    assert.deepEqual(visitor.faults.filter(isOther), [])
    await visitor.close()
  })
})
