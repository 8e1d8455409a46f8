import type { Clock } from '@vaxel/base'
import {
  type Binding,
  type CallerNames,
  type CallSource,
  type CallState,
  causeOf,
  type Company,
  type Directory,
  type EmergencyPlaces,
  type Party,
} from '@vaxel/core'
import type { Flow, InviteOptions, SipRequest } from '@vaxel/sip'
import { asksForAnswer, autoAnswerHeaders } from './auto-answer.ts'
import { alertInfo, ringKind } from './distinctive-ring.ts'
import { anonymousFor, callerIdentity, userPart } from './caller-identity.ts'
import { emergencyLocation, locationsByReference } from './emergency-location.ts'
import { labelled, nameCaller } from './name-caller.ts'
import type { Reach } from './reach.ts'
import { trunkInvite } from './trunk-invite.ts'
import type { TrunkWays } from './trunk-ways.ts'

/** What an INVITE of ours says about the call that it belongs to. */
export interface OutgoingCall {
  readonly state: CallState
  readonly company: Company
  readonly domain: string
  readonly from: CallSource
  /** The INVITE that began it; privacy, diversion and hop count go on from it. */
  readonly request: SipRequest | undefined
  readonly isWithheld: boolean
}

type Headers = (readonly [name: string, value: string])[]

/** What goes on from one side to the other. Who diverted a call is believed from trunks alone. */
const passedOn = ['Subject', 'Priority', 'User-to-User']
const passedOnFrom = {
  trunk: [...passedOn, 'Diversion', 'History-Info'],
  user: [...passedOn, 'Alert-Info'],
  company: passedOn,
}
const sessionExpiresSeconds = 1800

/** The INVITE to a device or a trunk, all but its offer. */
export async function outgoingInvite(
  options: {
    directory: Directory
    callerNames?: CallerNames
    flowOf(binding: Binding): Promise<Flow | undefined>
    trunks?: TrunkWays
    places?: EmergencyPlaces
    clock: Clock
  },
  outgoing: OutgoingCall,
  reach: Reach,
): Promise<Omit<InviteOptions, 'offer'>> {
  const { state, company, domain, from, request } = outgoing
  const isTrunk = reach.kind === 'trunk'
  const { directory } = options
  const shown = shownTo(outgoing, isTrunk)
  const names = state.call.isCallerNamed ? undefined : options.callerNames
  const named = await nameCaller(names, company, shown, reach)
  const label = reach.kind === 'binding' ? reach.label : undefined
  const caller = label === undefined ? named : labelled(named, label)
  const toTrunk = isTrunk
    ? trunkInvite({ ...shown, caller, reach, domain, directory, company, ways: options.trunks })
    : undefined
  // What looks like an extension, and comes from outside, is nobody's here (RFC 3325 §5).
  const isProven = from.kind !== 'trunk' || caller.userId !== undefined || caller.number.startsWith('+')
  const identity = toTrunk ?? callerIdentity({ ...shown, caller, isProven, host: domain })
  const passed = passedOnFrom[from.kind]
    .flatMap((name) => request?.headers.getAll(name).map((value) => [name, value] as const) ?? [])
    .filter(([name, value]) => name !== 'Alert-Info' || !asksForAnswer(value))
  const enclosure =
    toTrunk && isTrunk
      ? emergencyLocation({ ...options, ...outgoing, trunk: reach.trunk, from: toTrunk.from, host: domain })
      : undefined
  const located = enclosure || !request ? [] : locationsByReference(request)
  const hops = Math.min(70, (request?.maxForwards ?? 71) - 1)
  const headers: Headers = [
    ...identity.headers,
    ...passed,
    ...located.map((value) => ['Geolocation', value] as const),
    ['Max-Forwards', String(hops)],
    ...(reach.kind === 'binding' && reach.answersItself ? autoAnswerHeaders(domain) : []),
    ...ringOf(outgoing, reach, passed),
    ...divertedBy(outgoing, { number: isTrunk ? reach.number : partyNumber(outgoing, reach) }),
  ]
  const common = {
    from: label !== undefined && shown.isWithheld ? anonymousFor(label) : identity.from,
    headers,
    sessionExpiresSeconds,
  }
  if (toTrunk) return { ...toTrunk, ...common, ...(enclosure ? { enclosure } : {}) }
  if (isTrunk) throw new Error('a trunk has an INVITE of its own')
  const flow = await options.flowOf(reach.binding)
  return {
    uri: reach.binding.contact,
    to: `<sip:${userPart(state.call.dialled)}@${domain}>`,
    routes: reach.binding.path,
    ...common,
    ...(flow ? { flow } : {}),
  }
}

/** How a phone shall ring, unless the caller has said so or it answers by itself. A browser rings by what it is told in the call. */
function ringOf({ state }: OutgoingCall, reach: Reach, passed: Headers): Headers {
  if (reach.kind !== 'binding' || reach.answersItself || reach.device.kind === 'browser') return []
  if (state.name === 'originating' || passed.some(([name]) => name === 'Alert-Info')) return []
  const kind = ringKind(state, reach)
  return [['Alert-Info', alertInfo(kind, reach.binding.userAgent, state.call.direction === 'internal')]]
}

/** The extension of the person asked now, else what was dialled. */
function partyNumber({ state }: OutgoingCall, { device }: Extract<Reach, { kind: 'binding' }>): string {
  const leg = [...state.call.legs.values()].findLast((one) => one.deviceId === device.id && one.endedAtMs === undefined)
  return leg?.party.number ?? state.call.dialled
}

/**
 * Who the called side is told: the party it will talk with, who after a transfer is not always the one who called.
 * A trunk is told nobody outside who did not call us.
 */
function shownTo({ state, isWithheld }: OutgoingCall, toTrunk: boolean): { caller: Party; isWithheld: boolean } {
  const { call } = state
  // A call made by command rings at its own person first, who wants to see whom it is for.
  if (state.name === 'originating') return { caller: { number: call.dialled }, isWithheld: false }
  const waiting = state.name === 'alerting' && (state.transfer || state.seat) ? call.legs.get(state.origin) : undefined
  if (waiting?.role !== 'callee' || (toTrunk && !waiting.party.userId)) return { caller: call.caller, isWithheld }
  return { caller: waiting.party, isWithheld: false }
}

/**
 * Who sent the call on and why: Diversion (RFC 5806), the last one first, and History-Info (RFC 7044), the first one first and the one
 * asked now last. A history that a trunk has told goes on as it is, without entries of ours.
 */
function divertedBy({ state, domain, from, request }: OutgoingCall, party: Party): Headers {
  const { diversions = [] } = state.call
  if (diversions.length === 0) return []
  const address = (number: string): string => `sip:${userPart(number)}@${domain}`
  const told: Headers = diversions
    .toReversed()
    .map(({ number, reason }) => ['Diversion', `<${address(number)}>;reason=${reason}`])
  if (from.kind === 'trunk' && request?.headers.has('History-Info')) return told
  const index = (depth: number): string => Array.from({ length: depth + 1 }, () => '1').join('.')
  const history: Headers = diversions.map(({ number, reason }, depth) => [
    'History-Info',
    `<${address(number)}?Reason=SIP%3Bcause%3D${causeOf[reason]}>;index=${index(depth)}`,
  ])
  return [...told, ...history, ['History-Info', `<${address(party.number)}>;index=${index(diversions.length)}`]]
}
