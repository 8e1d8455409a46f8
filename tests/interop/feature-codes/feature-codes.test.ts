import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type ApiClient, Baresip, eventually, type Platform, startPlatform, WebBrowser } from '@vaxel/testkit'

interface Live {
  readonly id: string
  readonly dialled: string
  readonly connections: readonly { readonly party: { readonly number: string }; readonly state: string }[]
}

/** Refusals are told to people; the console hears of them too. */
const isOther = (fault: string): boolean => !fault.includes('status of 422')

/** One server and four phones for all: what people dial on a desk phone, and what the others see of it. */
describe('feature codes at real phones and in a browser', () => {
  let platform: Platform
  let admin: ApiClient
  let api203: ApiClient
  let browser: WebBrowser
  const phones = new Map<string, Baresip>()
  const phone = (user: string): Baresip => phones.get(user)!
  const userIdOf = async (name: string): Promise<string> => {
    const { items } = await admin.get<{ items: { id: string; name: string }[] }>('/api/v1/users?limit=200')
    return items.find((user) => user.name === name)!.id
  }
  const live = async (): Promise<readonly Live[]> => (await admin.get<{ items: Live[] }>('/api/v1/live-calls')).items

  /** The one call in which exactly these talk. */
  const talk = (...numbers: string[]): Promise<Live> =>
    eventually(`${numbers.join(' and ')} talk`, async () =>
      (await live()).find(
        ({ connections }) =>
          connections.length === numbers.length &&
          connections.every(({ party, state }) => numbers.includes(party.number) && state === 'connected'),
      ),
    )
  const allOver = async (): Promise<void> => {
    for (const { id } of await live()) await admin.post(`/api/v1/live-calls/${id}/commands/clear`, {})
    await eventually('no call is left', async () => (await live()).length === 0)
  }

  before(async () => {
    platform = await startPlatform({ readyLimitMs: 60_000 })
    browser = await WebBrowser.open()
    admin = await platform.login()
    api203 = await platform.login('203')
    await Promise.all(
      ['202', '203', '204', '205'].map(async (user) =>
        phones.set(
          user,
          await Baresip.start({
            user,
            password: `sip-${user}`,
            registrar: platform.sip,
            answer: 'manual',
            toneHz: 440,
          }),
        ),
      ),
    )
    const [bo, cleo] = await Promise.all([userIdOf('203'), userIdOf('204')])
    await admin.patch('/api/v1/telephone-features', {
      pickupGroups: [{ name: 'Desk', userIds: [bo, cleo] }],
      parking: { first: '701', count: 2, recallSeconds: 5, fallback: '600' },
    })
  })
  after(async () => {
    await browser?.close()
    await Promise.all([...phones.values()].map((one) => one.stop()))
    await platform?.stop()
  })

  it('picks up what rings at a member of the group, and the timeline names who did', async () => {
    await phone('202').dial('203')
    await phone('203').waitFor('CALL_INCOMING')
    const { items } = await platform
      .login('204')
      .then((client) => client.get<{ items: { at: string; fromNumber: string }[] }>('/api/v1/calls-to-pick-up'))
    assert.equal(items[0]?.fromNumber, '202')
    await phone('204').dial('*8')
    const { id } = await talk('202', '204')
    const story = await admin.get<{ steps: { code: string }[] }>(`/api/v1/calls/${id}/story`)
    assert.ok(
      story.steps.some(({ code }) => code === 'service.picked-up'),
      story.steps.map(({ code }) => code).join(' '),
    )
    await allOver()
  })

  it('parks by a transfer to a place, tells it to everybody, and gives the call to who dials the place', async () => {
    await phone('202').dial('203')
    await phone('203').waitFor('CALL_INCOMING')
    await phone('203').answer()
    await talk('202', '203')
    await phone('203').command('transfer', `sip:702@127.0.0.1:${platform.ports.sip}`)
    await eventually('202 is parked at 702', async () => {
      const { items } = await admin.get<{ items: { place: string; number: string }[] }>('/api/v1/parked-calls')
      return items.some(({ place, number }) => place === '702' && number === '202')
    })
    await phone('205').dial('702')
    await talk('202', '205')
    const { items } = await admin.get<{ items: unknown[] }>('/api/v1/parked-calls')
    assert.deepEqual(items, [])
    await allOver()
  })

  it('parks by command, and calls whoever parked the call when nobody fetches it', async () => {
    const before = phone('203').events.length
    await phone('202').dial('203')
    await phone('203').waitFor('CALL_INCOMING', 30_000, before)
    await phone('203').answer()
    const { id } = await talk('202', '203')
    const { place } = await api203.post<{ place: string }>(`/api/v1/live-calls/${id}/park`, {})
    assert.equal(place, '701')
    const parkedAt = phone('203').events.length
    await phone('203').waitFor('CALL_INCOMING', 30_000, parkedAt)
    await phone('203').answer()
    await talk('202', '203')
    await allOver()
  })

  it('calls both when both are free, asked for by the code after a busy', async () => {
    await phone('204').dial('205')
    await phone('205').waitFor('CALL_INCOMING')
    await phone('205').answer()
    const first = await talk('204', '205')
    const beforeBusy = phone('202').events.length
    const ringing = phone('204').events.length
    await phone('202').dial('204')
    await phone('204').waitFor('CALL_INCOMING', 30_000, ringing)
    await phone('204').command('hangup')
    await phone('202').waitFor('CALL_CLOSED', 30_000, beforeBusy)
    await phone('202').dial('*37')
    const waiting = await platform.login('202')
    await eventually('202 waits for 204', async () => {
      const { items } = await waiting.get<{ items: { number: string }[] }>('/api/v1/me/call-backs')
      return items.length === 1 && items[0]?.number === '204'
    })
    await phone('202').hangUp()
    const calledBack = phone('202').events.length
    const isOn = (await live()).some(({ id }) => id === first.id)
    if (isOn) await admin.post(`/api/v1/live-calls/${first.id}/commands/clear`, {})
    await phone('202').waitFor('CALL_INCOMING', 30_000, calledBack)
    const beforeCallee = phone('204').events.length
    await phone('202').answer()
    await phone('204').waitFor('CALL_INCOMING', 30_000, beforeCallee)
    await phone('204').answer()
    await talk('202', '204')
    await allOver()
  })

  it('lets a screen call with the desk phone, hold, park and fetch by it, as the phone itself says', async () => {
    const visitor = await browser.user(platform.url, '203')
    const { page } = visitor
    const [desk, caller] = [phone('203'), phone('205')]
    const [before, beforeCaller] = [desk.events.length, caller.events.length]
    await visitor.go('/phone')
    await page.getByRole('button', { name: /Call with/ }).click()
    await page.getByRole('option').nth(1).click()
    await page.getByText('Your desk phone has the calls').waitFor()
    await page.getByLabel('Name or number').first().fill('205')
    await page.getByRole('button', { name: 'Call', exact: true }).click()
    await desk.waitFor('CALL_INCOMING', 30_000, before)
    await desk.answer()
    await caller.waitFor('CALL_INCOMING', 30_000, beforeCaller)
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
    await desk.waitFor('CALL_INCOMING', 30_000, rung)
    await desk.answer()
    await calls.getByText('talks').waitFor()
    await calls.getByRole('button', { name: /^Hang up/ }).click()
    await calls.waitFor({ state: 'detached' })
    await allOver()
    assert.deepEqual(visitor.faults.filter(isOther), [])
    await visitor.close()
  })

  it('lists the codes on a screen, and sets the PIN of shared desks', async () => {
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

  it('lets administrators change codes and groups on a screen, and says what cannot be', async () => {
    const visitor = await browser.user(platform.url, '201')
    const { page } = visitor
    await visitor.go('/admin/telephone')
    const park = page.getByLabel('Park the call that you have on hold', { exact: false })
    await park.fill('*8')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('*8 is the code of groupPickup too.').waitFor()
    await park.fill('#1')
    await page.getByRole('button', { name: 'Add a group' }).click()
    await page.getByLabel('Name of the group').last().fill('Sales')
    assert.deepEqual(await visitor.accessFaults(), [])
    await visitor.shoot('features-en-light')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Telephone features are set').waitFor()
    const { codes } = await admin.get<{ codes: { feature: string; code: string }[] }>('/api/v1/telephone-features')
    assert.equal(codes.find(({ feature }) => feature === 'park')?.code, '#1')
    assert.deepEqual(visitor.faults.filter(isOther), [])
    await visitor.close()
  })

  it('lets somebody log in at a shared desk phone by digits: calls to them ring it, and its calls are theirs', async () => {
    await admin.patch(`/api/v1/users/${await userIdOf('205')}`, { isDesk: true })
    await api203.patch('/api/v1/me/telephone', { deskPin: '4711' })
    const desk = phone('205')
    const placeOf = async () => (await api203.get<{ desk?: { number: string } }>('/api/v1/me/telephone')).desk
    const press = (keys: string) => desk.command('sndcode', keys)
    await phone('203').stop()
    phones.delete('203')
    const before = desk.events.length
    await desk.dial('*9419')
    await desk.waitFor('CALL_ESTABLISHED', 30_000, before)
    await press('203#')
    await press('4711#')
    await eventually('203 sits at 205', async () => (await placeOf())?.number === '205')
    await allOver()
    const incoming = desk.events.length
    await phone('202').dial('203')
    await desk.waitFor('CALL_INCOMING', 30_000, incoming)
    await desk.answer()
    await talk('202', '203')
    await allOver()
    await desk.dial('202')
    await eventually('the call is made by 203', async () =>
      (await live()).some(({ connections }) => connections.some(({ party }) => party.number === '203')),
    )
    await allOver()
    await desk.dial('*9419')
    await eventually('the desk is its own again', async () => (await placeOf()) === undefined)
    await allOver()
  })
})
