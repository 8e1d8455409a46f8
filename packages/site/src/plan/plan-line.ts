import type { PlanSentence } from './plan-words.ts'

/**
 * One line of a plan: what was found, why, and by what formula. {@link sayPlan} makes a sentence of it; values called `kind`
 * and `layer` are words of their own.
 */
export interface PlanLine {
  readonly key: PlanSentence
  readonly values: Readonly<Record<string, string | number>>
  /** What asks for it; empty where it is this program's own arithmetic. */
  readonly requirementIds: readonly string[]
  /** With its inputs put in: `10 × 100 kbit/s = 1000 kbit/s`. */
  readonly formula?: string
}

/** A line without formula. */
export const line = (
  key: PlanSentence,
  values: PlanLine['values'],
  ...requirementIds: readonly string[]
): PlanLine => ({ key, values, requirementIds })
