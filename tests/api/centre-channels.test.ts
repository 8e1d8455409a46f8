import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { CompanyId, UserId } from '@vaxel/base'
import type { CentreDraftView } from '@vaxel/contract'
import type { MailAccountId } from '@vaxel/core'
import type { Static } from 'typebox'
import { type ApiPlatform, startApi } from './api-platform.ts'
import type { CheckedClient } from './checked-client.ts'

type View = Static<typeof CentreDraftView>

const path = '/api/v1/centre'
const login = 'info@shop.test'
const mailbox = {
  id: 'info',
  name: 'Info',
  address: login,
  aliases: [],
  isOn: true,
  reading: {
    protocol: 'imap',
    server: { host: 'imap.shop.test', port: 993, security: 'tls' },
    login,
    folder: 'INBOX',
    after: 'read',
    first: 'all',
    pollSeconds: 60,
    mostBytes: 1_000_000,
  },
  sending: { server: { host: 'smtp.shop.test', port: 587, security: 'starttls' }, login },
  login: { kind: 'password' },
  members: [],
}
const website = {
  id: 'shop-0123456789abcdef',
  name: 'Shop',
  queueId: '',
  origins: ['https://shop.example'],
  asks: 'nothing',
  consent: '',
  greeting: '',
  offersVoice: false,
  keepDays: 30,
}

describe('channels in the document of the contact centre', () => {
  let api: ApiPlatform
  let admin: CheckedClient
  let supervisor: CheckedClient
  let agent: CheckedClient
  let visitor: CheckedClient
  let companyId: CompanyId
  let queueId: string
  const idOf = (name: string): UserId => api.store.directory.userByAddress('demo.vaxel.test', name)!.id
  const draft = async (): Promise<View> => (await admin.ask('GET', `${path}/draft?language=en`)).body as View
  const put = async (section: string, value: { readonly id: string } & Readonly<Record<string, unknown>>) => {
    const { revision } = await draft()
    return admin.ask('PUT', `${path}/draft/${section}/${value.id}?language=en`, { revision, value })
  }
  const remove = async (section: string, id: string) => {
    const { revision } = await draft()
    return admin.ask('DELETE', `${path}/draft/${section}/${id}?language=en&revision=${revision}`)
  }
  const publish = async () =>
    admin.ask('POST', `${path}/publications?language=en`, { revision: (await draft()).revision })
  const published = async (): Promise<View> => {
    const { status, body } = await publish()
    assert.equal(status, 200, JSON.stringify(body))
    return body as View
  }
  const findings = ({ findings: { items } }: View, section: string) =>
    items.filter((one) => one.section === section).map(({ code, at }) => [code, at])
  const accounts = async () => (await admin.ask('GET', '/api/v1/mail-accounts')).body.items as Account[]
  interface Account {
    readonly id: string
    readonly name: string
    readonly health: { readonly state: string }
    readonly secretsSet: readonly string[]
    readonly removedAt?: string
  }

  async function eventually<T>(what: string, find: () => Promise<T | undefined | false>): Promise<T> {
    const until = Date.now() + 20_000
    for (;;) {
      const found = await find()
      if (found) return found
      if (Date.now() > until) throw new Error(`${what} did not come`)
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }
  const health = (id: string, state: string) =>
    eventually(`${id} is ${state}`, async () =>
      (await accounts()).find((account) => account.id === id && account.health.state === state),
    )
  const conversation = (subject: string) =>
    eventually(subject, async () => {
      const { items } = (await admin.ask('GET', '/api/v1/mail-conversations')).body as {
        items: { id: string; subject: string }[]
      }
      return items.find((one) => one.subject === subject)
    })
  const deliver = (subject: string) =>
    api.mailServers.deliver(
      login,
      `From: Anna <anna@customer.test>\r\nTo: ${login}\r\nMessage-ID: <${subject}@customer.test>\r\nSubject: ${subject}\r\n\r\nHello\r\n`,
    )

  before(async () => {
    api = await startApi()
    admin = await api.client.logIn('201@demo.vaxel.test', 'demo-201')
    supervisor = await api.client.logIn('202@demo.vaxel.test', 'demo-202')
    agent = await api.client.logIn('205@demo.vaxel.test', 'demo-205')
    visitor = api.client.as(undefined)
    companyId = api.store.directory.user(idOf('201'))!.companyId
    const made = await admin.ask('POST', `${path}/queues?language=en`, {
      name: 'Letters',
      number: '311',
      userIds: [idOf('205')],
      hours: 'always',
    })
    assert.equal(made.status, 201, JSON.stringify(made.body))
    queueId = made.body.queueId
    const queue = (made.body.view as View).centre.queues.find(({ id }) => id === queueId)!
    assert.equal((await put('queues', { ...queue, channels: ['call', 'mail', 'chat'] })).status, 200)
    await published()
  })
  after(() => api.close())

  it('are drafted by administrators, read by supervisors, and nobody notices before they are published', async () => {
    const value = { ...mailbox, queueId }
    for (const client of [agent, supervisor]) {
      const asked = await client.ask('PUT', `${path}/draft/mailboxes/info`, { revision: 0, value })
      assert.equal(asked.status, 403)
      const secrets = await client.ask('PUT', `${path}/draft/mailboxes/info/secrets`, { secrets: { password: 'x' } })
      assert.equal(secrets.status, 403)
    }
    const kept = await put('mailboxes', value)
    assert.equal(kept.status, 200, JSON.stringify(kept.body))
    assert.deepEqual(await accounts(), [])
    const seen = (await supervisor.ask('GET', `${path}/draft?language=sv`)).body as View
    assert.deepEqual(
      seen.changes.items.map(({ text }) => text),
      ['Tillkommer: e-postbrevlåda ”Info”'],
    )
  })

  it('say all mistakes at once, with their places, and are not published with one', async () => {
    const reading = { ...mailbox.reading, protocol: 'pop3', after: 'move' }
    await put('mailboxes', { ...mailbox, reading, queueId: 'none' })
    await put('websites', { ...website, queueId: 'none' })
    const view = await draft()
    assert.deepEqual(findings(view, 'mailboxes'), [
      ['mailbox-pop3-after', '/reading/after'],
      ['mailbox-move-missing', '/reading/moveTo'],
      ['mailbox-queue-unknown', '/queueId'],
      ['mailbox-no-password', '/login'],
    ])
    const refused = await publish()
    assert.deepEqual([refused.status, refused.body.code], [409, 'CENTRE_NOT_SOUND'])
    assert.deepEqual(
      (refused.body.mistakes as { path: string }[]).map(({ path: at }) => at),
      [
        '/centre/mailboxes/0/reading/after',
        '/centre/mailboxes/0/reading/moveTo',
        '/centre/mailboxes/0/queueId',
        '/centre/websites/0/queueId',
      ],
    )
    await put('mailboxes', { ...mailbox, queueId })
    await put('websites', { ...website, queueId })
    assert.deepEqual(findings(await draft(), 'mailboxes'), [['mailbox-no-password', '/login']])
  })

  it('take a secret apart, never show it, and are read from their publication on', async () => {
    assert.equal(
      (await admin.ask('PUT', `${path}/draft/mailboxes/none/secrets`, { secrets: { password: 'x' } })).status,
      404,
    )
    const given = await admin.ask('PUT', `${path}/draft/mailboxes/info/secrets`, {
      secrets: { password: 'top-secret' },
    })
    assert.deepEqual(given.body, { secretsSet: ['password'], holds: 'whenPublished' })
    const view = await draft()
    assert.deepEqual(findings(view, 'mailboxes'), [])
    assert.doesNotMatch(JSON.stringify(view), /top-secret/)
    deliver('First')
    assert.deepEqual(await accounts(), [])
    const now = await published()
    assert.deepEqual([now.centre.mailboxes.length, now.centre.websites.length], [1, 1])
    await health('info', 'reading')
    await conversation('First')
    assert.equal((await visitor.ask('GET', `/api/v1/visitor/sites/${website.id}`)).status, 200)
    assert.doesNotMatch(JSON.stringify(now), /top-secret/)
    const version = (await supervisor.ask('GET', `${path}/versions`)).body.items[0]
    assert.deepEqual([version.channels, version.isLive], [2, true])
  })

  it('are connected anew at other servers only with a secret that was given for those', async () => {
    const server = { host: 'imap.elsewhere.test', port: 993, security: 'tls' }
    await put('mailboxes', { ...mailbox, queueId, reading: { ...mailbox.reading, server } })
    assert.deepEqual(findings(await draft(), 'mailboxes'), [['mailbox-no-password', '/login']])
    await published()
    await health('info', 'off')
    assert.deepEqual((await accounts())[0]?.secretsSet, [])
    const given = await admin.ask('PUT', `${path}/draft/mailboxes/info/secrets`, { secrets: { password: 'other' } })
    assert.equal(given.body.holds, 'now')
    await health('info', 'reading')
    const { version } = await draft()
    const undone = await admin.ask('POST', `${path}/versions/${version - 1}/restorations?language=en`, {})
    assert.equal(undone.status, 200, JSON.stringify(undone.body))
    await eventually(
      'the secret of before',
      async () => api.store.mailChannel.secrets('info' as MailAccountId).password === 'top-secret',
    )
    await health('info', 'reading')
  })

  it('are changed at once by the operations of before, as a version of their own, beside an open draft', async () => {
    const before = await draft()
    await put('skills', { id: 'german', name: 'German' })
    const changed = await admin.ask('PATCH', '/api/v1/mail-accounts/info', { signature: 'The shop' })
    assert.equal(changed.status, 200, JSON.stringify(changed.body))
    const view = await draft()
    assert.equal(view.version, before.version + 1)
    assert.equal(view.centre.mailboxes[0]?.signature, 'The shop')
    assert.deepEqual(
      view.changes.items.map(({ text }) => text),
      ['New skill “German”'],
    )
    const [latest] = (await admin.ask('GET', `${path}/versions`)).body.items
    assert.equal(latest.note, 'Ändras: e-postbrevlåda ”Info”')
    assert.equal(latest.publishedBy, api.store.directory.user(idOf('201'))?.displayName)
    const site = { ...website, name: 'Second', queueId } as Record<string, unknown>
    delete site['id']
    const made = await admin.ask('POST', '/api/v1/chat-sites', site)
    assert.equal(made.status, 201, JSON.stringify(made.body))
    assert.equal((await draft()).centre.websites.length, 2)
    assert.equal((await admin.ask('DELETE', `/api/v1/chat-sites/${made.body.id}`)).status, 204)
    assert.equal((await visitor.ask('GET', `/api/v1/visitor/sites/${made.body.id}`)).status, 404)
    await admin.ask('DELETE', `${path}/draft?revision=${(await draft()).revision}`)
  })

  it('stay what they are for whoever sends a document without them', async () => {
    const { revision, centre } = await draft()
    const { mailboxes: _, websites: __, ...older } = centre
    const sent = await admin.ask('PUT', `${path}/draft?language=en`, { revision, centre: older })
    assert.equal(sent.status, 200, JSON.stringify(sent.body))
    assert.deepEqual([(sent.body as View).centre.mailboxes.length, (sent.body as View).hasDraft], [1, false])
  })

  it('keep a queue that they lead to', async () => {
    const refused = await remove('queues', queueId)
    assert.equal(refused.status, 409)
    const { queues } = (await draft()).centre
    const { channels: _, ...queue } = queues.find(({ id }) => id === queueId)!
    await put('queues', { ...queue, channels: ['call'] })
    const view = await draft()
    assert.deepEqual(
      view.findings.items.filter(({ severity }) => severity === 'error').map(({ code }) => code),
      ['mailbox-queue-no-mail', 'website-queue-no-chat'],
    )
    await admin.ask('DELETE', `${path}/draft?revision=${view.revision}`)
  })

  it('never take the identifier of another company’s', async () => {
    const other = await api.store.configuration.change({ by: 'test' }, () => [
      { kind: 'company', after: { ...api.store.directory.company(companyId)!, id: 'other-company' as CompanyId } },
    ])
    assert.equal(other, undefined)
    await api.store.webChats.putSite(
      { ...website, id: 'of-another-company-1', companyId: 'other-company', queueId } as never,
      { kind: 'webChat.siteCreated', atMs: 0, companyId: 'other-company' as CompanyId, data: {} },
    )
    await put('websites', { ...website, id: 'of-another-company-1', queueId })
    const refused = await publish()
    assert.equal(refused.status, 409)
    assert.deepEqual((refused.body.mistakes as { path: string }[])[0]?.path, '/centre/websites/1/id')
    await admin.ask('DELETE', `${path}/draft?revision=${(await draft()).revision}`)
  })

  it('end softly: a mailbox that is gone is read no more and keeps its conversations, a chat goes on to its end', async () => {
    const begun = await visitor.ask('POST', `/api/v1/visitor/sites/${website.id}/chats`, {
      hasAgreed: true,
      text: 'Hello?',
      language: 'en',
    })
    assert.equal(begun.status, 201, JSON.stringify(begun.body))
    await remove('mailboxes', 'info')
    await remove('websites', website.id)
    await published()
    await eventually('the end of reading', async () => (await accounts())[0]?.removedAt)
    deliver('Second')
    assert.equal((await accounts())[0]?.health.state, 'off')
    assert.equal((await conversation('First')).subject, 'First')
    const { key } = begun.body as { key: string }
    const write = { once: 'once-0001', text: 'Still there?' }
    assert.equal((await visitor.ask('POST', `/api/v1/visitor/chats/${key}/messages`, write)).status, 201)
    const another = { hasAgreed: true, text: 'Me too', language: 'en' }
    assert.equal(
      (await visitor.ask('POST', `/api/v1/visitor/sites/${website.id}/chats`, another)).body.code,
      'WEB_CHAT_CLOSED',
    )
    await visitor.ask('POST', `/api/v1/visitor/chats/${key}/end`, {})
    assert.equal((await visitor.ask('GET', `/api/v1/visitor/sites/${website.id}`)).status, 404)
    assert.equal((await admin.ask('PATCH', '/api/v1/mail-accounts/info', { isOn: true })).status, 404)
    const { version } = await draft()
    await admin.ask('POST', `${path}/versions/${version - 1}/restorations?language=en`, {})
    await health('info', 'reading')
    await conversation('Second')
    assert.equal((await visitor.ask('GET', `/api/v1/visitor/sites/${website.id}`)).status, 200)
  })
})
