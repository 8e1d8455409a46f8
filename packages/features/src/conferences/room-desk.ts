import type { CompanyId, Mistake, Refusal, UserId } from '@vaxel/base'
import {
  Conflict,
  InvalidRequest,
  NotAllowed,
  NotFound,
  NumberForEmergencies,
  type OperationReply,
  type OperationRequest,
  type Principal,
  type putConferenceRoom,
  type readConferenceRoom,
} from '@vaxel/contract'
import {
  type Actor,
  type ConferenceRoom,
  type ConferenceRoomStore,
  type ConfigurationWriter,
  membersIn,
  type PhoneNumber,
  type RoomRules,
  usualRules,
} from '@vaxel/core'
import type { Clock } from '@vaxel/base'
import type { ConferenceService } from './conference-service.ts'
import { roomView } from './views.ts'

type RoomView = OperationReply<typeof readConferenceRoom>
type Wish = OperationRequest<typeof putConferenceRoom>['body']

/** What the rooms of a company are and how they are set. */
export class RoomDesk {
  readonly #rooms: ConferenceRoomStore
  readonly #configuration: ConfigurationWriter
  readonly #service: ConferenceService
  readonly #clock: Clock

  constructor(options: {
    rooms: ConferenceRoomStore
    configuration: ConfigurationWriter
    service: ConferenceService
    clock: Clock
  }) {
    this.#rooms = options.rooms
    this.#configuration = options.configuration
    this.#service = options.service
    this.#clock = options.clock
  }

  list(
    principal: Principal,
    { after, limit = 200 }: { after?: string; limit?: number },
  ): {
    items: RoomView[]
    next?: string
  } {
    const companyId = principal.companyId as CompanyId
    const numbers = this.#configuration.current
      .numbersOf(companyId)
      .filter(reachesConference)
      .map(({ number }) => number)
      .toSorted()
      .filter((number) => after === undefined || number > after)
    const items = numbers.slice(0, limit).flatMap((number) => {
      const room = this.#service.room(companyId, number)
      return room ? [this.#view(principal, room)] : []
    })
    const last = items.at(-1)
    return last && numbers.length > limit ? { items, next: last.number } : { items }
  }

  read(principal: Principal, number: string): RoomView | Refusal {
    const room = this.#configured(principal, number)
    return room ? this.#view(principal, room) : NotFound()
  }

  async put(principal: Principal, number: string, wish: Wish, address: string): Promise<RoomView | Refusal> {
    const companyId = principal.companyId as CompanyId
    const before = this.#configured(principal, number)
    const isAdministrator = principal.role === 'administrator'
    if (before ? !mayChange(principal, before) : !isAdministrator) return before ? NotAllowed() : NotFound()
    const ownerId = (isAdministrator ? wish.ownerId : before?.ownerId) as UserId | undefined
    const room: ConferenceRoom = {
      companyId,
      number,
      ...(ownerId ? { ownerId } : {}),
      rules: rulesOf(wish),
    }
    const mistakes = this.#mistakesOf(room)
    if (mistakes.length > 0) return InvalidRequest(undefined, { mistakes })
    const actor: Actor = { by: `user:${principal.userId}`, address }
    const refused = before ? undefined : await this.#makeNumber(companyId, number, actor)
    if (refused) return refused
    const data = { number, name: room.rules.name, by: actor.by, address }
    await this.#rooms.put(room, { kind: 'conference.roomChanged', atMs: this.#clock.now(), companyId, data })
    this.#service.roomSet(room)
    return this.read(principal, number)
  }

  async remove(principal: Principal, number: string, address: string): Promise<Refusal | undefined> {
    const companyId = principal.companyId as CompanyId
    const actor: Actor = { by: `user:${principal.userId}`, address }
    const room = this.#rooms.room(companyId, number)
    // What was set goes with the number.
    const refused = await this.#configuration.change(actor, (current) => {
      const before = current.number(companyId, number)
      return before && reachesConference(before) ? [{ kind: 'number', before }] : NotFound()
    })
    if (refused || !room) return refused
    const data = { number, by: actor.by, address }
    await this.#rooms.remove(companyId, number, {
      kind: 'conference.roomRemoved',
      atMs: this.#clock.now(),
      companyId,
      data,
    })
    return undefined
  }

  #configured({ companyId }: Principal, number: string): ConferenceRoom | undefined {
    const target = this.#configuration.current.number(companyId as CompanyId, number)
    return target && reachesConference(target) ? this.#service.room(companyId as CompanyId, number) : undefined
  }

  #makeNumber(companyId: CompanyId, number: string, actor: Actor): Promise<Refusal | undefined> {
    return this.#configuration.change(actor, (current) => {
      if (current.number(companyId, number) ?? current.directNumber(number))
        return Conflict(`The number ${number} reaches something else already.`)
      const after: PhoneNumber = { number, companyId, target: { kind: 'service', service: 'conference' } }
      if (current.company(companyId)?.emergencyNumbers.includes(number)) return NumberForEmergencies()
      return [{ kind: 'number', after }]
    })
  }

  #mistakesOf({ companyId, ownerId, rules }: ConferenceRoom): Mistake[] {
    const { current } = this.#configuration
    const isStranger = (id: UserId): boolean => current.user(id)?.companyId !== companyId
    const reason = 'is no user of the company'
    const mistakes: Mistake[] = rules.moderatorIds.flatMap((id, i) =>
      isStranger(id) ? [{ path: `/moderatorIds/${i}`, reason }] : [],
    )
    if (ownerId && isStranger(ownerId)) mistakes.push({ path: '/ownerId', reason })
    if (rules.moderatorPin !== undefined && rules.moderatorPin === rules.pin)
      mistakes.push({ path: '/moderatorPin', reason: 'is the same as the PIN for everybody; choose another' })
    const hasModerator = rules.moderatorPin !== undefined || rules.moderatorIds.length > 0 || ownerId !== undefined
    if (rules.waitsForModerator && !hasModerator)
      mistakes.push({
        path: '/waitsForModerator',
        reason: 'would keep everybody waiting: the room has neither a moderator nor a PIN for moderators',
      })
    return mistakes
  }

  #view(principal: Principal, room: ConferenceRoom): RoomView {
    const live = this.#service.live(room.companyId, room.number)
    const { role, userId } = principal
    return roomView(room, {
      membersNow: live ? membersIn(live.state).length : 0,
      mayModerate: role === 'supervisor' || role === 'administrator' || isModerator(userId, room),
      mayChange: mayChange(principal, room),
    })
  }
}

function rulesOf(wish: Wish): RoomRules {
  const { ownerId: _, moderatorIds = [], ...rest } = wish
  return {
    ...usualRules,
    announces: 'count',
    ...rest,
    moderatorIds: moderatorIds as UserId[],
  }
}

const isModerator = (userId: string, { rules }: ConferenceRoom): boolean =>
  rules.moderatorIds.includes(userId as UserId)

function mayChange({ role, userId }: Principal, room: ConferenceRoom): boolean {
  return role === 'administrator' || isModerator(userId, room)
}

const reachesConference = ({ target }: PhoneNumber): boolean =>
  target.kind === 'service' && target.service === 'conference'
