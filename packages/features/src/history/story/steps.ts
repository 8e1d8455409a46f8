import type { LegId } from '@vaxel/base'
import type { LegRecord, NumberedEvent, Party } from '@vaxel/core'

/** One thing that happened, as a word with what it is about. */
export interface Step {
  readonly atMs: number
  readonly code: string
  readonly params: Readonly<Record<string, string | number>>
  readonly legId?: LegId
}

export interface StepContext {
  readonly legs: ReadonlyMap<string, LegRecord>
  /** What the owner calls a device, or the name of a trunk. */
  placeOf(leg: LegRecord | undefined): string | undefined
}

type Data = Readonly<Record<string, unknown>>
type Telling = (data: Data, at: StepContext) => Omit<Step, 'atMs'> | readonly Omit<Step, 'atMs'>[] | undefined

/** How people are called: by name, else by number. */
export const called = ({ name, number }: Party): string => name ?? number

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

function onLeg(code: string, more: (data: Data, leg: LegRecord) => Step['params'] = () => ({})): Telling {
  return (data, at) => {
    const leg = at.legs.get(text(data.leg) ?? '')
    if (!leg) return undefined
    const place = at.placeOf(leg)
    const params = { who: called(leg.party), ...(place ? { device: place } : {}), ...more(data, leg) }
    return { code, params, legId: leg.id }
  }
}

/** Decisions that say nothing to people beyond what others say. */
const silent = new Set(['is-user'])

/** Routing's decisions as steps; an entry from before decisions had words is a note. */
const routed: Telling = (data) => {
  const { decisions } = data
  if (!Array.isArray(decisions))
    return (Array.isArray(data.explanation) ? data.explanation : []).flatMap((sentence: unknown) =>
      typeof sentence === 'string' ? [{ code: 'note', params: { text: sentence } }] : [],
    )
  return decisions.flatMap((decision: unknown) => {
    const { code, ...rest } = decision as Data
    if (typeof code !== 'string' || silent.has(code)) return []
    return [{ code: `route.${code}`, params: plain(rest) }]
  })
}

const plain = (data: Data): Step['params'] =>
  Object.fromEntries(
    Object.entries(data).filter((e): e is [string, string | number] => ['string', 'number'].includes(typeof e[1])),
  )

/** Why a callee's leg went without an answer; those who hung up after talking are told with the end of the call. */
const cleared: Telling = (data, at) => {
  const leg = at.legs.get(text(data.leg) ?? '')
  const reason = text((data.termination as Data | undefined)?.reason)
  if (!leg || !reason || leg.role === 'caller' || leg.answeredAtMs !== undefined) return undefined
  const place = at.placeOf(leg)
  return {
    code: `left.${reason}`,
    params: { who: called(leg.party), ...(place ? { device: place } : {}) },
    legId: leg.id,
  }
}

const tellings: Readonly<Record<string, Telling>> = {
  // A number that nobody can dial is one of the platform's own; what it is for is told besides.
  'call.originated': (data, at) =>
    text(data.dialled)?.startsWith('!')
      ? undefined
      : onLeg('called', () => ({ dialled: text(data.dialled) ?? '' }))(data, at),
  'call.routed': routed,
  'call.delivered': onLeg('rings'),
  'call.diverted': (data, at) => {
    const by = text(data.name) ?? text(data.from) ?? ''
    const own = {
      code: 'forwarded',
      params: { who: by, to: text(data.to) ?? '', reason: text(data.reason) ?? 'unconditional' },
    }
    const more = Array.isArray(data.decisions) ? routed(data, at) : undefined
    return [own, ...(Array.isArray(more) ? more : [])]
  },
  'call.established': (data, at) =>
    data.service === undefined
      ? onLeg('answered')(data, at)
      : { code: 'service', params: { service: text(data.service) ?? '' } },
  'call.held': onLeg('held'),
  'call.retrieved': onLeg('retrieved'),
  'call.transferred': (data, at) => {
    const by = at.legs.get(text(data.by) ?? '')
    return { code: 'transferred', params: { who: by ? called(by.party) : '', to: text(data.to) ?? '' } }
  },
  'call.conferenced': onLeg('conferenced'),
  'call.connectionCleared': cleared,
  'call.interrupted': onLeg('interrupted'),
  'call.resumed': onLeg('resumed', (data) => ({ seconds: Number(data.awayMs ?? 0) / 1000 })),
  'call.noticed': onLeg('noticed', (data) => ({ what: text(data.code) ?? '' })),
  'recording.started': onLeg('recording-started'),
  'recording.ended': onLeg('recording-ended', (data) => ({ seconds: Math.round(Number(data.durationMs ?? 0) / 1000) })),
  'recording.failed': onLeg('recording-failed'),
  'recording.troubled': onLeg('recording-troubled'),
  'recording.paused': onLeg('recording-paused'),
  'recording.resumed': onLeg('recording-resumed'),
  'recording.deleted': () => ({ code: 'recording-deleted', params: {} }),
  'recording.fetched': (data) => ({
    code: 'recording-fetched',
    params: { name: text(data.name) ?? '', address: text(data.address) ?? '' },
  }),
  'service.noted': (data) => ({ code: `service.${text(data.code) ?? ''}`, params: plain(data) }),
  'voicemail.received': (data) => ({
    code: 'voicemail-left',
    params: { name: text(data.name) ?? '', seconds: Math.round(Number(data.durationMs ?? 0) / 1000) },
  }),
  'audio.released': () => ({ code: 'audio-direct', params: {} }),
  'audio.anchored': () => ({ code: 'audio-anchored', params: {} }),
  'fax.detected': onLeg('fax-detected'),
  'fax.relayed': onLeg('fax-relayed'),
  'fax.relayEnded': onLeg('fax-relay-ended'),
  'fax.relayRefused': onLeg('fax-relay-refused', (data) => ({ status: Number(data.status ?? 0) })),
}

/** The ledger's entries of a call as steps, in order; what says nothing to people, or the same again, is left out. */
export function stepsOf(events: readonly NumberedEvent[], at: StepContext): Step[] {
  const all = events.flatMap(({ kind, atMs, data }): Step[] => {
    const told = tellings[kind]?.(data, at)
    if (told === undefined) return []
    const steps = Array.isArray(told) ? (told as readonly Omit<Step, 'atMs'>[]) : [told as Omit<Step, 'atMs'>]
    return steps.map((step) => ({ ...step, atMs }))
  })
  // Routing says again why a call went on, which the call has told already.
  const isAgain = ({ code, params }: Step, i: number): boolean =>
    code === 'route.forwarded' &&
    all.slice(0, i).some((before) => before.code === 'forwarded' && before.params.to === params.to)
  return all.filter((step, i) => !isAgain(step, i))
}
