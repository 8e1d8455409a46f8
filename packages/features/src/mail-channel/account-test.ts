import type { CompanyId, Refusal } from '@vaxel/base'
import {
  InvalidRequest,
  type OperationReply,
  type OperationRequest,
  type Principal,
  type testMailAccount,
} from '@vaxel/contract'
import {
  isSamePlace,
  type MailAccess,
  type MailAccount,
  type MailAccountId,
  MailboxFault,
  type MailSecrets,
  secretsOfMailbox,
} from '@vaxel/core'
import { mistakesOf } from './account-service.ts'
import type { MailChannelDependencies } from './parts.ts'
import type { MailTokens } from './tokens.ts'

type Wish = OperationRequest<typeof testMailAccount>['body']
type Reply = OperationReply<typeof testMailAccount>
type Tried = Reply['reading']

const timeLimitMs = 30_000

/** Tries settings at their servers, and says of each what is wrong. */
export async function tryAccount(
  parts: MailChannelDependencies,
  tokens: MailTokens,
  principal: Principal,
  wish: Wish,
): Promise<Reply | Refusal> {
  const companyId = principal.companyId as CompanyId
  const { accountId, secrets: given, ...settings } = wish
  const known = accountId === undefined ? undefined : parts.store.account(companyId, accountId)
  const account = {
    ...settings,
    id: (accountId ?? 'tried') as MailAccountId,
    companyId,
    name: '',
    address: '',
    aliases: [],
    members: [],
    isOn: false,
    createdAtMs: parts.clock.now(),
  } as MailAccount
  const kept = secretsOfMailbox(parts.store, companyId, account)
  const secrets: MailSecrets = { ...kept, ...given }
  const mistakes = mistakesOf(account.reading, account.login, secrets, account.sending)
  if (mistakes.length > 0)
    return InvalidRequest(mistakes.map(({ reason }) => reason).join(' '), { mistakes: [...mistakes] })
  let access: MailAccess = { account, secrets }
  try {
    access = await tokens.renewed(access)
  } catch (error) {
    return { reading: failed(error), ...(account.sending ? { sending: failed(error) } : {}) }
  }
  // The server may have taken back the refresh token that was used up: what is kept must be the new one.
  if (
    known &&
    isSamePlace(known, account) &&
    kept.refreshToken !== undefined &&
    given?.refreshToken === undefined &&
    access.secrets !== secrets
  )
    await parts.store.putAccount(known, { ...kept, ...access.secrets })
  const [reading, sending] = await Promise.all([
    tryReading(parts, access),
    account.sending ? trySending(parts, access) : undefined,
  ])
  return { reading, ...(sending ? { sending } : {}) }
}

async function tryReading({ door, clock }: MailChannelDependencies, access: MailAccess): Promise<Tried> {
  const ending = new AbortController()
  const limit = clock.startTimer(timeLimitMs, () => ending.abort())
  try {
    const mailbox = await door.open(access, ending.signal)
    try {
      return { isWell: true, mails: (await mailbox.list()).length }
    } finally {
      await mailbox.close()
    }
  } catch (error) {
    return failed(error)
  } finally {
    limit.stop()
  }
}

async function trySending({ door }: MailChannelDependencies, access: MailAccess): Promise<Tried> {
  try {
    await door.trySending(access)
    return { isWell: true }
  } catch (error) {
    return failed(error)
  }
}

const failed = (error: unknown): Tried =>
  error instanceof MailboxFault
    ? { isWell: false, trouble: error.trouble, detail: error.message }
    : { isWell: false, trouble: 'lost', detail: String(error).slice(0, 300) }
