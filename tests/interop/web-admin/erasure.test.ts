import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import {
  type ApiClient,
  Baresip,
  eventually,
  type Platform,
  startPlatform,
  type View,
  WebBrowser,
  type WebVisitor,
} from '@vaxel/testkit'
import { talk } from '../baresip/heard-tone.ts'

const views: readonly View[] = [
  { language: 'en', theme: 'light' },
  { language: 'sv', theme: 'dark' },
  { language: 'fr', theme: 'light', width: 390, height: 844 },
]
const words = {
  en: { who: 'Telephone numbers and mail addresses', look: 'Look what is kept', calls: 'Calls' },
  sv: { who: 'Telefonnummer och mejladresser', look: 'Se vad som finns', calls: 'Samtal' },
  fr: { who: 'Numéros de téléphone et adresses e-mail', look: 'Voir ce qui est conservé', calls: 'Appels' },
} as const
interface Items<T> {
  readonly items: readonly T[]
}

describe('somebody outside wishes to be forgotten (baresip as their telephone)', () => {
  let platform: Platform
  let browser: WebBrowser
  let api: ApiClient
  let outside: Baresip
  let caller: Baresip
  before(async () => {
    platform = await startPlatform()
    api = await platform.login()
    outside = await Baresip.start({ user: '+46701234567', password: 'x', toneHz: 440 })
    const { items: trunks } = await api.get<Items<{ id: string; name: string }>>('/api/v1/trunks')
    await api.patch(`/api/v1/trunks/${trunks.find(({ name }) => name === 'pstn')!.id}`, {
      targets: [{ host: '127.0.0.1', port: outside.sipPort, protocol: 'udp' }],
    })
    const { policy } = await api.get<{ policy: object }>('/api/v1/recording-policy')
    await api.put('/api/v1/recording-policy', { ...policy, mode: 'always', tells: 'nobody' })
    caller = await Baresip.start({ user: '205', password: 'sip-205', registrar: platform.sip, toneHz: 620 })
    browser = await WebBrowser.open()
  })
  after(async () => {
    await browser?.close()
    for (const phone of [caller, outside]) await phone?.stop()
    await platform?.stop()
  })
  const files = () => globSync(join(platform.data, 'recordings', '**', '*')).filter((file) => /\.\w+$/.test(file))
  const calls = async () => (await api.get<Items<{ id: string; endedAt?: string }>>('/api/v1/calls')).items
  const shot = async (visitor: WebVisitor, name: string) => {
    assert.deepEqual(await visitor.accessFaults(), [], name)
    await visitor.shoot(name)
  }

  it('is shown what is kept, in three languages, and erased with call, story and sound', async () => {
    await caller.dial('0701234567')
    await caller.waitFor('CALL_ESTABLISHED')
    await talk(1500)
    await caller.hangUp()
    await eventually('the call and its recording are kept', async () => {
      const { items } = await api.get<Items<{ state: string }>>('/api/v1/recordings')
      return (await calls())[0]?.endedAt !== undefined && items.some(({ state }) => state === 'ended')
    })
    assert.ok(files().length > 0)
    const visitors = await Promise.all(views.map((view) => browser.user(platform.url, '201', view)))
    for (const [i, visitor] of visitors.entries()) {
      const { language = 'en' } = views[i]!
      const { who, look, calls: row } = words[language as keyof typeof words]
      await visitor.go('/admin/erasure')
      await visitor.page.getByRole('textbox', { name: who }).fill('070-123 45 67\nkim@customer.test')
      await visitor.page.getByRole('button', { name: look }).click()
      const line = visitor.page.getByRole('row', { name: new RegExp(`^${row}`) })
      await line.waitFor()
      assert.match((await line.textContent())!, /1/)
      await shot(visitor, `erasure-${language}`)
    }
    const [admin] = visitors
    const { page } = admin!
    await page.getByRole('button', { name: 'Erase for good' }).click()
    const asked = page.getByRole('dialog')
    await shot(admin!, 'erasure-asked')
    await asked.getByRole('button', { name: 'Erase for good' }).click()
    await page.getByRole('heading', { name: 'What was erased' }).waitFor()
    await shot(admin!, 'erasure-done')
    assert.deepEqual(await calls(), [])
    assert.deepEqual((await api.get<Items<object>>('/api/v1/recordings')).items, [])
    assert.deepEqual(files(), [])
    assert.doesNotMatch(JSON.stringify(await api.get('/api/v1/ledger?limit=1000')), /\+46701234567/)
  })

  it('says of a number of the company what to do instead, and of nobody that nothing is kept', async () => {
    const visitor = await browser.user(platform.url, '201')
    await visitor.go('/admin/erasure')
    const who = visitor.page.getByRole('textbox', { name: words.en.who })
    const look = visitor.page.getByRole('button', { name: words.en.look })
    await who.fill('205')
    await look.click()
    await visitor.page.getByText('205 is a number of your company.').waitFor()
    await shot(visitor, 'erasure-own')
    await who.fill('+46 70 999 99 99')
    await look.click()
    await visitor.page.getByText('Nothing is kept under these numbers and addresses.').waitFor()
    await shot(visitor, 'erasure-nothing')
  })
})
