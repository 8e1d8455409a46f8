import { type Place, requirementsOf } from '../catalogue/catalogue.ts'
import type { Facts } from '../catalogue/condition.ts'
import type { BandwidthBody, Requirement, RequirementOf } from '../catalogue/requirement.ts'
import { siteFacts } from '../profile/site-facts.ts'
import { type ClientKind, clientKinds, type SiteProfile } from '../profile/site-profile.ts'
import { type CallBandwidth, callBandwidth, roundKbps, type VoiceFormat, voiceFormat } from './call-bandwidth.ts'
import { line, type PlanLine } from './plan-line.ts'

/** Layers at which a call is counted. */
export type CountedLayer = 'ip' | 'ethernet' | 'wire'

/** A line with what it adds; the same up and down. */
export interface BandwidthLine extends PlanLine {
  readonly kbps: number
}

export interface BandwidthPlan {
  /** As the document computes it: the least with which it works. */
  readonly document: { readonly kbps: number; readonly lines: readonly BandwidthLine[] }
  /** As we count it: everybody's calls, control packets, signalling, bursts. */
  readonly honest: {
    /** At {@link comparedLayer}, each way, with the reserve. */
    readonly kbps: number
    /** The same at each layer. */
    readonly byLayer: Readonly<Record<CountedLayer, number>>
    readonly callsAtOnce: number
    readonly lines: readonly BandwidthLine[]
    readonly notCounted: readonly PlanLine[]
  }
  /** What the document asks for between two places of the site; it loads the site's own network, not the connection. */
  readonly inside: { readonly kbps: number; readonly lines: readonly BandwidthLine[] }
  readonly voice: VoiceFormat & { readonly oneCall: CallBandwidth }
  /** Whether the connection carries the honest figure; `unknown` where the profile does not say how fast it is. */
  readonly verdict: 'carries' | 'tight' | 'too-small' | 'unknown'
  readonly explained: readonly PlanLine[]
}

/** Connections are sold and policed with their Ethernet frames. */
const comparedLayer: CountedLayer = 'ethernet'

const defaultShareInCall = 0.2
/** RTCP is given a twentieth of the session (RFC 3550 §6.2). */
const rtcpShare = 0.05
/** Registration, keep-alive, presence and call set-up of one person; several calls an hour stay well below it. */
const signallingKbps = 1
/** What comes once is assumed to come to everybody within a quarter of an hour. */
const eventSeconds = 900
/** For bursts: pages, pictures, updates that come while calls go on. */
const reserveShare = 0.2
const tightShare = 0.8

/** Kinds whose voice crosses the connection; a mobile has its own network, and who only steers a telephone has no voice here. */
const speaking: readonly ClientKind[] = ['softphone', 'webSoftphone', 'deskPhone', 'integrated', 'attendant', 'adapter']

/** Of so many people, those in a call at the busiest moment; whole calls, rounded up. */
export const inCall = (people: number, share: number): number => Math.max(0, Math.ceil(people * share - 1e-9))

/** Bandwidth of a site: the document's minimum and an honest figure, line by line; and what stays within the site. */
export function planBandwidth(
  requirements: readonly Requirement[],
  profile: SiteProfile,
  places: readonly Place[],
): BandwidthPlan {
  const isOurs = (name: string): boolean => places.find((one) => one.name === name)?.side === 'customer'
  const all = requirementsOf(requirements, 'bandwidth')
  const insideOnly = all.filter(({ body }) => body.between.every(isOurs))
  const asked = all.filter((one) => !insideOnly.includes(one))
  const facts = siteFacts(profile)
  const documentLines = asked.flatMap((one) =>
    one.body.leftOutOfDocumentsSum ? [] : documentLinesOf(one, profile, facts),
  )
  const documentKbps = sum(documentLines)
  const insideLines = [
    ...insideOnly.flatMap((one) => documentLinesOf(one, profile, facts)),
    ...eventLines(insideOnly, facts),
  ]
  const voice = voiceFormat(profile)
  const oneCall = callBandwidth(voice)
  const honest = honestFigure(asked, profile, facts, oneCall)
  // A zero stands for nothing that anybody has: it was not filled in.
  const mbps = profile.voice?.connectionMbps || undefined
  const share = mbps === undefined ? undefined : honest.kbps / (mbps * 1000)
  const verdict = share === undefined ? 'unknown' : share > 1 ? 'too-small' : share > tightShare ? 'tight' : 'carries'
  return {
    document: { kbps: documentKbps, lines: documentLines },
    honest,
    inside: { kbps: sum(insideLines), lines: insideLines },
    voice: { ...voice, oneCall },
    verdict,
    explained: [
      documentLines.length > 0
        ? line('documentSum', { mbps: documentKbps / 1000 }, ...documentLines.flatMap((one) => one.requirementIds))
        : line('documentNone', {}),
      packetLine(voice, oneCall),
      line('honestSum', { mbps: honest.kbps / 1000, calls: honest.callsAtOnce, layer: comparedLayer }),
      ...(share === undefined
        ? [line('connectionUnknown', {})]
        : [
            line(
              verdict === 'too-small'
                ? 'connectionTooSmall'
                : verdict === 'tight'
                  ? 'connectionTight'
                  : 'connectionCarries',
              {
                mbps: mbps!,
                percent: Math.round(share * 1000) / 10,
              },
            ),
          ]),
    ],
  }
}

function packetLine(
  { codec, packetMs }: VoiceFormat,
  { parts, packetsPerSecond, ip, ethernet, wire }: CallBandwidth,
): PlanLine {
  const packet = Object.values(parts).filter((bytes) => bytes > 0)
  return {
    ...line('oneCall', { codec: codecNames[codec], ms: packetMs, ip, ethernet, wire }),
    formula: `8 × (${packet.join(' + ')}) B × ${roundKbps(packetsPerSecond)}/s = ${ip} kbit/s`,
  }
}

const codecNames = { g711: 'G.711', g722: 'G.722', opus: 'Opus', g729: 'G.729' } as const

function documentLinesOf(
  { id, body }: RequirementOf<'bandwidth'>,
  profile: SiteProfile,
  facts: Facts,
): BandwidthLine[] {
  const { kbps, per, use } = body
  if (kbps === undefined) return []
  if (per === 'concurrent-call') {
    const share = profile.shareInCall ?? defaultShareInCall
    return kindsOf(body).flatMap((kind) => {
      const people = profile.people[kind] ?? 0
      const calls = inCall(people, share)
      if (people === 0) return []
      return [product('documentCalls', { kind, people, percent: share * 100, calls, use }, calls, kbps, id)]
    })
  }
  const count = countOf(body, facts)
  return count > 0 ? [product(per === 'user' ? 'users' : 'sessions', { use, people: count }, count, kbps, id)] : []
}

const kindsOf = ({ people }: BandwidthBody): readonly ClientKind[] =>
  people === undefined ? speaking : clientKinds.filter((kind) => people.includes(kind))

/** Users (agents among them) or sessions of agents that a figure is multiplied by. */
function countOf({ per, people }: BandwidthBody, facts: Facts): number {
  if (per === 'agent-session') return Number(facts.agents ?? 0)
  if (people === undefined) return Number(facts['people.total'] ?? 0)
  return people.reduce((total, kind) => total + Number(facts[`people.${kind}`] ?? 0), 0)
}

function honestFigure(
  asked: readonly RequirementOf<'bandwidth'>[],
  profile: SiteProfile,
  facts: Facts,
  oneCall: CallBandwidth,
): BandwidthPlan['honest'] {
  const { calls, lines: callLines } = callsAtOnce(profile, oneCall)
  const rest = [...standingLines(asked, facts), ...eventLines(asked, facts)]
  const people = Number(facts['people.total'] ?? 0)
  if (people > 0) rest.push(product('signalling', { people }, people, signallingKbps))
  const atLayer = (layer: CountedLayer) => {
    const voice = calls * oneCall[layer]
    const control = voice * rtcpShare
    const reserve = (voice + control + sum(rest)) * reserveShare
    return {
      control: roundKbps(control),
      reserve: roundKbps(reserve),
      total: roundKbps(voice + control + sum(rest) + reserve),
    }
  }
  const compared = atLayer(comparedLayer)
  return {
    kbps: compared.total,
    byLayer: { ip: atLayer('ip').total, ethernet: atLayer('ethernet').total, wire: atLayer('wire').total },
    callsAtOnce: calls,
    lines: [
      ...callLines,
      ...(calls > 0 ? [{ ...line('control', { percent: rtcpShare * 100 }), kbps: compared.control }] : []),
      ...rest,
      { ...line('reserve', { percent: reserveShare * 100 }), kbps: compared.reserve },
    ],
    notCounted: notCounted(facts),
  }
}

/** Everybody who may speak at once: a share of the normal users, all agents, all attendants. */
function callsAtOnce(profile: SiteProfile, oneCall: CallBandwidth): { calls: number; lines: BandwidthLine[] } {
  const share = profile.shareInCall ?? defaultShareInCall
  const each = oneCall[comparedLayer]
  const lines: BandwidthLine[] = []
  let calls = 0
  for (const kind of speaking) {
    const people = profile.people[kind] ?? 0
    if (people === 0) continue
    const isAttendant = kind === 'attendant'
    const count = isAttendant ? people : inCall(people, share)
    calls += count
    const values = { kind, people, calls: count, percent: isAttendant ? 100 : share * 100, layer: comparedLayer }
    lines.push(product('honestCalls', values, count, each))
  }
  const { loggedOn = 0, client } = profile.agents ?? {}
  if (loggedOn > 0 && client !== undefined && speaking.includes(client)) {
    calls += loggedOn
    lines.push(product('honestAgents', { kind: client, people: loggedOn, layer: comparedLayer }, loggedOn, each))
  }
  return { calls, lines }
}

function standingLines(asked: readonly RequirementOf<'bandwidth'>[], facts: Facts): BandwidthLine[] {
  return asked.flatMap(({ id, body }) => {
    const count = countOf(body, facts)
    if (body.kbps === undefined || count === 0 || (body.per !== 'user' && body.per !== 'agent-session')) return []
    const key = body.per === 'user' ? 'users' : 'sessions'
    return [product(key, { use: body.use, people: count }, count, body.kbps, id)]
  })
}

function eventLines(asked: readonly RequirementOf<'bandwidth'>[], facts: Facts): BandwidthLine[] {
  return asked.flatMap(({ id, body: { per, bytes, use, ...body } }) => {
    const people = countOf({ per: 'user', use, ...body }, facts)
    if (per !== 'event' || bytes === undefined || people === 0) return []
    const kbps = roundKbps((people * bytes * 8) / eventSeconds / 1000)
    return [
      {
        ...line('events', { use, people, kilobytes: bytes / 1000, minutes: eventSeconds / 60 }, id),
        formula: `${people} × ${bytes} B × 8 / ${eventSeconds} s = ${kbps} kbit/s`,
        kbps,
      },
    ]
  })
}

function notCounted(facts: Facts): PlanLine[] {
  const mobile = Number(facts['people.mobile'] ?? 0)
  const ctiOnly = Number(facts['people.ctiOnly'] ?? 0)
  return [
    line('internalCallsNotCounted', {}),
    ...(mobile > 0 ? [line('mobilesNotCounted', { people: mobile })] : []),
    ...(ctiOnly > 0 ? [line('ctiNotCounted', { people: ctiOnly })] : []),
  ]
}

function product(
  key: PlanLine['key'],
  values: PlanLine['values'],
  count: number,
  kbps: number,
  ...requirementIds: readonly string[]
): BandwidthLine {
  const total = roundKbps(count * kbps)
  return {
    ...line(key, values, ...requirementIds),
    formula: `${count} × ${kbps} kbit/s = ${total} kbit/s`,
    kbps: total,
  }
}

const sum = (lines: readonly BandwidthLine[]): number => roundKbps(lines.reduce((total, { kbps }) => total + kbps, 0))
