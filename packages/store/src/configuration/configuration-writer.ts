import { type Clock, isRefusal, type Logger, makeId, type Refusal, refusal, SerialQueue } from '@vaxel/base'
import type { Actor, ConfigurationChange, ConfigurationReader, ConfigurationWriter, Decision } from '@vaxel/core'
import type { Kysely } from 'kysely'
import type { Schema } from '../schema.ts'
import type { Transactor } from '../transactor.ts'
import { changeQueries } from './change-queries.ts'
import { configurationChanged } from './configuration-changed.ts'
import type { MemoryDirectory } from './memory-directory.ts'
import type { SecretBox } from './secret-box.ts'

const DatabaseAway = refusal('CONFIGURATION_DATABASE_AWAY', {
  sip: 503,
  http: 503,
  blame: 'us',
  text: 'The database takes no entries at the moment; calls go on, but the configuration cannot be changed. Try again when it is back.',
})

/** Decides, writes and shows one change of the configuration after the other. */
export class StoredConfiguration implements ConfigurationWriter {
  readonly #db: Kysely<Schema>
  readonly #transactor: Transactor
  readonly #directory: MemoryDirectory
  readonly #box: SecretBox
  readonly #clock: Clock
  readonly #applied: (changes: readonly ConfigurationChange[]) => void
  readonly #turns: SerialQueue

  /** @param options `applied`: told of changes as soon as they are durable, before anyone who waits for them */
  constructor(options: {
    db: Kysely<Schema>
    transactor: Transactor
    directory: MemoryDirectory
    box: SecretBox
    clock: Clock
    log: Logger
    applied: (changes: readonly ConfigurationChange[]) => void
  }) {
    this.#db = options.db
    this.#transactor = options.transactor
    this.#directory = options.directory
    this.#box = options.box
    this.#clock = options.clock
    this.#applied = options.applied
    this.#turns = new SerialQueue((error) => options.log.error('a change failed', { error: String(error) }))
  }

  get current(): ConfigurationReader {
    return this.#directory
  }

  change(actor: Actor, decide: (current: ConfigurationReader) => Decision): Promise<Refusal | undefined> {
    return new Promise((resolve, reject) => {
      void this.#turns.run(() => this.#perform(actor, decide).then(resolve, reject))
    })
  }

  async #perform(actor: Actor, decide: (current: ConfigurationReader) => Decision): Promise<Refusal | undefined> {
    const decision = decide(this.#directory)
    if (isRefusal(decision)) return decision
    const changes = decision as Exclude<Decision, Refusal>
    if (changes.length === 0) return undefined
    // Only the database can say whether a change breaks a rule of it; the journal cannot.
    if (this.#transactor.isStandIn) return DatabaseAway()
    const context = { db: this.#db, box: this.#box, current: this.#directory, changes }
    const writes = changes.flatMap((change) =>
      changeQueries(context, change).map((query) => this.#transactor.write(query)),
    )
    const nowMs = this.#clock.now()
    const set = makeId(nowMs)
    const events = changes.map((change) => configurationChanged(change, actor, nowMs, set))
    // Shown before anyone who waits for the commit goes on, so that events and directory never disagree.
    await this.#transactor.commit(writes, events, () => {
      this.#directory.apply(changes)
      this.#applied(changes)
    })
    return undefined
  }
}
