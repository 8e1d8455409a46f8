import { isIP } from 'node:net'
import { type Mistake, makeId, type Refusal, type TrunkId } from '@vaxel/base'
import { Conflict, InvalidRequest, NotFound } from '@vaxel/contract'
import type { ConfigurationReader, Trunk } from '@vaxel/core'
import { type Acting, type AdministrationDependencies, patched } from './scope.ts'

export type NewTrunk = Pick<Trunk, 'name' | 'targets'> & Partial<Omit<Trunk, 'id' | 'companyId'>>
type TrunkPatch = { readonly [K in keyof Omit<Trunk, 'id' | 'companyId'>]?: Trunk[K] | null }

/** Trunks to carriers. */
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
    const after: Trunk = {
      fromAddresses: [],
      prefixes: [],
      pricePerMinuteMicros: {},
      keying: 'auto',
      ...wanted,
      id: makeId<TrunkId>(clock.now(), random),
      companyId: acting.companyId,
    }
    const refusal = await configuration.change(
      acting.actor,
      (current) => fault(current, after) ?? [{ kind: 'trunk', after }],
    )
    return refusal ?? after
  }

  async change(acting: Acting, trunkId: string, patch: TrunkPatch): Promise<Trunk | Refusal> {
    let after: Trunk | undefined
    const refusal = await this.#around.configuration.change(acting.actor, (current) => {
      const before = find(current, acting, trunkId)
      if (!before) return NotFound()
      after = patched(before, patch)
      return fault(current, after) ?? [{ kind: 'trunk', before, after }]
    })
    return refusal ?? after!
  }

  async remove(acting: Acting, trunkId: string): Promise<Refusal | undefined> {
    return this.#around.configuration.change(acting.actor, (current) => {
      const before = find(current, acting, trunkId)
      return before ? [{ kind: 'trunk', before }] : NotFound()
    })
  }
}

function find(current: ConfigurationReader, { companyId }: Acting, trunkId: string): Trunk | undefined {
  const trunk = current.trunk(trunkId as TrunkId)
  return trunk?.companyId === companyId ? trunk : undefined
}

/** A source must tell one trunk of the whole installation: its calls come without authentication. */
function fault(current: ConfigurationReader, trunk: Trunk): Refusal | undefined {
  const mistakes: Mistake[] = []
  trunk.fromAddresses.forEach((source, i) => {
    if (!isSource(source))
      mistakes.push({ path: `/fromAddresses/${i}`, reason: 'is neither an IP literal nor one with a port' })
  })
  if (mistakes.length > 0) return InvalidRequest(undefined, { mistakes })
  const namesake = current.trunkNamed(trunk.companyId, trunk.name)
  if (namesake && namesake.id !== trunk.id) return Conflict(`A trunk ${trunk.name} exists already.`)
  const taken = trunk.fromAddresses.find((source) => isTaken(current, trunk, source))
  return taken === undefined ? undefined : Conflict(`Calls from ${taken} are another trunk's already.`)
}

function isTaken(current: ConfigurationReader, trunk: Trunk, source: string): boolean {
  for (const company of current.companies())
    for (const other of current.trunksOf(company.id))
      if (other.id !== trunk.id && other.fromAddresses.includes(source)) return true
  return false
}

function isSource(source: string): boolean {
  if (isIP(source) !== 0) return true
  const match = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(source)
  if (!match) return false
  const port = Number(match[3])
  const family = match[1] === undefined ? isIP(match[2]!) === 4 : isIP(match[1]) === 6
  return family && port > 0 && port < 65_536
}
