import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import {
  type ApiClient,
  Baresip,
  between,
  eventually,
  followTone,
  FreePorts,
  type Platform,
  readWav,
  startPlatform,
  temporaryFolder,
  toneLevelDbov,
  WebBrowser,
} from '@vaxel/testkit'
import { talk } from '../baresip/heard-tone.ts'
import { Exim } from '../mail/exim.ts'
import { Dovecot } from './dovecot.ts'

interface Message {
  readonly id: string
  readonly state: string
  readonly durationMs: number
}

const toneHz = 620

describe('voicemail with real telephones, a real mailbox and a real browser', () => {
  let platform: Platform
  let free: FreePorts
  let exim: Exim
  let dovecot: Dovecot
  let caller: Baresip
  let owner: Baresip
  let api: ApiClient
  let environment: Record<string, string>
  let box: string
  before(async () => {
    free = await FreePorts.claim()
    const [smtp, imap] = [await free.port(), await free.port()]
    exim = await Exim.start(smtp)
    dovecot = await Dovecot.start(imap, exim.box)
    environment = {
      VAXEL_SMTP_URL: `smtp://127.0.0.1:${smtp}`,
      VAXEL_MAIL_FROM: 'no-reply@demo.vaxel.test',
    }
    platform = await startPlatform({ environment })
    owner = await Baresip.start({
      user: '206',
      password: 'sip-206',
      registrar: platform.sip,
      answer: 'manual',
      config: ['module_app mwi.so'],
      account: ';mwi=yes',
    })
    caller = await Baresip.start({ user: '204', password: 'sip-204', registrar: platform.sip, toneHz })
    api = await platform.login('206')
    const [own] = (await api.get<{ items: { id: string }[] }>('/api/v1/me/voicemail')).items
    box = `/api/v1/voicemail/${own!.id}`
    await api.patch(`${box}/settings`, { mail: 'attachment' })
    const put = await api.request('PUT', '/api/v1/me/forwarding', { callWaiting: true, always: { to: '700' } })
    assert.equal(put.status, 200)
  })
  after(async () => {
    await caller?.stop()
    await owner?.stop()
    await platform?.stop()
    await dovecot?.stop()
    await exim?.stop()
    free?.release()
  })

  const messages = async () => (await api.get<{ items: Message[] }>(`${box}/messages`)).items
  /** What the owner's telephone was told last of waiting messages. */
  const lamp = () => [...owner.program.output.matchAll(/Voice-Message: (\d+\/\d+)/g)].at(-1)?.[1]
  const wavIn = (bytes: Uint8Array) => {
    const path = join(temporaryFolder('voicemail'), 'message.wav')
    writeFileSync(path, bytes)
    return readWav(path)
  }

  it('a caller leaves a message: the lamp is lit, the mail has the caller’s own sound', async () => {
    await caller.dial('206')
    await caller.waitFor('CALL_ESTABLISHED')
    await caller.command('sndcode', '#')
    await talk(4000)
    await caller.hangUp()
    await eventually('the lamp', () => lamp() === '1/0', 20_000)
    const [message] = await messages()
    assert.equal(message?.state, 'new')
    assert.ok(message.durationMs > 2000, `${message.durationMs} ms`)
    const [mail] = await eventually(
      'the mail by IMAP',
      async () => {
        const mails = await dovecot.mails()
        return mails.length > 0 && mails
      },
      20_000,
    )
    assert.match(mail!, /^From: no-reply@demo\.vaxel\.test/m)
    const encoded = /Content-Type: audio\/wav[\s\S]*?\r\n\r\n([A-Za-z0-9+/=\r\n]+)/.exec(mail!)?.[1]
    assert.ok(encoded, mail)
    const wav = wavIn(Buffer.from(encoded, 'base64'))
    const { heardMs, longestGapMs } = followTone(wav.channels[0]!, wav.rateHz, toneHz)
    assert.ok(heardMs > 1500 && longestGapMs <= 40, `${heardMs} ms, gap ${longestGapMs} ms`)
  })

  it('plays in the browser, which marks it as heard everywhere; marked as new again, the lamp burns again', async () => {
    const browser = await WebBrowser.open()
    try {
      const visitor = await browser.user(platform.url, '206')
      const { page } = visitor
      await page
        .locator('nav')
        .first()
        .getByRole('link', { name: /^Voicemail/ })
        .filter({ hasText: '1' })
        .click()
      await page.getByRole('button', { name: /Erik Sjöberg/ }).click()
      await page.getByRole('button', { name: 'Play', exact: true }).click()
      await eventually('the position moves', async () => Number(await page.getByRole('slider').inputValue()) >= 1000)
      await eventually('the lamp is off', () => lamp() === '0/1')
      assert.deepEqual(await visitor.accessFaults(), [])
      await visitor.shoot('voicemail-en-light')
      await page.getByRole('button', { name: 'Mark as new' }).click()
      await eventually('the lamp burns', () => lamp() === '1/0')
      await page.getByRole('button', { name: 'Delete', exact: true }).click()
      await eventually('deleted', () => lamp() === '0/0')
      await page.getByRole('button', { name: 'Undo' }).click()
      await eventually('taken back', () => lamp() === '1/0')
      await visitor.go('/settings/voicemail')
      await page.getByRole('group', { name: 'Usual greeting' }).getByRole('button', { name: 'Record' }).click()
      await talk(2500)
      await page.getByRole('button', { name: 'Stop' }).click()
      await page.getByRole('button', { name: 'Use it' }).click()
      await page.getByText(/Your own, 0:0[23]/).waitFor()
      const greeting = page.getByRole('group', { name: 'Usual greeting' })
      await greeting.getByRole('button', { name: 'Play' }).click()
      await eventually('the greeting is heard', async () =>
        greeting
          .locator('audio')
          .evaluate((element) => (element as unknown as { currentTime: number }).currentTime > 0.5),
      )
      assert.deepEqual(await visitor.accessFaults(), [])
      await visitor.shoot('voicemail-settings-en-light')
      assert.deepEqual(visitor.faults, [])
      await visitor.close()
      const phone = await browser.user(platform.url, '206', { language: 'fr', theme: 'dark', width: 390, height: 844 })
      const [message] = await messages()
      await phone.go(`/voicemail/${box.split('/').at(-1)}/${message?.id}`)
      await phone.page.getByRole('slider').waitFor()
      assert.deepEqual(await phone.accessFaults(), [])
      await phone.shoot('voicemail-fr-dark-390')
      await phone.go('/settings/voicemail')
      await phone.page.getByRole('group').first().waitFor()
      await phone.shoot('voicemail-settings-fr-dark-390')
      const administrator = await browser.user(platform.url, '201', { language: 'sv' })
      await administrator.go('/admin/mailboxes')
      await administrator.page.getByRole('button', { name: 'Ny delad röstbrevlåda' }).click()
      await administrator.page.getByRole('textbox', { name: 'Namn' }).fill('Försäljning')
      await administrator.page.getByRole('textbox', { name: 'Nummer' }).fill('230')
      await administrator.page.getByRole('dialog').getByRole('searchbox').fill('nyström')
      await administrator.page
        .getByRole('dialog')
        .getByRole('button', { name: /Åsa Nyström/ })
        .click()
      await administrator.page.getByRole('button', { name: 'Spara' }).click()
      await administrator.page.getByRole('row', { name: /Försäljning/ }).waitFor()
      assert.deepEqual(await administrator.accessFaults(), [])
      await administrator.shoot('voicemail-admin-sv-light')
      assert.deepEqual(administrator.faults, [])
    } finally {
      await browser.close()
    }
  })

  it('is heard and deleted at the telephone, with a PIN; the lamp goes out', async () => {
    assert.equal((await api.request('PUT', `${box}/pin`, { pin: '7391' })).status, 204)
    const before = owner.events.length
    await owner.dial('700')
    await owner.waitFor('CALL_ESTABLISHED', 30_000, before)
    await talk(600)
    await owner.command('sndcode', '7391#')
    await talk(600)
    // The new messages; then the first one from its start, without hearing out who left it and when.
    await owner.command('sndcode', '1')
    await talk(500)
    await owner.command('sndcode', '1')
    await talk(2500)
    await owner.command('sndcode', '3')
    await eventually('the lamp is off', () => lamp() === '0/0')
    await owner.hangUp()
    const heard = await eventually('what the telephone heard', () =>
      owner.heard().find(({ durationMs }) => durationMs > 3000),
    )
    const step = heard.rateHz / 4
    let loudMs = 0
    for (let at = 0; at + step <= heard.channels[0]!.length; at += step)
      if (toneLevelDbov(heard.channels[0]!.subarray(at, at + step), heard.rateHz, toneHz) > -30) loudMs += 250
    assert.ok(loudMs >= 1000, `the message was heard for ${loudMs} ms`)
    assert.deepEqual(await messages(), [])
    assert.ok(between(heard.channels[0]!, heard.rateHz, 0, 100).length > 0)
  })

  it('keeps what was said until the server is killed', async () => {
    const before = caller.events.length
    await caller.dial('206')
    await caller.waitFor('CALL_ESTABLISHED', 30_000, before)
    await caller.command('sndcode', '#')
    await talk(4500)
    await platform.kill()
    platform = await startPlatform({ data: platform.data, ports: platform.ports, environment })
    api = await platform.login('206')
    const kept = await messages()
    assert.equal(kept.length, 1)
    assert.equal(kept[0]?.state, 'new')
    assert.ok(kept[0].durationMs >= 2000, `${kept[0].durationMs} ms were kept`)
    const answer = await fetch(`${platform.url}${box}/messages/${kept[0].id}/audio`, {
      headers: { authorization: `Bearer ${api.token}` },
    })
    const wav = wavIn(new Uint8Array(await answer.arrayBuffer()))
    assert.ok(followTone(wav.channels[0]!, wav.rateHz, toneHz, 200).heardMs > 1200)
  })
})
