import {
  type CallId,
  type Clock,
  type CompanyId,
  type Logger,
  makeId,
  type Timer,
  TransientMap,
  type UserId,
} from '@vaxel/base'
import { ConferenceModeratorsOnly } from '@vaxel/contract'
import {
  type ConferenceCalls,
  type ConferenceRoom,
  type ConferenceRoomStore,
  type InviteIntoRoom,
  type Directory,
  type MediaEngine,
  type MediaEvent,
  type MixId,
  type Notices,
  usualRules,
  type VoiceService,
  WrongPins,
} from '@vaxel/core'
import { LiveRoom, type RoomSounds } from './live-room.ts'
import { ConferenceWatch } from './sip/conference-watch.ts'
import { conferenceView } from './views.ts'
import { Visit } from './visit.ts'

export interface ConferenceDependencies {
  readonly clock: Clock
  readonly log: Logger
  readonly directory: Directory
  readonly engine: MediaEngine
  readonly rooms: ConferenceRoomStore
  readonly notices: Pick<Notices, 'publish'>
  readonly sounds: RoomSounds
  /** Absent: nobody can be called from a conference. */
  readonly calls?: ConferenceCalls
  /** Tells telephones that watch; nobody watches if absent. */
  readonly tellWatchers?: (packageName: string, resource: string) => void
}

/** Changes are gathered for so long before screens hear of them. */
const gatherMs = 250
export const adHocPrefix = 'ad-hoc-'

/** The conferences that go on: what answers calls to their numbers, and what screens are told of them. */
export class ConferenceService {
  readonly #around: ConferenceDependencies
  readonly #live = new TransientMap<string, LiveRoom>()
  readonly #byMix = new TransientMap<MixId, LiveRoom>()
  readonly #adHoc = new TransientMap<string, ConferenceRoom>()
  readonly #wrongPins = new WrongPins()
  readonly #changed = new Set<LiveRoom>()
  readonly #watch: ConferenceWatch
  #gathering: Timer | undefined

  constructor(dependencies: ConferenceDependencies) {
    this.#around = dependencies
    this.#watch = new ConferenceWatch({
      ...dependencies,
      tell: dependencies.tellWatchers ?? (() => {}),
      rooms: {
        live: (companyId, number) => this.live(companyId, number),
        isConference: (companyId, number) => this.room(companyId, number) !== undefined,
      },
    })
    dependencies.engine.onEvent((event) => {
      if (event.kind === 'mixLevels') this.#tellSpeakers(event)
    })
  }

  /** For telephones that subscribe. */
  get watched(): ConferenceWatch {
    return this.#watch
  }

  /** What answers calls to conference numbers. */
  readonly serve: VoiceService = async (line) => {
    const room = this.#open(line.companyId, line.number)
    const visit = new Visit(line)
    room.enter(visit)
    try {
      await visit.stay()
    } finally {
      room.leave(visit)
    }
  }

  /** How a room is set; one that nobody has set is as usual. Undefined when no number reaches it. */
  room(companyId: CompanyId, number: string): ConferenceRoom | undefined {
    const adHoc = this.#adHoc.get(`${companyId}/${number}`)
    if (adHoc) return adHoc
    const target = this.#around.directory.number(companyId, number)?.target
    if (target?.kind !== 'service' || target.service !== 'conference') return undefined
    const room = this.#around.rooms.room(companyId, number)
    return room ? withOwner(room) : { companyId, number, rules: usualRules }
  }

  live(companyId: CompanyId, number: string): LiveRoom | undefined {
    return this.#live.get(`${companyId}/${number}`)
  }

  liveOf(companyId: CompanyId): readonly LiveRoom[] {
    return [...this.#live.values()].filter(({ parts }) => parts.room.companyId === companyId)
  }

  /** The room is set anew: PINs and moderators hold at once. */
  roomSet(room: ConferenceRoom): void {
    this.live(room.companyId, room.number)?.setRules(withOwner(room))
  }

  /** A conference made of two calls of one person, who is its moderator. @returns its number */
  readonly openAdHoc = (companyId: CompanyId, moderator: UserId | undefined, name: string): string => {
    const number = `${adHocPrefix}${makeId(this.#around.clock.now())}`
    const rules = {
      ...usualRules,
      name,
      announces: 'silent' as const,
      endsWithLastPair: true,
      mostMembers: 20,
      moderatorIds: moderator ? [moderator] : [],
    }
    this.#adHoc.set(`${companyId}/${number}`, { companyId, number, rules })
    return number
  }

  /** A phone in a room asks that a number is called in. */
  readonly inviteIntoRoom: InviteIntoRoom = async ({ callId, companyId, room, to }) => {
    const live = this.live(companyId, room)
    const member = live?.state.members.get(callId)
    const { userId } = member?.party ?? {}
    if (!live || member?.phase !== 'in' || !member.isModerator || !userId) return ConferenceModeratorsOnly()
    return live.invite(userId, to)
  }

  close(): void {
    this.#watch.close()
    this.#gathering?.stop()
  }

  #open(companyId: CompanyId, number: string): LiveRoom {
    const key = `${companyId}/${number}`
    const running = this.#live.get(key)
    if (running) return running
    const { clock, log, engine, sounds, calls } = this.#around
    const mix = `mix-${companyId}-${number}` as MixId
    const room = new LiveRoom({
      clock,
      log: log.with({ conference: number }),
      engine,
      calls,
      sounds,
      wrongPins: this.#wrongPins,
      room: this.room(companyId, number) ?? { companyId, number, rules: usualRules },
      mix,
      changed: (changed) => this.#gather(changed),
      over: () => {
        this.#live.delete(key)
        this.#byMix.delete(mix)
        this.#adHoc.delete(key)
      },
    })
    this.#live.set(key, room)
    this.#byMix.set(mix, room)
    return room
  }

  #gather(room: LiveRoom): void {
    this.#watch.changed(room)
    this.#changed.add(room)
    this.#gathering ??= this.#around.clock.startTimer(gatherMs, () => {
      this.#gathering = undefined
      const rooms = [...this.#changed]
      this.#changed.clear()
      for (const each of rooms) {
        // Whoever has just left hears once more how it is without them.
        const now = each.watchers()
        const to = [...new Set([...each.told, ...now])]
        each.told = now
        this.#publish(each, 'conference.changed', { conference: conferenceView(each) }, to)
      }
    })
  }

  #tellSpeakers({ mix, speakers }: Extract<MediaEvent, { kind: 'mixLevels' }>): void {
    const room = this.#byMix.get(mix)
    if (!room) return
    const memberAt = new Map([...room.visits.values()].map(({ id, line }) => [line.media, id]))
    const named = speakers.flatMap(({ leg, levelDbov }) => {
      const id: CallId | undefined = memberAt.get(leg)
      return id === undefined ? [] : [{ id, levelDbov }]
    })
    this.#publish(room, 'conference.speaking', { number: room.parts.room.number, speakers: named })
  }

  #publish(room: LiveRoom, kind: string, data: Readonly<Record<string, unknown>>, to = room.watchers()): void {
    const { companyId } = room.parts.room
    this.#around.notices.publish({ companyId, kind, data, atMs: this.#around.clock.now(), to })
  }
}

/** The owner of a room is a moderator of it. */
function withOwner(room: ConferenceRoom): ConferenceRoom {
  const { ownerId, rules } = room
  if (!ownerId || rules.moderatorIds.includes(ownerId)) return room
  return { ...room, rules: { ...rules, moderatorIds: [...rules.moderatorIds, ownerId] } }
}
