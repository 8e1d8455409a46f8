import type { UserId } from '@vaxel/base'
import {
  type Channel,
  quarterMs,
  type WorkCounts,
  type WorkDimension,
  type WorkFilter,
  type WorkSum,
} from '@vaxel/core'
import { type CompiledQuery, type Kysely, type RawBuilder, sql } from 'kysely'
import { arrivalQuarter } from '../migrations/0023-figures.ts'
import type { Schema } from '../schema.ts'

/** In the order of the index, so that the most usual reports need no sorting. */
const dimensions: Readonly<Record<WorkDimension, RawBuilder<unknown>>> = {
  quarter: arrivalQuarter,
  queue: sql.ref('queue_id'),
  channel: sql.ref('channel'),
  agent: sql.ref('agent_id'),
  code: sql.ref('code_id'),
}
const order = Object.keys(dimensions) as WorkDimension[]

const isOutcome = (outcome: string) => sql`sum(case when outcome = ${sql.lit(outcome)} then 1 else 0 end)`
const ofOutcome = (outcome: string, what: string) =>
  sql`sum(case when outcome = ${sql.lit(outcome)} then coalesce(${sql.ref(what)}, 0) else 0 end)`

/** What `countsOf` (core/acd/figures/counts) says of one item, summed. */
const sums: readonly (readonly [keyof WorkCounts, RawBuilder<unknown>])[] = [
  ['arrived', sql`count(*)`],
  ['answered', isOutcome('answered')],
  ['inLevel', ofOutcome('answered', 'is_in_level')],
  ['abandoned', isOutcome('abandoned')],
  ['short', ofOutcome('abandoned', 'is_short')],
  ['overflowed', isOutcome('overflowed')],
  ['messageLeft', isOutcome('messageLeft')],
  ['moved', isOutcome('moved')],
  ['closed', isOutcome('closed')],
  ['open', sql`sum(case when outcome is null then 1 else 0 end)`],
  ['waitedMs', ofOutcome('answered', 'waited_ms')],
  ['abandonedMs', ofOutcome('abandoned', 'waited_ms')],
  ['longestMs', sql`max(coalesce(waited_ms, 0))`],
  ['handled', sql`count(finished_at_ms)`],
  ['handledMs', sql`sum(case when finished_at_ms is null then 0 else coalesce(handled_ms, 0) end)`],
  ['wrapped', sql`count(wrap_ms)`],
  ['wrapMs', sql`sum(coalesce(wrap_ms, 0))`],
  ['missed', sql`sum(missed)`],
]

/** Quarters in which an interval has a part. */
const quartersOf = ({ fromMs, toMs }: WorkFilter): readonly [number, number] => [
  Math.floor(fromMs / quarterMs),
  Math.ceil(toMs / quarterMs) - 1,
]

/** What items there must be, in the words of the index. */
export function where(filter: WorkFilter): RawBuilder<unknown> {
  const [first, last] = quartersOf(filter)
  const { companyId, fromMs, toMs, queueIds, agentIds, channels } = filter
  const conditions = [
    sql`company_id = ${companyId}`,
    sql`${arrivalQuarter} >= ${first}`,
    sql`${arrivalQuarter} <= ${last}`,
    // Days begin at quarters; a filter of a few minutes may not.
    ...(fromMs % quarterMs === 0 && toMs % quarterMs === 0
      ? []
      : [sql`arrived_at_ms >= ${fromMs}`, sql`arrived_at_ms < ${toMs}`]),
    ...(queueIds ? [among('queue_id', queueIds)] : []),
    ...(agentIds ? [among('agent_id', agentIds)] : []),
    ...(channels ? [among('channel', channels)] : []),
  ]
  return sql.join(conditions, sql` and `)
}

const among = (column: string, values: readonly string[]) =>
  values.length === 0 ? sql`1 = 0` : sql`${sql.ref(column)} in (${sql.join(values)})`

/** Longer times have more groups than sorting their rows is worth. */
const mostQuarters = 8 * 96

/** What is grouped by so that the database need not sort: all that stands before it in the index. */
function groupsFor(filter: WorkFilter, asked: readonly WorkDimension[]): readonly WorkDimension[] {
  const [first, last] = quartersOf(filter)
  if (asked.length === 0 || last - first > mostQuarters) return asked
  return order.slice(0, order.indexOf(asked.at(-1)!) + 1)
}

/** The query for sums, and how a row of it is read: an array in the order of its columns. */
export function workSums(
  db: Kysely<Schema>,
  filter: WorkFilter,
  by: readonly WorkDimension[],
): { readonly query: CompiledQuery; read(row: readonly unknown[]): WorkSum } {
  const asked = order.filter((dimension) => by.includes(dimension))
  const grouped = groupsFor(filter, asked)
  const columns = [
    ...asked.map((dimension) => sql`${dimensions[dimension]} as ${sql.ref(dimension)}`),
    ...sums.map(([name, sum]) => sql`${sum} as ${sql.ref(name)}`),
  ]
  const groups = sql.join(grouped.map((dimension) => dimensions[dimension]))
  const inner = sql`select ${sql.join(columns)} from work_items where ${where(filter)}${grouped.length === 0 ? sql`` : sql` group by ${groups}`}`
  const read = (row: readonly unknown[]) => readSum(row, asked)
  if (grouped.length === asked.length) return { query: inner.compile(db), read }
  const names = sql.join(asked.map((dimension) => sql.ref(dimension)))
  const outer = sums.map(([name]) =>
    name === 'longestMs'
      ? sql`max(${sql.ref(name)}) as ${sql.ref(name)}`
      : sql`sum(${sql.ref(name)}) as ${sql.ref(name)}`,
  )
  const query = sql`select ${names}, ${sql.join(outer)} from (${inner}) as parts group by ${names}`
  return { query: query.compile(db), read }
}

function readSum(row: readonly unknown[], asked: readonly WorkDimension[]): WorkSum {
  const counts = {} as WorkCounts
  sums.forEach(([name], i) => {
    counts[name] = Number(row[asked.length + i] ?? 0)
  })
  const of = (dimension: WorkDimension) => {
    const value = asked.includes(dimension) ? row[asked.indexOf(dimension)] : undefined
    return value === null ? undefined : value
  }
  const [quarter, queue, channel, agent, code] = order.map(of)
  return {
    ...(quarter === undefined ? {} : { quarterMs: Number(quarter) * quarterMs }),
    ...(queue === undefined ? {} : { queueId: String(queue) }),
    ...(channel === undefined ? {} : { channel: channel as Channel }),
    ...(agent === undefined ? {} : { agentId: agent as UserId }),
    ...(code === undefined ? {} : { codeId: String(code) }),
    counts,
  }
}
