import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import {
  Baresip,
  eventually,
  followTone,
  Linphone,
  type Platform,
  startPlatform,
  type Wav,
  WebBrowser,
  type WebVisitor,
} from '@vaxel/testkit'
import { heardOf, talk } from '../baresip/heard-tone.ts'

const [firstHz, secondHz] = [620, 880]
/** As the directory has them. */
const names: Readonly<Record<string, string>> = { '217': 'Emily Thornbury', '218': 'Gaëlle Besson' }

describe('several calls of the softphone in the browser', () => {
  let platform: Platform
  let browser: WebBrowser
  let anna: WebVisitor
  let desks: Baresip[] = []
  before(async () => {
    platform = await startPlatform()
    browser = await WebBrowser.open()
    anna = await browser.user(platform.url, '204')
    await anna.go('/phone')
    await anna.page.getByText('Ready for calls').first().waitFor()
  })
  after(async () => {
    await browser?.close()
    await platform?.stop()
  })

  /** Desk phones that answer by themselves, each with a tone of its own. */
  async function withDesks(test: (first: Baresip, second: Baresip) => Promise<void>): Promise<void> {
    desks = [
      await Baresip.start({ user: '217', password: 'sip-217', registrar: platform.sip, toneHz: firstHz }),
      await Baresip.start({ user: '218', password: 'sip-218', registrar: platform.sip, toneHz: secondHz }),
    ]
    try {
      await test(desks[0]!, desks[1]!)
    } finally {
      for (const desk of desks) await desk.stop()
    }
  }
  const card = (number: string) => anna.page.getByRole('region', { name: `In a call with ${names[number]}` })
  const dial = async (number: string) => {
    await anna.page.getByRole('combobox', { name: 'Name or number' }).fill(number)
    await anna.page.keyboard.press('Enter')
    await card(number).getByText('connected').waitFor()
  }
  const idle = () => anna.page.locator('#content').getByText('Enter a name or a number to call.').waitFor()
  const heardMs = (wav: Wav, hz: number) => followTone(wav.channels[0]!, wav.rateHz, hz).heardMs

  it('holds one while the other is spoken on, swaps, and lets all three talk together by the server, also while the page is loaded anew', async () => {
    const { page } = anna
    const three = () => page.getByRole('region', { name: 'In a call with Emily Thornbury, Gaëlle Besson' })
    const people = () => three().getByRole('list', { name: 'People in this call' }).getByRole('listitem')
    await withDesks(async (first, second) => {
      await dial('217')
      await dial('218')
      await card('217').getByText('on hold').waitFor()
      await page.keyboard.press('Alt+s')
      await card('218').getByText('on hold').waitFor()
      await card('217').getByText('connected').waitFor()
      await page.getByRole('button', { name: 'Talk all together' }).first().click()
      await three().getByText('conference', { exact: true }).waitFor()
      await people().filter({ hasText: '(you)' }).waitFor()
      await eventually('all three in the list', async () => (await people().count()) === 3)
      const calls = page.getByRole('region', { name: /^In a call with/ })
      await eventually('the other call is over here', async () => (await calls.count()) === 1)
      assert.deepEqual(await anna.accessFaults(), [])
      await anna.shoot('phone-conference')
      await page.emulateMedia({ colorScheme: 'dark' })
      await page.setViewportSize({ width: 390, height: 844 })
      // Away from the buttons, whose names are shown above all else while they are pointed at.
      await page.mouse.move(2, 2)
      await page.getByRole('tooltip').waitFor({ state: 'hidden' })
      assert.deepEqual(await anna.accessFaults(), [])
      await anna.shoot('phone-conference-dark-390')
      await page.emulateMedia({ colorScheme: 'light' })
      await page.setViewportSize({ width: 1366, height: 768 })
      await page.reload()
      await three().getByText('You were away for').waitFor()
      await people().filter({ hasText: '(you)' }).waitFor()
      await talk(3000)
      await three().getByRole('button', { name: 'Remove Emily Thornbury' }).click()
      await first.waitFor('CALL_CLOSED')
      await card('218').getByText('conference', { exact: true }).waitFor()
      await card('218').getByRole('button', { name: 'Hang up' }).click()
      await idle()
      await second.waitFor('CALL_CLOSED')
      for (const [desk, hz] of [
        [first, secondHz],
        [second, firstHz],
      ] as const) {
        const ms = heardMs(await heardOf(desk), hz)
        assert.ok(ms > 2500, `${desk.user} hears the other one, whatever the page does: ${ms} ms`)
      }
    })
    assert.deepEqual(anna.faults, [])
  })

  it('gives a call to somebody else at once', async () => {
    await withDesks(async (first, second) => {
      await dial('217')
      await card('217').getByRole('button', { name: 'Transfer' }).click()
      await anna.page.getByRole('dialog').getByRole('combobox').fill('218')
      assert.deepEqual(await anna.accessFaults(), [])
      await anna.page.getByRole('button', { name: 'Transfer at once' }).click()
      await second.waitFor('CALL_ESTABLISHED')
      await idle()
      await talk(2000)
      await second.stop()
      await first.waitFor('CALL_CLOSED')
      const ms = heardMs(await heardOf(first), secondHz)
      assert.ok(ms > 1000, `they hear each other: ${ms} ms`)
    })
  })

  it('asks somebody first, then gives them the call', async () => {
    await withDesks(async (first, second) => {
      await dial('217')
      await card('217').getByRole('button', { name: 'Transfer' }).click()
      await anna.page.getByRole('dialog').getByRole('combobox').fill('218')
      await anna.page.getByRole('button', { name: 'Ask first' }).click()
      await card('218').getByText('connected').waitFor()
      await anna.page.getByRole('button', { name: /^Give the call/ }).click()
      await idle()
      await talk(2000)
      await second.stop()
      await first.waitFor('CALL_CLOSED')
      const ms = heardMs(await heardOf(first), secondHz)
      assert.ok(ms > 1000, `they hear each other: ${ms} ms`)
    })
  })

  it('is used with the keyboard alone: a call of linphone is answered, held, muted and ended', async () => {
    const only = () => anna.page.getByRole('region', { name: /^In a call with/ })
    const linphone = await Linphone.start({
      user: '219',
      password: 'sip-219',
      registrar: platform.sip,
      toneHz: firstHz,
    })
    try {
      linphone.command('call 204')
      await anna.page.getByRole('alertdialog').waitFor()
      await anna.shoot('phone-incoming-linphone')
      // The focus is on the way to say yes.
      await anna.page.keyboard.press('Enter')
      await only().getByText('connected').waitFor()
      await anna.page.keyboard.press('Alt+o')
      await only().getByText('on hold').waitFor()
      await anna.page.keyboard.press('Alt+o')
      await only().getByText('connected').waitFor()
      await anna.page.keyboard.press('Alt+m')
      await only().getByRole('button', { name: 'Unmute' }).waitFor()
      await anna.page.keyboard.press('Alt+m')
      await talk(1500)
      await anna.page.keyboard.press('Alt+h')
      await idle()
    } finally {
      await linphone.stop()
    }
    const wav = await linphone.heard()
    const loudest = wav.channels[0]!.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    assert.ok(loudest > 0.01, `linphone hears the browser: ${loudest}`)
    assert.deepEqual(anna.faults, [])
  })
})
