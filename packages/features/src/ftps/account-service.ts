import {
  type Clock,
  type Mistake,
  type CompanyId,
  makeId,
  type RandomBytes,
  randomToken,
  type Refusal,
  type UserId,
} from '@vaxel/base'
import { Conflict, InvalidRequest, NotFound } from '@vaxel/contract'
import type { Credentials, FtpsAccount, FtpsAccountStore, LedgerEvent } from '@vaxel/core'
import { readIpRange } from '@vaxel/site'

/** Accounts of one company. */
const mostAccounts = 50
/** 130 bits; it is kept by a program, nobody types it. */
const passwordLength = 26

/** What an administrator says of an account. */
export interface AccountWish {
  readonly fromAddresses?: readonly string[] | undefined
  readonly expiresAtMs?: number | null | undefined
  readonly needsSessionReuse?: boolean | undefined
}

/** Who says it. */
export interface AccountActor {
  readonly companyId: CompanyId
  readonly userId: UserId
  readonly address: string
}

/** Makes, changes and removes FTPS accounts. */
export class AccountService {
  readonly #accounts: FtpsAccountStore
  readonly #credentials: Credentials
  readonly #clock: Clock
  readonly #random: RandomBytes

  constructor(options: { accounts: FtpsAccountStore; credentials: Credentials; clock: Clock; random: RandomBytes }) {
    this.#accounts = options.accounts
    this.#credentials = options.credentials
    this.#clock = options.clock
    this.#random = options.random
  }

  list(companyId: CompanyId): readonly FtpsAccount[] {
    return this.#accounts.ofCompany(companyId)
  }

  async create(
    actor: AccountActor,
    name: string,
    wish: AccountWish,
  ): Promise<{ account: FtpsAccount; password: string } | Refusal> {
    const mistaken = this.#mistaken(wish)
    if (mistaken) return mistaken
    const refused = this.#refuseNew(actor.companyId, name)
    if (refused) return refused
    const password = randomToken(passwordLength, this.#random)
    const passwordHash = await this.#credentials.hashPassword(password)
    // Another one may have come while the hash was made.
    const again = this.#refuseNew(actor.companyId, name)
    if (again) return again
    const createdAtMs = this.#clock.now()
    const account: FtpsAccount = {
      id: makeId<string & { readonly brand?: never }>(createdAtMs, this.#random),
      companyId: actor.companyId,
      name,
      passwordHash,
      createdAtMs,
      createdBy: actor.userId,
      fromAddresses: wish.fromAddresses ?? [],
      needsSessionReuse: wish.needsSessionReuse ?? true,
      ...(wish.expiresAtMs ? { expiresAtMs: wish.expiresAtMs } : {}),
    }
    await this.#accounts.put(account, this.#event(account, 'made', actor))
    return { account, password }
  }

  async change(actor: AccountActor, id: string, wish: AccountWish): Promise<FtpsAccount | Refusal> {
    const mistaken = this.#mistaken(wish)
    if (mistaken) return mistaken
    const before = this.#accounts.find(actor.companyId, id)
    if (!before) return NotFound()
    const { expiresAtMs, ...rest } = before
    const expires = wish.expiresAtMs === undefined ? expiresAtMs : (wish.expiresAtMs ?? undefined)
    const after: FtpsAccount = {
      ...rest,
      ...(wish.fromAddresses === undefined ? {} : { fromAddresses: wish.fromAddresses }),
      ...(wish.needsSessionReuse === undefined ? {} : { needsSessionReuse: wish.needsSessionReuse }),
      ...(expires === undefined ? {} : { expiresAtMs: expires }),
    }
    await this.#accounts.put(after, this.#event(after, 'changed', actor))
    return after
  }

  async renewPassword(actor: AccountActor, id: string): Promise<{ account: FtpsAccount; password: string } | Refusal> {
    if (!this.#accounts.find(actor.companyId, id)) return NotFound()
    const password = randomToken(passwordLength, this.#random)
    const passwordHash = await this.#credentials.hashPassword(password)
    const before = this.#accounts.find(actor.companyId, id)
    if (!before) return NotFound()
    const account = { ...before, passwordHash }
    await this.#accounts.put(account, this.#event(account, 'password-renewed', actor))
    return { account, password }
  }

  async remove(actor: AccountActor, id: string): Promise<Refusal | undefined> {
    const account = this.#accounts.find(actor.companyId, id)
    if (!account) return NotFound()
    await this.#accounts.remove(account, this.#event(account, 'removed', actor))
    return undefined
  }

  #refuseNew(companyId: CompanyId, name: string): Refusal | undefined {
    const known = this.#accounts.ofCompany(companyId)
    if (known.length >= mostAccounts) return Conflict(`There are ${mostAccounts} accounts already; remove one first.`)
    return known.some((account) => account.name === name) ? Conflict(`An account ${name} exists already.`) : undefined
  }

  #mistaken({ fromAddresses = [], expiresAtMs }: AccountWish): Refusal | undefined {
    const mistakes: Mistake[] = fromAddresses.flatMap((text, i) =>
      readIpRange(text) ? [] : [{ path: `/fromAddresses/${i}`, reason: 'is neither an address nor a range of them' }],
    )
    if (typeof expiresAtMs === 'number' && !(expiresAtMs > this.#clock.now()))
      mistakes.push({ path: '/expiresAt', reason: 'is past' })
    return mistakes.length > 0 ? InvalidRequest(undefined, { mistakes }) : undefined
  }

  #event({ id, name, companyId }: FtpsAccount, what: string, { userId, address }: AccountActor): LedgerEvent {
    const data = { account: id, name, what, by: `user:${userId}`, address }
    return { kind: 'ftps.accountChanged', atMs: this.#clock.now(), companyId, data }
  }
}
