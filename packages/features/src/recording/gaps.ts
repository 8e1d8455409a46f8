import type { CallId, UserId } from '@vaxel/base'
import type { KeptRecording, LegRecord, RecordingGap, RecordingPolicy, TalkedCall } from '@vaxel/core'
import { isAlways, modeOf } from './rules.ts'

interface Span {
  readonly fromMs: number
  readonly toMs: number
}

/** A recording begins a moment after the answer and ends a moment after the call. */
const toleratedMs = 2000

/** What of one call had to be recorded, and what of it is missing. */
export interface CallFindings {
  readonly talkMs: number
  readonly missingMs: number
  readonly gaps: readonly RecordingGap[]
}

/**
 * Holds the talk of a call against recordings. A leg talks while another leg of its call is up too, or it is in a conference alone with
 * the platform (then it is known by its recording only). Paused time is recorded silence and no gap.
 * @param policyAt the company's policy at a time
 * @param recordings of this call, and of its people at that time (a transferred leg is recorded on under its first call)
 */
export function findGaps(
  { call, legs }: TalkedCall,
  recordings: readonly KeptRecording[],
  policyAt: (atMs: number) => RecordingPolicy,
): CallFindings {
  const up = legs.flatMap((leg) => {
    const { answeredAtMs, endedAtMs = call.endedAtMs } = leg
    return answeredAtMs === undefined || endedAtMs === undefined ? [] : [{ leg, fromMs: answeredAtMs, toMs: endedAtMs }]
  })
  const wanted = up.filter(({ leg, fromMs }) => mustBeRecorded(leg, policyAt(fromMs)))
  // Trunks that talk with each other are the company's, while nobody here is in the call.
  const trunks = up.filter(
    ({ leg, fromMs }) => leg.trunkId !== undefined && mustBeRecorded(leg, policyAt(fromMs), true),
  )
  const people = union(up.filter(({ leg }) => leg.trunkId === undefined))
  // Of two who talk one recording is enough: talk is counted once for the call.
  const talk = union([
    ...wanted.flatMap((one) => up.filter(({ leg }) => leg !== one.leg).flatMap((other) => overlap(one, other))),
    ...subtract(
      union(trunks.flatMap((one) => trunks.flatMap((other) => (one === other ? [] : overlap(one, other))))),
      people,
    ),
  ])
  const covered = union(recordings.filter(({ end }) => end !== 'lost').map(spanOf))
  const lossy = recordings.filter(({ lostMs = 0 }) => lostMs > toleratedMs)
  const holes = subtract(talk, covered).filter(({ fromMs, toMs }) => toMs - fromMs > toleratedMs)
  const candidates = [...wanted, ...trunks]
  const named = (span: Span, kind: RecordingGap['kind']): RecordingGap => {
    const { leg } = candidates.find((one) => one.fromMs <= span.fromMs && one.toMs > span.fromMs) ?? candidates[0]!
    const other = up.find((one) => one.leg !== leg)?.leg.party
    return { callId: call.id, legId: leg.id, party: leg.party, ...(other ? { other } : {}), ...span, kind }
  }
  const gaps = [
    ...holes.map((span) => named(span, recordings.length === 0 ? 'none' : 'short')),
    ...(talk.length === 0
      ? []
      : lossy.map((one) => ({ ...named(spanOf(one), 'lost'), toMs: one.startedAtMs + (one.lostMs ?? 0) }))),
  ]
  return { talkMs: length(talk), missingMs: gaps.reduce((sum, gap) => sum + gap.toMs - gap.fromMs, 0), gaps }

  function mustBeRecorded({ party, trunkId }: LegRecord, policy: RecordingPolicy, isBetweenTrunks = false): boolean {
    const { called, dialled } = call
    return isAlways(modeOf(policy, { party, called, dialled, isTrunk: trunkId !== undefined, isBetweenTrunks }))
  }
}

/** Recordings that can hold the talk of a call: its own, and those of its people at that time. */
export function recordingsFor(
  { call, legs }: TalkedCall,
  byCall: ReadonlyMap<CallId, readonly KeptRecording[]>,
  byUser: ReadonlyMap<UserId, readonly KeptRecording[]>,
): KeptRecording[] {
  const own = byCall.get(call.id) ?? []
  const endMs = call.endedAtMs ?? Number.POSITIVE_INFINITY
  const ofPeople = legs.flatMap(({ party }) => (party.userId && byUser.get(party.userId)) || [])
  const moved = ofPeople.filter((one) => one.startedAtMs < endMs && spanOf(one).toMs > call.startedAtMs)
  return [...new Set([...own, ...moved])]
}

function spanOf({ startedAtMs, durationMs = 0 }: KeptRecording): Span {
  return { fromMs: startedAtMs, toMs: startedAtMs + durationMs }
}

function overlap(a: Span, b: Span): Span[] {
  const fromMs = Math.max(a.fromMs, b.fromMs)
  const toMs = Math.min(a.toMs, b.toMs)
  return fromMs < toMs ? [{ fromMs, toMs }] : []
}

function union(spans: readonly Span[]): Span[] {
  const merged: { fromMs: number; toMs: number }[] = []
  for (const span of [...spans].sort((a, b) => a.fromMs - b.fromMs)) {
    const last = merged.at(-1)
    if (last && span.fromMs <= last.toMs) last.toMs = Math.max(last.toMs, span.toMs)
    else merged.push({ ...span })
  }
  return merged
}

/** @param without in order, apart from each other */
function subtract(spans: readonly Span[], without: readonly Span[]): Span[] {
  return spans.flatMap(({ fromMs, toMs }) => {
    const left: Span[] = []
    let at = fromMs
    for (const hole of without) {
      if (hole.toMs <= at || hole.fromMs >= toMs) continue
      if (hole.fromMs > at) left.push({ fromMs: at, toMs: hole.fromMs })
      at = Math.max(at, hole.toMs)
    }
    if (at < toMs) left.push({ fromMs: at, toMs })
    return left
  })
}

const length = (spans: readonly Span[]): number => spans.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0)
