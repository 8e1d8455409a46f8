import { requirementsOf } from '../catalogue/catalogue.ts'
import type { Facts } from '../catalogue/condition.ts'
import type { Requirement, RequirementOf } from '../catalogue/requirement.ts'
import { line, type PlanLine } from './plan-line.ts'

/** What a table or a ratio of a document gives for this site. */
export interface MachinePlan {
  readonly requirementId: string
  readonly what: string
  /** `ask`: the document ends there or a fact is missing; nothing is guessed beyond it. `stated`: a rule in words only. */
  readonly outcome: 'found' | 'ask' | 'stated'
  /** Heads and what the row gives; of numbers also what of it is delivered and what is to be ordered. */
  readonly gives: readonly {
    readonly name: string
    readonly value: string | number
    readonly toOrder?: number
  }[]
  readonly explained: readonly PlanLine[]
  /** The document's rule in words. */
  readonly rule?: string
}

export interface LimitPlan {
  readonly requirementId: string
  readonly what: string
  readonly most: number
  readonly per: string
  /** How many the site has; absent where its answers do not tell. */
  readonly has?: number
  readonly exceeded: boolean
}

type Sizing = RequirementOf<'sizing'>
type Table = NonNullable<Sizing['body']['table']>

/** Machines, channels and the like, by the tables of the requirements that apply. */
export function planMachines(requirements: readonly Requirement[], facts: Facts): readonly MachinePlan[] {
  const sizings = requirementsOf(requirements, 'sizing')
  const movers = sizings.filter(({ body }) => body.table?.movesRowOf !== undefined)
  return sizings.filter((one) => !movers.includes(one)).map((one) => sizeOf(one, movers, facts))
}

function sizeOf(sizing: Sizing, movers: readonly Sizing[], facts: Facts): MachinePlan {
  const { id, body } = sizing
  const { what, onePer, table, rule } = body
  const plan = { requirementId: id, what, ...(rule !== undefined && { rule }) }
  if (table) {
    const mine = movers.filter((mover) => mover.body.table?.movesRowOf === id)
    return { ...plan, ...readTable(sizing, table, mine, facts) }
  }
  if (onePer) return { ...plan, ...countOnePer(id, what, onePer, facts) }
  return { ...plan, outcome: 'stated', gives: [], explained: [] }
}

function countOnePer(
  id: string,
  what: string,
  { count, of, fact }: NonNullable<Sizing['body']['onePer']>,
  facts: Facts,
) {
  const number = numberOf(facts, fact)
  if (number === undefined)
    return { outcome: 'ask' as const, gives: [], explained: [line('ratioUnknown', { what, count, of }, id)] }
  const value = Math.ceil(number / count)
  return {
    outcome: 'found' as const,
    gives: [{ name: what, value }],
    explained: [
      { ...line('ratio', { what, value, count, of, number }, id), formula: `⌈${number} / ${count}⌉ = ${value}` },
    ],
  }
}

/** Number of a fact; undefined when the site has not told it. */
const numberOf = (facts: Facts, fact: string | undefined): number | undefined => {
  const value = fact !== undefined && Object.hasOwn(facts, fact) ? facts[fact] : undefined
  return typeof value === 'number' ? value : undefined
}

type Reading = Pick<MachinePlan, 'outcome' | 'gives' | 'explained'>

function readTable({ id, body: { what } }: Sizing, table: Table, movers: readonly Sizing[], facts: Facts): Reading {
  const numbers = table.limits.map((_, index) => numberOf(facts, table.facts?.[index]))
  const explained = table.limits.flatMap((limit, index) => {
    const number = numbers[index]
    return [number === undefined ? line('limitUnknown', { what, limit }, id) : line('limitRead', { limit, number }, id)]
  })
  const ask = (...why: readonly PlanLine[]): Reading => ({
    outcome: 'ask',
    gives: [],
    explained: [...explained, ...why],
  })
  if (numbers.every((number) => number === undefined)) return ask()
  const found = rowFor(table, numbers)
  if (found === undefined) return ask(line('beyondTable', { what }, id))
  let row = found
  for (const mover of movers) {
    const moved = movedRows(mover, facts)
    if (moved === undefined) return ask(line('beyondTable', { what: mover.body.what }, mover.id))
    if (moved === 0) continue
    row += moved
    explained.push(line('rowMoved', { rows: moved, title: mover.title }, mover.id))
  }
  const { gives } = table.rows[row] ?? {}
  if (!gives) return ask(line('beyondTable', { what }, id))
  return {
    outcome: 'found',
    gives: gives.map((value, index) => {
      const delivered = table.delivered?.[index]
      const toOrder = typeof value === 'number' && delivered !== undefined ? Math.max(0, value - delivered) : undefined
      return { name: table.results[index] ?? '', value, ...(toOrder !== undefined && { toOrder }) }
    }),
    explained: [...explained, line('rowFound', { what, row: row + 1, rows: table.rows.length }, id)],
  }
}

/** The first row whose every limit is enough for what is known; by index. */
const rowFor = ({ rows }: Table, numbers: readonly (number | undefined)[]): number | undefined => {
  const row = rows.findIndex(({ upTo }) =>
    numbers.every((number, index) => number === undefined || number <= (upTo[index] ?? 0)),
  )
  return row < 0 ? undefined : row
}

/** By how many rows another table is read further down; undefined past the end of its own. */
function movedRows({ body: { table } }: Sizing, facts: Facts): number | undefined {
  if (!table) return 0
  const numbers = table.limits.map((_, index) => numberOf(facts, table.facts?.[index]))
  if (numbers.every((number) => (number ?? 0) === 0)) return 0
  const row = rowFor(table, numbers)
  return row === undefined ? undefined : Number(table.rows[row]?.gives[0] ?? 0)
}

/** Limits of the requirements that apply, and those that the site is above. */
export const planLimits = (requirements: readonly Requirement[], facts: Facts): readonly LimitPlan[] =>
  requirementsOf(requirements, 'limit').map(({ id, body: { what, most, per, fact } }) => {
    const has = numberOf(facts, fact)
    return {
      requirementId: id,
      what,
      most,
      per,
      ...(has !== undefined && { has }),
      exceeded: has !== undefined && has > most,
    }
  })
