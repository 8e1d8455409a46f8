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

const views: readonly View[] = [
  { language: 'en', theme: 'light' },
  { language: 'sv', theme: 'dark', width: 1920, height: 1080 },
  { language: 'fr', theme: 'light', width: 390, height: 844 },
]

describe('a conference in the web app', () => {
  let platform: Platform
  let browser: WebBrowser
  let anna: WebVisitor
  let bo: WebVisitor
  let desk: Baresip
  before(async () => {
    platform = await startPlatform({ readyLimitMs: 60_000 })
    browser = await WebBrowser.open()
    desk = await Baresip.start({ user: '206', password: 'sip-206', registrar: platform.sip, toneHz: 700 })
  })
  after(async () => {
    await desk?.stop()
    await browser?.close()
    await platform?.stop()
  })

  it('is set by the administrator, joined from two browsers and a phone, and led from the screen', async () => {
    const admin = await browser.user(platform.url, '201')
    await admin.go('/conferences')
    await admin.page.getByRole('button', { name: 'New room' }).click()
    await admin.page.getByRole('textbox', { name: 'Number' }).fill('410')
    await admin.page.getByRole('textbox', { name: 'Name' }).fill('Monday')
    await admin.page.getByRole('textbox', { name: 'PIN', exact: true }).fill('2468')
    assert.deepEqual(await admin.accessFaults(), [])
    await admin.shoot('conference-room-dialog')
    await admin.page.getByRole('button', { name: 'Save' }).click()
    await admin.page.getByRole('link', { name: /Monday/ }).click()
    await admin.page.getByText('Nobody is in the conference').waitFor()
    ;[anna, bo] = await Promise.all(['204', '205'].map((user) => browser.user(platform.url, user)))
    for (const visitor of [anna, bo]) {
      await visitor.go('/phone')
      await visitor.page.getByText('Ready for calls').first().waitFor()
      await visitor.go('/conferences')
      await visitor.page
        .getByRole('listitem')
        .filter({ hasText: 'Monday' })
        .getByRole('button', { name: 'Join' })
        .click()
      await visitor.page.getByRole('link', { name: /Monday/ }).click()
      await visitor.page.getByRole('list', { name: 'People in the conference' }).getByText('(you)').waitFor()
    }
    await desk.dial('410')
    await desk.waitFor('CALL_ESTABLISHED')
    const people = anna.page.getByRole('list', { name: 'People in the conference' }).getByRole('listitem')
    await anna.page.getByText('3 people').waitFor()
    await eventually('all three in the list', async () => (await people.count()) === 3)
    // The phone says a tone without a pause.
    await people.filter({ hasText: '206' }).getByText('speaks').waitFor()
    assert.equal(await anna.page.getByRole('button', { name: 'End for everybody' }).count(), 0)

    await admin.go('/conferences/410')
    const desk206 = admin.page.getByRole('listitem').filter({ hasText: '206' })
    await desk206.getByRole('button', { name: /^Mute/ }).click()
    await people.filter({ hasText: '206' }).getByText('muted by a moderator').waitFor({ state: 'attached' })
    await people.filter({ hasText: '206' }).getByText('speaks').waitFor({ state: 'hidden' })
    await bo.page.getByRole('button', { name: 'Raise your hand' }).click()
    await admin.page.getByText(/^Raised hands/).waitFor()
    for (const visitor of [anna, admin]) {
      // Away from the buttons, whose names are shown above all else while they are pointed at.
      await visitor.page.mouse.move(2, 2)
      await visitor.page.getByRole('tooltip').waitFor({ state: 'hidden' })
      assert.deepEqual(await visitor.accessFaults(), [])
    }
    for (const view of views) {
      const visitor = await browser.user(platform.url, '201', view)
      await visitor.go('/conferences/410')
      await visitor.page.getByRole('listitem').filter({ hasText: '206' }).waitFor()
      assert.deepEqual(await visitor.accessFaults(), [])
      await visitor.shoot(`conference-${view.language}-${view.theme}-${view.width ?? 1366}`)
      await visitor.close()
    }
    await admin.page.getByRole('button', { name: 'End for everybody' }).click()
    await admin.page.getByRole('dialog').getByRole('button', { name: 'End for everybody' }).click()
    await admin.page.getByText('Nobody is in the conference').waitFor()
    await desk.waitFor('CALL_CLOSED')
    assert.deepEqual([admin.faults, anna.faults, bo.faults], [[], [], []])
  })
})
