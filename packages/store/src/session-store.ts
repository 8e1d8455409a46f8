import type { Clock, CompanyId, Logger, Timer, UserId } from '@vaxel/base'
import type { LedgerEvent, Session, SessionStore } from '@vaxel/core'
import type { Kysely, Selectable } from 'kysely'
import { fromFlag, fromJson, present, toJson } from './rows/columns.ts'
import type { Schema } from './schema.ts'
import type { Transactor } from './transactor.ts'

const useStepMs = 60_000
/** Sessions of one user at once; a further one takes the place of the oldest. */
const mostOfOneUser = 100
const setupSetting = 'setup-token'

/** Sessions in memory and in the database, by the hash of their token. */
export class StoredSessions implements SessionStore {
  readonly #db: Kysely<Schema>
  readonly #transactor: Transactor
  readonly #clock: Clock
  readonly #log: Logger
  readonly #byHash = new Map<string, Session>()
  readonly #hashOf = new Map<string, string>()
  readonly #ofUser = new Map<UserId, Set<string>>()
  readonly #used = new Map<string, number>()
  #timer: Timer | undefined

  constructor(options: { db: Kysely<Schema>; transactor: Transactor; clock: Clock; log: Logger }) {
    this.#db = options.db
    this.#transactor = options.transactor
    this.#clock = options.clock
    this.#log = options.log
  }

  /** Reads what has not expired; the rest is removed. */
  async load(): Promise<void> {
    const expired = this.#db.deleteFrom('sessions').where('expires_at_ms', '<=', this.#clock.now()).compile()
    await this.#transactor.commit([this.#transactor.write(expired)])
    for (const row of await this.#db.selectFrom('sessions').selectAll().orderBy('created_at_ms').execute())
      this.#keep(toSession(row), row.token_hash)
  }

  async create(session: Session, tokenHash: string): Promise<void> {
    const oldest = this.#oldestBeyond(session.userId)
    if (oldest) await this.end({ id: oldest.id }, 'too many sessions', session.createdAtMs)
    const insert = this.#db
      .insertInto('sessions')
      .values({
        id: session.id,
        token_hash: tokenHash,
        user_id: session.userId,
        company_id: session.companyId,
        created_at_ms: session.createdAtMs,
        expires_at_ms: session.expiresAtMs,
        used_at_ms: session.usedAtMs,
        address: session.address ?? null,
        more: toJson(moreOf(session)),
      })
      .compile()
    const data: Record<string, unknown> = { sessionId: session.id, userId: session.userId }
    if (session.address !== undefined) data.address = session.address
    if (session.agent !== undefined) data.agent = session.agent
    if (session.means !== undefined) data.means = session.means
    const created: LedgerEvent = {
      kind: 'session.created',
      atMs: session.createdAtMs,
      companyId: session.companyId,
      data,
    }
    await this.#transactor.commit([this.#transactor.write(insert)], [created], () => this.#keep(session, tokenHash))
  }

  find(tokenHash: string): Session | undefined {
    return this.#byHash.get(tokenHash)
  }

  ofUser(userId: UserId): readonly Session[] {
    const own = [...(this.#ofUser.get(userId) ?? [])].flatMap(
      (id) => this.#byHash.get(this.#hashOf.get(id) ?? '') ?? [],
    )
    return own.sort((a, b) => b.usedAtMs - a.usedAtMs)
  }

  async change(id: string, patch: Pick<Session, 'provenAtMs' | 'needs'>): Promise<void> {
    const hash = this.#hashOf.get(id)
    const session = hash === undefined ? undefined : this.#byHash.get(hash)
    if (!session || hash === undefined) return
    const next = { ...session, ...patch }
    this.#byHash.set(hash, next)
    const update = this.#db
      .updateTable('sessions')
      .set({ more: toJson(moreOf(next)) })
      .where('id', '=', id)
    await this.#transactor.commit([this.#transactor.write(update.compile())])
  }

  noteUse(id: string, atMs: number): void {
    const hash = this.#hashOf.get(id)
    const session = hash === undefined ? undefined : this.#byHash.get(hash)
    if (!session || hash === undefined || atMs - session.usedAtMs < useStepMs) return
    this.#byHash.set(hash, { ...session, usedAtMs: atMs })
    this.#used.set(id, atMs)
    this.#timer ??= this.#clock.startTimer(useStepMs, () => void this.#writeUses())
  }

  async end(
    which: { id: string } | { userId: UserId; except?: string },
    reason: string,
    atMs: number,
  ): Promise<number> {
    const ended = [...this.#byHash.values()].filter((session) =>
      'id' in which ? session.id === which.id : session.userId === which.userId && session.id !== which.except,
    )
    if (ended.length === 0) return 0
    for (const { id } of ended) this.#forget(id)
    await this.#transactor.commit(
      ended.map(({ id }) => this.#transactor.write(this.#db.deleteFrom('sessions').where('id', '=', id).compile())),
      ended.map(({ id, userId, companyId }) => ({
        kind: 'session.ended',
        atMs,
        companyId,
        data: { sessionId: id, userId, reason },
      })),
    )
    return ended.length
  }

  async passwordHash(userId: UserId): Promise<string | undefined> {
    const row = await this.#db.selectFrom('passwords').select('hash').where('user_id', '=', userId).executeTakeFirst()
    return row?.hash
  }

  async isPasswordTemporary(userId: UserId): Promise<boolean> {
    const query = this.#db.selectFrom('passwords').select('is_temporary').where('user_id', '=', userId)
    return fromFlag((await query.executeTakeFirst())?.is_temporary ?? 0)
  }

  async setSetupToken(token: { hash: string; expiresAtMs: number } | undefined): Promise<void> {
    const writes = [this.#db.deleteFrom('settings').where('name', '=', setupSetting).compile()]
    if (token)
      writes.push(
        this.#db
          .insertInto('settings')
          .values({ name: setupSetting, value: toJson(token) })
          .compile(),
      )
    await this.#transactor.commit(writes.map((query) => this.#transactor.write(query)))
  }

  async setupToken(): Promise<{ hash: string; expiresAtMs: number } | undefined> {
    const row = await this.#db
      .selectFrom('settings')
      .select('value')
      .where('name', '=', setupSetting)
      .executeTakeFirst()
    return row && fromJson(row.value)
  }

  async close(): Promise<void> {
    await this.#writeUses()
  }

  /** Forgets sessions whose user is gone; the database has removed them with it. */
  forgetUsers(isGone: (userId: UserId) => boolean): void {
    for (const { id, userId } of [...this.#byHash.values()]) if (isGone(userId)) this.#forget(id)
  }

  #keep(session: Session, tokenHash: string): void {
    this.#byHash.set(tokenHash, session)
    this.#hashOf.set(session.id, tokenHash)
    const own = this.#ofUser.get(session.userId)
    if (own) own.add(session.id)
    else this.#ofUser.set(session.userId, new Set([session.id]))
  }

  #oldestBeyond(userId: UserId): Session | undefined {
    const own = this.#ofUser.get(userId)
    if (!own || own.size < mostOfOneUser) return undefined
    for (const id of own) return this.#byHash.get(this.#hashOf.get(id) ?? '')
    return undefined
  }

  #forget(id: string): void {
    const session = this.#byHash.get(this.#hashOf.get(id) ?? '')
    const own = session && this.#ofUser.get(session.userId)
    own?.delete(id)
    if (session && own?.size === 0) this.#ofUser.delete(session.userId)
    this.#byHash.delete(this.#hashOf.get(id) ?? '')
    this.#hashOf.delete(id)
    this.#used.delete(id)
  }

  async #writeUses(): Promise<void> {
    this.#timer?.stop()
    this.#timer = undefined
    if (this.#used.size === 0) return
    const writes = [...this.#used].map(([id, atMs]) =>
      this.#transactor.write(this.#db.updateTable('sessions').set({ used_at_ms: atMs }).where('id', '=', id).compile()),
    )
    this.#used.clear()
    await this.#transactor.commit(writes).catch((error: Error) => {
      this.#log.warn('the use of sessions could not be noted', { error: error.message })
    })
  }
}

const moreOf = ({ agent, isBrowser, means, provenAtMs, needs }: Session) => ({
  agent,
  isBrowser,
  means,
  provenAtMs,
  needs,
})

function toSession(row: Selectable<Schema['sessions']>): Session {
  return present<Session>({
    ...fromJson<ReturnType<typeof moreOf>>(row.more),
    id: row.id,
    userId: row.user_id as UserId,
    companyId: row.company_id as CompanyId,
    createdAtMs: Number(row.created_at_ms),
    expiresAtMs: Number(row.expires_at_ms),
    usedAtMs: Number(row.used_at_ms),
    address: row.address,
  })
}
