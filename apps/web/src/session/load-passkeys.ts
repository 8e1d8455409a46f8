import type { BrowserPasskeys } from './passkeys.ts'

/** Fetched when it is needed: most people never add one. */
export const loadPasskeys = async (): Promise<BrowserPasskeys> => (await import('./passkeys.ts')).browserPasskeys
