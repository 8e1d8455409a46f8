import { randomBytes } from 'node:crypto'
import { type CompanyId, randomToken } from '@vaxel/base'
import type { Kysely } from 'kysely'
import { SecretBox } from '../configuration/secret-box.ts'
import type { Schema } from '../schema.ts'
import type { Write } from '../sqlite/messages.ts'
import type { Transactor } from '../transactor.ts'

interface CompanyKey {
  readonly id: string
  readonly madeAtMs: number
  readonly box: SecretBox
}

/**
 * Keys of recordings: each file has its own, sealed by its company's key, which is sealed by the installation's. A company has
 * two keys only while one is being exchanged for the other.
 */
export class RecordingKeys {
  readonly #db: Kysely<Schema>
  readonly #transactor: Transactor
  readonly #box: SecretBox
  readonly #keys = new Map<string, CompanyKey>()
  /** The newest of each company. */
  readonly #current = new Map<CompanyId, CompanyKey>()

  constructor(options: { db: Kysely<Schema>; transactor: Transactor; box: SecretBox }) {
    this.#db = options.db
    this.#transactor = options.transactor
    this.#box = options.box
  }

  async load(): Promise<void> {
    const rows = await this.#db.selectFrom('recording_keys').selectAll().orderBy('made_at_ms').orderBy('id').execute()
    for (const { id, company_id, sealed, made_at_ms } of rows) {
      const box = new SecretBox(Buffer.from(this.#box.open(sealed, contextOf(company_id)), 'base64'))
      this.#remember(company_id as CompanyId, { id, madeAtMs: Number(made_at_ms), box })
    }
  }

  madeAtMs(companyId: CompanyId): number | undefined {
    return this.#current.get(companyId)?.madeAtMs
  }

  /** A new key for a file, sealed; with what must be written besides, where the company has had no key. */
  make(
    companyId: CompanyId,
    recordingId: string,
    nowMs: number,
  ): { key: Uint8Array; keyId: string; sealed: string; writes: readonly Write[] } {
    const known = this.#current.get(companyId)
    const made = known ? { company: known, writes: [] } : this.#makeCompanyKey(companyId, nowMs)
    const key = randomBytes(32)
    const sealed = made.company.box.seal(key.toString('base64'), recordingId)
    return { key: new Uint8Array(key), keyId: made.company.id, sealed, writes: made.writes }
  }

  open(keyId: string, recordingId: string, sealed: string): Uint8Array | undefined {
    const company = this.#keys.get(keyId)
    return company && new Uint8Array(Buffer.from(company.box.open(sealed, recordingId), 'base64'))
  }

  /** A new key of the company, which seals from now on. */
  async renew(companyId: CompanyId, nowMs: number): Promise<string> {
    const { company, writes } = this.#makeCompanyKey(companyId, nowMs)
    await this.#transactor.commit(writes)
    return company.id
  }

  /** The same key of a file, sealed by the company's newest. */
  reseal(companyId: CompanyId, keyId: string, recordingId: string, sealed: string): { keyId: string; sealed: string } {
    const company = this.#current.get(companyId)
    const before = this.#keys.get(keyId)
    if (!company || !before) throw new Error('a recording whose key no company has')
    return { keyId: company.id, sealed: company.box.seal(before.box.open(sealed, recordingId), recordingId) }
  }

  /** Forgets all keys of a company but the newest; nothing may be sealed by them any more. */
  dropOld(companyId: CompanyId): Write[] {
    const current = this.#current.get(companyId)
    if (!current) return []
    const remove = this.#db
      .deleteFrom('recording_keys')
      .where('company_id', '=', companyId)
      .where('id', '!=', current.id)
    return [this.#transactor.write(remove.compile())]
  }

  #makeCompanyKey(companyId: CompanyId, nowMs: number): { company: CompanyKey; writes: Write[] } {
    const key = randomBytes(32)
    const before = this.#current.get(companyId)
    const madeAtMs = Math.max(nowMs, (before?.madeAtMs ?? 0) + 1)
    const company = { id: randomToken(20), madeAtMs, box: new SecretBox(key) }
    const sealed = this.#box.seal(key.toString('base64'), contextOf(companyId))
    const row = { id: company.id, company_id: companyId, sealed, made_at_ms: madeAtMs }
    this.#remember(companyId, company)
    return { company, writes: [this.#transactor.write(this.#db.insertInto('recording_keys').values(row).compile())] }
  }

  #remember(companyId: CompanyId, key: CompanyKey): void {
    this.#keys.set(key.id, key)
    this.#current.set(companyId, key)
  }
}

const contextOf = (companyId: string): string => `recordings:${companyId}`
