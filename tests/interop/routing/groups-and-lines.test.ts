import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { ApiClient, Baresip, eventually, type Platform, startPlatform, WebBrowser } from '@vaxel/testkit'

interface ListedUser {
  readonly id: string
  readonly name: string
}
interface LiveCall {
  readonly id: string
  readonly called: { readonly number: string; readonly name?: string }
  readonly connections: readonly { readonly party: { readonly number: string }; readonly state: string }[]
}

describe('groups, shared lines and rules with real telephones, set on the screens', () => {
  let platform: Platform
  let browser: WebBrowser
  let administrator: ApiClient
  const phones: Baresip[] = []
  const idOf = new Map<string, string>()
  let caller: Baresip
  let bo: Baresip
  let cesar: Baresip
  let secretary: Baresip

  const phone = async (user: string, more: Partial<Parameters<typeof Baresip.start>[0]> = {}) => {
    const started = await Baresip.start({
      user,
      password: `sip-${user}`,
      registrar: platform.sip,
      toneHz: 440,
      answer: 'manual',
      ...more,
    })
    phones.push(started)
    return started
  }
  const live = async () => (await administrator.get<{ items: LiveCall[] }>('/api/v1/live-calls')).items
  const noCall = () => eventually('no call goes on', async () => (await live()).length === 0 || undefined)
  const talking = (numbers: readonly string[]) =>
    eventually(`${numbers.join(' and ')} talk`, async () =>
      (await live()).find(
        ({ connections }) =>
          connections.length === numbers.length &&
          connections.every(({ state, party }) => state === 'connected' && numbers.includes(party.number)),
      ),
    )
  const rings = (at: Baresip, since: number) => at.waitFor('CALL_INCOMING', 30_000, since)
  const ask = async (method: 'POST' | 'PUT' | 'PATCH', path: string, body: object) => {
    const { status } = await administrator.request(method, path, body)
    assert.ok(status < 300, `${method} ${path}: ${status}`)
  }

  before(async () => {
    platform = await startPlatform()
    administrator = await ApiClient.login(platform.url, '201@demo.vaxel.test', 'demo-201')
    const { items } = await administrator.get<{ items: ListedUser[] }>('/api/v1/users?limit=1000')
    for (const { id, name } of items) idOf.set(name, id)
    ;[caller, bo, cesar, secretary] = await Promise.all([phone('204'), phone('206'), phone('207'), phone('205')])
    browser = await WebBrowser.open()
  })
  after(async () => {
    await browser?.close()
    for (const one of phones) await one.stop()
    await platform?.stop()
  })

  it('asks the members of a group in their order, and lets the overflow have what nobody takes', async () => {
    const visitor = await browser.user(platform.url, '201')
    await visitor.go('/admin/numbers')
    const { page } = visitor
    await page.getByRole('button', { name: 'New number' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Number' }).fill('271')
    await dialog.getByRole('button', { name: /What it reaches/ }).click()
    await page.getByRole('option', { name: 'A group' }).click()
    await dialog.getByRole('textbox', { name: 'Name of the group' }).fill('Repairs')
    for (const name of ['206', '207']) {
      const { displayName } = await administrator.get<{ displayName: string }>(`/api/v1/users/${idOf.get(name)}`)
      await dialog.getByRole('group', { name: 'Members' }).getByText(displayName, { exact: true }).click()
    }
    await dialog.getByRole('button', { name: /How members are asked/ }).click()
    await page.getByRole('option', { name: 'One after another, in their order' }).click()
    await dialog.getByRole('textbox', { name: 'Seconds for each member' }).fill('5')
    await dialog.getByRole('textbox', { name: 'When nobody answers, to' }).fill('205')
    assert.deepEqual(await visitor.accessFaults(), [])
    await visitor.shoot('admin-group-en')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Try a call' }).click()
    await dialog.getByRole('textbox', { name: 'Calls this number' }).fill('271')
    await dialog.getByRole('button', { name: 'Try it' }).click()
    await dialog.getByText('It rings at Repairs (271).').waitFor()
    await dialog.getByText('When nobody answers it goes on to 205.').waitFor()
    assert.deepEqual(await visitor.accessFaults(), [])
    await visitor.shoot('admin-try-call-en')
    await dialog.getByRole('button', { name: 'Close' }).last().click()
    await page.getByRole('button', { name: 'Paste short dials' }).click()
    await dialog.getByRole('textbox', { name: 'The list' }).fill('*0100;205;Repairs at night')
    await dialog.getByRole('button', { name: 'Look what would happen' }).click()
    await dialog.getByText('1 new short dial').waitFor()
    assert.deepEqual(await visitor.accessFaults(), [])
    await dialog.getByRole('button', { name: 'Do it' }).click()
    await page.getByRole('row', { name: /\*0100/ }).waitFor()
    assert.deepEqual(visitor.faults, [])
    await visitor.close()

    const before = [bo, cesar, secretary].map(({ events }) => events.length)
    await caller.dial('271')
    await rings(bo, before[0]!)
    assert.equal(cesar.events.slice(before[1]).filter(({ type }) => type === 'CALL_INCOMING').length, 0)
    await bo.hangUp()
    await rings(cesar, before[1]!)
    await rings(secretary, before[2]!)
    await secretary.answer()
    await talking(['204', '205'])
    await caller.hangUp()
    await noCall()
    const { items } = await administrator.get<{ items: { id: string }[] }>('/api/v1/calls?limit=1')
    const story = await administrator.get<{ steps: { code: string }[] }>(`/api/v1/calls/${items[0]!.id}/story`)
    const codes = story.steps.map(({ code }) => code)
    for (const code of ['route.group', 'route.group-order', 'forwarded']) assert.ok(codes.includes(code), code)
  })

  it('lets a call be taken at the other device by dialling the own number, and is busy for all on a shared line', async () => {
    const made = await administrator.request('POST', '/api/v1/devices', { userId: idOf.get('206'), label: 'Cordless' })
    const { secret } = made.body as { secret: { sipUsername: string; password: string } }
    const cordless = await phone('206', { password: secret.password, authUser: secret.sipUsername })
    let before = bo.events.length
    await caller.dial('206')
    await rings(bo, before)
    await bo.answer()
    await talking(['204', '206'])
    before = bo.events.length
    await cordless.dial('206')
    await bo.waitFor('CALL_CLOSED', 30_000, before)
    await talking(['204', '206'])
    assert.equal((await live()).length, 1)
    await caller.hangUp()
    await noCall()

    const target = { kind: 'shared', name: 'Reception', userIds: [idOf.get('206'), idOf.get('207')] }
    await ask('POST', '/api/v1/numbers', { number: '272', target })
    const [mine, others] = [cordless.events.length, cesar.events.length]
    await caller.dial('272')
    await Promise.all([rings(cordless, mine), rings(cesar, others)])
    await cesar.answer()
    await talking(['204', '207'])
    before = secretary.events.length
    await secretary.dial('272')
    const closed = await secretary.waitFor('CALL_CLOSED', 30_000, before)
    assert.match(String(closed.param), /486/)
    await caller.hangUp()
    await noCall()
  })

  it('follows a rule by caller that was made on the screen', async () => {
    const visitor = await browser.user(platform.url, '207')
    await visitor.go('/settings/reach')
    const { page } = visitor
    await page.getByRole('button', { name: 'New rule' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Caller 204')
    await dialog.getByRole('textbox', { name: 'Numbers' }).fill('204')
    await dialog.getByRole('textbox', { name: 'To this number' }).fill('205')
    assert.deepEqual(await visitor.accessFaults(), [])
    await visitor.shoot('settings-rule-en')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByText(/204 → to 205/).waitFor()
    await visitor.shoot('settings-reach-rule-en')
    assert.deepEqual(visitor.faults, [])
    await visitor.close()
    const narrow = await browser.user(platform.url, '207', { language: 'fr', theme: 'dark', width: 390, height: 844 })
    await narrow.go('/settings/reach')
    await narrow.page.getByText('Caller 204').waitFor()
    assert.deepEqual(await narrow.accessFaults(), [])
    await narrow.shoot('settings-reach-fr-dark-390')
    await narrow.close()
    const before = secretary.events.length
    await caller.dial('207')
    await rings(secretary, before)
    await caller.hangUp()
    await noCall()
  })
})
