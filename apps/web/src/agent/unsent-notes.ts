import type { KeptValues } from '../base/storage.ts'

/** Where this browser keeps which items have notes that the server has not. */
export const unsentKey = (userId: string): string => `agent.notes.${userId}`

/** Whether this browser has notes of somebody that the server has not. */
export const hasUnsent = (kept: Pick<KeptValues, 'get'>, userId: string): boolean =>
  kept.get(unsentKey(userId)) !== undefined
