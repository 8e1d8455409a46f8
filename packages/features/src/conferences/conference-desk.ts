import { type CallId, type CompanyId, isRefusal, type Refusal, type UserId } from '@vaxel/base'
import {
  type commandConference,
  ConferenceMemberGone,
  ConferenceModeratorsOnly,
  ConferenceNotRunning,
  ConferenceSilenced,
  InvalidRequest,
  NotFound,
  type OperationRequest,
  type Principal,
} from '@vaxel/contract'
import type { RoomCommandKind, RoomCommandRefusal } from '@vaxel/core'
import { adHocPrefix, type ConferenceService } from './conference-service.ts'
import type { LiveRoom } from './live-room.ts'
import { type ConferenceView, conferenceView, emptyConference, hiddenConference } from './views.ts'

type Verb = OperationRequest<typeof commandConference>['params']['verb']
type Body = OperationRequest<typeof commandConference>['body']

const refusals: Readonly<Record<RoomCommandRefusal, () => Refusal>> = {
  'moderators-only': () => ConferenceModeratorsOnly(),
  'not-there': () => ConferenceMemberGone(),
  silenced: () => ConferenceSilenced(),
}

const aboutOne = new Set<Verb>(['mute', 'unmute', 'raiseHand', 'lowerHand', 'remove'])

/** Conferences that go on, for screens and the API. Who may not see one is told that there is none. */
export class ConferenceDesk {
  readonly #service: ConferenceService

  constructor(service: ConferenceService) {
    this.#service = service
  }

  list(principal: Principal): ConferenceView[] {
    return this.#service
      .liveOf(principal.companyId as CompanyId)
      .filter((live) => this.#maySee(principal, live))
      .slice(0, 1000)
      .map(conferenceView)
  }

  read(principal: Principal, number: string): ConferenceView | Refusal {
    const companyId = principal.companyId as CompanyId
    const live = this.#service.live(companyId, number)
    if (live && this.#maySee(principal, live)) return conferenceView(live)
    const room = this.#service.room(companyId, number)
    // One that has no number of its own is known to those in it alone.
    if (!room || number.startsWith(adHocPrefix)) return NotFound()
    if (!live && mayModerate(principal, room.rules.moderatorIds)) return emptyConference(room)
    return hiddenConference(room, live !== undefined)
  }

  async command(principal: Principal, number: string, verb: Verb, body: Body): Promise<ConferenceView | Refusal> {
    const companyId = principal.companyId as CompanyId
    const live = this.#service.live(companyId, number)
    if (!live) {
      const known = this.read(principal, number)
      return isRefusal(known) ? known : ConferenceNotRunning()
    }
    if (!this.#maySee(principal, live)) return NotFound()
    const refused = await this.#perform(principal, live, verb, body)
    return refused ?? conferenceView(live)
  }

  async #perform(principal: Principal, live: LiveRoom, verb: Verb, body: Body): Promise<Refusal | undefined> {
    const own = ownMembers(principal, live)
    const isModerator = isModeratorOf(principal, live)
    if (verb === 'invite') {
      if (!isModerator) return ConferenceModeratorsOnly()
      if (body.to === undefined) return missing('/to', 'says whom to call')
      return live.invite(principal.userId as UserId, body.to)
    }
    if (verb === 'startRecording' || verb === 'stopRecording')
      return isModerator ? live.record(verb === 'startRecording') : ConferenceModeratorsOnly()
    const member = aboutOne.has(verb) ? ((body.memberId as CallId | undefined) ?? own[0]) : undefined
    if (aboutOne.has(verb) && member === undefined) return missing('/memberId', 'says whom it is about')
    const command = (member === undefined ? { kind: verb } : { kind: verb, member }) as Parameters<typeof commandFor>[2]
    const refused = commandFor(live, member !== undefined && own.includes(member) ? member : undefined, command, {
      isModerator,
      own: own[0],
      userId: principal.userId as UserId,
    })
    return refused && refusals[refused]()
  }

  #maySee(principal: Principal, live: LiveRoom): boolean {
    return isModeratorOf(principal, live) || ownMembers(principal, live).length > 0
  }
}

/** What is about oneself is asked as oneself: a moderator who mutes the own microphone opens it again alone. */
function commandFor(
  live: LiveRoom,
  self: CallId | undefined,
  command: { kind: RoomCommandKind; member?: CallId },
  who: { isModerator: boolean; own: CallId | undefined; userId: UserId },
): RoomCommandRefusal | undefined {
  const asSelf = self !== undefined && command.kind !== 'remove'
  if (!asSelf && !who.isModerator && who.own === undefined) return 'moderators-only'
  const by = asSelf
    ? ({ kind: 'member', member: self } as const)
    : who.isModerator
      ? ({ kind: 'moderator', userId: who.userId } as const)
      : ({ kind: 'member', member: who.own as CallId } as const)
  return live.give({ kind: 'command', by, command: command as never })
}

const missing = (path: string, reason: string): Refusal => InvalidRequest(undefined, { mistakes: [{ path, reason }] })

function mayModerate({ role, userId }: Principal, moderatorIds: readonly UserId[]): boolean {
  return role === 'supervisor' || role === 'administrator' || moderatorIds.includes(userId as UserId)
}

function isModeratorOf(principal: Principal, live: LiveRoom): boolean {
  if (mayModerate(principal, live.state.rules.moderatorIds)) return true
  return ownMembers(principal, live).some((id) => live.state.members.get(id)?.isModerator)
}

/** Members that are calls of the user, those first who are in. */
function ownMembers({ userId }: Principal, live: LiveRoom): CallId[] {
  return [...live.state.members.values()]
    .filter(({ party, phase }) => party.userId === userId && (phase === 'in' || phase === 'waiting'))
    .toSorted((a, b) => Number(b.phase === 'in') - Number(a.phase === 'in'))
    .map(({ id }) => id)
}
