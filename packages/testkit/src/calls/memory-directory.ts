import type { CompanyId, DeviceId, TrunkId, UserId } from '@vaxel/base'
import type {
  Binding,
  BindingStore,
  CallLimits,
  Company,
  Device,
  Directory,
  Domain,
  NumberTarget,
  PhoneNumber,
  Trunk,
  User,
} from '@vaxel/core'

/** A configuration in memory that a test changes at will. */
export class MemoryDirectory implements Directory {
  version = 1
  readonly #companies = new Map<CompanyId, Company>()
  readonly #domains: Domain[] = []
  readonly #users = new Map<UserId, User>()
  readonly #devices = new Map<DeviceId, Device>()
  readonly #numbers: PhoneNumber[] = []
  readonly #trunks = new Map<TrunkId, Trunk>()

  company = (id: CompanyId) => this.#companies.get(id)
  companies = () => this.#companies.values()
  domain = (name: string) => this.#domains.find((d) => d.name === name)
  domainsOf = (id: CompanyId) => this.#domains.filter((d) => d.companyId === id)
  user = (id: UserId) => this.#users.get(id)
  userByAddress = (domain: string, name: string) =>
    [...this.#users.values()].find((u) => u.domain === domain && u.name === name)
  usersOf = (id: CompanyId) => [...this.#users.values()].filter((u) => u.companyId === id)
  device = (id: DeviceId) => this.#devices.get(id)
  deviceByUsername = (domain: string, sipUsername: string) =>
    [...this.#devices.values()].find(
      (d) => d.sipUsername === sipUsername && this.#users.get(d.userId)?.domain === domain,
    )
  devicesOf = (id: UserId) => [...this.#devices.values()].filter((d) => d.userId === id)
  number = (id: CompanyId, number: string) => this.#numbers.find((n) => n.companyId === id && n.number === number)
  numbersOf = (id: CompanyId) => this.#numbers.filter((n) => n.companyId === id)
  directNumber = (e164: string) => this.#numbers.find((n) => n.number === e164)
  trunk = (id: TrunkId) => this.#trunks.get(id)
  trunksOf = (id: CompanyId) => [...this.#trunks.values()].filter((t) => t.companyId === id)
  trunkByAddress = (address: string) => [...this.#trunks.values()].find((t) => t.fromAddresses.includes(address))

  addCompany(name: string, more: Partial<Company> = {}): Company {
    const company: Company = {
      id: `c-${name}` as CompanyId,
      name,
      country: 'SE',
      limits: {},
      emergencyNumbers: ['112'],
      ...more,
    }
    this.#companies.set(company.id, company)
    this.#domains.push({ name: `${name}.test`, companyId: company.id })
    return company
  }

  /** A user with an extension of the same name, and one device. */
  addUser(company: Company, name: string, more: Partial<User> = {}): User {
    const user: User = {
      id: `u-${company.name}-${name}` as UserId,
      companyId: company.id,
      domain: `${company.name}.test`,
      name,
      displayName: `Person ${name}`,
      extension: name,
      language: 'en',
      role: 'user',
      limits: {},
      ringSeconds: 30,
      ...more,
    }
    this.#users.set(user.id, user)
    this.addNumber(company, name, { kind: 'user', userId: user.id })
    return user
  }

  addDevice(user: User, label: string, more: Partial<Device> = {}): Device {
    const device: Device = {
      id: `d-${user.id}-${label}` as DeviceId,
      companyId: user.companyId,
      userId: user.id,
      label,
      sipUsername: `${user.name}-${label}`,
      secrets: [],
      keying: 'auto',
      encryptionRequired: false,
      ...more,
    }
    this.#devices.set(device.id, device)
    return device
  }

  addNumber(company: Company, number: string, target: NumberTarget): void {
    this.#numbers.push({ number, companyId: company.id, target })
  }

  addTrunk(company: Company, address: string, more: Partial<Trunk> = {}): Trunk {
    const trunk: Trunk = {
      id: `t-${company.name}-${address}` as TrunkId,
      companyId: company.id,
      name: 'pstn',
      targets: [{ host: address, protocol: 'udp' }],
      fromAddresses: [address],
      prefixes: ['0', '+'],
      pricePerMinuteMicros: {},
      keying: 'none',
      ...more,
    }
    this.#trunks.set(trunk.id, trunk)
    return trunk
  }

  setLimits(of: Company | User, limits: CallLimits): void {
    if ('role' in of) this.#users.set(of.id, { ...of, limits })
    else this.#companies.set(of.id, { ...of, limits })
  }

  setCompany(company: Company, change: Partial<Company>): void {
    this.#companies.set(company.id, { ...company, ...change })
  }
}

/** Bindings in memory. */
export class MemoryBindings implements BindingStore {
  bindings: readonly Binding[] = []
  ofUser = (userId: UserId) => this.bindings.filter((binding) => binding.userId === userId)
  ofAddress = (address: string) => this.bindings.filter((binding) => binding.addressOfRecord === address)
  all = () => this.bindings
  amend(change: (binding: Binding) => Binding): void {
    this.bindings = this.bindings.map(change)
  }
  async replace(address: string, bindings: readonly Binding[]): Promise<void> {
    this.bindings = [...this.bindings.filter((binding) => binding.addressOfRecord !== address), ...bindings]
  }
}
