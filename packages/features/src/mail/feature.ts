import { type Clock, type CompanyId, isRefusal, type Logger, type Refusal } from '@vaxel/base'
import {
  Conflict,
  listMails,
  NotFound,
  type OperationHandler,
  type OperationReply,
  perform,
  type Principal,
  removeMail,
  retryMail,
} from '@vaxel/contract'
import type { KeptMail, MailOutbox, MailSender, MailStore } from '@vaxel/core'
import { Outbox } from './outbox.ts'

export interface MailDependencies {
  readonly mails: MailStore
  /** Absent: no mail server is set, and mails wait. */
  readonly sender?: MailSender
  /** Name of this server, for Message-IDs. */
  readonly host: string
  readonly clock: Clock
  readonly log: Logger
}

/** Mails that go out. */
export interface MailFeature {
  readonly handlers: readonly OperationHandler[]
  readonly mailer: MailOutbox
  /** What an administrator or the feature it came from decides of a held one. */
  readonly retry: (mail: KeptMail) => Promise<KeptMail>
  readonly remove: (mail: KeptMail) => Promise<void>
  /** Who sends mails that have `via`; until then they wait. */
  readonly sendVia: (sender: Pick<MailSender, 'send'>) => void
  start(): Promise<void>
  close(): Promise<void>
}

type View = OperationReply<typeof retryMail>

const mostListed = 200

export function createMail(dependencies: MailDependencies): MailFeature {
  const { mails } = dependencies
  const outbox = new Outbox({ ...dependencies, sender: dependencies.sender })
  const find = async ({ companyId }: Principal, id: string): Promise<KeptMail | Refusal> =>
    (await mails.find(companyId as CompanyId, id)) ?? NotFound()
  return {
    handlers: [
      perform(listMails, async ({ principal }) => ({
        items: (await mails.list(principal.companyId as CompanyId, mostListed)).map(toView),
        hasServer: outbox.hasServer,
      })),
      perform(retryMail, async ({ principal, params }) => {
        const mail = await find(principal, params.mailId)
        if (isRefusal(mail)) return mail
        if (mail.state === 'sent' || mail.state === 'sending')
          return Conflict(mail.state === 'sent' ? 'It was delivered.' : 'It is being sent now.')
        return toView(await outbox.retry(mail))
      }),
      perform(removeMail, async ({ principal, params }) => {
        const mail = await find(principal, params.mailId)
        if (isRefusal(mail)) return mail
        if (mail.state === 'sending') return Conflict('It is being sent now.')
        await outbox.remove(mail)
        return undefined
      }),
    ],
    mailer: outbox,
    retry: (mail) => outbox.retry(mail),
    remove: (mail) => outbox.remove(mail),
    sendVia: (sender) => outbox.sendVia(sender),
    start: () => outbox.start(),
    close: () => outbox.close(),
  }
}

function toView({ id, to, subject, state, tries, createdAtMs, atMs, fault }: KeptMail): View {
  return {
    id,
    to,
    subject,
    state,
    tries,
    createdAt: new Date(createdAtMs).toISOString(),
    at: new Date(atMs).toISOString(),
    ...(fault === undefined ? {} : { fault }),
  }
}
