import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { join } from 'node:path'
import {
  Baresip,
  eventually,
  followTone,
  leastHeight,
  Linphone,
  type Platform,
  sine,
  startPlatform,
  temporaryFolder,
  type View,
  WebBrowser,
  type WebVisitor,
  writeWav,
} from '@vaxel/testkit'
import { talk } from '../baresip/heard-tone.ts'
import { hearsTone, heardTone, listenInPage } from './heard-in-page.ts'
import { followEvents, type ToldInPage } from './told-in-page.ts'

/** What the browsers' microphones hear, and the other phones say. */
const [browserHz, otherHz] = [1000, 620]
/** How else the choice of a line is looked at: by which words, and for whoever has a telephone in the hand. */
const choosers: readonly (View & { readonly callAs: RegExp; readonly own: string })[] = [
  { language: 'sv', theme: 'dark', width: 390, height: 844, callAs: /Ring som/, own: 'Mitt eget nummer (204)' },
  {
    language: 'fr',
    theme: 'light',
    width: 390,
    height: 844,
    callAs: /Numéro présenté/,
    own: 'Mon propre numéro (204)',
  },
]
/** Issue 4: what an answered call may cost on the event stream of one who is in it. */
const budgetBytes = 2048

describe('the softphone in the browser', () => {
  let platform: Platform
  let browser: WebBrowser
  let anna: WebVisitor
  const told = new Map<WebVisitor, ToldInPage>()
  before(async () => {
    platform = await startPlatform()
    const microphone = join(temporaryFolder('microphone'), 'tone.wav')
    writeWav(microphone, 48_000, sine(48_000, browserHz, 10))
    browser = await WebBrowser.open([`--use-file-for-fake-audio-capture=${microphone}`])
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
    told.set(visitor, followEvents(visitor.page))
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
    await hearsTone(anna.page, browserHz)
    assert.deepEqual(await anna.accessFaults(), [])
    await anna.shoot('phone-in-call')
    await hangUp(anna)
    await idle(anna)
    assert.deepEqual(anna.faults, [])
  })

  it('talks with a colleague at another browser, who answers by key, and the events of the call are few', async () => {
    const bo = await ready('205')
    for (const one of [anna, bo]) told.get(one)!.take()
    await dial(anna, '205')
    await bo.page.getByRole('alertdialog').waitFor()
    assert.deepEqual(await bo.accessFaults(), [])
    await bo.shoot('phone-incoming')
    await bo.page.keyboard.press('Alt+a')
    await inCall(anna)
    await inCall(bo)
    for (const person of [anna, bo]) await hearsTone(person.page, browserHz)
    await hangUp(bo)
    await idle(anna)
    for (const person of [anna, bo]) {
      const texts: string[] = []
      await eventually('all of the call, and that both are free again', () => {
        texts.push(...told.get(person)!.take())
        const ended = texts.findIndex((text) => text.includes('"call.ended"'))
        return ended !== -1 && texts.findIndex((text, i) => i > ended && text.includes('"presence.changed"')) !== -1
      })
      const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0)
      assert.ok(bytes < budgetBytes, `${bytes} bytes:\n${texts.join('\n')}`)
      process.stdout.write(`# an answered call on the event stream of a page: ${bytes} bytes\n`)
    }
    await bo.close()
  })

  it('talks with a desk phone, both ways', async () => {
    const desk = await Baresip.start({ user: '217', password: 'sip-217', registrar: platform.sip, toneHz: otherHz })
    try {
      await dial(anna, '217')
      await desk.waitFor('CALL_ESTABLISHED')
      await inCall(anna)
      await hearsTone(anna.page, otherHz)
      await talk(2500)
      await hangUp(anna)
      await desk.waitFor('CALL_CLOSED')
      const heard = desk.heard()[0]!
      const report = followTone(heard.channels[0]!, heard.rateHz, browserHz)
      assert.ok(report.heardMs > 1000, `the browser at the desk phone: ${JSON.stringify(report)}`)
    } finally {
      await desk.stop()
    }
  })

  it('calls on a shared line that it chose, which is kept when the page is loaded anew', async () => {
    const administrator = await platform.login()
    const { items } = await administrator.get<{ items: { id: string; name: string }[] }>('/api/v1/users?limit=1000')
    const userIds = [items.find(({ name }) => name === '204')!.id]
    const target = { kind: 'shared', name: 'Reception', userIds, callsOutAs: 'choice' }
    await administrator.post('/api/v1/numbers', { number: '278', target })
    const desk = await Baresip.start({ user: '217', password: 'sip-217', registrar: platform.sip })
    const isShown = async (number: string) => {
      const since = desk.events.length
      await dial(anna, '217')
      const rings = await desk.waitFor('CALL_ESTABLISHED', undefined, since)
      assert.match(String(rings.peeruri), new RegExp(`^sip:${number}@`))
      await inCall(anna)
      await hangUp(anna)
      await desk.waitFor('CALL_CLOSED', undefined, since)
      await idle(anna)
    }
    const choose = async (name: string) => {
      await anna.page.getByRole('button', { name: /Call as/ }).click()
      await anna.page.getByRole('option', { name }).click()
    }
    const openAnew = async () => {
      await anna.go('/people')
      await anna.go('/phone')
    }
    try {
      await openAnew()
      await choose('Reception (278)')
      assert.deepEqual(await anna.accessFaults(), [])
      await anna.shoot('phone-call-as')
      await isShown('278')
      await anna.page.reload()
      await anna.page.getByText('Ready for calls').first().waitFor()
      await anna.page.getByRole('button', { name: /Reception \(278\)/ }).waitFor()
      await isShown('278')
      await choose('My own number (204)')
      await isShown('204')
      await choose('Reception (278)')
      await administrator.request('DELETE', '/api/v1/numbers/278')
      await openAnew()
      await anna.page.getByRole('button', { name: /Call as/ }).waitFor({ state: 'detached' })
      await isShown('204')
    } finally {
      await desk.stop()
    }
  })

  it('offers the lines in each language, by dark and on a phone', async () => {
    const administrator = await platform.login()
    const { items } = await administrator.get<{ items: { id: string; name: string }[] }>('/api/v1/users?limit=1000')
    const userIds = [items.find(({ name }) => name === '204')!.id]
    const name = 'Customer service and reception, head office in Karlstad'
    const target = { kind: 'shared', name, userIds, callsOutAs: 'choice' }
    await administrator.post('/api/v1/numbers', { number: '279', target })
    try {
      for (const { callAs, own, ...view } of choosers) {
        const visitor = await browser.user(platform.url, '204', view)
        const { page } = visitor
        await visitor.go('/phone')
        const chooser = page.getByRole('button', { name: callAs })
        await chooser.waitFor()
        assert.deepEqual(await visitor.accessFaults(), [], view.language)
        await visitor.shoot(`phone-call-as-${view.language}-closed`)
        await chooser.click()
        await page.getByRole('option', { name: own }).waitFor()
        const heightPx = await leastHeight(page.getByRole('option').or(page.locator('[aria-haspopup="listbox"]')))
        assert.ok(heightPx >= 44, `${heightPx} pixels are little for a thumb`)
        assert.deepEqual(await visitor.accessFaults(), [], view.language)
        await visitor.shoot(`phone-call-as-${view.language}-open`)
        await page.getByRole('option', { name: `${name} (279)` }).click()
        await page.getByRole('button', { name: callAs }).getByText(name).waitFor()
        await visitor.shoot(`phone-call-as-${view.language}-chosen`)
        assert.deepEqual(visitor.faults, [])
        await visitor.close()
      }
    } finally {
      await administrator.request('DELETE', '/api/v1/numbers/279')
    }
  })

  it('talks with linphone, each hearing the tone of the other', async () => {
    const linphone = await Linphone.start({
      user: '219',
      password: 'sip-219',
      registrar: platform.sip,
      toneHz: otherHz,
      autoAnswer: true,
    })
    try {
      await dial(anna, '219')
      await inCall(anna)
      await hearsTone(anna.page, otherHz)
      await talk(2000)
      await hangUp(anna)
      await idle(anna)
    } finally {
      await linphone.stop()
    }
    const heard = await linphone.heard()
    const report = followTone(heard.channels[0]!, heard.rateHz, browserHz)
    assert.ok(report.heardMs > 1000, `the browser at linphone: ${JSON.stringify(report)}`)
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
      await eventually('the desk phone is heard again', async () => (await heardTone(anna.page)) > 0.01)
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
