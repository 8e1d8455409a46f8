import type { CompanyId, DeviceId, TrunkId, UserId } from '@vaxel/base'
import {
  type Company,
  type ConfigurationChange,
  type ConfigurationReader,
  type Device,
  type Domain,
  type PhoneNumber,
  sourceAddress,
  type Trunk,
  type User,
} from '@vaxel/core'

import { Few } from './few.ts'
import { Grouped } from './grouped.ts'

const none: readonly never[] = []

/** The configuration in memory. Only {@link apply} changes it; every lookup is one or two map reads. */
export class MemoryDirectory implements ConfigurationReader {
  #version = 0
  readonly #companies = new Map<string, Company>()
  readonly #domains = new Map<string, Domain>()
  readonly #domainsOf = new Few<Domain>((domain) => domain.name)
  readonly #users = new Map<string, User>()
  readonly #usersOf = new Grouped<User>()
  readonly #usersByName = new Grouped<User>()
  readonly #devices = new Map<string, Device>()
  readonly #devicesOf = new Few<Device>((device) => device.id)
  readonly #devicesByUsername = new Grouped<Device>()
  readonly #numbers = new Grouped<PhoneNumber>()
  readonly #directNumbers = new Map<string, PhoneNumber>()
  readonly #trunks = new Map<string, Trunk>()
  readonly #trunksOf = new Few<Trunk>((trunk) => trunk.id)
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
    return this.#domainsOf.of(company)
  }

  user(id: UserId): User | undefined {
    return this.#users.get(id)
  }

  userByAddress(domain: string, name: string): User | undefined {
    return this.#usersByName.get(domain, name)
  }

  usersOf(company: CompanyId): readonly User[] {
    return this.#usersOf.of(company)
  }

  device(id: DeviceId): Device | undefined {
    return this.#devices.get(id)
  }

  deviceByUsername(domain: string, sipUsername: string): Device | undefined {
    return this.#devicesByUsername.get(domain, sipUsername)
  }

  devicesOf(user: UserId): readonly Device[] {
    return this.#devicesOf.of(user)
  }

  number(company: CompanyId, number: string): PhoneNumber | undefined {
    return this.#numbers.get(company, number)
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
    return this.#trunksOf.of(company)
  }

  trunkByAddress(address: string, port: number): Trunk | undefined {
    const source = address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
    return this.#trunksByAddress.get(source) ?? this.#trunksByAddress.get(address)
  }

  trunkNamed(company: CompanyId, name: string): Trunk | undefined {
    return this.#trunksOf.of(company).find((trunk) => trunk.name === name)
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
        return swap(this.#companies, change.before?.id, change.after?.id, change.after)
      case 'domain':
        swap(this.#domains, change.before?.name, change.after?.name, change.after)
        return this.#domainsOf.swap(change.before?.companyId, change.before, change.after?.companyId, change.after)
      case 'user':
        return this.#applyUser(change)
      case 'device':
        return this.#applyDevice(change)
      case 'number':
        return this.#applyNumber(change)
      case 'trunk':
        for (const address of change.before?.fromAddresses ?? none) this.#trunksByAddress.delete(sourceAddress(address))
        swap(this.#trunks, change.before?.id, change.after?.id, change.after)
        this.#trunksOf.swap(change.before?.companyId, change.before, change.after?.companyId, change.after)
        for (const address of change.after?.fromAddresses ?? none)
          this.#trunksByAddress.set(sourceAddress(address), change.after!)
        return
      case 'operator':
        if (change.before) this.#operators.delete(change.before.userId)
        if (change.after) this.#operators.add(change.after.userId)
        return
      case 'password':
        return
    }
  }

  #applyUser({ before, after }: ConfigurationChange & { kind: 'user' }): void {
    if (before) {
      if (!after) this.#emptyUser(before.id)
      this.#usersByName.delete(before.domain, before.name)
      this.#usersOf.delete(before.companyId, before.id)
    }
    swap(this.#users, before?.id, after?.id, after)
    if (!after) return
    this.#usersByName.set(after.domain, after.name, after)
    this.#usersOf.set(after.companyId, after.id, after)
  }

  #applyDevice({ before, after }: ConfigurationChange & { kind: 'device' }): void {
    if (before) this.#devicesByUsername.delete(this.#domainOf(before), before.sipUsername)
    swap(this.#devices, before?.id, after?.id, after)
    this.#devicesOf.swap(before?.userId, before, after?.userId, after)
    if (after) this.#devicesByUsername.set(this.#domainOf(after), after.sipUsername, after)
  }

  #applyNumber({ before, after }: ConfigurationChange & { kind: 'number' }): void {
    if (before) {
      if (isDirect(before)) this.#directNumbers.delete(before.number)
      this.#numbers.delete(before.companyId, before.number)
    }
    if (!after) return
    if (isDirect(after)) this.#directNumbers.set(after.number, after)
    this.#numbers.set(after.companyId, after.number, after)
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

  #domainOf(device: Device): string {
    return this.#users.get(device.userId)?.domain ?? ''
  }
}

function swap<Value>(
  map: Map<string, Value>,
  before: string | undefined,
  after: string | undefined,
  value: Value | undefined,
): void {
  if (before !== undefined) map.delete(before)
  if (after !== undefined && value !== undefined) map.set(after, value)
}

/** Direct numbers are E.164 with the plus sign. */
export const isDirect = (number: PhoneNumber): boolean => number.number.startsWith('+')
