import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { CompanyId } from '@vaxel/base'
import type {
  ChannelMail,
  MailAccountId,
  MailConversation,
  MailConversationId,
  MailConversationState,
  ReadMail,
} from '../ports/mail-channel.ts'
import { answerHtml, answerReferences, quoteText, receiversOf, replySubject, textToHtml } from './answer.ts'
import { isAutoReplyDue } from './auto-reply.ts'
import { changeConversation, type ConversationEvent } from './conversation.ts'
import { fillTemplate } from './fill-template.ts'
import { waitAfterFault } from './reading-rounds.ts'
import { customerOf, mayAutoReply, recognise } from './recognise.ts'
import { findThread, ownMessageId, threadWish, tokenOf } from './thread.ts'

const conversation = (state: MailConversationState, more: Partial<MailConversation> = {}): MailConversation => ({
  id: 'c' as MailConversationId,
  companyId: 'co' as CompanyId,
  accountId: 'a' as MailAccountId,
  state,
  subject: 'Invoice',
  customer: { address: 'anna@customer.test' },
  startedAtMs: 0,
  lastAtMs: 0,
  token: 't',
  revision: 1,
  mails: 1,
  hasBounced: false,
  ...(state === 'open' ? { waitingSinceMs: 0 } : {}),
  ...more,
})
const came = (more: object = {}): ConversationEvent => ({
  kind: 'came',
  nature: 'person',
  isSpam: false,
  hasFailed: false,
  ...more,
})

describe('a conversation by mail', () => {
  const rows: readonly [MailConversationState, string, ConversationEvent, MailConversationState, string | undefined][] =
    [
      ['open', 'another mail', came(), 'open', undefined],
      ['answered', 'another mail', came(), 'open', 'begins'],
      ['closed', 'another mail', came(), 'open', 'begins'],
      ['spam', 'another mail', came(), 'spam', undefined],
      ['answered', 'a machine’s answer', came({ nature: 'autoReply' }), 'answered', undefined],
      ['answered', 'our own', came({ nature: 'loop' }), 'answered', undefined],
      ['answered', 'a bounce', came({ nature: 'bounce', hasFailed: true }), 'open', 'begins'],
      ['answered', 'a report of success', came({ nature: 'bounce' }), 'answered', undefined],
      ['answered', 'spam', came({ isSpam: true }), 'answered', undefined],
      ['open', 'an answer', { kind: 'answered' }, 'answered', 'ends'],
      ['open', 'its end', { kind: 'closed' }, 'closed', 'ends'],
      ['closed', 'its beginning', { kind: 'reopened' }, 'open', 'begins'],
      ['open', 'the spam folder', { kind: 'marked' }, 'spam', 'ends'],
      ['spam', 'no spam', { kind: 'unmarked' }, 'open', 'begins'],
      ['open', 'another queue', { kind: 'moved', queueId: 'q' }, 'open', 'moves'],
      ['closed', 'another queue', { kind: 'moved', queueId: 'q' }, 'closed', undefined],
      ['open', 'a note', { kind: 'noted' }, 'open', undefined],
    ]
  for (const [before, what, event, after, work] of rows)
    it(`goes on: ${before}, then ${what}: ${after}`, () => {
      const changed = changeConversation(conversation(before), event, 50)
      assert.deepEqual([changed.conversation.state, changed.work], [after, work])
      assert.equal(changed.conversation.revision, 2)
      assert.equal(changed.conversation.waitingSinceMs !== undefined, after === 'open')
    })

  it('waits since the first mail that nobody has answered, whatever comes after it', () => {
    const first = changeConversation(conversation('answered'), came(), 50).conversation
    const second = changeConversation(first, came(), 90).conversation
    assert.equal(second.waitingSinceMs, 50)
    assert.equal(second.mails, 3)
  })
})

describe('threads of mails', () => {
  const token = 'abcdefghjkmnpqrstvwxyz0123'
  const own = ownMessageId('0123456789abcdefghjkmn', token, 'pbx.test')

  it('are found by the token of our own Message-ID, nearest first, then by Message-IDs', () => {
    assert.equal(tokenOf(own), token)
    assert.equal(tokenOf('<CAF+1@mail.gmail.com>'), undefined)
    const wish = threadWish({ references: ['<a@x>', own], inReplyTo: ['<b@x>'], returned: [] })
    assert.deepEqual(wish, { tokens: [token], messageIds: ['<a@x>', own, '<b@x>'] })
  })

  it('never come of a subject, and of nothing else when there are no references', async () => {
    const reader = { byToken: async () => conversation('open'), byMessageIds: async () => conversation('open') }
    const mail = { references: [], inReplyTo: [], returned: [] }
    assert.equal(await findThread(reader, 'a' as MailAccountId, mail), undefined)
  })

  it('hold a hundred references at most, the last ones', () => {
    const references = Array.from({ length: 500 }, (_, i) => `<${i}@x>`)
    const { messageIds } = threadWish({ references, inReplyTo: [], returned: [] })
    assert.deepEqual([messageIds.length, messageIds.at(-1)], [100, '<499@x>'])
    const answer = answerReferences({ messageId: '<new@x>', references })
    assert.deepEqual(
      [answer.references.length, answer.references[0], answer.references.at(-1), answer.inReplyTo],
      [40, '<0@x>', '<new@x>', '<new@x>'],
    )
  })
})

describe('an answer', () => {
  const own = [{ address: 'support@shop.test' }, { address: 'help@shop.test' }]
  const mail: Pick<ChannelMail, 'from' | 'replyTo' | 'to' | 'cc' | 'kind'> = {
    kind: 'in',
    from: { address: 'anna@customer.test', name: 'Anna' },
    replyTo: [],
    to: [{ address: 'Support@Shop.test' }, { address: 'bo@customer.test' }],
    cc: [{ address: 'help@shop.test' }, { address: 'ANNA@customer.test' }, { address: 'eva@customer.test' }],
  }

  it('goes where the writer wants answers, to all others when asked, and never to ourselves', () => {
    assert.deepEqual(receiversOf(mail, own, false), { to: [mail.from], cc: [] })
    assert.deepEqual(
      receiversOf(mail, own, true).cc.map(({ address }) => address),
      ['bo@customer.test', 'eva@customer.test'],
    )
    const elsewhere = [{ address: 'orders@customer.test' }]
    assert.deepEqual(receiversOf({ ...mail, replyTo: elsewhere }, own, false).to, elsewhere)
    assert.deepEqual(receiversOf({ ...mail, from: { address: 'help@shop.test' } }, own, false).to, [])
  })

  it('has one prefix in its subject, whatever languages it went through', () => {
    assert.equal(replySubject('SV: Re: AW: RE[2]: Invoice'), 'Re: Invoice')
    assert.equal(replySubject('Reference 5'), 'Re: Reference 5')
    assert.equal(replySubject(''), 'Re:')
  })

  it('quotes as RFC 3676 has it, and puts no markup of what is typed into HTML', () => {
    assert.equal(quoteText('one\n\n> two\n', 'Anna wrote:'), 'Anna wrote:\n> one\n>\n>> two')
    assert.equal(
      textToHtml('<b>&\nsee https://shop.test/a?b=1&c, ok'),
      '<div>&lt;b&gt;&amp;<br>\nsee <a href="https://shop.test/a?b=1&amp;c">https://shop.test/a?b=1&amp;c</a>, ok</div>',
    )
    const html = answerHtml({ text: 'x', heading: '<Anna>', quotedText: '<script>' })
    assert.doesNotMatch(html, /<script>|<Anna>/)
  })

  it('takes texts with fields, and reads no value for fields', () => {
    const values = { customer: '{agent}', agent: 'Eva', company: '', subject: 'x' }
    assert.equal(
      fillTemplate('Dear {customer}, {agent} {unknown} {toString}', values),
      'Dear {agent}, Eva {unknown} {toString}',
    )
  })
})

describe('what a machine may answer', () => {
  const own = [{ address: 'support@shop.test' }]
  const read = (more: Partial<ReadMail>): ReadMail => ({
    isRead: true,
    faults: [],
    from: { address: 'anna@customer.test' },
    replyTo: [],
    to: [{ address: 'support@shop.test' }],
    cc: [],
    subject: '',
    inReplyTo: [],
    references: [],
    fields: {},
    text: '',
    hasRemoteImages: false,
    parts: [],
    reports: [],
    returned: [],
    fingerprint: '',
    ...more,
  })
  const may = (more: Partial<ReadMail>) => mayAutoReply(read(more), recognise(read(more), 'a'), own)

  it('is a person’s mail to the mailbox (RFC 3834 §2)', () => {
    assert.equal(may({}), true)
    assert.equal(may({ to: [{ address: 'list@x.test' }] }), false)
    assert.equal(may({ from: { address: 'no-reply@x.test' } }), false)
    assert.equal(may({ from: { address: 'norah@x.test' } }), true)
    assert.equal(may({ fields: { 'return-path': ['<>'] } }), false)
    assert.equal(may({ fields: { precedence: ['bulk'] } }), false)
    assert.equal(may({ fields: { 'x-spam-flag': ['YES'] } }), false)
    assert.equal(may({ fields: { 'auto-submitted': ['no'] } }), true)
  })

  it('is never the company’s own form, whose customer is whom answers go to', () => {
    const form = { from: { address: 'web@shop.test' }, replyTo: [{ address: 'anna@customer.test' }] }
    assert.equal(recognise(read(form), 'a').nature, 'person')
    assert.deepEqual(customerOf(read(form), own), { address: 'anna@customer.test' })
    const usual = { replyTo: [{ address: 'orders@customer.test' }] }
    assert.deepEqual(customerOf(read(usual), own), { address: 'anna@customer.test' })
    assert.equal(recognise(read({ fields: { 'x-vaxel-mailbox': ['a'] } }), 'a').nature, 'loop')
  })

  it('is answered once a day to each, and not without end to all', () => {
    const dayMs = 86_400_000
    assert.equal(isAutoReplyDue({ lastAtMs: undefined, lastHour: 0, nowMs: dayMs }), true)
    assert.equal(isAutoReplyDue({ lastAtMs: 1, lastHour: 0, nowMs: dayMs }), false)
    assert.equal(isAutoReplyDue({ lastAtMs: 1, lastHour: 0, nowMs: dayMs + 1 }), true)
    assert.equal(isAutoReplyDue({ lastAtMs: undefined, lastHour: 60, nowMs: 0 }), false)
  })
})

describe('a mailbox that fails', () => {
  it('is left alone for longer each time, a quarter of an hour at most', () => {
    assert.deepEqual(
      [1, 2, 3, 9, 100].map((faults) => waitAfterFault(faults, 0) / 1000),
      [5, 10, 20, 900, 900],
    )
    assert.equal(waitAfterFault(1, 1), 6250)
  })
})
