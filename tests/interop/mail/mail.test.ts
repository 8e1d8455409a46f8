import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { eventually, FreePorts, type Platform, startPlatform } from '@vaxel/testkit'
import { Exim } from './exim.ts'

interface Mail {
  readonly id: string
  readonly to: string
  readonly state: string
  readonly fault?: string
}

describe('mails that the platform sends', () => {
  let platform: Platform
  let exim: Exim | undefined
  let port: number
  let free: FreePorts
  before(async () => {
    free = await FreePorts.claim()
    port = await free.port()
    platform = await startPlatform({
      environment: { VAXEL_SMTP_URL: `smtp://127.0.0.1:${port}`, VAXEL_MAIL_FROM: 'vaxel@demo.vaxel.test' },
    })
  })
  after(async () => {
    await platform?.stop()
    await exim?.stop()
    free.release()
  })

  it('wait while the mail server is away, and are in the mailbox once it is there, with their owner and one Message-ID', async () => {
    const api = await platform.login('201')
    const soon = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10)
    const secret = (owner: string) => ({
      requirement: 'own',
      subject: `Medgivande för ${owner}`,
      notAfter: soon,
      owner,
    })
    await api.post('/api/v1/sites', {
      name: 'Kista',
      profile: {
        format: 'vaxel-site-profile/1',
        name: 'Kista',
        system: 'vaxel',
        people: { deskPhone: 1 },
        connection: 'internet',
        secrets: [secret('it@example.com'), secret('nobody-here@example.com')],
      },
    })
    // Sites are looked at when the server starts, and every hour.
    await platform.kill()
    platform = await startPlatform({
      data: platform.data,
      ports: platform.ports,
      environment: { VAXEL_SMTP_URL: `smtp://127.0.0.1:${port}`, VAXEL_MAIL_FROM: 'vaxel@demo.vaxel.test' },
    })
    const again = await platform.login('201')
    const mails = async () => (await again.get<{ items: Mail[] }>('/api/v1/mails')).items
    await eventually(
      'a first try',
      async () => (await mails()).filter(({ fault }) => fault !== undefined).length === 2,
      20_000,
    )
    assert.deepEqual(
      (await mails()).map(({ state }) => state),
      ['waiting', 'waiting'],
    )
    exim = await Exim.start(port)
    for (const { id } of await mails()) await again.post(`/api/v1/mails/${id}/retry`, undefined)
    await eventually('the mail in the box', async () => exim!.mails().includes('it@example.com'), 20_000)
    const box = exim.mails()
    assert.match(box, /^From: vaxel@demo\.vaxel\.test$/m)
    assert.match(box, /^Message-ID: <\w+@/im)
    assert.match(box, /^Envelope-to: it@example\.com$/m)
    assert.match(box, /Kista/)
    await eventually('the refusal', async () => (await mails()).some(({ state }) => state === 'failed'), 20_000)
    const refused = (await mails()).find(({ to }) => to.startsWith('nobody-here'))
    assert.match(refused?.fault ?? '', /no such user here/)
    assert.doesNotMatch(exim.mails(), /nobody-here/)
    assert.equal(exim.mails().match(/^Message-ID:/gim)?.length, 1)
  })
})
