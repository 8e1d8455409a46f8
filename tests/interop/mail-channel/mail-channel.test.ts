import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import {
  type ApiClient,
  eventually,
  FreePorts,
  type Platform,
  startPlatform,
  temporaryFolder,
  type View,
  WebBrowser,
} from '@vaxel/testkit'
import { type BoxPorts, DovecotBoxes } from './dovecot-boxes.ts'
import { type MailCertificate, makeMailCertificate } from './mail-certificate.ts'
import { Postfix } from './postfix.ts'

interface Conversation {
  readonly id: string
  readonly mailboxId: string
  readonly subject: string
  readonly state: string
  readonly mails: number
}

const names = ['support', 'sales', 'token', 'anna', 'eva']

describe('mails of customers with Dovecot and Postfix', () => {
  let free: FreePorts
  let ports: BoxPorts
  let submission: number
  let certificate: MailCertificate
  let dovecot: DovecotBoxes
  let postfix: Postfix
  let platform: Platform
  let api: ApiClient
  let tokens: Server
  let tokenUrl: string
  /** Tokens that the server has given, the last one good. */
  let given = 0
  before(async () => {
    free = await FreePorts.claim()
    ports = { imap: await free.port(), imaps: await free.port(), pop3: await free.port(), pop3s: await free.port() }
    submission = await free.port()
    const folder = temporaryFolder('boxes')
    certificate = makeMailCertificate(temporaryFolder('certificate'))
    tokens = createServer((request, response) => {
      response.setHeader('content-type', 'application/json')
      if (request.method === 'POST') {
        response.end(JSON.stringify({ access_token: `token-${++given}`, expires_in: 3600 }))
        return
      }
      const isGood = request.url?.endsWith(`=token-${given}`) === true && given > 0
      response.statusCode = isGood ? 200 : 401
      response.end(JSON.stringify(isGood ? { email: 'token@shop.test' } : { error: 'invalid_token' }))
    })
    await new Promise<void>((resolve) => tokens.listen(0, '127.0.0.1', resolve))
    tokenUrl = `http://127.0.0.1:${(tokens.address() as AddressInfo).port}/token`
    dovecot = await DovecotBoxes.start({ folder, ports, certificate, tokens: tokenUrl })
    postfix = await Postfix.start({
      folder: temporaryFolder('postfix'),
      mail: join(folder, 'mail'),
      auth: join(folder, 'auth-postfix'),
      names,
      port: await free.port(),
      submission,
      certificate,
      owner: dovecot.owner,
    })
    platform = await startPlatform()
    api = await platform.login('201')
  })
  after(async () => {
    await platform?.stop()
    await postfix?.stop()
    await dovecot?.stop()
    tokens?.close()
    free?.release()
  })

  const account = (name: string, reading: object, more: object = {}) => ({
    name,
    address: `${name}@shop.test`,
    aliases: [],
    isOn: true,
    reading: {
      protocol: 'imap',
      server: { host: 'localhost', port: ports.imap, security: 'starttls' },
      login: `${name}@shop.test`,
      folder: 'INBOX',
      after: 'read',
      first: 'all',
      pollSeconds: 10,
      mostBytes: 10_000_000,
      ...reading,
    },
    sending: { server: { host: 'localhost', port: submission, security: 'starttls' }, login: `${name}@shop.test` },
    login: { kind: 'password' },
    trusted: certificate.pem,
    members: [],
    secrets: { password: 'secret' },
    ...more,
  })
  const all = async (): Promise<Conversation[]> =>
    (await api.get<{ items: Conversation[] }>('/api/v1/mail-conversations?limit=200')).items
  const mail = (subject: string): string =>
    `From: Anna <anna@customer.test>\r\nTo: support@shop.test\r\nMessage-ID: <${subject.replace(/\W/g, '-')}@customer.test>\r\nSubject: ${subject}\r\n\r\nHello\r\n`

  it('says of wrong settings what is wrong with them', async () => {
    const tls = { host: 'localhost', port: ports.imaps, security: 'tls' }
    const cases: readonly [string, object, object][] = [
      ['login', { server: tls }, { secrets: { password: 'wrong' } }],
      ['certificate', { server: tls }, { trusted: undefined }],
      ['port', { server: { ...tls, port: 1 } }, {}],
      ['name', { server: { ...tls, host: 'nobody.invalid' } }, {}],
      ['inner', { server: { ...tls, host: '10.255.255.1' } }, {}],
      ['folder', { server: tls, folder: 'Nowhere' }, {}],
      ['folder', { server: tls, after: 'move', moveTo: 'Nowhere' }, {}],
      ['tls', { server: { ...tls, port: ports.imap } }, {}],
      ['protocol', { protocol: 'pop3', after: 'keep', server: { ...tls, port: ports.imap, security: 'starttls' } }, {}],
      [
        'login',
        { protocol: 'pop3', after: 'keep', server: { ...tls, port: ports.pop3s } },
        { secrets: { password: 'x' } },
      ],
    ]
    const told = await Promise.all(
      cases.map(async ([, reading, more]) => {
        const {
          name: _,
          address: __,
          aliases: ___,
          isOn: ____,
          members: _____,
          ...wish
        } = account('sales', reading, more)
        const tried = await api.post<{ reading: { trouble?: string; detail?: string } }>(
          '/api/v1/mail-accounts/test',
          wish,
        )
        return tried.reading.trouble
      }),
    )
    assert.deepEqual(
      told,
      cases.map(([trouble]) => trouble),
    )
  })

  it('has every mail once although the server is killed while it reads: IMAP with STARTTLS, POP3 with TLS', async () => {
    const count = 30
    for (let i = 0; i < count; i++) {
      dovecot.deliver('support', mail(`imap-${i}`))
      dovecot.deliver('sales', mail(`pop-${i}`))
    }
    await api.post('/api/v1/mail-accounts', account('support', {}))
    await api.post(
      '/api/v1/mail-accounts',
      account('sales', {
        protocol: 'pop3',
        after: 'delete',
        server: { host: 'localhost', port: ports.pop3s, security: 'tls' },
      }),
    )
    await eventually('some mails', async () => (await all()).length >= 12, 60_000)
    await platform.kill()
    platform = await startPlatform({ data: platform.data, ports: platform.ports })
    api = await platform.login('201')
    await eventually('all mails', async () => (await all()).length >= 2 * count, 60_000)
    await eventually(
      'all are marked or gone at the server',
      () => {
        const support = dovecot.counts('support')
        return support.all === count && support.seen === count && dovecot.counts('sales').all === 0
      },
      60_000,
    )
    const found = await all()
    const wanted = Array.from({ length: count }, (_, i) => [`imap-${i}`, `pop-${i}`]).flat()
    assert.deepEqual(found.map(({ subject }) => subject).sort(), wanted.sort())
    assert.ok(found.every(({ mails }) => mails === 1))
  })

  it('hears of a new mail by IDLE, answers it by submission, and takes the answer to that into one conversation', async () => {
    await postfix.give('anna@customer.test', 'support@shop.test', mail('Where is it?'))
    const find = async () => (await all()).find(({ subject }) => subject === 'Where is it?')
    await eventually('the mail', async () => (await find()) !== undefined, 60_000)
    const { id } = (await find())!
    await api.post(`/api/v1/mail-conversations/${id}/answer`, { text: 'Här är det — på väg.' })
    await eventually('the answer in the box', () => dovecot.mails('anna').length === 1, 60_000)
    const [answer] = dovecot.mails('anna')
    assert.match(answer!, /^From: support@shop\.test\r?$/m)
    assert.match(answer!, /^In-Reply-To: <Where-is-it-@customer\.test>$/m)
    assert.match(answer!, /^Content-Type: multipart\/alternative/m)
    assert.equal(answer!.match(/^Message-ID:/gim)?.length, 1)
    const messageId = /^Message-ID:\s*(<[^>]+>)/im.exec(answer!)![1]!
    await postfix.give(
      'anna@customer.test',
      'support@shop.test',
      `From: anna@customer.test\r\nTo: support@shop.test\r\nMessage-ID: <thanks@customer.test>\r\nReferences: ${messageId}\r\nSubject: Thanks\r\n\r\nGood\r\n`,
    )
    await eventually('the answer to it', async () => (await find())?.mails === 3, 60_000)
    assert.equal((await find())?.state, 'open')
    assert.match(postfix.log(), /sasl_username=support@shop\.test/)
  })

  it('logs in with tokens, gets new ones, and moves what it has read', async () => {
    dovecot.deliver('token', mail('by token'))
    await api.post(
      '/api/v1/mail-accounts',
      account(
        'token',
        { after: 'move', moveTo: 'Done', server: { host: 'localhost', port: ports.imaps, security: 'tls' } },
        {
          login: { kind: 'oauth', tokenUrl, clientId: 'vaxel' },
          secrets: { refreshToken: 'refresh', clientSecret: 'secret' },
        },
      ),
    )
    await eventually('the mail', async () => (await all()).some(({ subject }) => subject === 'by token'), 60_000)
    await eventually('the move', () => dovecot.counts('token').all === 0, 60_000)
    assert.ok(given >= 1)
  })

  it('is read from its publication in the contact centre on, and not any more once that is undone', async () => {
    const { secrets, ...box } = account('drafted', {}, { address: 'anna@shop.test' })
    const value = { ...box, id: 'drafted', reading: { ...box.reading, login: 'anna@shop.test' } }
    const centre = '/api/v1/centre'
    const draft = () => api.get<{ revision: number; version: number }>(`${centre}/draft`)
    const { revision, version } = await draft()
    assert.equal((await api.request('PUT', `${centre}/draft/mailboxes/drafted`, { revision, value })).status, 200)
    const given = await api.request('PUT', `${centre}/draft/mailboxes/drafted/secrets`, { secrets })
    assert.equal(given.status, 200)
    dovecot.deliver('anna', mail('drafted first'))
    await api.post(`${centre}/publications`, { revision: (await draft()).revision })
    await eventually('the mail', async () => (await all()).some(({ subject }) => subject === 'drafted first'), 60_000)
    await api.post(`${centre}/versions/${version}/restorations`, {})
    await eventually(
      'the end of reading',
      async () => {
        const { items } = await api.get<{ items: { id: string; removedAt?: string }[] }>('/api/v1/mail-accounts')
        return items.find(({ id }) => id === 'drafted')?.removedAt !== undefined
      },
      60_000,
    )
    dovecot.deliver('anna', mail('drafted second'))
    // What another mailbox reads meanwhile was given to its server later.
    dovecot.deliver('support', mail('after that'))
    await eventually('a later mail', async () => (await all()).some(({ subject }) => subject === 'after that'), 60_000)
    const subjects = (await all()).map(({ subject }) => subject)
    assert.deepEqual(
      ['drafted first', 'drafted second'].map((subject) => subjects.includes(subject)),
      [true, false],
    )
  })

  it('is read and answered on screen, in three languages, and two who look at one are told', async () => {
    const html =
      'From: Eva Ek <eva@customer.test>\r\nTo: support@shop.test\r\nMessage-ID: <page@customer.test>\r\nSubject: Broken lamp\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<h2>My lamp is broken</h2><script>document.title = "no"</script><p style="color:#a00">Please help.</p><img src="https://tracker.invalid/p.png">'
    await postfix.give('eva@customer.test', 'support@shop.test', html)
    await eventually('the mail', async () => (await all()).some(({ subject }) => subject === 'Broken lamp'), 60_000)
    const { id } = (await all()).find(({ subject }) => subject === 'Broken lamp')!
    const browser = await WebBrowser.open()
    try {
      const views: readonly View[] = [
        { language: 'en', theme: 'light' },
        { language: 'sv', theme: 'dark' },
        { language: 'fr', theme: 'light', width: 390, height: 844 },
      ]
      const [admin, colleague, ...more] = await Promise.all(
        views.map((view, at) => browser.user(platform.url, at === 1 ? '202' : '201', view)),
      )
      const { page } = admin!
      await admin!.go(`/mail/${id}`)
      const frame = page.frameLocator('iframe')
      await frame.getByText('My lamp is broken').waitFor()
      assert.equal(await frame.locator('img[src]').count(), 0)
      await page.getByRole('textbox', { name: 'Your answer' }).fill('We send you a new one.')
      await colleague!.go(`/mail/${id}`)
      await colleague!.page.getByText(/skriver ett svar|läser det här också/).waitFor()
      for (const [at, visitor] of [admin!, colleague!, ...more].entries()) {
        if (at === 2) await visitor.go(`/mail/${id}`)
        await visitor.page.frameLocator('iframe').getByText('Please help.').waitFor()
        assert.deepEqual(await visitor.accessFaults(), [], `mail ${at}`)
        await visitor.shoot(`mail-channel-conversation-${at}`)
      }
      await page.getByRole('button', { name: 'Send', exact: true }).click()
      await eventually('the answer', () => dovecot.mails('eva').length === 1, 60_000)
      assert.match(dovecot.mails('eva')[0]!, /We send you a new one\./)
      for (const [at, visitor] of [admin!, ...more].entries()) {
        await visitor.go('/admin/mail-accounts')
        await visitor.page.getByText('support@shop.test').first().waitFor()
        assert.deepEqual(await visitor.accessFaults(), [], `mailboxes ${at}`)
        await visitor.shoot(`mail-channel-mailboxes-${at}`)
      }
      await page
        .getByRole('row', { name: /^support/ })
        .getByRole('button', { name: 'Edit' })
        .click()
      await page.getByRole('button', { name: 'Try these settings' }).click()
      await page.getByText(/Reading works/).waitFor()
      await page.getByText('Sending works.').waitFor()
      assert.deepEqual(await admin!.accessFaults(), [])
      await admin!.shoot('mail-channel-mailbox')
      // What the test itself puts into every page cannot run in the sandbox of a mail.
      assert.deepEqual(
        admin!.faults.filter((fault) => !fault.includes('is sandboxed')),
        [],
      )
    } finally {
      await browser.close()
    }
  })
})
