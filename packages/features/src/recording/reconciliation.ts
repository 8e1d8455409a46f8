import type { CallId, Clock, CompanyId } from '@vaxel/base'
import type { KeptRecording, RecordingGap, RecordingReport, RecordingStore } from '@vaxel/core'
import { findGaps, recordingsFor } from './gaps.ts'

const dayMs = 86_400_000
const pageSize = 200
const mostGaps = 500

/** The day of a time in UTC. @example dayOf(0) // '1970-01-01' */
export const dayOf = (atMs: number): string => new Date(atMs).toISOString().slice(0, 10)

/**
 * Holds every talked minute of a day against the recordings. It reads the ledger's calls and the policies of that time, not what
 * the recorder believed, so that a recorder that failed silently is found too.
 */
export async function reconcile(
  store: RecordingStore,
  clock: Clock,
  companyId: CompanyId,
  day: string,
): Promise<RecordingReport> {
  const fromMs = Date.parse(`${day}T00:00:00.000Z`)
  const toMs = fromMs + dayMs
  const recordings = await recordingsOf(store, companyId, fromMs, toMs)
  const byCall = Map.groupBy(recordings, ({ callId }) => callId)
  const withUser = recordings.filter(({ party }) => party.userId !== undefined)
  const byUser = Map.groupBy(withUser, ({ party }) => party.userId!)
  let [calls, talkMs, missingMs] = [0, 0, 0]
  const gaps: RecordingGap[] = []
  for (let after: CallId | undefined; ; ) {
    const page = await store.talked({ companyId, fromMs, toMs, limit: pageSize, ...(after ? { after } : {}) })
    for (const talked of page) {
      const found = findGaps(talked, recordingsFor(talked, byCall, byUser), (atMs) => store.policyAt(companyId, atMs))
      if (found.talkMs === 0 && found.gaps.length === 0) continue
      calls++
      talkMs += found.talkMs
      missingMs += found.missingMs
      gaps.push(...found.gaps)
    }
    after = page.at(-1)?.call.id
    if (page.length < pageSize) break
  }
  gaps.sort((a, b) => b.toMs - b.fromMs - (a.toMs - a.fromMs))
  return { companyId, day, madeAtMs: clock.now(), calls, talkMs, missingMs, gaps: gaps.slice(0, mostGaps) }
}

/** Of the day and of the day before: a call can be long. */
async function recordingsOf(
  store: RecordingStore,
  companyId: CompanyId,
  fromMs: number,
  toMs: number,
): Promise<KeptRecording[]> {
  const all: KeptRecording[] = []
  for (let before: KeptRecording['id'] | undefined; ; ) {
    const page = await store.list({
      companyId,
      fromMs: fromMs - dayMs,
      toMs: toMs + dayMs,
      withDeleted: true,
      limit: 1000,
      ...(before ? { before } : {}),
    })
    all.push(...page)
    before = page.at(-1)?.id
    if (page.length < 1000) return all
  }
}
