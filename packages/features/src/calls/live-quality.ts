import type { CallId, LegId, UserId } from '@vaxel/base'
import type { CallLeg, DirectionQuality, LegQuality, Notice } from '@vaxel/core'

/** From here on people hear it: share of packets lost, jitter that a usual buffer cannot hide, and the E-model's "many dissatisfied". */
const audibleLoss = 0.03
const audibleJitterMs = 50
const poorMos = 3.6

/** Below half of what the web app calls fair: nothing to say about such a line. */
const clearLoss = 0.005
const clearJitterMs = 15

/** Which way is bad, seen from the person: `up` is what they say, `down` what they hear. */
export type BadWay = 'none' | 'up' | 'down' | 'both'

/** @param recent of the last seconds; `received` is what came from the person */
export function badWay({ received, sent }: LegQuality): BadWay {
  const [up, down] = [isBad(received), isBad(sent)]
  return up && down ? 'both' : up ? 'up' : down ? 'down' : 'none'
}

/**
 * Which of the reports on a line are told: all while something ails it, and one when it is clear again. Most lines are clear
 * from the first second to the last, and nothing is sent about them.
 */
export class LineNews {
  readonly #ailing = new WeakSet<object>()

  /** @param leg whose line it is; the same object at each report */
  isNews(leg: object, recent: LegQuality): boolean {
    if (!isClear(recent)) {
      this.#ailing.add(leg)
      return true
    }
    return this.#ailing.delete(leg)
  }
}

/** How a browser's leg was in the last seconds, for the person in it alone. */
export function qualityNotice(
  call: { readonly id: CallId; readonly companyId: Notice['companyId'] },
  leg: CallLeg & { readonly party: { readonly userId: UserId } },
  recent: LegQuality,
  atMs: number,
): Notice {
  const id: LegId = leg.id
  return {
    kind: 'call.quality',
    companyId: call.companyId,
    to: [leg.party.userId],
    atMs,
    data: {
      callId: call.id,
      leg: id,
      up: rounded(recent.received),
      down: rounded(recent.sent),
      bad: badWay(recent),
      ...(recent.codec ? { codec: recent.codec } : {}),
    },
  }
}

function isClear({ received, sent }: LegQuality): boolean {
  return [received, sent].every((way) => !isBad(way) && way.lossRatio < clearLoss && way.jitterMs < clearJitterMs)
}

function isBad({ packets, lossRatio, jitterMs, mos }: DirectionQuality): boolean {
  if (packets === 0) return false
  return lossRatio >= audibleLoss || jitterMs >= audibleJitterMs || (mos !== undefined && mos < poorMos)
}

function rounded({ packets, lossRatio, jitterMs, roundTripMs, mos }: DirectionQuality): Record<string, number> {
  return {
    packets,
    lossRatio: Math.round(lossRatio * 1000) / 1000,
    jitterMs: Math.round(jitterMs),
    ...(roundTripMs === undefined ? {} : { roundTripMs: Math.round(roundTripMs) }),
    ...(mos === undefined ? {} : { mos: Math.round(mos * 10) / 10 }),
  }
}
