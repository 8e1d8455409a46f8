import type { SkillNeed } from '../centre.ts'
import type { AgentRecord, ItemRecord } from './state.ts'

/** What is asked of a skill after a wait; 0: nothing any more. Never more than before, whatever is written: the oldest of a group stands for all. */
export function levelAfter(need: SkillNeed, waitedMs: number): number {
  let { level } = need
  for (const step of need.relax ?? []) if (waitedMs >= step.afterSeconds * 1000) level = Math.min(level, step.level)
  return level
}

/** The first skill in which an agent is not good enough for what is asked after that wait. */
export function lacking(agent: AgentRecord, needs: readonly SkillNeed[], waitedMs: number): SkillNeed | undefined {
  for (const need of needs) if ((agent.skills.get(need.skillId) ?? 0) < levelAfter(need, waitedMs)) return need
  return undefined
}

/** Priority with age, 0 to 9: an item never passes 9, so that who has waited for long enough is before everybody who came later. */
export function priorityOf(record: ItemRecord, agesEverySeconds: number | undefined, nowMs: number): number {
  const { priority, sinceMs } = record.item
  if (agesEverySeconds === undefined || agesEverySeconds <= 0) return priority
  return Math.min(9, priority + Math.floor(Math.max(0, nowMs - sinceMs) / (agesEverySeconds * 1000)))
}

/** Of items of one group: who came first. */
export const cameBefore = (a: ItemRecord, b: ItemRecord): boolean =>
  a.item.sinceMs === b.item.sinceMs ? a.order < b.order : a.item.sinceMs < b.item.sinceMs

export interface Ranked {
  readonly record: ItemRecord
  readonly priority: number
}

/** Whether the first is served before the second. */
export const isBefore = (a: Ranked, b: Ranked): boolean =>
  a.priority === b.priority ? cameBefore(a.record, b.record) : a.priority > b.priority

/** Whether the first is idle for longer. */
export const isIdler = (a: AgentRecord, b: AgentRecord): boolean => {
  const [since, sinceOther] = [a.listedIdleMs ?? a.idleSinceMs, b.listedIdleMs ?? b.idleSinceMs]
  return since === sinceOther ? a.order < b.order : since < sinceOther
}
