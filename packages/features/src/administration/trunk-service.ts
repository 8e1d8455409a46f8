import { isRefusal, makeId, type Refusal, type TrunkId } from '@vaxel/base'
import { Conflict, InvalidRequest, NotFound } from '@vaxel/contract'
import { type ConfigurationReader, sourceAddress, type Trunk, type TrunkLogin } from '@vaxel/core'
import { withListsAsPem } from './revocation-mistakes.ts'
import { type Acting, type AdministrationDependencies, patched } from './scope.ts'
import { trunkMistakes } from './trunk-mistakes.ts'

interface GivenLogin {
  readonly username: string
  readonly password?: string
}
type Settings = Omit<Trunk, 'id' | 'companyId' | 'login' | 'incomingLogin'>
interface GivenLogins {
  readonly login?: GivenLogin | null
  readonly incomingLogin?: GivenLogin | null
}

export type NewTrunk = Pick<Trunk, 'name' | 'targets'> & Partial<Settings> & GivenLogins
type TrunkPatch = { readonly [K in keyof Settings]?: Settings[K] | null } & GivenLogins

/** Trunks to carriers and other telephone systems. */
export class TrunkService {
  readonly #around: AdministrationDependencies

  constructor(dependencies: AdministrationDependencies) {
    this.#around = dependencies
  }

  list({ companyId }: Acting): readonly Trunk[] {
    return this.#around.configuration.current.trunksOf(companyId)
  }

  read(acting: Acting, trunkId: string): Trunk | Refusal {
    return find(this.#around.configuration.current, acting, trunkId) ?? NotFound()
  }

  async create(acting: Acting, wanted: NewTrunk): Promise<Trunk | Refusal> {
    const { configuration, clock, random } = this.#around
    const bare: Trunk = {
      fromAddresses: [],
      prefixes: [],
      pricePerMinuteMicros: {},
      keying: 'auto',
      ...withoutLogins(wanted),
      id: makeId<TrunkId>(clock.now(), random),
      companyId: acting.companyId,
    }
    const after = withLogins(asKept(bare), undefined, wanted)
    if (isRefusal(after)) return after
    const refusal = await configuration.change(
      acting.actor,
      (current) => trunkFault(current, after) ?? [{ kind: 'trunk', after }],
    )
    return refusal ?? after
  }

  async change(acting: Acting, trunkId: string, patch: TrunkPatch): Promise<Trunk | Refusal> {
    let changed: Trunk | undefined
    const refusal = await this.#around.configuration.change(acting.actor, (current) => {
      const before = find(current, acting, trunkId)
      if (!before) return NotFound()
      const after = withLogins(asKept(patched(before, withoutLogins(patch))), before, patch)
      if (isRefusal(after)) return after
      changed = after
      return trunkFault(current, after) ?? [{ kind: 'trunk', before, after }]
    })
    return refusal ?? changed!
  }

  async remove(acting: Acting, trunkId: string): Promise<Refusal | undefined> {
    return this.#around.configuration.change(acting.actor, (current) => {
      const before = find(current, acting, trunkId)
      return before ? [{ kind: 'trunk', before }] : NotFound()
    })
  }
}

/** Lists and addresses in one form each, whatever they were given in. */
const asKept = (trunk: Trunk): Trunk =>
  withListsAsPem({ ...trunk, fromAddresses: [...new Set(trunk.fromAddresses.map(sourceAddress))] })

function withoutLogins<T extends GivenLogins>(given: T): Omit<T, keyof GivenLogins> {
  const { login: _, incomingLogin: __, ...rest } = given
  return rest
}

/** A login without a password keeps the one that it had, as long as it is the same account. */
function withLogins(trunk: Trunk, before: Trunk | undefined, given: GivenLogins): Trunk | Refusal {
  const mistakes: { path: string; reason: string }[] = []
  let after = trunk
  for (const which of ['login', 'incomingLogin'] as const) {
    const wanted = given[which]
    if (wanted === undefined) continue
    if (wanted === null) {
      const { [which]: _, ...rest } = after
      after = rest
      continue
    }
    const kept = before?.[which]?.username === wanted.username ? before[which]?.password : undefined
    const password = wanted.password ?? kept
    if (password === undefined)
      mistakes.push({ path: `/${which}/password`, reason: `is missing: none is kept for ${wanted.username}` })
    else after = { ...after, [which]: { username: wanted.username, password } satisfies TrunkLogin }
  }
  return mistakes.length > 0 ? InvalidRequest(undefined, { mistakes }) : after
}

function find(current: ConfigurationReader, { companyId }: Acting, trunkId: string): Trunk | undefined {
  const trunk = current.trunk(trunkId as TrunkId)
  return trunk?.companyId === companyId ? trunk : undefined
}

/** What calls come without authentication from must tell one trunk of the whole installation, and so must what they prove. */
export function trunkFault(current: ConfigurationReader, trunk: Trunk): Refusal | undefined {
  const mistakes = trunkMistakes(trunk)
  if (mistakes.length > 0) return InvalidRequest(undefined, { mistakes })
  const namesake = current.trunkNamed(trunk.companyId, trunk.name)
  if (namesake && namesake.id !== trunk.id) return Conflict(`A trunk ${trunk.name} exists already.`)
  for (const company of current.companies())
    for (const other of current.trunksOf(company.id)) {
      const taken = other.id === trunk.id ? undefined : claimedBy(other, trunk)
      if (taken) return Conflict(taken)
    }
  return loginTaken(current, trunk)
}

function claimedBy(other: Trunk, trunk: Trunk): string | undefined {
  const taken = other.fromAddresses.map(sourceAddress)
  const isOthers = other.companyId !== trunk.companyId
  // Of one company a trunk may have an address and another one a port of it; of two, the port would take the other company's calls.
  const source = trunk.fromAddresses
    .map(sourceAddress)
    .find((address) => taken.includes(address) || (isOthers && taken.includes(withoutPort(address))))
  if (source !== undefined) return `Calls from ${source} are another trunk's already.`
  const name = trunk.certificateNames?.find((one) => isAmong(other.certificateNames, one))
  if (name !== undefined && !isApart(other, trunk))
    return `Calls with a certificate of ${name} are another trunk's already. Give each its own name (ownHost), so that the called name tells them apart.`
  const username = trunk.incomingLogin?.username
  return username !== undefined && other.companyId === trunk.companyId && other.incomingLogin?.username === username
    ? `${username} is the login of another trunk already.`
    : undefined
}

const withoutPort = (source: string): string =>
  /^\[(.+)\]:\d+$/.exec(source)?.[1] ?? /^([\d.]+):\d+$/.exec(source)?.[1] ?? source

const isAmong = (names: readonly string[] | undefined, name: string): boolean =>
  names?.some((one) => one.toLowerCase() === name.toLowerCase()) ?? false

/** Several companies have trunks to one big service: the name that it calls tells whose it is. */
const isApart = ({ ownHost: one }: Trunk, { ownHost: other }: Trunk): boolean =>
  one !== undefined && other !== undefined && one.toLowerCase() !== other.toLowerCase()

/** Devices and trunks share the names of a domain. */
function loginTaken(current: ConfigurationReader, { companyId, incomingLogin }: Trunk): Refusal | undefined {
  const device =
    incomingLogin &&
    current.domainsOf(companyId).find(({ name }) => current.deviceByUsername(name, incomingLogin.username))
  return device && Conflict(`${incomingLogin.username}@${device.name} is the login of a device.`)
}
