import type { LineFigures } from './sip-phone.ts'

/** Counters at the look before. */
export interface StatisticsBefore {
  readonly received: number
  readonly lost: number
}

interface Entry {
  readonly id: string
  readonly type: string
  readonly [name: string]: unknown
}

const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)

/**
 * The line's figures from a report of WebRTC statistics (webrtc-stats): loss since the look before, in what was received.
 * @returns undefined figures while nothing was received yet
 */
export function readFigures(
  entries: readonly Entry[],
  before: StatisticsBefore | undefined,
): { figures: LineFigures | undefined; before: StatisticsBefore | undefined } {
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  const inbound = entries.find(({ type, kind }) => type === 'inbound-rtp' && kind === 'audio')
  const received = number(inbound?.packetsReceived)
  if (!inbound || received === undefined) return { figures: undefined, before }
  const lost = number(inbound.packetsLost) ?? 0
  const [newReceived, newLost] = [received - (before?.received ?? 0), Math.max(0, lost - (before?.lost ?? 0))]
  const remote = entries.find(({ type, kind }) => type === 'remote-inbound-rtp' && kind === 'audio')
  const transport = entries.find(({ type }) => type === 'transport')
  const pair =
    byId.get(String(transport?.selectedCandidatePairId)) ??
    entries.find(
      ({ type, nominated, state }) => type === 'candidate-pair' && nominated === true && state === 'succeeded',
    )
  const local = byId.get(String(pair?.localCandidateId))
  const codec = byId.get(String(inbound.codecId))
  const roundTrip = number(remote?.roundTripTime) ?? number(pair?.currentRoundTripTime)
  const level = number(inbound.audioLevel)
  return {
    figures: {
      lossRatio: newReceived + newLost > 0 ? newLost / (newReceived + newLost) : 0,
      jitterMs: (number(inbound.jitter) ?? 0) * 1000,
      ...(roundTrip === undefined ? {} : { roundTripMs: roundTrip * 1000 }),
      ...(codec ? { codec: String(codec.mimeType).replace(/^audio\//, '') } : {}),
      ...(local ? { path: String(local.candidateType) } : {}),
      isEncrypted: transport === undefined || transport.dtlsState === 'connected',
      ...(level === undefined ? {} : { level }),
    },
    before: { received, lost },
  }
}
