import type { CompanyId, UserId } from '@vaxel/base'
import { NotFound, type Principal } from '@vaxel/contract'
import type { ChannelMail, Directory, MailAccount, MailChannelStore, MailConversation } from '@vaxel/core'
import { type Refusal } from '@vaxel/base'
import type { MailWork } from './mail-work.ts'

/** Who may read and answer a mailbox: supervisors and those above, its members, agents of its queue. */
export class MailRights {
  readonly #store: MailChannelStore
  readonly #directory: Directory
  readonly #work: MailWork

  constructor(options: { store: MailChannelStore; directory: Directory; work: MailWork }) {
    this.#store = options.store
    this.#directory = options.directory
    this.#work = options.work
  }

  /** Mailboxes of which somebody may read everything. */
  accounts({ companyId, userId, role, isOperator }: Principal): readonly MailAccount[] {
    const all = this.#store.accountsOf(companyId as CompanyId)
    if (isOperator || role === 'supervisor' || role === 'administrator') return all
    return all.filter((account) => this.#isOf(account, userId as UserId))
  }

  /** A conversation, whether it is in a mailbox of theirs or was moved into a queue of theirs. */
  async conversation(
    principal: Principal,
    id: string,
  ): Promise<{ readonly account: MailAccount; readonly conversation: MailConversation } | Refusal> {
    const companyId = principal.companyId as CompanyId
    const conversation = await this.#store.conversation(companyId, id)
    const account = conversation && this.#store.account(companyId, conversation.accountId)
    if (!conversation || !account) return NotFound()
    const isTheirs =
      this.accounts(principal).includes(account) ||
      this.#work.agentOf(conversation) === principal.userId ||
      (conversation.queueId !== undefined &&
        this.#work.isAgent(companyId, principal.userId as UserId, conversation.queueId))
    return isTheirs ? { account, conversation } : NotFound()
  }

  async mail(
    principal: Principal,
    id: string,
  ): Promise<
    { readonly account: MailAccount; readonly conversation: MailConversation; readonly mail: ChannelMail } | Refusal
  > {
    const mail = await this.#store.mail(principal.companyId as CompanyId, id)
    if (!mail) return NotFound()
    const found = await this.conversation(principal, mail.conversationId)
    return 'refused' in found ? found : { ...found, mail }
  }

  /** Everybody who is told of changes in a mailbox, or in a conversation that was moved. */
  readers(account: MailAccount, conversation?: MailConversation): readonly UserId[] {
    const queueId = conversation?.queueId
    return [...this.#directory.usersOf(account.companyId)]
      .filter(
        ({ id, role }) =>
          role === 'supervisor' ||
          role === 'administrator' ||
          this.#isOf(account, id) ||
          (queueId !== undefined && this.#work.isAgent(account.companyId, id, queueId)),
      )
      .map(({ id }) => id)
  }

  #isOf(account: MailAccount, userId: UserId): boolean {
    if (account.members.includes(userId)) return true
    return account.queueId !== undefined && this.#work.isAgent(account.companyId, userId, account.queueId)
  }
}
