import { createHash } from 'node:crypto'
import type { KeptRecording } from '@vaxel/core'

/** What the first link of a company's chain goes on from. */
export const firstHash = '0'.repeat(64)

/**
 * The link of a finished recording: SHA-256 over the one before and all that must not change afterwards. Whoever changes, exchanges or
 * leaves out a recording would have to change all later links too, which the ledger, mails and exports have told already.
 * @returns hexadecimal
 */
export function chainHash(
  previous: string,
  { id, callId, legId, startedAtMs, durationMs, sha256 }: KeptRecording,
): string {
  const what = JSON.stringify([previous, id, callId, legId, startedAtMs, durationMs ?? 0, sha256 ?? ''])
  return createHash('sha256').update(what).digest('hex')
}
