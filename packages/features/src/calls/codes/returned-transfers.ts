import { defaultParking, type Language, type ServiceLine, type User } from '@vaxel/core'
import type { CallService } from '../call-service.ts'
import { sayOnly, type FeatureAction } from './feature-service.ts'
import { whoTransferred } from './who-transferred.ts'

/** How long whoever transferred is rung, and how often; who waits hears music, also in between. */
const ringMs = 30_000
const pauseMs = 15_000
const mostRounds = 2

/** Before the name of who comes back, at the devices of whoever had transferred them. */
const backWords: Readonly<Record<Language, string>> = { en: 'Back', sv: 'Åter', fr: 'Retour' }

/**
 * What becomes of somebody whose transfer nobody took after whoever transferred them has hung up: that person's devices ring, twice; then
 * the company's fallback for parked calls, or else that person's number with all its rules. Nobody is dropped without a word.
 */
export function returnTransfers(service: CallService): FeatureAction {
  const { directory } = service.options
  return async (line) => {
    const userId = whoTransferred(service, line)?.party.userId
    const user = userId === undefined ? undefined : directory.user(userId)
    line.playOn({ kind: 'music' })
    if (user) await callBack(line, user)
    const { fallback } = line.company.parking ?? defaultParking
    const to = fallback ?? user?.extension ?? user?.name
    if (to !== undefined)
      await line.sendOn(to, { keepsSound: true, as: user ? { kind: 'user', user } : { kind: 'company' } })
    await sayOnly(line, 'park-given-up')
  }
}

async function callBack(line: ServiceLine, user: User): Promise<void> {
  const by = user.displayName
  const who = line.caller.name ?? line.caller.number
  line.note('transfer-recall', `Nobody took ${who} from ${by}, who had hung up: ${by} is called back.`, { by, who })
  for (let round = 1; round <= mostRounds; round++) {
    const to = user.extension ?? user.name
    await line.sendOn(to, {
      ringMs,
      keepsSound: true,
      devicesOf: user.id,
      label: backWords[user.language ?? line.language],
      as: { kind: 'user', user },
    })
    await line.wait(pauseMs)
  }
}
