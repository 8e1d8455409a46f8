import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { Baresip, eventually, type Platform, startPlatform, WebBrowser, type WebVisitor } from '@vaxel/testkit'
import { talk } from '../baresip/heard-tone.ts'
import { heardTone, listenInPage } from './heard-in-page.ts'

describe('the softphone in the browser', () => {
  let platform: Platform
  let browser: WebBrowser
  let anna: WebVisitor
  before(async () => {
    platform = await startPlatform()
    browser = await WebBrowser.open()
    anna = await ready('204')
  })
  after(async () => {
    await browser?.close()
    await platform?.stop()
  })

  /** Somebody at the phone page, registered. */
  async function ready(number: string): Promise<WebVisitor> {
    const visitor = await browser.visitor()
    await listenInPage(visitor.page)
    await visitor.logIn(platform.url, number)
    await visitor.go('/phone')
    await visitor.page.getByText('Ready for calls').first().waitFor()
    return visitor
  }
  const dial = async (visitor: WebVisitor, number: string) => {
    await visitor.go('/phone')
    await visitor.page.getByRole('combobox', { name: 'Name or number' }).fill(number)
    await visitor.page.keyboard.press('Enter')
  }
  const inCall = (visitor: WebVisitor) => visitor.page.getByText('connected', { exact: false }).first().waitFor()
  const hangUp = (visitor: WebVisitor) =>
    visitor.page
      .getByRole('button', { name: /^Hang up/ })
      .first()
      .click()
  const idle = (visitor: WebVisitor) =>
    visitor.page.locator('#content').getByText('Enter a name or a number to call.').waitFor()

  it('hears itself at the echo test', async () => {
    await dial(anna, '600')
    await inCall(anna)
    await eventually('the own beep comes back', async () => (await heardTone(anna.page)) > 0.01, 10_000)
    assert.deepEqual(await anna.accessFaults(), [])
    await anna.shoot('phone-in-call')
    await hangUp(anna)
    await idle(anna)
    assert.deepEqual(anna.faults, [])
  })

  it('talks with a colleague at another browser, who answers by key', async () => {
    const bo = await ready('205')
    await dial(anna, '205')
    await bo.page.getByRole('alertdialog').waitFor()
    assert.deepEqual(await bo.accessFaults(), [])
    await bo.shoot('phone-incoming')
    await bo.page.keyboard.press('Alt+a')
    await inCall(anna)
    await inCall(bo)
    for (const person of [anna, bo])
      await eventually('the other is heard', async () => (await heardTone(person.page)) > 0.01, 10_000)
    await hangUp(bo)
    await idle(anna)
    await bo.close()
  })

  it('talks with a desk phone, both ways', async () => {
    const desk = await Baresip.start({ user: '217', password: 'sip-217', registrar: platform.sip, toneHz: 620 })
    try {
      await dial(anna, '217')
      await desk.waitFor('CALL_ESTABLISHED')
      await inCall(anna)
      await eventually('the desk phone is heard', async () => (await heardTone(anna.page)) > 0.01, 10_000)
      await talk(2500)
      await hangUp(anna)
      await desk.waitFor('CALL_CLOSED')
      const loudest = desk.heard()[0]!.channels[0]!.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
      assert.ok(loudest > 0.01, `the browser at the desk phone: ${loudest}`)
    } finally {
      await desk.stop()
    }
  })

  it('is back in the call after the page was loaded anew', async () => {
    const desk = await Baresip.start({ user: '217', password: 'sip-217', registrar: platform.sip, toneHz: 620 })
    try {
      await dial(anna, '217')
      await desk.waitFor('CALL_ESTABLISHED')
      await inCall(anna)
      await anna.page.reload()
      await anna.page.getByText(/You were away for/).waitFor()
      await inCall(anna)
      await eventually('the desk phone is heard again', async () => (await heardTone(anna.page)) > 0.01, 10_000)
      await hangUp(anna)
      await desk.waitFor('CALL_CLOSED')
    } finally {
      await desk.stop()
    }
  })

  it('rings in one tab only, and another tab takes the phone with its call', async () => {
    await anna.go('/phone')
    await dial(anna, '600')
    await inCall(anna)
    const second = await anna.context.newPage()
    await second.goto(`${platform.url}/phone`)
    await second.getByText('The phone is in another tab of this browser.').first().waitFor()
    await second.getByRole('button', { name: 'Use it here' }).first().click()
    await second.getByText(/You were away for/).waitFor()
    await anna.page.getByText('The phone is in another tab of this browser.').first().waitFor()
    await second
      .getByRole('button', { name: /^Hang up/ })
      .first()
      .click()
    await second.close()
    await anna.page.getByText('Ready for calls').first().waitFor()
  })
})
