import { defaultParking, type Language, type SendOptions, type ServiceLine } from '@vaxel/core'
import type { CallService } from '../call-service.ts'
import { sayOnly, type FeatureAction } from './feature-service.ts'

/** How long whoever transferred is rung, and how often; who waits hears music, also in between. */
const ringMs = 30_000
const pauseMs = 15_000
const mostRounds = 2

/** Before the name of who comes back, at the devices of whoever had transferred them. */
const backWords: Readonly<Record<Language, string>> = { en: 'Back', sv: 'Åter', fr: 'Retour' }

/**
 * What becomes of somebody whose transfer nobody took after whoever transferred them has hung up: that person's devices ring, twice, or whom
 * the call had reached over a trunk (of a carrier, of Teams) is called again the same way; then
 * the queue that had given the caller to them, the company's fallback for parked calls, or else that person's number with all its rules. Nobody is dropped without a word.
 */
export function returnTransfers(service: CallService): FeatureAction {
  const { directory } = service.options
  return async (line) => {
    const call = service.owner(line.callId)?.state.call
    const leg = call?.calledBack && call.legs.get(call.calledBack)
    const userId = leg?.party.userId
    const user = userId === undefined ? undefined : directory.user(userId)
    line.playOn({ kind: 'music' })
    if (user) {
      const to = user.extension ?? user.name
      const label = backWords[user.language ?? line.language]
      await callBack(line, user.displayName, to, { devicesOf: user.id, label, as: { kind: 'user', user } })
    } else if (leg) {
      const { number, name = number } = leg.party
      await callBack(line, name, number, { again: leg.id })
    }
    const back = service.owner(line.callId)?.state.call.goesBackTo
    if (back !== undefined) await line.sendOn(back, { keepsSound: true, as: { kind: 'company' } })
    const { fallback } = line.company.parking ?? defaultParking
    const to = fallback ?? user?.extension ?? user?.name
    if (to !== undefined)
      await line.sendOn(to, { keepsSound: true, as: user ? { kind: 'user', user } : { kind: 'company' } })
    await sayOnly(line, 'park-given-up')
  }
}

async function callBack(line: ServiceLine, by: string, to: string, how: SendOptions): Promise<void> {
  const who = line.caller.name ?? line.caller.number
  line.note('transfer-recall', `Nobody took ${who} from ${by}, who had hung up: ${by} is called back.`, { by, who })
  for (let round = 1; round <= mostRounds; round++) {
    await line.sendOn(to, { ringMs, keepsSound: true, ...how })
    await line.wait(pauseMs)
  }
}
