import type { MissedCalls } from './missed-calls.ts'

/** What the screens of this feature share for as long as somebody is logged in. */
export const historyServices: { missed: MissedCalls | undefined } = { missed: undefined }
