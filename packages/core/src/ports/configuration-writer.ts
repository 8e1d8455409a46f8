import type { CompanyId, Refusal, UserId } from '@vaxel/base'
import type { Company, Device, Directory, Domain, PhoneNumber, Trunk, User } from './directory.ts'

/** Web password of a user as an argon2id hash (PHC string); the password itself is never kept. */
export interface PasswordHash {
  readonly userId: UserId
  readonly companyId: CompanyId
  readonly hash: string
  /** Made by somebody else: to be changed at the next login. */
  readonly isTemporary?: boolean
}

/** A user who stands above companies: makes them and their first administrators. */
export interface Operator {
  readonly userId: UserId
  readonly companyId: CompanyId
}

/** Every kind of thing that configuration consists of, and what it is. */
export interface ConfigurationKinds {
  readonly company: Company
  readonly domain: Domain
  readonly user: User
  readonly device: Device
  readonly number: PhoneNumber
  readonly trunk: Trunk
  readonly password: PasswordHash
  readonly operator: Operator
}

export type ConfigurationKind = keyof ConfigurationKinds

/**
 * One thing as it was and as it becomes: without `before` it is made, without `after` it is removed.
 * A removed user takes devices, password and bindings with it; a removed company everything.
 */
export type ConfigurationChange = {
  [Kind in ConfigurationKind]: {
    readonly kind: Kind
    readonly before?: ConfigurationKinds[Kind]
    readonly after?: ConfigurationKinds[Kind]
  }
}[ConfigurationKind]

/** Who changes the configuration, for the audit in the ledger. */
export interface Actor {
  /** `user:<id>`, `setup`, `demo` … */
  readonly by: string
  /** IP literal, where the change came over the network. */
  readonly address?: string
  /** Number of the first event of the change that is taken back. */
  readonly undoes?: number
}

/** The directory at the moment of the decision, and what only an administrator's work needs to know. */
export interface ConfigurationReader extends Directory {
  isOperator(user: UserId): boolean
  /** All of them, for limits and lists. */
  trunkNamed(company: CompanyId, name: string): Trunk | undefined
}

export type Decision = readonly ConfigurationChange[] | Refusal

/**
 * The only way to change configuration. Decisions run one after another, each on the directory as the one before left it;
 * rows and one event `configuration.changed` per change (who, what, before, after; never a secret) are one transaction,
 * and the directory shows them once they are durable.
 */
export interface ConfigurationWriter {
  readonly current: ConfigurationReader
  /** Resolves with the refusal of `decide`, or with undefined once all its changes are durable and visible. */
  change(actor: Actor, decide: (current: ConfigurationReader) => Decision): Promise<Refusal | undefined>
}
