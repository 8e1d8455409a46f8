import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { silentLogger, systemClock } from '@vaxel/base'
import { PromptShelf } from '@vaxel/media'
import {
  type ApiClient,
  Baresip,
  eventually,
  type Platform,
  startPlatform,
  temporaryFolder,
  type View,
  WebBrowser,
  type WebVisitor,
} from '@vaxel/testkit'
import { heardOf, talk } from '../baresip/heard-tone.ts'
import { loudStretches, toneStretches } from '../recording/tone-stretches.ts'

interface LiveCall {
  readonly id: string
  readonly connections: readonly { readonly legId: string; readonly recording?: string }[]
}

const views: readonly (View & { readonly play: string; readonly paused: RegExp; readonly title: string })[] = [
  { language: 'en', theme: 'light', play: 'Play', paused: /^Paused from/, title: 'Recordings' },
  { language: 'sv', theme: 'dark', play: 'Spela', paused: /^Pausad från/, title: 'Inspelningar' },
  {
    language: 'fr',
    theme: 'light',
    width: 390,
    height: 844,
    play: 'Écouter',
    paused: /^Suspendu de/,
    title: 'Enregistrements',
  },
]

/** A voice makes a sentence that nobody has needed yet, after all else that the machine has to do: the call would be over by then. */
async function makeSentence(): Promise<void> {
  const shelf = new PromptShelf({ clock: systemClock, log: silentLogger, ownFolder: temporaryFolder('prompts') })
  try {
    for (const language of ['en', 'sv', 'fr'] as const)
      assert.ok(await shelf.path('call-is-recorded', language), `no sentence in ${language}`)
  } finally {
    await shelf.close()
  }
}

describe('recordings in the browser', () => {
  let platform: Platform
  let browser: WebBrowser
  let api: ApiClient
  const phones: Baresip[] = []

  before(async () => {
    await makeSentence()
    platform = await startPlatform()
    api = await platform.login()
    const { policy } = await api.get<{ policy: object }>('/api/v1/recording-policy')
    await api.put('/api/v1/recording-policy', { ...policy, mode: 'pausable', tells: 'everybody' })
    for (const [user, toneHz] of [
      ['204', 440],
      ['206', 620],
    ] as const)
      phones.push(await Baresip.start({ user, password: `sip-${user}`, registrar: platform.sip, toneHz }))
    await phones[0]!.dial('206')
    await Promise.all(phones.map((phone) => phone.waitFor('CALL_ESTABLISHED')))
    const { call, legId } = await eventually('the call is recorded', async () => {
      const { items } = await api.get<{ items: LiveCall[] }>('/api/v1/live-calls')
      const recorded = items[0]?.connections.find(({ recording }) => recording === 'recording')
      return items[0] && recorded && { call: items[0].id, legId: recorded.legId }
    })
    const command = (verb: string) => api.post(`/api/v1/live-calls/${call}/commands/${verb}`, { legId })
    await talk(3000)
    await command('pauseRecording')
    await talk(1000)
    await command('resumeRecording')
    await talk(1500)
    await phones[0]!.hangUp()
    // What the other phone heard is whole then.
    await phones[1]!.waitFor('CALL_CLOSED')
    await eventually('the recording has ended', async () => {
      const { items } = await api.get<{ items: { state: string }[] }>('/api/v1/recordings')
      return items[0]?.state === 'ended'
    })
    browser = await WebBrowser.open()
  })
  after(async () => {
    await browser?.close()
    for (const phone of phones) await phone.stop()
    await platform?.stop()
  })

  it('are said to everybody in the call before they speak, where the company wants that', async () => {
    const { channels, rateHz } = await heardOf(phones[1]!)
    const [samples] = channels
    const tone = toneStretches(samples!, rateHz, 440).findLast(({ fromMs, toMs }) => toMs - fromMs > 1000)
    assert.ok(tone, 'the other side is heard after it')
    const before = samples!.subarray(0, (tone.fromMs * rateHz) / 1000)
    const said = loudStretches(before, rateHz, -45, 40).reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0)
    const ofTone = toneStretches(before, rateHz, 440).reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0)
    assert.ok(said - ofTone > 500, `${said - ofTone} ms of a sentence before ${tone.fromMs} ms`)
  })

  it('are found, drawn with their pauses and played, in three languages, by light and dark, on a phone', async () => {
    for (const view of views) {
      const visitor = await browser.user(platform.url, '202', view)
      await visitor.go('/recordings')
      const list = visitor.page.getByRole('list', { name: view.title })
      await list.getByRole('button').first().click()
      const player = visitor.page.getByRole('group').first()
      await player.getByText(view.paused).waitFor()
      await eventually('both sides are drawn', () =>
        player.locator('svg rect').evaluateAll((bars) => {
          const tall = bars.filter(
            (bar) => Number((bar as { getAttribute(n: string): string }).getAttribute('height')) > 8,
          )
          return tall.length > 100
        }),
      )
      await player.getByRole('button', { name: view.play }).click()
      const audio = player.locator('audio')
      await eventually('sound', () => audio.evaluate((a: { currentTime: number }) => a.currentTime > 0.2))
      assert.deepEqual(await visitor.accessFaults(), [], view.language)
      await visitor.shoot(`recordings-${view.language}`)
      assert.deepEqual(visitor.faults, [])
      await visitor.close()
    }
  })

  it('are looked for by name and kind', async () => {
    const visitor = await browser.user(platform.url, '202')
    await visitor.go('/recordings')
    const rows = visitor.page.getByRole('list', { name: 'Recordings' }).getByRole('listitem')
    await rows.first().waitFor()
    await visitor.page.getByRole('searchbox', { name: 'Name or number' }).fill('nobody at all')
    await visitor.page.getByText('No recordings').waitFor()
    await visitor.page.getByRole('searchbox', { name: 'Name or number' }).fill('204')
    await rows.first().waitFor()
    assert.deepEqual(visitor.faults, [])
    await visitor.close()
  })

  it('have rules and evidence that administrators set and check', async () => {
    for (const view of views) {
      const visitor = await browser.user(platform.url, '201', view)
      await visitor.go('/admin/recording')
      await visitor.page.locator('section h2').first().waitFor()
      if (view.language === 'en') await check(visitor)
      assert.deepEqual(await visitor.accessFaults(), [], view.language)
      await visitor.shoot(`recording-policy-${view.language}`)
      assert.deepEqual(visitor.faults, [])
      await visitor.close()
    }
  })

  async function check({ page }: WebVisitor): Promise<void> {
    await page.getByRole('button', { name: 'Check all recordings' }).click()
    await page.getByText('1 checked: 1 intact, 0 deleted as told, 0 with faults.').waitFor()
    await page.getByRole('button', { name: 'Reconcile today' }).click()
    await page.getByText('Nothing missing').waitFor()
    await page.getByRole('textbox', { name: 'Delete after days' }).fill('30')
    await page.getByRole('button', { name: 'Add a number' }).click()
    await page.getByRole('textbox', { name: 'Called number' }).fill('600')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved').waitFor()
    const { policy } = await api.get<{ policy: { keepDays: number; exceptions: unknown[] } }>(
      '/api/v1/recording-policy',
    )
    assert.deepEqual([policy.keepDays, policy.exceptions.length], [30, 1])
  }

  it('are kept and deleted by administrators, with a reason', async () => {
    const visitor = await browser.user(platform.url, '201')
    const { page } = visitor
    await visitor.go('/recordings')
    await page.getByRole('list', { name: 'Recordings' }).getByRole('button').first().click()
    await page.getByRole('button', { name: 'Keep', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('Claim 4711')
    await dialog.getByRole('button', { name: 'Keep', exact: true }).click()
    await page.getByText(/Claim 4711/).waitFor()
    await page.getByRole('button', { name: 'End the hold' }).click()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('The customer asked')
    assert.deepEqual(await visitor.accessFaults(), [])
    await visitor.shoot('recording-delete-en')
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByText('No recordings').waitFor()
    assert.deepEqual(visitor.faults, [])
    await visitor.close()
  })

  it('are begun, paused and ended from the browser’s telephone, where the company lets people', async () => {
    const { policy } = await api.get<{ policy: object }>('/api/v1/recording-policy')
    await api.put('/api/v1/recording-policy', { ...policy, mode: 'onDemand' })
    const visitor = await browser.user(platform.url, '208')
    const { page } = visitor
    await visitor.go('/phone')
    await page.getByText('Ready for calls').first().waitFor()
    await page.getByRole('combobox', { name: 'Name or number' }).fill('206')
    await page.keyboard.press('Enter')
    const card = page.getByRole('region', { name: /^In a call with/ })
    await card.getByRole('button', { name: /^Record:/ }).click()
    await card.getByText('Recorded', { exact: true }).waitFor()
    await card.getByRole('button', { name: /^Pause the recording:/ }).click()
    await card.getByText('Recording paused', { exact: true }).waitFor()
    assert.deepEqual(await visitor.accessFaults(), [])
    await visitor.shoot('phone-recorded-en')
    await card.getByRole('button', { name: /^Go on recording:/ }).click()
    await card.getByText('Recorded', { exact: true }).waitFor()
    await card.getByRole('button', { name: /^Stop recording:/ }).click()
    await card.getByRole('button', { name: /^Record:/ }).waitFor()
    await card.getByRole('button', { name: /^Hang up/ }).click()
    assert.deepEqual(visitor.faults, [])
    await visitor.close()
    const { items } = await api.get<{ items: { trigger: string; pauses: unknown[] }[] }>('/api/v1/recordings?limit=1')
    assert.deepEqual([items[0]?.trigger, items[0]?.pauses.length], ['demand', 1])
  })
})
