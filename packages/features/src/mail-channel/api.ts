import { isRefusal, type UserId } from '@vaxel/base'
import {
  addMailFile,
  answerMail,
  changeMailAccount,
  changeMailState,
  ConversationChanged,
  createMailAccount,
  decideMailDelivery,
  forwardMail,
  listConversationMails,
  listMailAccounts,
  listMailConversations,
  listMailTemplates,
  listMyMailChannels,
  moveMailConversation,
  NotFound,
  noteMail,
  type OperationHandler,
  perform,
  type Principal,
  putMailboxSecrets,
  putMailDraft,
  readChannelMail,
  readMailConversation,
  readMailPage,
  readMailPart,
  readMailSource,
  removeMailAccount,
  removeMailDraft,
  testMailAccount,
  watchMailConversation,
} from '@vaxel/contract'
import {
  type ConversationEvent,
  fillTemplate,
  lookedBack,
  type MailFile,
  mailToAnswer,
  ownAddresses,
  receiversOf,
  replySubject,
} from '@vaxel/core'
import type { MailRights } from './access.ts'
import type { MailAccountService } from './account-service.ts'
import { tryAccount } from './account-test.ts'
import type { ConversationChanges } from './changes.ts'
import type { MailDelivery } from './delivery.ts'
import type { MailDrafts } from './drafts.ts'
import { readBody } from './files-of-mail.ts'
import { giveSecrets } from './mailbox-secrets.ts'
import { mailPage } from './mail-page.ts'
import type { MailWork } from './mail-work.ts'
import type { MailChannelDependencies } from './parts.ts'
import type { MailReaders } from './readers.ts'
import type { MailTokens } from './tokens.ts'
import { conversationView, draftView, mailView } from './views.ts'
import type { MailWatchers } from './watchers.ts'
import type { MailWriter } from './write-mail.ts'

const usualLimit = 50
const stateEvents = {
  closed: { event: { kind: 'closed' }, ledger: 'closed' },
  open: { event: { kind: 'reopened' }, ledger: 'reopened' },
  spam: { event: { kind: 'marked' }, ledger: 'spamMarked' },
  notSpam: { event: { kind: 'unmarked' }, ledger: 'spamUnmarked' },
} as const satisfies Record<string, { event: ConversationEvent; ledger: string }>

/** What the handlers of the mail channel are made of. */
export interface MailChannelServices {
  readonly parts: MailChannelDependencies
  readonly rights: MailRights
  readonly changes: ConversationChanges
  readonly work: MailWork
  readonly writer: MailWriter
  readonly delivery: MailDelivery
  readonly drafts: MailDrafts
  readonly watchers: MailWatchers
  readonly accounts: MailAccountService
  readonly tokens: MailTokens
  readonly readers: MailReaders
}

/** Mailboxes and conversations over the API. */
export const mailChannelHandlers = (services: MailChannelServices): readonly OperationHandler[] => [
  ...accountHandlers(services),
  ...readingHandlers(services),
  ...writingHandlers(services),
]

function accountHandlers({ accounts, parts, tokens, readers }: MailChannelServices): OperationHandler[] {
  return [
    perform(listMailAccounts, ({ principal }) => accounts.list(principal)),
    perform(createMailAccount, ({ principal, body }) => accounts.make(principal, body)),
    perform(changeMailAccount, ({ principal, params, body }) => accounts.change(principal, params.accountId, body)),
    perform(removeMailAccount, ({ principal, params }) => accounts.remove(principal, params.accountId)),
    perform(putMailboxSecrets, ({ principal, params, body }) =>
      giveSecrets(parts, readers, principal, { id: params.id, given: body.secrets }),
    ),
    perform(testMailAccount, ({ principal, body }) => tryAccount(parts, tokens, principal, body)),
  ]
}

function readingHandlers(services: MailChannelServices): OperationHandler[] {
  const { parts, rights, work, watchers } = services
  const { store, files, directory } = parts
  return [
    perform(listMyMailChannels, ({ principal }) => ({
      items: rights.accounts(principal).map(({ id, name, address, sending, queueId }) => ({
        id,
        name,
        address,
        canSend: sending !== undefined,
        ...(queueId === undefined ? {} : { queueId }),
      })),
    })),
    perform(listMailConversations, async ({ principal, query }) => {
      const { limit = usualLimit, before, mailboxId, state, customer } = query
      const accountIds = rights
        .accounts(principal)
        .map(({ id }) => id)
        .filter((id) => mailboxId === undefined || id === mailboxId)
      const found = await store.conversations({
        companyId: principal.companyId as never,
        accountIds,
        states: state === undefined ? ['open', 'answered', 'closed'] : [state],
        ...(customer === undefined ? {} : { customer }),
        ...(before === undefined ? {} : { before }),
        limit: limit + 1,
      })
      const shown = found.slice(0, limit)
      const last = shown.at(-1)
      const next = found.length > limit && last ? { next: `${last.lastAtMs}.${last.id}` } : {}
      return { items: shown.map((one) => conversationView(one, work)), ...next }
    }),
    perform(readMailConversation, async ({ principal, params }) => {
      const found = await rights.conversation(principal, params.conversationId)
      if (isRefusal(found)) return found
      const { account, conversation } = found
      const draft = await store.draft(conversation.id, principal.userId as UserId)
      const latest = mailToAnswer(await store.lastIn(conversation.id, lookedBack))
      const { to, cc } = latest ? receiversOf(latest, ownAddresses(account), true) : { to: [], cc: [] }
      return {
        conversation: conversationView(conversation, work),
        watchers: watchers.of(conversation, principal.userId as UserId).map((one) => ({ ...one })),
        ...(draft ? { draft: draftView(draft) } : {}),
        answer: {
          to: to.map((one) => ({ ...one })),
          cc: cc.map((one) => ({ ...one })),
          subject: replySubject(conversation.subject),
          ...(account.signature === undefined ? {} : { signature: account.signature }),
          canSend: account.sending !== undefined,
        },
      }
    }),
    perform(listConversationMails, async ({ principal, params, query }) => {
      const found = await rights.conversation(principal, params.conversationId)
      if (isRefusal(found)) return found
      const { limit = usualLimit, after } = query
      const filter = { conversationId: found.conversation.id, limit: limit + 1 }
      const mails = await store.mails({ ...filter, ...(after === undefined ? {} : { after }) })
      const shown = mails.slice(0, limit)
      const last = shown.at(-1)
      return {
        items: shown.map((mail) => mailView(mail, directory)),
        ...(mails.length > limit && last ? { next: last.id } : {}),
      }
    }),
    perform(readChannelMail, async ({ principal, params }) => {
      const found = await rights.mail(principal, params.mailId)
      if (isRefusal(found)) return found
      const { text } = await readBody(files, found.mail.companyId, found.mail.body)
      return { mail: mailView(found.mail, directory), text }
    }),
    perform(readMailPage, async ({ principal, params, query }) => {
      const found = await rights.mail(principal, params.mailId)
      if (isRefusal(found)) return found
      const { mail } = found
      return mailPage(mail, await readBody(files, mail.companyId, mail.body), files, query.images === true)
    }),
    perform(readMailSource, async ({ principal, params }) => {
      const found = await rights.mail(principal, params.mailId)
      if (isRefusal(found)) return found
      const { source, id } = found.mail
      return source ? saved(services, found.mail.companyId, source, `${id}.eml`) : NotFound()
    }),
    perform(readMailPart, async ({ principal, params }) => {
      const found = await rights.mail(principal, params.mailId)
      if (isRefusal(found)) return found
      const part = found.mail.parts[Number(params.index)]
      return part ? saved(services, found.mail.companyId, part, part.name) : NotFound()
    }),
  ]
}

function writingHandlers(services: MailChannelServices): OperationHandler[] {
  const { parts, rights, work, watchers, writer, delivery, drafts } = services
  const { store, directory } = parts
  const userOf = ({ userId }: Principal) => directory.user(userId as UserId)!
  return [
    perform(answerMail, async ({ principal, params, body }) => {
      const found = await rights.conversation(principal, params.conversationId)
      if (isRefusal(found)) return found
      const mail = await writer.answer(found, userOf(principal), body)
      return isRefusal(mail) ? mail : mailView(mail, directory)
    }),
    perform(forwardMail, async ({ principal, params, body }) => {
      const found = await rights.conversation(principal, params.conversationId)
      if (isRefusal(found)) return found
      const mail = await store.mail(found.account.companyId, body.mailId)
      if (mail?.conversationId !== found.conversation.id) return NotFound()
      const sent = await writer.forward(found, userOf(principal), mail, body)
      return isRefusal(sent) ? sent : mailView(sent, directory)
    }),
    perform(noteMail, async ({ principal, params, body }) => {
      const found = await rights.conversation(principal, params.conversationId)
      if (isRefusal(found)) return found
      const note = await writer.note(found, userOf(principal), body)
      return isRefusal(note) ? note : mailView(note, directory)
    }),
    perform(changeMailState, async ({ principal, params, body }) => {
      const { event, ledger } = stateEvents[body.to]
      return change(services, principal, params.conversationId, event, ledger)
    }),
    perform(moveMailConversation, async ({ principal, params, body }) => {
      if (!work.mayTake(principal.companyId as never, body.queueId))
        return NotFound('There is no such queue, or it takes no mails.')
      const event = { kind: 'moved', queueId: body.queueId } as const
      return change(services, principal, params.conversationId, event, 'moved')
    }),
    perform(putMailDraft, async ({ principal, params, body }) => {
      const found = await rights.conversation(principal, params.conversationId)
      if (isRefusal(found)) return found
      return draftView(await drafts.put(found.conversation, principal.userId as UserId, body))
    }),
    perform(removeMailDraft, async ({ principal, params }) => {
      const found = await rights.conversation(principal, params.conversationId)
      if (isRefusal(found)) return found
      await store.removeDraft(found.conversation.id, principal.userId as UserId)
      return undefined
    }),
    perform(addMailFile, async ({ principal, params, query, body }) => {
      const found = await rights.conversation(principal, params.conversationId)
      if (isRefusal(found)) return found
      const draft = await drafts.addFile(found.conversation, principal.userId as UserId, query.name, body)
      return isRefusal(draft) ? draft : draftView(draft)
    }),
    perform(watchMailConversation, async ({ principal, params, body }) => {
      const found = await rights.conversation(principal, params.conversationId)
      if (isRefusal(found)) return found
      const userId = principal.userId as UserId
      watchers.set(found.conversation, userId, body.doing)
      return { watchers: watchers.of(found.conversation, userId).map((one) => ({ ...one })) }
    }),
    perform(decideMailDelivery, async ({ principal, params, body }) => {
      const found = await rights.mail(principal, params.mailId)
      if (isRefusal(found)) return found
      const decided = await delivery.decide(found.account, found.mail, body.decision, principal.userId as UserId)
      return isRefusal(decided) ? decided : mailView(decided, directory)
    }),
    perform(listMailTemplates, async ({ principal, params }) => {
      const found = await rights.conversation(principal, params.conversationId)
      if (isRefusal(found)) return found
      const { account, conversation } = found
      const { companyId } = account
      const values = {
        customer: conversation.customer.name ?? conversation.customer.address,
        agent: userOf(principal).displayName,
        company: directory.company(companyId)?.name ?? '',
        subject: conversation.subject,
      }
      const queueId = work.queueOf(account, conversation)
      const templates = (parts.desk?.centre(companyId).templates ?? []).filter(
        ({ kind, queueIds }) => kind === 'mail' && (!queueIds || queueIds.some((id) => id === queueId)),
      )
      return {
        items: templates.map(({ id, name, text, subject, language }) => ({
          id,
          name,
          text: fillTemplate(text, values),
          ...(subject === undefined ? {} : { subject: fillTemplate(subject, values) }),
          ...(language === undefined ? {} : { language }),
        })),
      }
    }),
  ]
}

async function change(
  { rights, changes, work }: MailChannelServices,
  principal: Principal,
  id: string,
  event: ConversationEvent,
  ledger: string,
) {
  const found = await rights.conversation(principal, id)
  if (isRefusal(found)) return found
  const { account, conversation } = found
  const changed = await changes.apply(account, conversation, event, { ledger, by: principal.userId as UserId })
  return changed ? conversationView(changed, work) : ConversationChanged()
}

/** A file of somebody we do not know: saved, never opened here. */
const saved = ({ parts }: MailChannelServices, companyId: never | string, file: MailFile, name: string) => ({
  mediaType: 'application/octet-stream',
  name,
  isInline: false,
  sizeBytes: file.sizeBytes,
  tag: file.file.split('/').at(-1) ?? '',
  read: (start: number, end: number) => parts.files.read(companyId as never, file, start, end),
})
