import type { CompanyId, DeviceId, TrunkId, UserId } from '@vaxel/base'
import type {
  Company,
  ConfigurationChange,
  ConfigurationReader,
  Device,
  Domain,
  PhoneNumber,
  Trunk,
  User,
} from '@vaxel/core'

const none: readonly never[] = []

/** Things by identifier and by the company or user that they belong to. */
class Shelf<Value, Owner> {
  readonly #byKey = new Map<string, Value>()
  readonly #byOwner = new Map<Owner, Map<string, Value>>()
  readonly #keyOf: (value: Value) => string
  readonly #ownerOf: (value: Value) => Owner

  constructor(keyOf: (value: Value) => string, ownerOf: (value: Value) => Owner) {
    this.#keyOf = keyOf
    this.#ownerOf = ownerOf
  }

  get(key: string): Value | undefined {
    return this.#byKey.get(key)
  }

  /** A copy, so that nobody sees it change under their feet. */
  of(owner: Owner): readonly Value[] {
    const owned = this.#byOwner.get(owner)
    return owned ? [...owned.values()] : none
  }

  values(): Iterable<Value> {
    return this.#byKey.values()
  }

  swap(before: Value | undefined, after: Value | undefined): void {
    if (before !== undefined) {
      const owner = this.#ownerOf(before)
      const owned = this.#byOwner.get(owner)
      this.#byKey.delete(this.#keyOf(before))
      owned?.delete(this.#keyOf(before))
      if (owned?.size === 0) this.#byOwner.delete(owner)
    }
    if (after === undefined) return
    const owner = this.#ownerOf(after)
    const key = this.#keyOf(after)
    let owned = this.#byOwner.get(owner)
    if (!owned) {
      owned = new Map()
      this.#byOwner.set(owner, owned)
    }
    owned.set(key, after)
    this.#byKey.set(key, after)
  }
}

/** The configuration in memory. Only {@link apply} changes it; every lookup is one or two map reads. */
export class MemoryDirectory implements ConfigurationReader {
  #version = 0
  readonly #companies = new Shelf<Company, undefined>(
    (company) => company.id,
    () => undefined,
  )
  readonly #domains = new Shelf<Domain, CompanyId>(
    (domain) => domain.name,
    (domain) => domain.companyId,
  )
  readonly #users = new Shelf<User, CompanyId>(
    (user) => user.id,
    (user) => user.companyId,
  )
  readonly #usersByAddress = new Shelf<User, undefined>(
    (user) => addressKey(user.domain, user.name),
    () => undefined,
  )
  readonly #devices = new Shelf<Device, UserId>(
    (device) => device.id,
    (device) => device.userId,
  )
  readonly #devicesByUsername = new Map<string, Device>()
  readonly #numbers = new Shelf<PhoneNumber, CompanyId>(
    (number) => addressKey(number.companyId, number.number),
    (number) => number.companyId,
  )
  readonly #directNumbers = new Map<string, PhoneNumber>()
  readonly #trunks = new Shelf<Trunk, CompanyId>(
    (trunk) => trunk.id,
    (trunk) => trunk.companyId,
  )
  readonly #trunksByAddress = new Map<string, Trunk>()
  readonly #operators = new Set<UserId>()

  get version(): number {
    return this.#version
  }

  company(id: CompanyId): Company | undefined {
    return this.#companies.get(id)
  }

  companies(): Iterable<Company> {
    return this.#companies.values()
  }

  domain(name: string): Domain | undefined {
    return this.#domains.get(name)
  }

  domainsOf(company: CompanyId): readonly Domain[] {
    return this.#domains.of(company)
  }

  user(id: UserId): User | undefined {
    return this.#users.get(id)
  }

  userByAddress(domain: string, name: string): User | undefined {
    return this.#usersByAddress.get(addressKey(domain, name))
  }

  usersOf(company: CompanyId): readonly User[] {
    return this.#users.of(company)
  }

  device(id: DeviceId): Device | undefined {
    return this.#devices.get(id)
  }

  deviceByUsername(domain: string, sipUsername: string): Device | undefined {
    return this.#devicesByUsername.get(addressKey(domain, sipUsername))
  }

  devicesOf(user: UserId): readonly Device[] {
    return this.#devices.of(user)
  }

  number(company: CompanyId, number: string): PhoneNumber | undefined {
    return this.#numbers.get(addressKey(company, number))
  }

  numbersOf(company: CompanyId): readonly PhoneNumber[] {
    return this.#numbers.of(company)
  }

  directNumber(e164: string): PhoneNumber | undefined {
    return this.#directNumbers.get(e164)
  }

  trunk(id: TrunkId): Trunk | undefined {
    return this.#trunks.get(id)
  }

  trunksOf(company: CompanyId): readonly Trunk[] {
    return this.#trunks.of(company)
  }

  trunkByAddress(address: string, port: number): Trunk | undefined {
    const source = address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
    return this.#trunksByAddress.get(source) ?? this.#trunksByAddress.get(address)
  }

  trunkNamed(company: CompanyId, name: string): Trunk | undefined {
    return this.#trunks.of(company).find((trunk) => trunk.name === name)
  }

  isOperator(user: UserId): boolean {
    return this.#operators.has(user)
  }

  /** Takes over changes that are durable; `version` goes up by one. */
  apply(changes: readonly ConfigurationChange[]): void {
    for (const change of changes) this.#apply(change)
    this.#version++
  }

  #apply(change: ConfigurationChange): void {
    switch (change.kind) {
      case 'company':
        if (!change.after && change.before) this.#emptyCompany(change.before.id)
        return this.#companies.swap(change.before, change.after)
      case 'domain':
        return this.#domains.swap(change.before, change.after)
      case 'user':
        if (!change.after && change.before) this.#emptyUser(change.before.id)
        this.#usersByAddress.swap(change.before, change.after)
        return this.#users.swap(change.before, change.after)
      case 'device':
        if (change.before) this.#devicesByUsername.delete(this.#usernameKey(change.before))
        this.#devices.swap(change.before, change.after)
        if (change.after) this.#devicesByUsername.set(this.#usernameKey(change.after), change.after)
        return
      case 'number':
        if (change.before && isDirect(change.before)) this.#directNumbers.delete(change.before.number)
        this.#numbers.swap(change.before, change.after)
        if (change.after && isDirect(change.after)) this.#directNumbers.set(change.after.number, change.after)
        return
      case 'trunk':
        for (const address of change.before?.fromAddresses ?? none) this.#trunksByAddress.delete(address)
        this.#trunks.swap(change.before, change.after)
        for (const address of change.after?.fromAddresses ?? none) this.#trunksByAddress.set(address, change.after!)
        return
      case 'operator':
        if (change.before) this.#operators.delete(change.before.userId)
        if (change.after) this.#operators.add(change.after.userId)
        return
      case 'password':
        return
    }
  }

  /** What the database's foreign keys do. */
  #emptyCompany(id: CompanyId): void {
    for (const before of this.usersOf(id)) this.#apply({ kind: 'user', before })
    for (const before of this.numbersOf(id)) this.#apply({ kind: 'number', before })
    for (const before of this.trunksOf(id)) this.#apply({ kind: 'trunk', before })
    for (const before of this.domainsOf(id)) this.#apply({ kind: 'domain', before })
  }

  #emptyUser(id: UserId): void {
    for (const before of this.devicesOf(id)) this.#apply({ kind: 'device', before })
    this.#operators.delete(id)
  }

  #usernameKey(device: Device): string {
    return addressKey(this.#users.get(device.userId)?.domain ?? '', device.sipUsername)
  }
}

/** Neither part can hold a space. */
const addressKey = (owner: string, name: string): string => `${owner} ${name}`

/** Direct numbers are E.164 with the plus sign. */
export const isDirect = (number: PhoneNumber): boolean => number.number.startsWith('+')
