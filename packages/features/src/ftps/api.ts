import { type CompanyId, isRefusal, type UserId } from '@vaxel/base'
import {
  changeFtpsAccount,
  createFtpsAccount,
  type OperationHandler,
  type OperationReply,
  perform,
  type Principal,
  readFtpsAccess,
  removeFtpsAccount,
  renewFtpsPassword,
} from '@vaxel/contract'
import type { Directory, FtpsAccount } from '@vaxel/core'
import type { AccountActor, AccountService, AccountWish } from './account-service.ts'

/** Where the file server listens; without a port it is off. */
export interface FtpsPlace {
  readonly host?: string
  readonly port?: number
  readonly implicitPort?: number
  readonly passivePorts?: readonly [from: number, to: number]
}

type View = OperationReply<typeof changeFtpsAccount>

export function ftpsHandlers(options: {
  accounts: AccountService
  directory: Directory
  place: FtpsPlace
}): readonly OperationHandler[] {
  const { accounts, directory, place } = options
  const view = (account: FtpsAccount): View => toView(account, domainOf(directory, account.companyId))
  const actor = ({ companyId, userId }: Principal, address: string): AccountActor => ({
    companyId: companyId as CompanyId,
    userId: userId as UserId,
    address,
  })
  const withPassword = ({ account, password }: { account: FtpsAccount; password: string }) => ({
    account: view(account),
    password,
  })
  return [
    perform(readFtpsAccess, ({ principal }) => {
      const { host, port, implicitPort, passivePorts } = place
      return {
        isOn: port !== undefined || implicitPort !== undefined,
        ...(host === undefined ? {} : { host }),
        ...(port === undefined ? {} : { port }),
        ...(implicitPort === undefined ? {} : { implicitPort }),
        ...(passivePorts ? { passivePorts: { from: passivePorts[0], to: passivePorts[1] } } : {}),
        accounts: accounts.list(principal.companyId as CompanyId).map(view),
      }
    }),
    perform(createFtpsAccount, async ({ principal, address, body: { name, ...wish } }) => {
      const made = await accounts.create(actor(principal, address), name, toWish(wish))
      return isRefusal(made) ? made : withPassword(made)
    }),
    perform(changeFtpsAccount, async ({ principal, address, params, body }) => {
      const changed = await accounts.change(actor(principal, address), params.accountId, toWish(body))
      return isRefusal(changed) ? changed : view(changed)
    }),
    perform(renewFtpsPassword, async ({ principal, address, params }) => {
      const renewed = await accounts.renewPassword(actor(principal, address), params.accountId)
      return isRefusal(renewed) ? renewed : withPassword(renewed)
    }),
    perform(removeFtpsAccount, ({ principal, address, params }) =>
      accounts.remove(actor(principal, address), params.accountId),
    ),
  ]
}

function toWish({
  expiresAt,
  ...wish
}: {
  expiresAt?: string | null
  fromAddresses?: string[]
  needsSessionReuse?: boolean
}): AccountWish {
  return expiresAt === undefined ? wish : { ...wish, expiresAtMs: expiresAt === null ? null : Date.parse(expiresAt) }
}

function toView(account: FtpsAccount, domain: string): View {
  const { id, name, fromAddresses, expiresAtMs, needsSessionReuse, createdAtMs, usedAtMs, usedFrom } = account
  return {
    id,
    name,
    login: `${name}@${domain}`,
    fromAddresses: [...fromAddresses],
    needsSessionReuse,
    createdAt: new Date(createdAtMs).toISOString(),
    ...(expiresAtMs === undefined ? {} : { expiresAt: new Date(expiresAtMs).toISOString() }),
    ...(usedAtMs === undefined ? {} : { usedAt: new Date(usedAtMs).toISOString() }),
    ...(usedFrom === undefined ? {} : { usedFrom }),
  }
}

/** Any of the company's domains does for logging in; the first one is shown. */
const domainOf = (directory: Directory, companyId: CompanyId): string => {
  for (const { name } of directory.domainsOf(companyId)) return name
  return ''
}
