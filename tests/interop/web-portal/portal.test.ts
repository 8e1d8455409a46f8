import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import {
  ApiClient,
  Baresip,
  eventually,
  FreePorts,
  type Platform,
  startPlatform,
  type View,
  WebBrowser,
  type WebVisitor,
} from '@vaxel/testkit'
import { talk } from '../baresip/heard-tone.ts'
import { answerSteps, play, register, requestOf, respondInDialog, scenario, stopAll } from '../sipp/sipp-phone.ts'

interface Listed {
  readonly id: string
  readonly endedAt?: string
}

const views: readonly View[] = [
  { language: 'en', theme: 'light' },
  { language: 'sv', theme: 'dark', width: 1920, height: 1080 },
  { language: 'fr', theme: 'light', width: 390, height: 844 },
]

const sections = ['profile', 'calls', 'reach', 'devices', 'notifications', 'appearance']

describe('the portal tells what happened to calls between real phones', () => {
  let platform: Platform
  let browser: WebBrowser
  let own: ApiClient
  let caller: Baresip
  let called: Baresip
  let secretary: Baresip
  let free: FreePorts
  const phones: Baresip[] = []
  const calls: Record<string, string> = {}

  const phone = async (user: string, answer: 'auto' | 'manual') => {
    const started = await Baresip.start({
      user,
      password: `sip-${user}`,
      registrar: platform.sip,
      toneHz: 440,
      answer,
    })
    phones.push(started)
    return started
  }

  /** Dials, lets the call go its way, and finds it in history once it has ended. */
  const callTo = async (number: string, meanwhile: () => Promise<void> = async () => {}): Promise<string> => {
    const list = () => own.get<{ items: Listed[] }>('/api/v1/calls?own=1')
    const before = (await list()).items[0]?.id ?? ''
    await caller.dial(number)
    await meanwhile()
    const ended = await eventually(
      `the call to ${number} in history`,
      async () => (await list()).items.find(({ id, endedAt }) => id > before && endedAt !== undefined),
      20_000,
    )
    return ended.id
  }

  const put = async (user: string, rules: object) => {
    const api = await ApiClient.login(platform.url, `${user}@demo.vaxel.test`, `demo-${user}`)
    const { status } = await api.request('PUT', '/api/v1/me/forwarding', { callWaiting: true, ...rules })
    assert.equal(status, 200)
    return api
  }

  before(async () => {
    platform = await startPlatform()
    free = await FreePorts.claim()
    own = await ApiClient.login(platform.url, '204@demo.vaxel.test', 'demo-204')
    caller = await phone('204', 'manual')
    called = await phone('206', 'manual')
    secretary = await phone('205', 'auto')
    browser = await WebBrowser.open()
  })
  after(async () => {
    await browser?.close()
    await stopAll()
    for (const one of phones) await one.stop()
    free?.release()
    await platform?.stop()
  })

  let heard = 0
  const declines = async () => {
    await called.waitFor('CALL_INCOMING', 30_000, heard)
    heard = called.events.length
    await called.hangUp()
  }

  it('while they are made: busy, forwarded when busy, no answer, wrong number, one-way audio', async () => {
    calls.busy = await callTo('206', declines)
    await put('206', { busy: { to: '205' } })
    calls.forwarded = await callTo('206', async () => {
      await declines()
      await secretary.waitFor('CALL_ESTABLISHED')
      const { items } = await own.get<{ items: { id: string }[] }>('/api/v1/live-calls')
      const supervisor = await browser.user(platform.url, '202')
      await supervisor.go('/live')
      await supervisor.page.getByRole('row').nth(1).getByText('talks').first().waitFor()
      assert.deepEqual(await supervisor.accessFaults(), [])
      await supervisor.shoot('live-en')
      const commands = `/api/v1/live-calls/${items[0]!.id}/commands`
      await own.post(`${commands}/startRecording`, {})
      await talk(2500)
      await own.post(`${commands}/stopRecording`, {})
      await caller.hangUp()
      await supervisor.page.getByText('Nobody is on the phone.').waitFor()
      await supervisor.close()
    })
    const api = await put('206', {})
    await api.patch('/api/v1/me/settings', { ringSeconds: 5 })
    calls.noAnswer = await callTo('206')
    calls.wrong = await callTo('299')
    const mute = { platform, user: '207', port: await free.port() }
    await register(mute)
    const answering = play(mute, scenario(answerSteps('207'), requestOf('BYE'), respondInDialog('200 OK', '207')))
    const already = caller.events.length
    calls.oneWay = await callTo('207', async () => {
      await caller.waitFor('CALL_ESTABLISHED', 30_000, already)
      await talk(3000)
      await caller.hangUp()
    })
    await answering.succeed()
  })

  const verdictOf = async (visitor: WebVisitor, id: string | undefined): Promise<string> => {
    await visitor.go(`/calls/${id}`)
    await visitor.page.locator('h1', { hasText: '→' }).waitFor()
    return await visitor.page.getByRole('region', { name: 'The verdict' }).innerText()
  }

  it('in plain words, with who is at fault and what to do', async () => {
    const visitor = await browser.user(platform.url, '204')
    assert.match(await verdictOf(visitor, calls.busy), /was busy\.[\s\S]*Nobody is at fault/)
    assert.match(await verdictOf(visitor, calls.forwarded), /All went well/)
    const steps = visitor.page.getByRole('region', { name: 'What happened' })
    await steps.getByText(/went on to 205, because .* was on the phone or declined/).waitFor()
    assert.match(await verdictOf(visitor, calls.noAnswer), /rang, but .* did not answer/)
    assert.match(await verdictOf(visitor, calls.wrong), /299 is not in use: a wrong number[\s\S]*The caller/)
    assert.match(await verdictOf(visitor, calls.oneWay), /One-way audio: nothing came from[\s\S]*network/)
    assert.deepEqual(visitor.faults, [])
    await visitor.close()
  })

  it('to a missed person with a number beside the place, found and opened by keyboard alone', async () => {
    const visitor = await browser.user(platform.url, '206')
    const place = visitor.page
      .locator('nav')
      .first()
      .getByRole('link', { name: /^Calls(?! now)/ })
    await place.filter({ hasText: '2' }).waitFor()
    await visitor.go('/calls')
    await visitor.page.getByText('Missed', { exact: true }).last().waitFor()
    await place.filter({ hasNotText: '2' }).waitFor()
    await visitor.page.getByRole('searchbox').focus()
    await visitor.page.keyboard.type('204')
    await visitor.page.getByRole('row').first().waitFor()
    await visitor.page.getByRole('row').first().focus()
    await visitor.page.keyboard.press('Enter')
    await visitor.page.getByRole('region', { name: 'The verdict' }).waitFor()
    await visitor.close()
  })

  it('in each language, theme and size, for everybody', async () => {
    for (const view of views) {
      const name = `${view.language}-${view.theme}-${view.width ?? 1366}`
      const visitor = await browser.user(platform.url, '202', view)
      await visitor.go('/calls')
      // What the whole company did, in the language's own words for it.
      await visitor.page.getByRole('radiogroup').last().getByRole('radio').last().click()
      await visitor.page.getByRole('row').nth(4).waitFor()
      assert.deepEqual(await visitor.accessFaults(), [], `calls ${name}`)
      await visitor.shoot(`calls-${name}`)
      await visitor.go(`/calls/${calls.forwarded}`)
      await visitor.page.locator('ol li').first().waitFor()
      await visitor.shoot(`story-${name}`)
      await visitor.page.getByRole('region', { name: /SIP/ }).getByRole('button').first().click()
      await visitor.page
        .getByRole('button', { name: /^INVITE/ })
        .first()
        .click()
      await visitor.page.locator('pre').waitFor()
      assert.equal(JSON.stringify(await visitor.accessFaults()), '[]', `call ${name}`)
      await visitor.shoot(`call-${name}`)
      const isFirst = view === views[0]
      for (const section of isFirst ? sections : ['calls', 'reach', 'devices']) {
        await visitor.go(`/settings/${section}`)
        await visitor.page.locator('h1').waitFor()
        await visitor.page.locator('section h2').first().waitFor()
        assert.deepEqual(await visitor.accessFaults(), [], `settings ${section} ${name}`)
        await visitor.shoot(`settings-${section}-${name}`)
      }
      assert.deepEqual(visitor.faults, [])
      await visitor.close()
    }
  })

  it('with the recording of their own connection, which plays, skips and is told to the ledger', async () => {
    const visitor = await browser.user(platform.url, '204')
    await visitor.go(`/calls/${calls.forwarded}`)
    const player = visitor.page.getByRole('region', { name: 'Recordings' })
    await player.getByRole('button', { name: 'Play' }).click()
    await player.getByRole('button', { name: 'Pause' }).waitFor()
    const audio = player.locator('audio')
    await eventually('sound', () => audio.evaluate((a: { currentTime: number }) => a.currentTime > 0.2))
    assert.ok((await audio.evaluate((a: { duration: number }) => a.duration)) > 1.5)
    await player.getByRole('button', { name: '10 s back' }).click()
    assert.deepEqual(await visitor.accessFaults(), [])
    await visitor.shoot('recording-en')
    assert.deepEqual(visitor.faults, [])
    await visitor.close()
    const supervisor = await ApiClient.login(platform.url, '202@demo.vaxel.test', 'demo-202')
    const { items } = await supervisor.get<{ items: { kind: string }[] }>('/api/v1/ledger?limit=1000')
    assert.equal(items.filter(({ kind }) => kind === 'recording.played').length, 1)
  })

  it('to whoever has a link, without login, names or secrets, until it is taken back', async () => {
    const supervisor = await browser.user(platform.url, '202')
    await supervisor.go(`/calls/${calls.busy}`)
    await supervisor.page.getByRole('button', { name: 'Share' }).click()
    await supervisor.page.getByRole('button', { name: 'Make the link' }).click()
    const link = await supervisor.page.getByRole('textbox', { name: 'The link' }).inputValue()
    assert.deepEqual(await supervisor.accessFaults(), [])
    const stranger = await browser.visitor({ language: 'fr', theme: 'dark', width: 390, height: 844 })
    await stranger.page.goto(link)
    await stranger.page.getByText('a été occupé').or(stranger.page.getByText('était occupé')).first().waitFor()
    const page = await stranger.page.content()
    for (const secret of ['username="204"', 'nonce="']) assert.ok(!page.includes(secret), `${secret} is not shown`)
    assert.deepEqual(await stranger.accessFaults(), [])
    await stranger.shoot('shared-fr-dark-390')
    await supervisor.page.getByRole('button', { name: 'Take back' }).first().click()
    await supervisor.page.getByRole('button', { name: 'Make the link' }).waitFor()
    await stranger.page.reload()
    await stranger.page.getByText('Ce lien ne fonctionne pas').waitFor()
    await stranger.close()
    await supervisor.close()
  })

  it('and lets people say in a form where their calls go, refusing what leads nowhere', async () => {
    const visitor = await browser.user(platform.url, '206')
    await visitor.go('/settings/calls')
    await visitor.page.getByText('Calls ring on all your phones.').waitFor()
    await visitor.page.getByText('Forward all calls', { exact: true }).click()
    const always = visitor.page.getByRole('group', { name: 'Forward all calls' })
    await always.getByLabel('To this number').fill('299')
    await visitor.page.getByRole('button', { name: 'Save' }).click()
    await visitor.page.getByText('Calls cannot go to that number. Check it.').waitFor()
    await always.getByLabel('To this number').fill('205')
    await visitor.page.getByRole('button', { name: 'Save' }).click()
    await visitor.page.getByText(/All calls go to 205 \(/).waitFor()
    assert.deepEqual(await visitor.accessFaults(), [])
    await visitor.shoot('settings-calls-filled')
    await visitor.close()
  })
})
