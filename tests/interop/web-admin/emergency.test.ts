import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import {
  type ApiClient,
  Baresip,
  type Platform,
  startPlatform,
  type View,
  WebBrowser,
  type WebVisitor,
} from '@vaxel/testkit'
import { assertHeard, talk } from '../baresip/heard-tone.ts'

const views: readonly View[] = [
  { language: 'en', theme: 'light' },
  { language: 'sv', theme: 'dark' },
  { language: 'fr', theme: 'light', width: 390, height: 844 },
]
const take = { en: 'I take care of it', sv: 'Jag tar hand om det', fr: 'Je m’en occupe' } as const

describe('an emergency call (baresip, with another one as the emergency centre)', () => {
  let platform: Platform
  let browser: WebBrowser
  let api: ApiClient
  let centre: Baresip
  let caller: Baresip
  let trunk: string
  before(async () => {
    platform = await startPlatform()
    api = await platform.login()
    centre = await Baresip.start({ user: '112', password: 'x', toneHz: 440 })
    const { items: trunks } = await api.get<{ items: { id: string; name: string }[] }>('/api/v1/trunks')
    trunk = `/api/v1/trunks/${trunks.find(({ name }) => name === 'pstn')!.id}`
    await api.patch(trunk, { targets: [{ host: '127.0.0.1', port: centre.sipPort, protocol: 'udp' }] })
    const { items } = await api.get<{ items: { id: string; name: string }[] }>('/api/v1/users')
    const idOf = (name: string) => items.find((user) => user.name === name)!.id
    await api.patch(`/api/v1/users/${idOf('202')}`, { role: 'attendant' })
    await api.post('/api/v1/sites', {
      name: 'Lund',
      profile: {
        format: 'vaxel-site-profile/1',
        name: 'Lund',
        system: 'vaxel',
        people: { deskPhone: 4 },
        connection: 'internet',
        networks: { inside: ['127.0.0.0/8'], segments: [{ name: 'reception', network: '127.0.0.0/28' }] },
      },
    })
    caller = await Baresip.start({ user: '205', password: 'sip-205', registrar: platform.sip, toneHz: 620 })
    browser = await WebBrowser.open()
  })
  after(async () => {
    await browser?.close()
    for (const phone of [caller, centre]) await phone?.stop()
    await platform?.stop()
  })
  const alertOf = ({ page }: WebVisitor) => page.getByRole('alert').filter({ hasText: '112' }).first()
  const shot = async (visitor: WebVisitor, name: string) => {
    assert.deepEqual(await visitor.accessFaults(), [], name)
    await visitor.shoot(name)
  }

  it('is on the screens of the staff at once, with where it comes from, until somebody takes care of it', async () => {
    const staff = await Promise.all(views.map((view) => browser.user(platform.url, '202', view)))
    const admin = await browser.user(platform.url, '201')
    const stranger = await browser.user(platform.url, '206')
    await caller.dial('112')
    await caller.waitFor('CALL_ESTABLISHED')
    for (const [i, visitor] of staff.entries()) {
      await alertOf(visitor).waitFor()
      const text = await alertOf(visitor).textContent()
      assert.match(text!, /205.*112.*Lund, reception/)
      await shot(visitor, `emergency-${views[i]!.language}`)
    }
    await alertOf(admin).waitFor()
    const [first, ...others] = staff
    await first!.page.getByRole('button', { name: take.en }).click()
    for (const visitor of [...staff, admin]) await alertOf(visitor).waitFor({ state: 'detached' })
    await admin.page.getByText(/takes care of the emergency call/).waitFor()
    assert.equal(await stranger.page.getByRole('alert').filter({ hasText: '112' }).count(), 0)
    await talk(1500)
    await caller.hangUp()
    await caller.waitFor('CALL_CLOSED')
    await assertHeard(caller, 440, 1000)
    await assertHeard(centre, 620, 1000)
    for (const visitor of [first!, ...others, admin, stranger]) await visitor.close()
  })

  it('is there for whoever logs in later, and says when nobody could be reached', async () => {
    await api.delete(trunk)
    const { items } = await api.get<{ items: { id: string }[] }>('/api/v1/trunks')
    for (const { id } of items) await api.delete(`/api/v1/trunks/${id}`)
    const mark = caller.events.length
    await caller.dial('112')
    await caller.waitFor('CALL_CLOSED', undefined, mark)
    const late = await browser.user(platform.url, '202')
    await alertOf(late).waitFor()
    await late.page.getByText(/no trunk takes it/).waitFor()
    await shot(late, 'emergency-not-reached')
    await late.page.keyboard.press('Tab')
    await late.page.getByRole('button', { name: 'Put aside' }).press('Enter')
    await alertOf(late).waitFor({ state: 'detached' })
    await late.close()
  })
})
