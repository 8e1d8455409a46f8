import { type CallId, isRefusal, type LegId, makeId, type Refusal, type Termination } from '@vaxel/base'
import {
  dialsEmergency,
  type Call,
  type CallCommandArguments,
  type CallCommands,
  type CallLeg,
  type CallVerb,
  type Commander,
  counterpart,
  type LiveCall,
  type LiveConnection,
  type OwnConnection,
  openMadeCall,
  Overloaded,
} from '@vaxel/core'
import { CallOwner } from './call-owner.ts'
import type { CallService } from './call-service.ts'
import { callerLine, isLineNamed } from './caller-line.ts'
import { partyOf } from './caller-identity.ts'
import { conferenceTwoCalls } from './conference-calls.ts'
import {
  CallNotFound,
  ConnectionNotFound,
  NoDeviceRegistered,
  NotYourConnection,
  ReferToParty,
  VerbNotSupported,
  WrongState,
} from './errors.ts'
import { canJoin, joinCalls, referToParty } from './referral.ts'
import { reachUser } from './reach.ts'
import { whyNotBegin } from './why-not-begin.ts'

type Outcome = { readonly callId: CallId } | Refusal

const cleared: Termination = { blame: 'nobody', reason: 'cleared', text: 'Cleared by command.' }

/** What a verb works on, found and checked before it runs. */
interface Target {
  readonly owner: CallOwner
  readonly leg: CallLeg
  readonly args: CallCommandArguments
  readonly commander: Commander
}

interface FoundCall {
  readonly owner: CallOwner
  readonly leg: CallLeg
}

/** The commands of ECMA-269 for the calls that go on now, for REST, CTI and the command line. */
export function callCommands(service: CallService): CallCommands {
  const { directory, bindings } = service.options

  const makeCall: CallCommands['makeCall'] = async (wanted) => {
    const { companyId, fromUserId, fromDeviceId, to, answersItself } = wanted
    const company = directory.company(companyId)
    const user = directory.user(fromUserId)
    const domain = user?.domain
    if (!company || !user || user.companyId !== companyId || !domain)
      return ConnectionNotFound('There is no such user.')
    const isEmergency = dialsEmergency({
      directory,
      company,
      domain,
      from: { kind: 'user', user },
      people: service.people.seenFrom(makeId<CallId>(service.clock.now()), companyId),
      dialled: to,
    })
    if (service.isClosing) return Overloaded('The platform is being shut down.')
    const refusal = isEmergency ? undefined : (service.admit(company, user, false) ?? whyNotBegin(service, companyId))
    if (refusal) return refusal
    const legs = reachUser({
      user,
      directory,
      bindings,
      clock: service.clock,
      number: user.extension ?? user.name,
      except: (b) => fromDeviceId !== undefined && b.deviceId !== fromDeviceId,
    })
    if (legs.length === 0) return NoDeviceRegistered(`No device of ${user.displayName} is registered.`)
    const now = service.clock.now()
    const { line: asked } = wanted
    const line = isEmergency
      ? undefined
      : callerLine({ directory, company, domain, user, ...(asked === undefined ? {} : { named: asked }) })
    if (asked !== undefined && !isEmergency && !isLineNamed({ directory, company, domain, user, named: asked }, line))
      return WrongState('This is no shared line of yours, or calls out of it show their own numbers.')
    const steps = [{ targets: legs.map((l) => l.target), ringMs: user.ringSeconds * 1000, continueOn: 'any' as const }]
    const opened = openMadeCall({
      id: makeId<CallId>(now),
      companyId,
      dialled: to,
      caller: line?.party ?? partyOf(user),
      ...(line ? { callerLine: line.number } : {}),
      isEmergency,
      steps,
      nowMs: now,
    })
    if (!opened) return NoDeviceRegistered()
    const owner = new CallOwner(opened, service)
    service.register(owner, { company, domain, from: { kind: 'user', user } })
    const reaches = service.context(owner.id)?.reaches
    for (const { target, reach } of legs)
      reaches?.set(target.leg, answersItself && reach.kind === 'binding' ? { ...reach, answersItself } : reach)
    owner.whenRouting = () => {
      const routed = service.routes.find(owner, { kind: 'user', user }, to)
      owner.takeRoute(routed)
    }
    owner.open(opened)
    return { callId: owner.id }
  }

  const command: CallCommands['command'] = async (commander, callId, verb, args) => {
    const owner = service.owner(callId)
    if (!owner || owner.state.call.companyId !== commander.companyId || owner.state.name === 'ended')
      return CallNotFound()
    if (verb === 'clear' && args.legId === undefined) return clearCall(owner, commander)
    const leg = chooseLeg(owner, commander, args)
    if (isRefusal(leg)) return leg
    return verbs[verb]({ owner, leg, args, commander })
  }

  /** Who is only asked whether they take a call declines it at all their telephones; it goes on ringing at others. */
  function clearCall(owner: CallOwner, { userId }: Commander): Outcome {
    const { id: callId, state } = owner
    const own = [...state.call.legs.values()].filter(
      (leg) => leg.endedAtMs === undefined && leg.party.userId === userId,
    )
    if (userId !== undefined && own.length === 0) return NotYourConnection()
    if (userId !== undefined && own.every((leg) => isRinging(owner, leg))) for (const leg of own) clearLeg(owner, leg)
    else owner.clear(cleared)
    return { callId }
  }

  function clearLeg(owner: CallOwner, { id: leg }: CallLeg): void {
    owner.legs.get(leg)?.clear({ blame: 'nobody', reason: 'cleared' })
    owner.dispatch({ kind: 'legEnded', leg, termination: cleared })
  }

  const verbs: Record<CallVerb, (target: Target) => Promise<Outcome>> = {
    answer: async ({ owner, leg }) => {
      const sipLeg = owner.legs.get(leg.id)
      const rings = isRinging(owner, leg) || (owner.state.name === 'originating' && leg.connection === 'alerting')
      if (!sipLeg || !rings) return WrongState('Only a call that rings at this device can be answered.')
      if ((await sipLeg.control('talk')) || service.ringToAnswer(owner, leg.id)) return { callId: owner.id }
      return VerbNotSupported('This device cannot be told to answer; answer at the device.')
    },
    hold: ({ owner, leg }) => reoffer(owner, leg, 'hold'),
    retrieve: ({ owner, leg }) => reoffer(owner, leg, 'retrieve'),
    deflect: async ({ owner, leg, args }) => {
      if (args.to === undefined) return WrongState('Deflecting needs `to`.')
      if (!isRinging(owner, leg)) return WrongState('Only a call that rings can be deflected.')
      const routed = await service.routes.onward(owner, leg.id, args.to)
      if (routed.kind === 'refused') return routed.refusal
      if (!isRinging(owner, leg)) return WrongState('The call does not ring any more.')
      owner.diverted(leg.id, routed)
      return { callId: owner.id }
    },
    consult: async ({ owner, leg, args }) => {
      const { userId } = leg.party
      if (args.to === undefined || !userId)
        return WrongState('A consultation needs `to`, and a person at this connection.')
      if (leg.connection === 'connected') {
        const held = await reoffer(owner, leg, 'hold')
        if (isRefusal(held)) return held
      }
      const made = await makeCall({
        companyId: owner.state.call.companyId,
        fromUserId: userId,
        to: args.to,
        ...(leg.deviceId ? { fromDeviceId: leg.deviceId } : {}),
      })
      // Nobody is left on hold for a consultation that never began.
      const now = owner.state.call.legs.get(leg.id)
      if (isRefusal(made) && leg.connection === 'connected' && now) await reoffer(owner, now, 'retrieve')
      return made
    },
    transfer: async ({ owner, leg, args, commander }) => {
      if (owner.state.name !== 'connected') return WrongState('Only a connected call can be transferred.')
      if (args.otherCallId !== undefined) return transferTo(owner, leg, args.otherCallId, commander)
      if (args.to === undefined) return WrongState('A transfer needs `to` or `otherCallId`.')
      const refusal = referToParty(service, owner, leg.id, counterpart(owner.state, leg.id), args.to)
      if (refusal) return ReferToParty(refusal)
      owner.transferTarget = args.to
      owner.dispatch({ kind: 'transferWanted', by: leg.id })
      return { callId: owner.id }
    },
    conference: async ({ owner, leg, args, commander }) => {
      const { openAdHoc } = service
      if (args.otherCallId === undefined || !openAdHoc) return WrongState('A conference needs `otherCallId`.')
      const second = otherOf(owner, leg, args.otherCallId, commander)
      return isRefusal(second) ? second : conferenceTwoCalls(service, openAdHoc, { owner, leg }, second)
    },
    clear: async ({ owner, leg }) => {
      clearLeg(owner, leg)
      return { callId: owner.id }
    },
    startRecording: async ({ owner, leg }) => {
      const sipLeg = owner.legs.get(leg.id)
      if (!sipLeg || leg.answeredAtMs === undefined) return WrongState('Only an answered connection can be recorded.')
      return (await service.recordings.start(owner, sipLeg)) ?? { callId: owner.id }
    },
    stopRecording: async ({ owner, leg, commander }) =>
      service.recordings.stop(owner, leg.id, commander.userId === undefined) ?? { callId: owner.id },
    pauseRecording: async ({ owner, leg, commander }) =>
      (await service.recordings.pause(owner, leg.id, true, commander.userId === undefined)) ?? { callId: owner.id },
    resumeRecording: async ({ owner, leg }) =>
      (await service.recordings.pause(owner, leg.id, false, true)) ?? { callId: owner.id },
    sendDigits: async ({ owner, leg, args }) => {
      if (!args.digits || leg.connection !== 'connected') return WrongState('Digits need a connected connection.')
      for (const digit of args.digits) owner.passDigit(leg.id, digit, 160)
      return { callId: owner.id }
    },
  }

  async function reoffer(owner: CallOwner, leg: CallLeg, verb: 'hold' | 'retrieve'): Promise<Outcome> {
    const needed = verb === 'hold' ? 'connected' : 'hold'
    const sipLeg = owner.legs.get(leg.id)
    if (leg.connection !== needed || !sipLeg)
      return WrongState(`The connection is ${leg.connection}; ${verb} needs ${needed}.`)
    // A phone that can be told does it itself, and shows it; its own re-INVITE then says so.
    if (await sipLeg.control(verb === 'hold' ? 'hold' : 'talk')) return { callId: owner.id }
    const done = await sipLeg.reoffer(verb === 'hold' ? 'inactive' : 'sendrecv')
    if (!done) return WrongState('The device did not take part.')
    // Meanwhile the leg may have gone over to another call.
    const at = service.legOf(sipLeg)
    at?.owner.dispatch({ kind: verb === 'hold' ? 'legHeld' : 'legRetrieved', leg: at.leg })
    return { callId: owner.id }
  }

  /** Another call of the person at a leg, and their leg in it. */
  function otherOf(owner: CallOwner, leg: CallLeg, callId: CallId, commander: Commander): FoundCall | Refusal {
    const other = service.owner(callId)
    const otherLeg =
      other &&
      [...other.state.call.legs.values()].find(
        (l) => l.endedAtMs === undefined && l.party.userId !== undefined && l.party.userId === leg.party.userId,
      )
    return !other || other === owner || other.state.call.companyId !== commander.companyId || !otherLeg
      ? CallNotFound('The other call is not one of this person.')
      : { owner: other, leg: otherLeg }
  }

  async function transferTo(
    owner: CallOwner,
    leg: CallLeg,
    otherCallId: CallId,
    commander: Commander,
  ): Promise<Outcome> {
    const found = otherOf(owner, leg, otherCallId, commander)
    if (isRefusal(found)) return found
    const { owner: other, leg: otherLeg } = found
    if (!canJoin(other, otherLeg.id)) return WrongState('Nobody is to be reached by the other call.')
    joinCalls(service, owner, leg.id, other, otherLeg.id)
    return { callId: owner.id }
  }

  return {
    makeCall,
    command,
    liveCalls: (companyId) =>
      [...service.states()]
        .filter((s) => s.name !== 'ended' && s.call.companyId === companyId)
        .map(({ call }) =>
          liveCallOf(
            call,
            (leg) => service.ownConnection(call.id, leg),
            (leg) => service.recordings.shownOf(call.id, leg),
          ),
        ),
  }
}

function liveCallOf(
  call: Call,
  ownOf: (leg: LegId) => OwnConnection | undefined,
  recordingOf: (leg: LegId) => LiveConnection['recording'],
): LiveCall {
  const { id, companyId, direction, startedAtMs, answeredAtMs, caller, dialled, called } = call
  const connections = [...call.legs.values()]
    .filter((leg) => leg.endedAtMs === undefined)
    .map(({ id: leg, party, deviceId, connection, keying, codec, interruption }) => ({
      id: leg,
      party,
      state: connection,
      ...(deviceId ? { deviceId } : {}),
      ...(keying ? { keying } : {}),
      ...(codec ? { codec } : {}),
      ...(interruption ? { interruption: { sinceMs: interruption.sinceMs, untilMs: interruption.untilMs } } : {}),
      ...ownPart(ownOf(leg)),
      ...recordingPart(recordingOf(leg)),
    }))
  return {
    id,
    companyId,
    direction,
    startedAtMs,
    caller,
    dialled,
    called,
    connections,
    ...(answeredAtMs === undefined ? {} : { answeredAtMs }),
  }
}

const recordingPart = (recording: LiveConnection['recording']): Pick<LiveConnection, 'recording'> =>
  recording ? { recording } : {}

const ownPart = (own: OwnConnection | undefined): { own?: OwnConnection } => (own ? { own } : {})

/** Whether a leg is one that is being asked at the moment. */
function isRinging({ state }: CallOwner, leg: CallLeg): boolean {
  return state.name === 'alerting' && state.attempt.ringing.includes(leg.id)
}

/** The connection that is meant: the named one, else the commander's own, else the only one of a person here. */
export function chooseLeg(owner: CallOwner, commander: Commander, { legId }: { legId?: LegId }): CallLeg | Refusal {
  const live = [...owner.state.call.legs.values()].filter((leg) => leg.endedAtMs === undefined)
  if (legId !== undefined) {
    const leg = live.find((l) => l.id === legId)
    if (!leg) return ConnectionNotFound()
    return commander.userId === undefined || leg.party.userId === commander.userId ? leg : NotYourConnection()
  }
  const own = live.filter((leg) =>
    commander.userId === undefined ? leg.party.userId !== undefined : leg.party.userId === commander.userId,
  )
  const [only] = own
  if (!only) return commander.userId === undefined ? ConnectionNotFound() : NotYourConnection()
  return own.length === 1 ? only : ConnectionNotFound('More than one connection fits; name one by `legId`.')
}
