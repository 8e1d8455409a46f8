import type { CompanyId, UserId } from '@vaxel/base'
import type { ConfigurationChange, ConfigurationReader, PhoneNumber, User } from '@vaxel/core'

/** What decisions about users read. */
type UserReader = Pick<
  ConfigurationReader,
  | 'user'
  | 'userByAddress'
  | 'usersOf'
  | 'number'
  | 'numbersOf'
  | 'domainsOf'
  | 'domain'
  | 'company'
  | 'directNumber'
  | 'isOperator'
>

/** The directory as it will be after changes that are decided and not yet made, so that several can be decided together. */
export class DirectoryOverlay implements UserReader {
  readonly #below: ConfigurationReader
  readonly #users = new Map<string, User | undefined>()
  readonly #numbers = new Map<string, PhoneNumber | undefined>()

  constructor(below: ConfigurationReader) {
    this.#below = below
  }

  /** For functions that ask for all of a directory and read of users and numbers only. */
  get asReader(): ConfigurationReader {
    return this as unknown as ConfigurationReader
  }

  apply(changes: readonly ConfigurationChange[]): void {
    for (const change of changes) {
      if (change.kind === 'user') this.#users.set((change.after ?? change.before)!.id, change.after)
      if (change.kind === 'number') this.#numbers.set((change.after ?? change.before)!.number, change.after)
    }
  }

  isOperator(id: UserId): boolean {
    return this.#below.isOperator(id)
  }

  user(id: UserId): User | undefined {
    return this.#users.has(id) ? this.#users.get(id) : this.#below.user(id)
  }

  userByAddress(domain: string, name: string): User | undefined {
    for (const user of this.#users.values()) if (user?.domain === domain && user.name === name) return user
    const below = this.#below.userByAddress(domain, name)
    return below && this.user(below.id)
  }

  usersOf(company: CompanyId): readonly User[] {
    const below = this.#below.usersOf(company).filter(({ id }) => !this.#users.has(id))
    return [...below, ...[...this.#users.values()].filter((user) => user?.companyId === company)] as User[]
  }

  number(company: CompanyId, number: string): PhoneNumber | undefined {
    return this.#numbers.has(number) ? this.#numbers.get(number) : this.#below.number(company, number)
  }

  numbersOf(company: CompanyId): readonly PhoneNumber[] {
    const below = this.#below.numbersOf(company).filter(({ number }) => !this.#numbers.has(number))
    return [...below, ...[...this.#numbers.values()].filter((number) => number !== undefined)]
  }

  directNumber(e164: string): PhoneNumber | undefined {
    return this.#below.directNumber(e164)
  }

  domainsOf(company: CompanyId) {
    return this.#below.domainsOf(company)
  }

  domain(name: string) {
    return this.#below.domain(name)
  }

  company(id: CompanyId) {
    return this.#below.company(id)
  }
}
