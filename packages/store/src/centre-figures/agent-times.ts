import type { UserId } from '@vaxel/base'
import { type AgentState, type AgentTime, quarterMs, type WorkFilter } from '@vaxel/core'
import { type CompiledQuery, type Kysely, sql } from 'kysely'
import { isLongSpell, spellQuarter } from '../migrations/0023-figures.ts'
import type { Schema } from '../schema.ts'

/** Longer spells have an index of their own. */
const longMs = 3_600_000
/** Spells that are longer than this are not looked for. */
const longestSpellMs = 31 * 86_400_000

const ofAgents = (agentIds: readonly string[] | undefined) =>
  agentIds ? sql` and agent_id in (${sql.join(agentIds.length > 0 ? agentIds : [''])})` : sql``

/** Spells that begin in the interval or less than an hour before it, as far as they lie in it. */
const shortly = ({ companyId, fromMs, toMs, agentIds }: WorkFilter) =>
  sql`company_id = ${companyId} and ${spellQuarter} >= ${Math.floor((fromMs - longMs) / quarterMs)} and ${spellQuarter} <= ${Math.floor(toMs / quarterMs)}
    and from_ms >= ${fromMs - longMs} and from_ms < ${toMs} and from_ms + for_ms > ${fromMs}${ofAgents(agentIds)}`

/** Sums of spells, as far as they lie in the interval: agent, state, reason, milliseconds. */
export function sumOfSpells(db: Kysely<Schema>, filter: WorkFilter): CompiledQuery {
  const { fromMs, toMs } = filter
  const begin = sql`(case when from_ms < ${fromMs} then ${fromMs} else from_ms end)`
  const end = sql`(case when from_ms + for_ms > ${toMs} then ${toMs} else from_ms + for_ms end)`
  // Grouped as the index has them first, so that the database need not sort them all.
  return sql`select agent_id, state, reason, sum(ms) from (
    select agent_id, state, reason, sum(${end} - ${begin}) as ms from agent_spells where ${shortly(filter)}
    group by ${spellQuarter}, agent_id, state, reason) as parts group by agent_id, state, reason`.compile(db)
}

/** The spells themselves, to be cut at quarters: agent, state, reason, begin, length. */
export const spells = (db: Kysely<Schema>, filter: WorkFilter): CompiledQuery =>
  sql`select agent_id, state, reason, from_ms, for_ms from agent_spells where ${shortly(filter)}`.compile(db)

/** Those that began more than an hour before the interval and reach into it. */
export const earlierSpells = (db: Kysely<Schema>, { companyId, fromMs, agentIds }: WorkFilter): CompiledQuery =>
  sql`select agent_id, state, reason, from_ms, for_ms from agent_spells
    where company_id = ${companyId} and ${isLongSpell} and from_ms > ${fromMs - longestSpellMs} and from_ms < ${fromMs - longMs}
    and from_ms + for_ms > ${fromMs}${ofAgents(agentIds)}`.compile(db)

/** Adds up times by agent, state, reason and quarter. */
export class TimeSums {
  readonly #sums = new Map<
    string,
    { agentId: UserId; state: AgentState; reason?: string; quarterMs?: number; ms: number }
  >()

  add(agentId: string, state: string, reason: string | null, ms: number, quarter?: number): void {
    if (ms <= 0) return
    const key = `${quarter ?? ''}\n${agentId}\n${state}\n${reason ?? ''}`
    const sum = this.#sums.get(key)
    if (sum) sum.ms += ms
    else
      this.#sums.set(key, {
        agentId: agentId as UserId,
        state: state as AgentState,
        ...(reason === null ? {} : { reason }),
        ...(quarter === undefined ? {} : { quarterMs: quarter }),
        ms,
      })
  }

  /** Cuts a spell at the interval and at each quarter. */
  addSpell(agentId: string, state: string, reason: string | null, fromMs: number, toMs: number): void {
    for (let at = fromMs; at < toMs; ) {
      const quarter = Math.floor(at / quarterMs) * quarterMs
      const end = Math.min(toMs, quarter + quarterMs)
      this.add(agentId, state, reason, end - at, quarter)
      at = end
    }
  }

  all(): readonly AgentTime[] {
    return [...this.#sums.values()]
  }
}
