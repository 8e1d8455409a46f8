export type * from './calendar-entry.ts'
export * from './calendar-plan.ts'
