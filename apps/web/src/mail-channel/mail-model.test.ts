import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ApiFault } from '../api/api.ts'
import { bodyOf, changed, formOf } from './admin/account-form.ts'
import { addresses, MailModel } from './mail-model.ts'

const opened = {
  conversation: { id: 'c', state: 'open' },
  watchers: [],
  answer: { to: [{ address: 'anna@x.test' }], cc: [{ address: 'bo@x.test' }], subject: 'Re: x', canSend: true },
}
const mails = [
  { id: 'm1', kind: 'in' },
  { id: 'm2', kind: 'note' },
]

/** A model with a server that answers as it is told. */
function world(answers: Record<string, (request: { body?: unknown; query?: { after?: string } }) => unknown> = {}) {
  const asked: { id: string; body: unknown }[] = []
  const kept = new Map<string, unknown>()
  const timers: (() => void)[] = []
  const notices = new Map<string, (notice: { data: Record<string, unknown> }) => void>()
  const usual: typeof answers = {
    readMailConversation: () => opened,
    listConversationMails: () => ({ items: mails }),
    watchMailConversation: () => ({ watchers: [] }),
  }
  const call = async (id: string, request: { body?: unknown; query?: { after?: string } }) => {
    asked.push({ id, body: request.body })
    return (answers[id] ?? usual[id] ?? (() => ({})))(request)
  }
  const model = new MailModel({
    api: { call } as never,
    id: 'c',
    userId: 'anna',
    kept: {
      get: <T>(name: string) => kept.get(name) as T | undefined,
      set: (name: string, value: unknown) => void kept.set(name, value),
      remove: (name: string) => void kept.delete(name),
    },
    later: (_, then) => {
      timers.push(then)
      return () => void timers.splice(timers.indexOf(then), 1)
    },
  })
  const events = {
    onNotice: (kind: string, listener: (notice: { data: Record<string, unknown> }) => void) => {
      notices.set(kind, listener)
      return () => void notices.delete(kind)
    },
    onLive: () => () => {},
  }
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  return { model, asked, kept, timers, notices, events: events as never, settle }
}

/** What an operation was asked with last. */
function bodyAsked(asked: readonly { id: string; body: unknown }[], id: string): Record<string, unknown> {
  const found = asked.findLast((one) => one.id === id)
  assert.ok(found, `${id} was not asked`)
  return found.body as Record<string, unknown>
}

describe('a mail on screen', () => {
  it('leaves files that another tab has added in the draft while it is typed', async () => {
    const { model, asked, timers, events, settle } = world()
    model.follow(events)
    await settle()
    model.type({ text: 'Dear' })
    for (const timer of [...timers]) timer()
    await settle()
    assert.equal('files' in bodyAsked(asked, 'putMailDraft'), false)
    await model.leaveFileOut('f1')
    assert.deepEqual(bodyAsked(asked, 'putMailDraft')['files'], [])
  })

  it('begins with whom the answer goes to, and keeps what is typed here at once and at the server soon', async () => {
    const { model, asked, kept, timers, events, settle } = world()
    const end = model.follow(events)
    await settle()
    assert.deepEqual(model.state.get().writing, { text: '', to: 'anna@x.test', cc: '', files: [] })
    model.type({ text: 'Dear' })
    assert.equal(kept.get('mail.anna.c'), 'Dear')
    assert.equal(
      asked.some(({ id }) => id === 'putMailDraft'),
      false,
    )
    for (const timer of [...timers]) timer()
    await settle()
    assert.equal(bodyAsked(asked, 'putMailDraft')['text'], 'Dear')
    end()
    assert.deepEqual(asked.at(-1), { id: 'watchMailConversation', body: { doing: 'gone' } })
  })

  it('forgets what was typed once the server has it, and not before', async () => {
    let isAway = true
    const { model, asked, kept, events, settle } = world({
      answerMail: () => {
        if (isAway) throw new ApiFault({ code: 'UNREACHABLE', status: 0, title: 'away' })
        return {}
      },
    })
    model.follow(events)
    await settle()
    model.type({ text: 'Hello' })
    assert.equal(await model.send(false), false)
    assert.deepEqual([kept.get('mail.anna.c'), model.state.get().writing.text], ['Hello', 'Hello'])
    isAway = false
    assert.equal(await model.send(false), true)
    assert.deepEqual([kept.get('mail.anna.c'), model.state.get().writing.text], [undefined, ''])
    const { seen, to } = bodyAsked(asked, 'answerMail')
    assert.deepEqual([seen, to], ['m1', [{ address: 'anna@x.test' }]])
  })

  it('asks for the same note or mail by the same name until it has come through', async () => {
    let isAway = true
    const answer = () => {
      if (isAway) throw new ApiFault({ code: 'UNREACHABLE', status: 0, title: 'away' })
      return {}
    }
    const { model, asked, events, settle } = world({ noteMail: answer, forwardMail: answer })
    model.follow(events)
    await settle()
    for (const [id, act] of [
      ['noteMail', () => model.note('Asked')],
      ['forwardMail', () => model.forward('m1', 'x@y.test', 'Look')],
    ] as const) {
      const names: unknown[] = []
      for (const isUnreachable of [true, false, false]) {
        isAway = isUnreachable
        assert.equal(await act(), !isUnreachable)
        names.push(bodyAsked(asked, id)['once'])
      }
      assert.equal(names[0], names[1])
      assert.notEqual(names[1], names[2])
    }
  })

  it('sends again on what was seen at the first try, whose outcome nobody knows', async () => {
    let isAway = true
    const { model, asked, notices, events, settle } = world({
      answerMail: () => {
        if (isAway) throw new ApiFault({ code: 'UNREACHABLE', status: 0, title: 'away' })
        return {}
      },
      // The server has taken it; only its word was lost.
      listConversationMails: () => ({ items: isAway && !model.state.get().isBusy ? mails : [...mails, mine] }),
    })
    const mine = { id: 'm3', kind: 'out' }
    model.follow(events)
    await settle()
    model.type({ text: 'Hello' })
    assert.equal(await model.send(false), false)
    isAway = false
    notices.get('mailChannel.changed')?.({ data: { conversation: 'c' } })
    await settle()
    assert.equal(model.state.get().mails.at(-1)?.id, 'm3')
    await model.send(false)
    assert.equal(bodyAsked(asked, 'answerMail')['seen'], 'm1')
    model.type({ text: 'And more' })
    await model.send(false)
    assert.equal(bodyAsked(asked, 'answerMail')['seen'], 'm3')
  })

  it('keeps in this browser only what the server does not have, apart for each person', async () => {
    let isAway = false
    const { model, kept, timers, events, settle } = world({
      putMailDraft: () => {
        if (isAway) throw new ApiFault({ code: 'UNREACHABLE', status: 0, title: 'away' })
        return {}
      },
    })
    model.follow(events)
    await settle()
    model.type({ text: 'Dear' })
    assert.deepEqual([...kept], [['mail.anna.c', 'Dear']])
    for (const timer of [...timers]) timer()
    await settle()
    assert.deepEqual([...kept], [])
    isAway = true
    model.type({ text: 'Dear Bo' })
    for (const timer of [...timers]) timer()
    await settle()
    assert.deepEqual([...kept], [['mail.anna.c', 'Dear Bo']])
  })

  it('shows all mails of a long conversation, and of two readings the later', async () => {
    const many = Array.from({ length: 450 }, (_, i) => ({ id: `m${String(i + 1).padStart(3, '0')}`, kind: 'in' }))
    const held: ((page: unknown) => void)[] = []
    let isSlow = false
    const { model, events, settle } = world({
      listConversationMails: ({ query }) => {
        if (isSlow) return new Promise((resolve) => held.push(resolve))
        const start = query?.after === undefined ? 0 : Number(query.after.slice(1))
        const items = many.slice(start, start + 200)
        return { items, ...(start + 200 < many.length ? { next: items.at(-1)!.id } : {}) }
      },
    })
    model.follow(events)
    await settle()
    assert.deepEqual([model.state.get().mails.length, model.state.get().mails.at(-1)?.id], [450, 'm450'])
    isSlow = true
    const [earlier, later] = [model.load(), model.load()]
    await settle()
    held[1]!({ items: [{ id: 'new', kind: 'in' }] })
    held[0]!({ items: [{ id: 'old', kind: 'in' }] })
    await Promise.all([earlier, later])
    assert.equal(model.state.get().mails[0]?.id, 'new')
  })

  it('asks again when something has come, and sends when it is meant', async () => {
    const { model, events, settle } = world({
      answerMail: ({ body }) => {
        if ((body as { isConfirmed: boolean }).isConfirmed) return {}
        throw new ApiFault({ code: 'MAIL_ANSWERED_MEANWHILE', status: 409, title: '', detail: 'Bo has answered' })
      },
    })
    model.follow(events)
    await settle()
    model.type({ text: 'Hello' })
    assert.equal(await model.send(false), false)
    assert.equal(model.state.get().asked, 'Bo has answered')
    assert.equal(model.state.get().fault, undefined)
    assert.equal(await model.send(true), true)
    assert.equal(model.state.get().asked, undefined)
  })

  it('reads again when it is told of this conversation, and of no other', async () => {
    const { model, asked, notices, events, settle } = world()
    model.follow(events)
    await settle()
    const before = asked.length
    notices.get('mailChannel.changed')?.({ data: { conversation: 'another' } })
    assert.equal(asked.length, before)
    notices.get('mailChannel.changed')?.({ data: { conversation: 'c' } })
    assert.ok(asked.length > before)
  })
})

describe('what is typed into forms of mails', () => {
  it('is addresses, with names and without', () => {
    assert.deepEqual(addresses('a@x.test, "Bo B" <b@x.test>;\n c@x.test ,'), [
      { address: 'a@x.test' },
      { address: 'b@x.test', name: 'Bo B' },
      { address: 'c@x.test' },
    ])
  })

  it('is a mailbox: the port follows protocol and encryption until somebody types one', () => {
    const form = formOf(undefined)
    assert.deepEqual([form.port, changed(form, { security: 'starttls' }).port], ['993', '143'])
    const pop = changed(form, { protocol: 'pop3' })
    assert.deepEqual([pop.port, pop.after], ['995', 'keep'])
    assert.equal(changed({ ...form, port: '1993' }, { protocol: 'pop3' }).port, '1993')
    const typed = { ...form, name: 'Support', address: 'support@x.test', host: 'mail.x.test', password: 'p' }
    const body = bodyOf(typed, undefined)
    assert.deepEqual(
      [body.reading.login, body.sending?.server.host, body.secrets, body.login],
      ['support@x.test', 'mail.x.test', { password: 'p' }, { kind: 'password' }],
    )
  })
})
