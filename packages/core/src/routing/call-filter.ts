import type { UserId } from '@vaxel/base'
import type { CallerList } from './caller-list.ts'

/** Somebody's calls go to their assistants first, or only. */
export interface AssistantFilter {
  readonly isOn: boolean
  readonly assistants: readonly UserId[]
  /** `first`: the person's devices ring when no assistant has answered. `only`: they do not. `together`: all ring at once. */
  readonly mode: 'first' | 'only' | 'together'
  /** How long the assistants' devices ring. */
  readonly seconds: number
  /** Who gets through to the person at once; the assistants always do. */
  readonly allowed: CallerList
}
