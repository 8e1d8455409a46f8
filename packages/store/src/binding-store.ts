import type { Logger, UserId } from '@vaxel/base'
import type { Binding, BindingStore } from '@vaxel/core'
import type { Kysely } from 'kysely'
import type { OpenDatabase } from './database.ts'
import { fromJson, toJson } from './rows/columns.ts'
import type { Schema } from './schema.ts'
import type { Write } from './sqlite/messages.ts'
import type { Transactor } from './transactor.ts'

const none: readonly Binding[] = []

/** Bindings in memory, equal to the database once the promise of {@link replace} has resolved. */
export class StoredBindings implements BindingStore {
  readonly #transactor: Transactor
  readonly #log: Logger
  readonly #byAddress = new Map<string, readonly Binding[]>()
  readonly #addressesOf = new Map<UserId, Set<string>>()
  readonly #put: number
  readonly #refresh: number
  readonly #remove: number

  constructor({ db, transactor, log }: { db: Kysely<Schema>; transactor: Transactor; log: Logger }) {
    this.#transactor = transactor
    this.#log = log
    this.#put = transactor.statement(putSql(db))
    this.#refresh = transactor.statement(refreshSql(db))
    this.#remove = transactor.statement(db.deleteFrom('bindings').where('id', '=', '').compile().sql)
  }

  /** Reads what is there, also what ended while nobody was: the registrar knows what that is worth. */
  async load({ db, each }: Pick<OpenDatabase, 'db' | 'each'>): Promise<void> {
    const byAddress = new Map<string, Binding[]>()
    await each(db.selectFrom('bindings').select(['address_of_record', 'more']).orderBy('id').compile(), (rows) => {
      for (const [address, more] of rows as unknown as (readonly [string, string])[]) {
        const binding = fromJson<Binding>(more)
        const known = byAddress.get(address)
        if (known) known.push(binding)
        else byAddress.set(address, [binding])
      }
    })
    for (const [address, bindings] of byAddress) this.#show(address, bindings)
  }

  ofUser(userId: UserId): readonly Binding[] {
    const addresses = this.#addressesOf.get(userId)
    if (!addresses) return none
    // A phone at an address may be somebody else's for the time being (desk sharing).
    const own = [...addresses].flatMap((address) => this.ofAddress(address))
    return own.every((binding) => binding.userId === userId) ? own : own.filter((binding) => binding.userId === userId)
  }

  ofAddress(addressOfRecord: string): readonly Binding[] {
    return this.#byAddress.get(addressOfRecord) ?? none
  }

  *all(): Iterable<Binding> {
    for (const bindings of this.#byAddress.values()) yield* bindings
  }

  amend(change: (binding: Binding) => Binding): void {
    for (const [address, bindings] of this.#byAddress) this.#byAddress.set(address, bindings.map(change))
  }

  async replace(addressOfRecord: string, bindings: readonly Binding[]): Promise<void> {
    const before = this.ofAddress(addressOfRecord)
    const after = [...bindings]
    const writes: Write[] = []
    for (const { id } of before) if (!after.some((binding) => binding.id === id)) writes.push([this.#remove, id])
    for (const binding of after) if (!before.includes(binding)) writes.push(this.#write(before, binding))
    if (writes.length === 0) return
    this.#show(addressOfRecord, after)
    try {
      await this.#transactor.commit(writes)
    } catch (error) {
      this.#log.error('bindings could not be written', { addressOfRecord, error: String(error) })
      if (this.ofAddress(addressOfRecord) === after) this.#show(addressOfRecord, before)
      throw error
    }
  }

  /** Forgets the bindings of a user or device that the database has removed with its owner. */
  forget(isGone: (binding: Binding) => boolean): void {
    for (const [address, bindings] of [...this.#byAddress])
      if (bindings.some(isGone))
        this.#show(
          address,
          bindings.filter((binding) => !isGone(binding)),
        )
  }

  /** What is bound already leaves its columns with an index, and with them two pages of three, as they are. */
  #write(before: readonly Binding[], binding: Binding): Write {
    const known = before.find(({ id }) => id === binding.id)
    return known !== undefined && isSameOwner(known, binding)
      ? [this.#refresh, binding.expiresAtMs, toJson(binding), binding.id]
      : [this.#put, ...bindingValues(binding)]
  }

  #show(address: string, bindings: readonly Binding[]): void {
    const before = this.#byAddress.get(address)
    // Most who register again are alone at their address, and known at it.
    if (before?.length === 1 && bindings.length === 1 && before[0]!.userId === bindings[0]!.userId) {
      this.#byAddress.set(address, bindings)
      return
    }
    for (const { userId } of this.ofAddress(address)) {
      const addresses = this.#addressesOf.get(userId)
      addresses?.delete(address)
      if (addresses?.size === 0) this.#addressesOf.delete(userId)
    }
    if (bindings.length === 0) {
      this.#byAddress.delete(address)
      return
    }
    this.#byAddress.set(address, bindings)
    for (const { userId } of bindings) {
      const addresses = this.#addressesOf.get(userId)
      if (addresses) addresses.add(address)
      else this.#addressesOf.set(userId, new Set([address]))
    }
  }
}

const columns = ['id', 'address_of_record', 'company_id', 'user_id', 'device_id', 'expires_at_ms', 'more'] as const

const isSameOwner = (a: Binding, b: Binding): boolean =>
  a.userId === b.userId &&
  a.deviceId === b.deviceId &&
  a.companyId === b.companyId &&
  a.addressOfRecord === b.addressOfRecord

function bindingValues(binding: Binding) {
  return [
    binding.id,
    binding.addressOfRecord,
    binding.companyId,
    binding.userId,
    binding.deviceId,
    binding.expiresAtMs,
    toJson(binding),
  ] as const
}

function refreshSql(db: Kysely<Schema>): string {
  return db.updateTable('bindings').set({ expires_at_ms: 0, more: '' }).where('id', '=', '').compile().sql
}

function putSql(db: Kysely<Schema>): string {
  return db
    .insertInto('bindings')
    .values(Object.fromEntries(columns.map((column) => [column, ''])) as never)
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet((eb) =>
          Object.fromEntries(columns.slice(1).map((column) => [column, eb.ref(`excluded.${column}`)])),
        ),
    )
    .compile().sql
}
