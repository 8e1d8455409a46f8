import type { CompanyId, UserId } from '@vaxel/base'
import type {
  AccessLink,
  IdentityPolicy,
  IdentityStore,
  LedgerEvent,
  Passkey,
  SecondFactors,
  SsoLink,
  SsoSettings,
} from '@vaxel/core'
import type { CompiledQuery, Kysely } from 'kysely'
import type { SecretBox } from './configuration/secret-box.ts'
import { fromJson, toJson } from './rows/columns.ts'
import {
  passkeyRow,
  secondFactorsRow,
  ssoSettingsRow,
  toAccessLink,
  toPasskey,
  toSecondFactors,
  toSsoLink,
  toSsoSettings,
} from './rows/identity-row.ts'
import type { Schema } from './schema.ts'
import type { Transactor } from './transactor.ts'

const usualPolicy: IdentityPolicy = { secondFactor: 'optional' }

/** Ways in, whole in memory; each change is decided there and then written. */
export class StoredIdentity implements IdentityStore {
  readonly #db: Kysely<Schema>
  readonly #transactor: Transactor
  readonly #box: SecretBox
  readonly #factors = new Map<UserId, SecondFactors>()
  readonly #passkeys = new Map<string, Passkey>()
  readonly #credentials = new Map<string, string>()
  readonly #passkeysOf = new Map<UserId, Set<string>>()
  readonly #policies = new Map<CompanyId, IdentityPolicy>()
  readonly #sso = new Map<CompanyId, SsoSettings>()
  readonly #links = new Map<string, SsoLink>()
  readonly #linked = new Set<UserId>()
  readonly #access = new Map<string, AccessLink>()

  constructor(options: { db: Kysely<Schema>; transactor: Transactor; box: SecretBox }) {
    this.#db = options.db
    this.#transactor = options.transactor
    this.#box = options.box
  }

  /** Reads everything. */
  async load(): Promise<void> {
    const db = this.#db
    for (const row of await db.selectFrom('second_factors').selectAll().execute())
      this.#factors.set(row.user_id as UserId, toSecondFactors(row))
    for (const row of await db.selectFrom('passkeys').selectAll().execute()) this.#keepPasskey(toPasskey(row))
    for (const row of await db.selectFrom('identity_policies').selectAll().execute())
      this.#policies.set(row.company_id as CompanyId, fromJson(row.policy))
    for (const row of await db.selectFrom('sso_settings').selectAll().execute())
      this.#sso.set(row.company_id as CompanyId, toSsoSettings(row))
    for (const row of await db.selectFrom('sso_links').selectAll().execute()) this.#keepLink(toSsoLink(row))
    for (const row of await db.selectFrom('access_links').selectAll().execute())
      this.#access.set(row.token_hash, toAccessLink(row))
  }

  /** Forgets what belonged to users and companies that are gone; the database has removed it with them. */
  forget(isUserGone: (userId: UserId) => boolean, isCompanyGone: (companyId: CompanyId) => boolean): void {
    for (const userId of this.#factors.keys()) if (isUserGone(userId)) this.#factors.delete(userId)
    for (const passkey of [...this.#passkeys.values()]) if (isUserGone(passkey.userId)) this.#dropPasskey(passkey.id)
    for (const [key, { userId }] of this.#links) {
      if (!isUserGone(userId)) continue
      this.#links.delete(key)
      this.#linked.delete(userId)
    }
    for (const [hash, { userId }] of this.#access) if (isUserGone(userId)) this.#access.delete(hash)
    for (const kept of [this.#policies, this.#sso])
      for (const companyId of kept.keys()) if (isCompanyGone(companyId)) kept.delete(companyId)
  }

  secondFactors(userId: UserId): SecondFactors | undefined {
    return this.#factors.get(userId)
  }

  async setSecondFactors(next: SecondFactors, events: readonly LedgerEvent[]): Promise<void> {
    const before = this.#factors.get(next.userId)
    const isNothing = next.codes === undefined && next.recoveryHashes.length === 0
    if (isNothing) this.#factors.delete(next.userId)
    else this.#factors.set(next.userId, next)
    const writes = [this.#db.deleteFrom('second_factors').where('user_id', '=', next.userId).compile()]
    if (!isNothing) writes.push(this.#db.insertInto('second_factors').values(secondFactorsRow(next)).compile())
    await this.#write(writes, events, () => {
      if (before) this.#factors.set(next.userId, before)
      else this.#factors.delete(next.userId)
    })
  }

  passkeysOf(userId: UserId): readonly Passkey[] {
    return [...(this.#passkeysOf.get(userId) ?? [])].map((id) => this.#passkeys.get(id)!)
  }

  passkeyByCredential(credentialId: string): Passkey | undefined {
    return this.#passkeys.get(this.#credentials.get(credentialId) ?? '')
  }

  async putPasskey(passkey: Passkey, events: readonly LedgerEvent[]): Promise<void> {
    const before = this.#passkeys.get(passkey.id)
    const owner = this.#credentials.get(passkey.credentialId)
    if (owner !== undefined && owner !== passkey.id) throw new Error('the credential of a passkey must be unique')
    this.#keepPasskey(passkey)
    const row = passkeyRow(passkey)
    const query = before
      ? this.#db.updateTable('passkeys').set(row).where('id', '=', passkey.id).compile()
      : this.#db.insertInto('passkeys').values(row).compile()
    await this.#write([query], events, () => {
      if (before) this.#keepPasskey(before)
      else this.#dropPasskey(passkey.id)
    })
  }

  async removePasskeys(ids: readonly string[], events: readonly LedgerEvent[]): Promise<void> {
    const before = ids.flatMap((id) => this.#passkeys.get(id) ?? [])
    for (const { id } of before) this.#dropPasskey(id)
    await this.#write(
      ids.map((id) => this.#db.deleteFrom('passkeys').where('id', '=', id).compile()),
      events,
      () => before.forEach((passkey) => this.#keepPasskey(passkey)),
    )
  }

  policy(companyId: CompanyId): IdentityPolicy {
    return this.#policies.get(companyId) ?? usualPolicy
  }

  async setPolicy(companyId: CompanyId, policy: IdentityPolicy, events: readonly LedgerEvent[]): Promise<void> {
    const before = this.policy(companyId)
    this.#policies.set(companyId, policy)
    const writes = [
      this.#db.deleteFrom('identity_policies').where('company_id', '=', companyId).compile(),
      this.#db
        .insertInto('identity_policies')
        .values({ company_id: companyId, policy: toJson(policy) })
        .compile(),
    ]
    await this.#write(writes, events, () => this.#policies.set(companyId, before))
  }

  sso(companyId: CompanyId): SsoSettings | undefined {
    return this.#sso.get(companyId)
  }

  allSso(): Iterable<SsoSettings> {
    return this.#sso.values()
  }

  async putSso(settings: SsoSettings, events: readonly LedgerEvent[]): Promise<void> {
    await this.#replaceSso(settings.companyId, settings, events)
  }

  async removeSso(companyId: CompanyId, events: readonly LedgerEvent[]): Promise<void> {
    await this.#replaceSso(companyId, undefined, events)
  }

  ssoLink(companyId: CompanyId, issuer: string, subject: string): SsoLink | undefined {
    return this.#links.get(linkKey({ companyId, issuer, subject }))
  }

  hasSsoLink(userId: UserId): boolean {
    return this.#linked.has(userId)
  }

  async putSsoLink(link: SsoLink, events: readonly LedgerEvent[]): Promise<void> {
    const { companyId, issuer, subject, userId } = link
    this.#keepLink(link)
    const forget = this.#db
      .deleteFrom('sso_links')
      .where('company_id', '=', companyId)
      .where('issuer', '=', issuer)
      .where('subject', '=', subject)
    const insert = this.#db.insertInto('sso_links').values({ company_id: companyId, issuer, subject, user_id: userId })
    await this.#write([forget.compile(), insert.compile()], events, () => this.#links.delete(linkKey(link)))
  }

  async putAccessLink(link: AccessLink, events: readonly LedgerEvent[]): Promise<void> {
    const { userId, tokenHash, companyId, expiresAtMs } = link
    for (const [hash, other] of this.#access) if (other.userId === userId) this.#access.delete(hash)
    this.#access.set(tokenHash, link)
    const row = { user_id: userId, token_hash: tokenHash, company_id: companyId, expires_at_ms: expiresAtMs }
    const writes = [
      this.#db.deleteFrom('access_links').where('user_id', '=', userId).compile(),
      this.#db.insertInto('access_links').values(row).compile(),
    ]
    await this.#write(writes, events, () => this.#access.delete(tokenHash))
  }

  async removeAccessLink(userId: UserId): Promise<void> {
    const before = [...this.#access].find(([, link]) => link.userId === userId)
    if (!before) return
    const [tokenHash, link] = before
    this.#access.delete(tokenHash)
    const forget = this.#db.deleteFrom('access_links').where('user_id', '=', userId).compile()
    await this.#write([forget], [], () => this.#access.set(tokenHash, link))
  }

  accessLink(tokenHash: string): AccessLink | undefined {
    return this.#access.get(tokenHash)
  }

  async takeAccessLink(tokenHash: string): Promise<AccessLink | undefined> {
    const link = this.#access.get(tokenHash)
    if (!link) return undefined
    this.#access.delete(tokenHash)
    const forget = this.#db.deleteFrom('access_links').where('token_hash', '=', tokenHash).compile()
    await this.#write([forget], [], () => this.#access.set(tokenHash, link))
    return link
  }

  async note(events: readonly LedgerEvent[]): Promise<void> {
    await this.#transactor.commit([], events)
  }

  seal(secret: string, owner: string): string {
    return this.#box.seal(secret, owner)
  }

  open(sealed: string, owner: string): string {
    return this.#box.open(sealed, owner)
  }

  async #replaceSso(
    companyId: CompanyId,
    settings: SsoSettings | undefined,
    events: readonly LedgerEvent[],
  ): Promise<void> {
    const before = this.#sso.get(companyId)
    const show = (now: SsoSettings | undefined) => (now ? this.#sso.set(companyId, now) : this.#sso.delete(companyId))
    show(settings)
    const writes = [this.#db.deleteFrom('sso_settings').where('company_id', '=', companyId).compile()]
    if (settings) writes.push(this.#db.insertInto('sso_settings').values(ssoSettingsRow(settings)).compile())
    await this.#write(writes, events, () => show(before))
  }

  /** @param undo what memory shows again when it could not be written */
  async #write(queries: readonly CompiledQuery[], events: readonly LedgerEvent[], undo: () => void): Promise<void> {
    try {
      await this.#transactor.commit(
        queries.map((query) => this.#transactor.write(query)),
        events,
      )
    } catch (error) {
      undo()
      throw error
    }
  }

  #keepPasskey(passkey: Passkey): void {
    this.#passkeys.set(passkey.id, passkey)
    this.#credentials.set(passkey.credentialId, passkey.id)
    const own = this.#passkeysOf.get(passkey.userId)
    if (own) own.add(passkey.id)
    else this.#passkeysOf.set(passkey.userId, new Set([passkey.id]))
  }

  #dropPasskey(id: string): void {
    const passkey = this.#passkeys.get(id)
    if (!passkey) return
    this.#passkeys.delete(id)
    this.#credentials.delete(passkey.credentialId)
    this.#passkeysOf.get(passkey.userId)?.delete(id)
  }

  #keepLink(link: SsoLink): void {
    this.#links.set(linkKey(link), link)
    this.#linked.add(link.userId)
  }
}

const linkKey = ({ companyId, issuer, subject }: Omit<SsoLink, 'userId'>): string => `${companyId} ${issuer} ${subject}`
