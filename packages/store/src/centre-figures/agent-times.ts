import type { UserId } from '@vaxel/base'
import { type AgentState, type AgentTime, quarterMs, type WorkFilter } from '@vaxel/core'
import { type CompiledQuery, type Kysely, sql } from 'kysely'
import type { Schema } from '../schema.ts'

/** Spells that are longer than this are not looked for: nobody works so long. */
const longestSpellMs = 3 * 86_400_000

/** Sums of spells that lie in the interval, as far as they do: agent, state, reason, milliseconds. */
export function sumOfSpells(db: Kysely<Schema>, { companyId, fromMs, toMs, agentIds }: WorkFilter): CompiledQuery {
  const begin = sql`(case when from_ms < ${fromMs} then ${fromMs} else from_ms end)`
  const end = sql`(case when from_ms + for_ms > ${toMs} then ${toMs} else from_ms + for_ms end)`
  const agents = agentIds ? sql` and agent_id in (${sql.join(agentIds.length > 0 ? agentIds : [''])})` : sql``
  return sql`select agent_id, state, reason, sum(${end} - ${begin}) from agent_spells
    where company_id = ${companyId} and from_ms > ${fromMs - longestSpellMs} and from_ms < ${toMs} and from_ms + for_ms > ${fromMs}${agents}
    group by agent_id, state, reason`.compile(db)
}

/** The spells themselves, to be cut at quarters: agent, state, reason, begin, length. */
export function spells(db: Kysely<Schema>, { companyId, fromMs, toMs, agentIds }: WorkFilter): CompiledQuery {
  const agents = agentIds ? sql` and agent_id in (${sql.join(agentIds.length > 0 ? agentIds : [''])})` : sql``
  return sql`select agent_id, state, reason, from_ms, for_ms from agent_spells
    where company_id = ${companyId} and from_ms > ${fromMs - longestSpellMs} and from_ms < ${toMs} and from_ms + for_ms > ${fromMs}${agents}`.compile(
    db,
  )
}

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
