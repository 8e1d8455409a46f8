import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { CompanyId, UserId } from '@vaxel/base'
import type { Notice, Queue } from '@vaxel/core'
import { type ApiPlatform, startApi } from './api-platform.ts'
import type { CheckedClient } from './checked-client.ts'

const login = 'support@shop.test'
const box = {
  name: 'Support',
  address: 'support@shop.test',
  sender: 'Shop',
  aliases: ['help@shop.test'],
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
  signature: 'The shop',
  secrets: { password: 'secret' },
}

const mail = (fields: Record<string, string>, text = 'Hello'): string =>
  Object.entries({ From: 'Anna <anna@customer.test>', To: login, Subject: 'Invoice', ...fields })
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('') + `\r\n${text}\r\n`

describe('mails of customers over the API', () => {
  let api: ApiPlatform
  let admin: CheckedClient
  let agent: CheckedClient
  let colleague: CheckedClient
  let stranger: CheckedClient
  let companyId: CompanyId
  let queueId: string
  let accountId: string
  const notices: Notice[] = []
  const idOf = (name: string): UserId => api.store.directory.userByAddress('demo.vaxel.test', name)!.id

  before(async () => {
    api = await startApi()
    admin = await api.client.logIn('201@demo.vaxel.test', 'demo-201')
    agent = await api.client.logIn('205@demo.vaxel.test', 'demo-205')
    colleague = await api.client.logIn('206@demo.vaxel.test', 'demo-206')
    stranger = await api.client.logIn('204@demo.vaxel.test', 'demo-204')
    companyId = api.store.directory.user(idOf('201'))!.companyId
    api.notices.subscribe((notice) => notices.push(notice))
    queueId = await mailQueue()
  })
  after(() => api.close())

  /** A queue for mails with two agents, published. */
  async function mailQueue(name = 'Mails', number = '311'): Promise<string> {
    const path = '/api/v1/centre'
    const made = await admin.ask('POST', `${path}/queues?language=en`, {
      name,
      number,
      userIds: [idOf('205'), idOf('206')],
      hours: 'always',
    })
    const { queueId: id, view } = made.body as {
      queueId: string
      view: { centre: { queues: Queue[] }; revision: number }
    }
    const queue = view.centre.queues.find((one) => one.id === id)!
    const { revision } = (await admin.ask('GET', `${path}/draft?language=en`)).body as { revision: number }
    const put = await admin.ask('PUT', `${path}/draft/queues/${id}?language=en`, {
      revision,
      value: { ...queue, channels: ['call', 'mail'] },
    })
    assert.equal(put.status, 200, JSON.stringify(put.body))
    const template = await admin.ask('PUT', `${path}/draft/templates/hello?language=en`, {
      revision: (put.body as { revision: number }).revision,
      value: { id: 'hello', name: 'Hello', kind: 'mail', text: 'Hello {customer}, about {subject}. {agent}' },
    })
    assert.equal(template.status, 200, JSON.stringify(template.body))
    const published = await admin.ask('POST', `${path}/publications`, {
      revision: (template.body as { revision: number }).revision,
      note: 'mails',
    })
    assert.equal(published.status, 200, JSON.stringify(published.body))
    return id
  }

  async function eventually<T>(what: string, find: () => Promise<T | undefined | false>): Promise<T> {
    for (let tries = 0; tries < 400; tries++) {
      const found = await find()
      if (found) return found
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    throw new Error(`${what} did not come`)
  }

  const conversations = async (query = '', client = agent) =>
    (await client.ask('GET', `/api/v1/mail-conversations${query}`)).body.items as {
      id: string
      subject: string
      state: string
      mails: number
      workId?: string
    }[]
  const bySubject = (subject: string, query = '') =>
    eventually(subject, async () => (await conversations(query)).find((one) => one.subject === subject))
  const mailsOf = async (id: string) => (await agent.ask('GET', `/api/v1/mail-conversations/${id}/mails`)).body.items

  it('says everything that is wrong with a mailbox at once, and tries its servers', async () => {
    const wrong = await admin.ask('POST', '/api/v1/mail-accounts', {
      ...box,
      reading: { ...box.reading, protocol: 'pop3', after: 'move' },
      members: ['nobody'],
      queueId: 'none',
      secrets: {},
    })
    assert.equal(wrong.status, 400)
    assert.deepEqual(
      (wrong.body.mistakes as { path: string }[]).map(({ path }) => path),
      ['/reading/after', '/reading/moveTo', '/secrets/password', '/members', '/queueId'],
    )
    const { reading, sending, login: by, secrets } = box
    const tried = await admin.ask('POST', '/api/v1/mail-accounts/test', {
      reading,
      sending: { ...sending, server: { ...sending.server, host: 'nowhere.test' } },
      login: by,
      secrets,
    })
    assert.deepEqual(tried.body, {
      reading: { isWell: true, mails: 0 },
      sending: { isWell: false, trouble: 'name', detail: 'nowhere.test: ENOTFOUND' },
    })
  })

  it('is set up by administrators alone, read by one reader, and never shows its secrets', async () => {
    assert.equal((await agent.ask('GET', '/api/v1/mail-accounts')).status, 403)
    const made = await admin.ask('POST', '/api/v1/mail-accounts', { ...box, queueId })
    assert.equal(made.status, 201, JSON.stringify(made.body))
    accountId = made.body.id
    assert.deepEqual(made.body.secretsSet, ['password'])
    assert.doesNotMatch(JSON.stringify(made.body), /"secret"/)
    assert.equal((await admin.ask('POST', '/api/v1/mail-accounts', box)).body.code, 'MAIL_MAILBOX_TAKEN')
    await eventually('reading', async () => {
      const { items } = (await admin.ask('GET', '/api/v1/mail-accounts')).body
      return items[0].health.state === 'reading'
    })
  })

  it('keeps a mail, tells the server, and puts it into the queue for an agent', async () => {
    const lying = api.mailServers.deliver(login, mail({ 'Message-ID': '<1@customer.test>' }, 'Where is it?'))
    const { id, state, workId } = await bySubject('Invoice')
    assert.equal(state, 'open')
    await eventually('the mark at the server', async () => lying.isSeen)
    await eventually('work', async () => workId ?? (await conversations()).find((one) => one.id === id)?.workId)
    const item = api.contactCentre.workDesk.item(companyId, (await bySubject('Invoice')).workId as never)
    assert.deepEqual([item?.channel, item?.reference, item?.subject], ['mail', id, 'Invoice'])
    assert.equal((await conversations('', stranger)).length, 0)
    assert.equal((await stranger.ask('GET', `/api/v1/mail-conversations/${id}`)).status, 404)
    const [first] = await mailsOf(id)
    assert.deepEqual(
      [first.preview, first.from.address, first.nature],
      ['Where is it?', 'anna@customer.test', 'person'],
    )
    assert.equal((await stranger.ask('GET', `/api/v1/channel-mails/${first.id}`)).status, 404)
  })

  it('takes a mail that comes again only once', async () => {
    api.mailServers.deliver(
      login,
      `Received: by another\r\n${mail({ 'Message-ID': '<1@customer.test>' }, 'Where is it?')}`,
    )
    const { id } = await bySubject('Invoice')
    await eventually('the repetition', async () => (await mailsOf(id))[0].repeats === 1)
    assert.equal((await mailsOf(id)).length, 1)
  })

  it('never joins two customers by their subject', async () => {
    api.mailServers.deliver(
      login,
      mail({ From: 'bo@other.test', 'Message-ID': '<2@other.test>', Subject: 'Re: Invoice' }),
    )
    const other = await bySubject('Re: Invoice')
    assert.notEqual(other.id, (await bySubject('Invoice')).id)
    const closed = await agent.ask('POST', `/api/v1/mail-conversations/${other.id}/state`, { to: 'closed' })
    assert.equal(closed.body.state, 'closed')
    assert.equal(closed.body.workId, undefined)
  })

  it('tells two who open one mail of each other', async () => {
    const { id } = await bySubject('Invoice')
    const watch = (client: CheckedClient, doing: string) =>
      client.ask('PUT', `/api/v1/mail-conversations/${id}/watch`, { doing })
    assert.deepEqual((await watch(agent, 'writing')).body.watchers, [])
    const { watchers } = (await watch(colleague, 'reading')).body
    assert.deepEqual([watchers.length, watchers[0].userId, watchers[0].doing], [1, idOf('205'), 'writing'])
    const told = notices.findLast(({ kind }) => kind === 'mailChannel.watched')
    assert.deepEqual([...(told?.to ?? [])].sort(), [idOf('205'), idOf('206')].sort())
    await watch(colleague, 'gone')
  })

  it('keeps what is typed, with its files', async () => {
    const { id } = await bySubject('Invoice')
    const path = `/api/v1/mail-conversations/${id}/draft`
    assert.equal((await agent.ask('PUT', path, { text: 'Dear An' })).status, 200)
    const added = await fetch(`${api.url}${path}/files?name=${encodeURIComponent('../räkning.pdf')}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${agent.token}`, 'content-type': 'application/octet-stream' },
      body: Buffer.from('a file'),
    })
    assert.equal(added.status, 201)
    const { draft, answer } = (await agent.ask('GET', `/api/v1/mail-conversations/${id}`)).body
    assert.deepEqual([draft.text, draft.files[0].name, draft.files[0].sizeBytes], ['Dear An', 'räkning.pdf', 6])
    assert.deepEqual(answer.to, [{ address: 'anna@customer.test', name: 'Anna' }])
    assert.equal((await colleague.ask('GET', `/api/v1/mail-conversations/${id}`)).body.draft, undefined)
    const { items } = (await agent.ask('GET', `/api/v1/mail-conversations/${id}/templates`)).body
    const name = api.store.directory.user(idOf('205'))!.displayName
    assert.equal(items[0].text, `Hello Anna, about Invoice. ${name}`)
  })

  it('keeps every file that comes at one moment, and sends no answer without one that should go with it', async () => {
    api.mailServers.deliver(login, mail({ 'Message-ID': '<files@customer.test>', Subject: 'Files' }))
    const { id } = await bySubject('Files')
    const path = `/api/v1/mail-conversations/${id}`
    const add = (name: string) =>
      fetch(`${api.url}${path}/draft/files?name=${name}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${agent.token}`, 'content-type': 'application/octet-stream' },
        body: Buffer.from(name),
      })
    await Promise.all([add('a'), add('b'), add('c'), agent.ask('PUT', `${path}/draft`, { text: 'Attached' })])
    const { draft } = (await agent.ask('GET', path)).body
    const files = draft.files as { file: string; name: string }[]
    assert.deepEqual(files.map(({ name }) => name).sort(), ['a', 'b', 'c'])
    // Another tab, which does not know of them, keeps what is typed there.
    await agent.ask('PUT', `${path}/draft`, { text: 'Attached', files: [] })
    const before = api.mailServers.sent.length
    const answer = { text: 'Attached', files: files.map(({ file }) => file) }
    const refused = await agent.ask('POST', `${path}/answer`, answer)
    assert.deepEqual([refused.status, refused.body.code], [409, 'MAIL_FILE_GONE'])
    assert.equal(api.mailServers.sent.length, before)
    await agent.ask('POST', `${path}/state`, { to: 'closed' })
  })

  it('answers by the mailbox with the references of the mail, once, and ends the work', async () => {
    const { id, workId } = await bySubject('Invoice')
    const { draft } = (await agent.ask('GET', `/api/v1/mail-conversations/${id}`)).body
    const [first] = await mailsOf(id)
    const answered = await agent.ask('POST', `/api/v1/mail-conversations/${id}/answer`, {
      text: 'It is on its way.',
      files: draft.files.map(({ file }: { file: string }) => file),
      seen: first.id,
    })
    assert.equal(answered.status, 202, JSON.stringify(answered.body))
    await eventually('delivery', async () => (await mailsOf(id)).at(-1)?.delivery === 'sent')
    assert.equal(api.mailServers.sent.length, 1)
    const [sent] = api.mailServers.sent
    assert.deepEqual(
      [sent!.subject, sent!.inReplyTo, sent!.references],
      ['Re: Invoice', '<1@customer.test>', ['<1@customer.test>']],
    )
    assert.match(sent!.text, /^It is on its way\.\n\n-- \nThe shop\n\nOn .* Anna wrote:\n> Where is it\?$/)
    assert.equal(Buffer.from(sent!.attachments[0]!.content).toString(), 'a file')
    assert.equal((await conversations()).find((one) => one.id === id)?.state, 'answered')
    assert.equal(api.contactCentre.workDesk.item(companyId, workId as never), undefined)
    assert.equal((await agent.ask('GET', `/api/v1/mail-conversations/${id}`)).body.draft, undefined)
  })

  it('asks the second one who answers, and lets them insist', async () => {
    const { id } = await bySubject('Invoice')
    const [first] = await mailsOf(id)
    const path = `/api/v1/mail-conversations/${id}/answer`
    const asked = await colleague.ask('POST', path, { text: 'Another answer', seen: first.id })
    assert.deepEqual([asked.status, asked.body.code], [409, 'MAIL_ANSWERED_MEANWHILE'])
    assert.equal(api.mailServers.sent.length, 1)
    const insisted = await colleague.ask('POST', path, { text: 'Another answer', seen: first.id, isConfirmed: true })
    assert.equal(insisted.status, 202)
  })

  it('opens the conversation again when the customer answers, for whoever answered last', async () => {
    const { id } = await bySubject('Invoice')
    const [sent] = api.mailServers.sent
    api.mailServers.deliver(
      login,
      mail({
        From: 'anna.private@home.test',
        'Message-ID': '<3@home.test>',
        References: `<gone@x.test> ${sent!.messageId}`,
        Subject: 'Thanks',
      }),
    )
    await eventually('open', async () => (await conversations()).find((one) => one.id === id && one.state === 'open'))
    const work = await eventually('work', async () => (await conversations()).find((one) => one.id === id)?.workId)
    const item = api.contactCentre.workDesk.item(companyId, work as never)
    assert.equal(item?.stickyAgentId, idOf('206'))
  })

  it('holds an answer whose delivery nobody knows, until a person decides', async () => {
    const { id } = await bySubject('Invoice')
    const before = api.mailServers.sent.length
    api.mailServers.outcome = () => ({ kind: 'unknown', reason: 'silence after the text' })
    const answered = await agent.ask('POST', `/api/v1/mail-conversations/${id}/answer`, { text: 'Unsure' })
    const mailId = answered.body.id
    const delivery = async () => (await agent.ask('GET', `/api/v1/channel-mails/${mailId}`)).body.mail.delivery
    await eventually('held', async () => (await delivery()) === 'held')
    api.clock.advance(24 * 3_600_000)
    assert.equal(api.mailServers.sent.length, before + 1)
    api.mailServers.outcome = () => ({ kind: 'sent' })
    const decided = await agent.ask('POST', `/api/v1/channel-mails/${mailId}/delivery`, { decision: 'sendAgain' })
    assert.equal(decided.status, 200, JSON.stringify(decided.body))
    await eventually('sent', async () => (await delivery()) === 'sent')
    const [one, other] = api.mailServers.sent.slice(-2)
    assert.equal(one!.messageId, other!.messageId)
    const again = await agent.ask('POST', `/api/v1/channel-mails/${mailId}/delivery`, { decision: 'drop' })
    assert.equal(again.body.code, 'MAIL_NOT_HELD')
  })

  it('shows a bounce in its conversation, opens it again, and answers no machine', async () => {
    const { id } = await bySubject('Invoice')
    const { messageId } = api.mailServers.sent.at(-1)!
    const bounce = [
      'From: MAILER-DAEMON@mx.test',
      `To: ${login}`,
      'Subject: Undelivered',
      'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
      '',
      '--b\r\nContent-Type: text/plain\r\n\r\nSorry',
      '--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.test\r\n\r\nFinal-Recipient: rfc822; anna@customer.test\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 no such user',
      `--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: ${messageId}`,
      '--b--\r\n',
    ].join('\r\n')
    api.mailServers.deliver(login, bounce)
    const last = await eventually('the bounce', async () =>
      (await mailsOf(id)).find((one: { nature: string }) => one.nature === 'bounce'),
    )
    assert.deepEqual(last.reports, [
      { receiver: 'anna@customer.test', action: 'failed', status: '5.1.1', diagnostic: '550 no such user' },
    ])
    assert.equal((await conversations()).find((one) => one.id === id)?.state, 'open')
  })

  it('answers the customer after a bounce, not the machine that has sent it', async () => {
    const { id } = await bySubject('Invoice')
    assert.deepEqual((await mailsOf(id)).findLast(({ kind }: { kind: string }) => kind === 'in').nature, 'bounce')
    const customer = [{ address: 'anna.private@home.test' }]
    assert.deepEqual((await agent.ask('GET', `/api/v1/mail-conversations/${id}`)).body.answer.to, customer)
    const answered = await agent.ask('POST', `/api/v1/mail-conversations/${id}/answer`, { text: 'Once more' })
    assert.equal(answered.status, 202, JSON.stringify(answered.body))
    await eventually('delivery', async () => (await mailsOf(id)).at(-1)?.delivery === 'sent')
    const sent = api.mailServers.sent.at(-1)!
    assert.deepEqual([sent.to, sent.inReplyTo], [customer, '<3@home.test>'])
  })

  it('answers by itself once a day, and only people', async () => {
    const changed = await admin.ask('PATCH', `/api/v1/mail-accounts/${accountId}`, {
      autoReply: { subject: 'We got it', text: 'Soon.' },
    })
    assert.equal(changed.status, 200, JSON.stringify(changed.body))
    const before = api.mailServers.sent.length
    api.mailServers.deliver(login, mail({ From: 'c@new.test', 'Message-ID': '<10@new.test>', Subject: 'One' }))
    await bySubject('One')
    await eventually('the automatic answer', async () => api.mailServers.sent.length === before + 1)
    assert.deepEqual(
      [api.mailServers.sent.at(-1)?.isAutomatic, api.mailServers.sent.at(-1)?.inReplyTo],
      [true, '<10@new.test>'],
    )
    api.mailServers.deliver(login, mail({ From: 'c@new.test', 'Message-ID': '<11@new.test>', Subject: 'Two' }))
    api.mailServers.deliver(
      login,
      mail({ From: 'd@new.test', 'Message-ID': '<12@new.test>', Subject: 'Away', 'Auto-Submitted': 'auto-replied' }),
    )
    await bySubject('Two')
    assert.equal((await bySubject('Away')).state, 'closed')
    assert.equal(api.mailServers.sent.length, before + 1)
    assert.equal((await bySubject('One')).state, 'open')
  })

  it('puts what filters hold for spam into a folder of its own, and takes it out again', async () => {
    api.mailServers.deliver(
      login,
      mail({ From: 'win@spam.test', 'Message-ID': '<20@spam.test>', Subject: 'Win', 'X-Spam-Flag': 'YES' }),
    )
    const { id } = await bySubject('Win', '?state=spam')
    assert.equal(
      (await conversations()).some((one) => one.id === id),
      false,
    )
    const taken = await agent.ask('POST', `/api/v1/mail-conversations/${id}/state`, { to: 'notSpam' })
    assert.equal(taken.body.state, 'open')
    const again = await agent.ask('POST', `/api/v1/mail-conversations/${id}/state`, { to: 'spam' })
    assert.equal(again.body.state, 'spam')
  })

  it('keeps a note and sends a mail on once for each name that a page has made', async () => {
    const { id } = await bySubject('Invoice')
    const path = `/api/v1/mail-conversations/${id}`
    const mails = async () =>
      (await agent.ask('GET', `${path}/mails`)).body.items as { id: string; kind: string; preview: string }[]
    const mailId = (await mails()).find(({ kind }) => kind === 'in')!.id
    const before = api.mailServers.sent.length
    const idsOf = async (ask: () => Promise<{ status: number; body: { id: string } }>) => {
      const both = await Promise.all([ask(), ask()])
      return [...both, await ask()].map(({ body }) => body.id)
    }
    const noted = await idsOf(() => agent.ask('POST', `${path}/notes`, { text: 'Once', once: 'note-0001' }))
    assert.equal(new Set(noted).size, 1)
    assert.equal((await mails()).filter(({ preview }) => preview === 'Once').length, 1)
    const forward = { mailId, to: [{ address: 'expert@shop.test' }], text: 'Sent on', once: 'mail-0001' }
    const sent = await idsOf(() => agent.ask('POST', `${path}/forward`, forward))
    assert.equal(new Set(sent).size, 1)
    await eventually('sent', async () => api.mailServers.sent.length > before)
    assert.equal(api.mailServers.sent.length, before + 1)
    const other = await colleague.ask('POST', `${path}/notes`, { text: 'Once', once: 'note-0001' })
    assert.equal(noted.includes(other.body.id), false)
  })

  it('shows HTML as a page that may do nothing, and everything else only to be saved', async () => {
    const html =
      '<p onclick="x()">Hi<script>alert(1)</script><img src="cid:pic@x"><img src="https://evil.test/p.png"><a href="javascript:x">a</a></p>'
    const source = [
      'From: e@html.test',
      `To: ${login}`,
      'Message-ID: <30@html.test>',
      'Subject: Picture',
      'Content-Type: multipart/related; boundary=b',
      '',
      `--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${html}`,
      '--b\r\nContent-Type: image/png\r\nContent-ID: <pic@x>\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=',
      '--b\r\nContent-Type: text/html; name="evil.html"\r\nContent-Disposition: attachment; filename="evil.html"\r\n\r\n<script>1</script>',
      '--b--\r\n',
    ].join('\r\n')
    api.mailServers.deliver(login, source)
    const { id } = await bySubject('Picture')
    const [one] = await mailsOf(id)
    assert.deepEqual(
      one.parts.map(({ name, isInline }: { name: string; isInline: boolean }) => [name, isInline]),
      [
        ['part-1.png', true],
        ['evil.html', false],
      ],
    )
    const page = await agent.ask('GET', `/api/v1/channel-mails/${one.id}/page`)
    assert.match(page.body, /<p>Hi<img src="data:image\/png;base64,iVBORw0KGgo=" \/><img data-remote=/)
    assert.doesNotMatch(page.body, /script>|onclick|javascript/)
    const policy = page.headers.get('content-security-policy') ?? ''
    assert.match(policy, /^default-src 'none'; style-src 'unsafe-inline'; img-src data:; .*sandbox allow-popups/)
    assert.equal(page.headers.get('x-frame-options'), 'SAMEORIGIN')
    const loud = await agent.ask('GET', `/api/v1/channel-mails/${one.id}/page?images=true`)
    assert.match(loud.body, /src="https:\/\/evil\.test\/p\.png"/)
    const file = await agent.ask('GET', `/api/v1/channel-mails/${one.id}/parts/1`)
    assert.equal(file.status, 200, JSON.stringify(file.body))
    assert.match(file.headers.get('content-disposition') ?? '', /^attachment; filename="evil\.html"/)
    assert.equal(file.headers.get('content-type'), 'application/octet-stream')
    const raw = await fetch(`${api.url}/api/v1/channel-mails/${one.id}/source`, {
      headers: { authorization: `Bearer ${agent.token}` },
    })
    assert.equal(Buffer.from(await raw.arrayBuffer()).equals(Buffer.from(source)), true)
    const forwarded = await agent.ask('POST', `/api/v1/mail-conversations/${id}/forward`, {
      mailId: one.id,
      to: [{ address: 'expert@shop.test' }],
      text: 'Please look',
    })
    assert.equal(forwarded.status, 202, JSON.stringify(forwarded.body))
    assert.equal((await agent.ask('POST', `/api/v1/mail-conversations/${id}/notes`, { text: 'Asked' })).status, 201)
    assert.equal((await conversations()).find((each) => each.id === id)?.state, 'open')
  })

  it('keeps and shows a mail that is larger than the mailbox takes, and one that nobody can read', async () => {
    const large = api.mailServers.deliver(
      login,
      mail({ From: 'f@big.test', 'Message-ID': '<40@big.test>', Subject: 'Large' }, 'x'.repeat(1_500_000)),
    )
    const { id } = await bySubject('Large')
    assert.equal((await mailsOf(id))[0].isCut, true)
    assert.equal(large.isSeen, false)
    api.mailServers.deliver(login, Buffer.from([0xff, 0xfe, 0x00, 0x0a, 0x80]))
    await bySubject('')
  })

  it('follows what is done with its work: closed by whoever takes it out, and gone on with in another queue', async () => {
    const { workDesk } = api.contactCentre
    const arrive = async (subject: string) => {
      const fields = { From: 'g@work.test', 'Message-ID': `<${subject}@work.test>`, Subject: subject }
      api.mailServers.deliver(login, mail(fields))
      await bySubject(subject)
      const found = async () =>
        (await conversations()).find((one) => one.subject === subject && one.workId !== undefined)
      return eventually('work', found)
    }
    const first = await arrive('Taken-out')
    await workDesk.closeItem(companyId, first.workId as never, 'not for us', idOf('202'))
    await eventually('closed', async () => (await bySubject('Taken-out')).state === 'closed')
    const second = await arrive('Moved')
    const other = await mailQueue('Other', '312')
    const moved = await agent.ask('POST', `/api/v1/mail-conversations/${second.id}/queue`, { queueId: other })
    assert.equal(moved.status, 200, JSON.stringify(moved.body))
    assert.equal(moved.body.queueId, other)
    await eventually('the other queue', async () => workDesk.item(companyId, second.workId as never)?.queueId === other)
    await api.mailChannel.mend()
    assert.equal((await bySubject('Moved')).workId, second.workId)
    const none = await agent.ask('POST', `/api/v1/mail-conversations/${second.id}/queue`, { queueId: 'none' })
    assert.equal(none.status, 404)
  })

  it('gives the password to no other server than the one it was meant for', async () => {
    const changed = await admin.ask('PATCH', `/api/v1/mail-accounts/${accountId}`, {
      reading: { ...box.reading, server: { ...box.reading.server, host: 'thief.test' } },
    })
    assert.deepEqual([changed.status, changed.body.mistakes[0].path], [400, '/secrets/password'])
    const tried = await admin.ask('POST', '/api/v1/mail-accounts/test', {
      accountId,
      reading: { ...box.reading, server: { ...box.reading.server, host: 'thief.test' } },
      login: box.login,
    })
    assert.equal(tried.status, 400)
  })

  it('is removed with its conversations', async () => {
    assert.equal((await admin.ask('DELETE', `/api/v1/mail-accounts/${accountId}`)).status, 204)
    assert.equal((await conversations('', admin)).length, 0)
  })
})
