import { type CallId, type LegId, makeId, type Refusal } from '@vaxel/base'
import {
  type Binding,
  type CallLeg,
  type CallSource,
  type Company,
  dialsEmergency,
  openCall,
  type Party,
  type User,
} from '@vaxel/core'
import {
  type ExtraHeaders,
  type Flow,
  type InviteUas,
  isSecure,
  parseNameAddress,
  parseReplaces,
  type SipRequest,
} from '@vaxel/sip'
import { bindingOver } from './browser-legs.ts'
import { CallOwner } from './call-owner.ts'
import type { CallService } from './call-service.ts'
import { callerLine } from './caller-line.ts'
import { isWithheld, partyOf } from './caller-identity.ts'
import { DomainUnknown, EncryptionRequired, LoopDetected } from './errors.ts'
import { dialledOf } from './dialled.ts'
import { lineToTake } from './line-to-take.ts'
import { mediaPolicy } from './media-policy.ts'
import type { FoundLeg } from './referral.ts'
import { SipLeg } from './sip-leg.ts'
import { isStream } from './stream-legs.ts'
import { presentTo, trunkCaller, trunkDialled } from './trunk-caller.ts'

/** Who a new INVITE comes from, and in whose name it is handled. */
interface Caller {
  readonly from: Exclude<CallSource, { kind: 'company' }>
  readonly company: Company
  readonly domain: string
  readonly party: Party
  readonly leg: Pick<CallLeg, 'deviceId' | 'trunkId'>
  readonly keying: 'auto' | 'sdes' | 'dtls' | 'none'
  readonly encryptionRequired: boolean
  readonly isTooFast?: boolean
  /** A visitor: the only number that they may call. */
  readonly mayCall?: string
}

/**
 * A new INVITE arrives: who calls, may they, where to. Refusals before the call exists leave no trace in the
 * ledger (a stranger must not be able to fill it); from `openCall` on, everything is told.
 */
export async function takeInvite(service: CallService, invite: InviteUas): Promise<void> {
  const caller = identify(service, invite)
  if ('status' in caller) return invite.refuse(caller.status, caller)
  const { request, flow } = invite
  if (!flow) return invite.refuse(480)
  if ((request.maxForwards ?? 70) <= 0) return refuse(invite, LoopDetected('The call went round in a circle.'))
  const gruu = gruuOf(service, request.uri, caller.company)
  const dialled =
    gruu?.dialled ?? (caller.from.kind === 'trunk' ? trunkDialled(request, caller.from.trunk) : dialledOf(request.uri))
  if (dialled === undefined) return invite.refuse(404, { reason: 'The Request-URI names nobody' })
  if (caller.mayCall !== undefined && (dialled !== caller.mayCall || gruu || request.headers.has('Replaces')))
    return invite.refuse(403, { reason: 'Visitors call whoever offered to speak, and nobody else' })
  const host = parseNameAddress(`<${request.uri}>`)?.uri.host
  if (host && service.isElsewhere(host, caller.company.id)) return refuse(invite, DomainUnknown())
  const { company, domain, from } = caller
  const people = service.people.seenFrom(makeId<CallId>(service.clock.now()), company.id)
  const isEmergency = dialsEmergency({
    directory: service.options.directory,
    company,
    domain,
    from,
    people,
    dialled,
  })
  if (caller.isTooFast && !isEmergency)
    return invite.refuse(503, { reason: 'This device asks too often', headers: [['Retry-After', '5']] })
  if (service.isClosing) return invite.refuse(503, { reason: 'The platform is being shut down' })
  const replaced = replacedBy(service, invite, caller) ?? ownLine(service, caller, gruu ? undefined : dialled)
  if (typeof replaced === 'number') return invite.refuse(replaced)
  // Who takes a place in a call that goes on begins no other one.
  const isMore = !isEmergency && !replaced
  const refusal =
    isMore && service.admit(caller.company, caller.from.kind === 'user' ? caller.from.user : undefined, false)
  if (refusal) return refuse(invite, refusal)
  if (isMore && !service.hasChannel(caller.company.id))
    return invite.refuse(503, { reason: 'All channels are in use', headers: [['Retry-After', '5']] })
  const encryptionRequired = caller.encryptionRequired && !isEmergency
  if (encryptionRequired && !isSecure(flow.protocol)) return refuse(invite, EncryptionRequired())

  if (service.isDraining && isMore)
    return invite.refuse(503, { reason: 'The platform is about to be restarted', headers: [['Retry-After', '30']] })

  const now = service.clock.now()
  const line = isMore ? lineOutOf(service, caller, request) : undefined
  const origin: CallLeg = {
    id: makeId<LegId>(now),
    role: 'caller',
    party: line?.party ?? caller.party,
    connection: 'initiated',
    sipCallId: invite.sipCallId,
    remoteAddress: `${flow.remote.address}:${flow.remote.port}`,
    startedAtMs: now,
    ...caller.leg,
  }
  const policy = mediaPolicy(
    { ...(caller.from.kind === 'trunk' ? caller.from.trunk : {}), keying: caller.keying, encryptionRequired },
    flow.protocol,
    flow.remote.address,
    caller.from.kind === 'trunk',
  )
  if (replaced) return joinReplacing(service, invite, replaced, caller, origin, policy)

  const opened = openCall({
    id: makeId<CallId>(now),
    companyId: caller.company.id,
    direction: caller.from.kind === 'trunk' ? 'inbound' : 'internal',
    dialled,
    isEmergency,
    callerLine: line?.number,
    offersCallBack: caller.company.offersCallBack === true && caller.from.kind === 'user' && !isPage(flow),
    origin,
    nowMs: now,
  })
  const owner = new CallOwner(opened, service)
  service.register(owner, {
    company: caller.company,
    domain: caller.domain,
    from: caller.from,
    request,
    isWithheld: isWithheld(request),
  })
  const leg = new SipLeg({
    id: origin.id,
    callId: owner.id,
    engine: service.engine,
    policy,
    log: service.log,
    events: owner.newsOf(origin.id),
    uas: invite,
  })
  service.addLeg(owner, leg)
  seat(service, leg, caller, flow)
  owner.open(opened)

  const mediaRefusal = await leg.prepare()
  if (mediaRefusal)
    return owner.dispatch({
      kind: 'routeRefused',
      refusal: mediaRefusal,
      explanation: ['the audio offered cannot be taken'],
      isSpoken: false,
    })
  await service.knownCallers.learn({ callId: owner.id, company, domain, caller: caller.party, dialled })
  if (owner.state.name === 'ended') return service.knownCallers.forget(owner.id)
  const routed = service.routes.find(owner, caller.from, dialled, gruu ? { only: gruu.bindings } : {})
  owner.takeRoute(routed, caller.company.spokenRefusals === true)
}

function identify(
  service: CallService,
  invite: InviteUas,
): Caller | { readonly status: number; readonly reason?: string; readonly headers?: ExtraHeaders } {
  const { request, flow } = invite
  const { directory } = service.options
  if (!flow) return { status: 480 }
  const trunk = service.trunkOf(request, flow)
  if (trunk) {
    const company = directory.company(trunk.companyId)
    const domain = company && directory.domainsOf(company.id)[0]
    if (!company || !domain) return { status: 404, reason: 'The trunk belongs to no domain' }
    presentTo(invite, trunk, service.options.trunks?.trustOf(trunk))
    return trunkCaller(request, trunk, company, domain)
  }
  const who = service.options.authenticate(request, flow)
  if (!who.ok) {
    const { status, reason, headers } = who.response
    const kept = ['Proxy-Authenticate', 'WWW-Authenticate', 'Retry-After', 'Reason'].flatMap((name) =>
      headers.getAll(name).map((value) => [name, value] as const),
    )
    return { status, reason, headers: kept }
  }
  const company = directory.company(who.user.companyId)
  if (!company) return { status: 404, reason: DomainUnknown.text }
  return {
    from: { kind: 'user', user: who.user },
    company,
    domain: who.domain.name,
    party: partyOf(who.user),
    leg: { deviceId: who.device.id },
    keying: who.device.keying,
    encryptionRequired: who.device.encryptionRequired,
    ...(who.isTooFast && { isTooFast: true }),
    ...(who.mayCall !== undefined && { ...visitorParts(who.user), mayCall: who.mayCall }),
  }
}

/** A visitor is nobody of the company: neither a user nor a device of theirs is in its history. */
const visitorParts = ({ displayName }: User): Pick<Caller, 'party' | 'leg'> => ({
  party: { number: 'visitor', name: displayName },
  leg: {},
})

/** A Request-URI that names one device of a person of this company (RFC 5627). */
function gruuOf(
  service: CallService,
  requestUri: string,
  company: Company,
): { dialled: string; bindings: ReadonlySet<string> } | undefined {
  const uri = parseNameAddress(`<${requestUri}>`)?.uri
  const bindings = uri && service.options.bindingsOfGruu(uri)
  const user = bindings?.[0] && service.options.directory.user(bindings[0].userId)
  return user?.companyId === company.id
    ? { dialled: user.name, bindings: new Set(bindings?.map((b) => b.id)) }
    : undefined
}

function refuse(invite: InviteUas, refusal: Refusal): void {
  invite.refuse(refusal.sip, {
    reason: refusal.text,
    headers: [
      ['Reason', `SIP;cause=${refusal.sip};text="${refusal.text.replace(/["\\]/g, "'")}"`],
      ...(refusal.retryAfterSeconds ? [['Retry-After', String(refusal.retryAfterSeconds)] as const] : []),
    ],
  })
}

/**
 * INVITE with Replaces (RFC 3891 §3): the leg whose place is to be taken, or the status of a refusal. People may take over
 * their own calls on another device, and pick up a call that rings at somebody of their company.
 */
function replacedBy(service: CallService, invite: InviteUas, caller: Caller): FoundLeg | number | undefined {
  if (!invite.request.headers.has('Replaces')) return undefined
  const replaces = parseReplaces(invite.request.headers.get('Replaces'))
  if (!replaces || invite.request.headers.count('Replaces') > 1) return 400
  const found = service.legOfDialog(replaces, caller.company.id)
  const leg = found?.owner.state.call.legs.get(found.id)
  if (!found || !leg) return 481
  if (leg.answeredAtMs !== undefined && replaces.earlyOnly) return 486
  const isOwn =
    caller.from.kind === 'user' ? leg.party.userId === caller.from.user.id : leg.trunkId === caller.from.trunk.id
  const isAsked = leg.role === 'callee' && leg.answeredAtMs === undefined && leg.trunkId === undefined
  const isRinging = caller.from.kind === 'user' && isAsked
  return isOwn || isRinging ? found : 403
}

function lineOutOf(service: CallService, { from, company, domain }: Caller, request: SipRequest) {
  const { directory } = service.options
  return from.kind === 'user' ? callerLine({ directory, company, domain, user: from.user, request }) : undefined
}

/** A page has a button for it, and no keys before the answer. */
const isPage = ({ protocol }: Flow): boolean => protocol === 'ws' || protocol === 'wss'

/** The call on one's own number, or on a shared line, that goes on at another device. */
function ownLine(service: CallService, caller: Caller, dialled: string | undefined): FoundLeg | undefined {
  const { from, company, domain, leg } = caller
  if (from.kind !== 'user' || dialled === undefined) return undefined
  return lineToTake(service, { user: from.user, company, domain, deviceId: leg.deviceId }, dialled)
}

async function joinReplacing(
  service: CallService,
  invite: InviteUas,
  replaced: FoundLeg,
  caller: Caller,
  origin: CallLeg,
  policy: SipLeg['policy'],
): Promise<void> {
  const { owner } = replaced
  const flow = invite.flow!
  const binding = bindingOf(service, caller, flow)
  const isReturn = service.browsers.isReturn(replaced.leg.media, caller.leg.deviceId, binding?.instanceId)
  const isHeld = isReturn && owner.state.call.legs.get(replaced.id)?.connection === 'hold'
  const leg = new SipLeg({
    id: origin.id,
    callId: owner.id,
    engine: service.engine,
    policy,
    log: service.log,
    events: owner.newsOf(origin.id),
    uas: invite,
    isHeld,
  })
  service.addLeg(owner, leg)
  seat(service, leg, caller, flow)
  const refusal = await leg.prepare()
  if (refusal)
    return leg.refuse(refusal.sip, { blame: refusal.blame, reason: 'no-media', sip: refusal.sip, text: refusal.text })
  // The one who wanted to take over has given up meanwhile.
  if (leg.isClosed) return
  const role = owner.state.call.legs.get(replaced.id)?.role ?? 'callee'
  service.recordings.willReplace(replaced.leg, leg)
  owner.dispatch({ kind: 'legReplaced', old: replaced.id, by: { ...origin, role }, isReturn })
  if (owner.state.call.legs.has(origin.id)) service.recordings.goOn(owner, leg)
  else {
    service.recordings.staysOut(leg)
    leg.refuse(481, { blame: 'caller', reason: 'too-late', sip: 481 })
  }
}

/** A leg may outlive its connection; where it is registered says which browser or telephone it is. */
function seat(service: CallService, leg: SipLeg, caller: Caller, flow: Flow): void {
  const { deviceId } = caller.leg
  if (!deviceId) return
  if (leg.isBrowser) service.browsers.add(leg, deviceId, bindingOf(service, caller, flow))
  else if (isStream(flow.protocol)) service.streams.add(leg, deviceId, bindingOf(service, caller, flow))
}

function bindingOf(service: CallService, { from }: Caller, flow: Flow): Binding | undefined {
  if (from.kind !== 'user') return undefined
  return bindingOver(service.options.bindings.ofUser(from.user.id), flow, from.user.id)
}
