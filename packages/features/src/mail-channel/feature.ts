import type { CompanyId, Timer } from '@vaxel/base'
import type { OperationHandler } from '@vaxel/contract'
import type { KeptMail, MailAccount, MailOutcome, MailState } from '@vaxel/core'
import { MailRights } from './access.ts'
import { MailAccountService } from './account-service.ts'
import { mailChannelHandlers } from './api.ts'
import { ConversationChanges } from './changes.ts'
import { MailDelivery } from './delivery.ts'
import { MailDrafts } from './drafts.ts'
import { CentreMailboxes } from './follow-centre.ts'
import { MailIntake } from './intake.ts'
import type { MailboxHealth } from './mailbox-loop.ts'
import { MailWork } from './mail-work.ts'
import type { MailChannelDependencies } from './parts.ts'
import { MailReaders } from './readers.ts'
import { MailTokens } from './tokens.ts'
import { MailWatchers } from './watchers.ts'
import { workHands } from './work-hands.ts'
import { MailWriter } from './write-mail.ts'

const minuteMs = 60_000
const hourMs = 3_600_000
/** A file without a row for so long is nobody's. */
const sweepAfterMs = 6 * hourMs
const keepDraftFilesMs = 30 * 24 * hourMs
const lookedAtOnce = 500

/** Mails of customers: read from mailboxes, answered, nothing lost and nothing twice. */
export interface MailChannelFeature {
  readonly handlers: readonly OperationHandler[]
  /** One try of the outbox for a mail of ours. */
  send(companyId: CompanyId, via: string, messageId: string): Promise<MailOutcome>
  /** Told by the outbox what becomes of each mail. */
  follow(mail: KeptMail, state: MailState | 'removed'): void
  /** Puts work of before back, and begins to read. */
  start(): Promise<void>
  /** Looks at open conversations that are in no queue, as it does every minute. */
  mend(): Promise<void>
  /** Resolves when no mail is half taken in. */
  close(): Promise<void>
}

export function createMailChannel(parts: MailChannelDependencies): MailChannelFeature {
  const { store, files, desk, directory, notices, clock, log } = parts
  const work = new MailWork({ desk, clock, log })
  const rights = new MailRights({ store, directory, work })
  const changes = new ConversationChanges({ ...parts, work, rights })
  const writer = new MailWriter(parts, changes)
  const intake = new MailIntake(parts, { changes, autoReply: (...about) => writer.autoReply(...about) })
  const tokens = new MailTokens(parts)
  const tellHealth = (account: MailAccount, { state, trouble }: MailboxHealth) => {
    const to = [...directory.usersOf(account.companyId)].filter(({ role }) => role === 'administrator')
    notices.publish({
      companyId: account.companyId,
      kind: 'mailChannel.health',
      data: { account: account.id, state, ...(trouble === undefined ? {} : { trouble }) },
      atMs: clock.now(),
      to: to.map(({ id }) => id),
    })
  }
  const readers = new MailReaders({ parts, intake, tokens, onHealth: tellHealth })
  const delivery = new MailDelivery(parts, { tokens, changes })
  const watchers = new MailWatchers(parts)
  const drafts = new MailDrafts(parts)
  const mailboxes = new CentreMailboxes(parts, readers)
  const accounts = new MailAccountService(parts, { readers, work, mailboxes })
  desk?.provide('mail', workHands(parts, { work, changes }))

  const mend = async (): Promise<void> => {
    let after: string | undefined
    for (;;) {
      const open = await store.open(lookedAtOnce, after)
      for (const conversation of open) {
        const account = store.account(conversation.companyId, conversation.accountId)
        if (account) await changes.beginWork(account, conversation)
      }
      after = open.at(-1)?.id
      if (open.length < lookedAtOnce) return
    }
  }
  const sweep = async (): Promise<void> => {
    await store.forgetFiles(clock.now() - keepDraftFilesMs)
    await files.sweep(clock.now() - sweepAfterMs)
  }
  const stopFollowing = parts.feed.subscribe((events) => {
    for (const { kind, companyId } of events)
      if (kind === 'centre.published' && isStarted && !isClosed)
        mailboxes
          .follow(companyId)
          .catch((error: unknown) => log.error('mailboxes could not be changed', { companyId, error: String(error) }))
  })
  const timers = new Map<string, Timer>()
  let isStarted = false
  let isClosed = false
  const every = (name: string, ms: number, what: () => Promise<void>): void => {
    if (isClosed) return
    const again = () =>
      void what()
        .catch((error: unknown) => log.error('upkeep of mails failed', { name, error: String(error) }))
        .then(() => every(name, ms, what))
    timers.set(name, clock.startTimer(ms, again))
  }
  return {
    handlers: mailChannelHandlers({
      parts,
      rights,
      changes,
      work,
      writer,
      delivery,
      drafts,
      watchers,
      accounts,
      tokens,
      readers,
    }),
    send: (...asked) => delivery.send(...asked),
    follow: (mail, state) => delivery.follow(mail, state),
    start: async () => {
      await delivery.start()
      isStarted = true
      await mend()
      await sweep()
      every('work', minuteMs, mend)
      every('files', hourMs, sweep)
      await mailboxes.followAll()
      await readers.follow()
      every('mailboxes', minuteMs, () => mailboxes.followAll())
    },
    mend,
    close: async () => {
      isClosed = true
      stopFollowing()
      for (const timer of timers.values()) timer.stop()
      await readers.close()
      await delivery.close()
    },
  }
}
