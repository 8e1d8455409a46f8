import type { CallId, Clock, DeviceId, Timer, UserId } from '@vaxel/base'
import {
  type BindingStore,
  type CallHandling,
  decidePresence,
  type Directory,
  type EventFeed,
  isSamePresence,
  type LineFacts,
  type LineLeg,
  type NumberedEvent,
  type OutsideSource,
  type Presence,
  type PresenceClaim,
  type PresenceSources,
  type User,
  type UserSettings,
} from '@vaxel/core'
import { LineBook, type LiveLegs } from './line-book.ts'

/** What is kept of a person between two decisions. */
interface Person {
  presence: Presence
  isRegistered: boolean
  isInUse: boolean
  restingSinceMs: number | undefined
  disturbSinceMs: number | undefined
  outside: Partial<Record<OutsideSource, PresenceClaim>>
  /** Runs when a claim ends. */
  timer: Timer | undefined
}

export interface PresenceServiceOptions {
  readonly clock: Clock
  readonly directory: Directory
  readonly bindings: Pick<BindingStore, 'ofUser'>
  readonly settings: Pick<UserSettings, 'get'>
  readonly feed: EventFeed
  readonly live: LiveLegs
}

const repairEveryMs = 5000
/** People compared at once, so that calls never wait long for it. */
const repairedAtOnce = 1000
const betweenSlicesMs = 20
/** Timers hold no more; who ends later is decided anew by repair. */
const longestTimerMs = 2_000_000_000
const unknown: Presence = { state: 'offline', why: 'noDevice' }

/**
 * How everybody is now. The ledger's events say whose state to look at; what it is, is read from the live calls, the bindings and the
 * settings, so that an event that is late or lost can only delay. All that is compared with them every few seconds.
 */
export class PresenceService implements PresenceSources {
  readonly #options: PresenceServiceOptions
  readonly #people = new Map<UserId, Person>()
  readonly #lines: LineBook
  readonly #listeners = new Set<(user: User, presence: Presence) => void>()
  readonly #lineListeners = new Set<(user: User, before: readonly LineLeg[], now: readonly LineLeg[]) => void>()
  #repair: Timer | undefined
  #stop = () => {}

  constructor(options: PresenceServiceOptions) {
    this.#options = options
    this.#lines = new LineBook((userId, before, now) => this.#lineChanged(userId, before, now))
  }

  /** Knows everybody from now on. */
  start(): void {
    this.#stop = this.#options.feed.subscribe((events) => this.#hear(events))
    this.#lines.repair(this.#options.live)
    for (const user of this.#everyone()) this.#decide(user)
    this.#repairLater()
  }

  close(): void {
    this.#stop()
    this.#repair?.stop()
    for (const { timer } of this.#people.values()) timer?.stop()
    this.#people.clear()
  }

  of(userId: UserId): Presence {
    return this.#people.get(userId)?.presence ?? unknown
  }

  /** The calls that a user is in. */
  legsOf(userId: UserId): readonly LineLeg[] {
    return this.#lines.ofUser(userId)
  }

  /** @returns ends it */
  onChange(listener: (user: User, presence: Presence) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Told whenever a user's part in calls changes. @returns ends it */
  onLine(listener: (user: User, before: readonly LineLeg[], now: readonly LineLeg[]) => void): () => void {
    this.#lineListeners.add(listener)
    return () => this.#lineListeners.delete(listener)
  }

  set(userId: UserId, source: OutsideSource, claim: PresenceClaim | undefined): void {
    const user = this.#options.directory.user(userId)
    if (!user) return
    const person = this.#personOf(user)
    const { [source]: _, ...others } = person.outside
    person.outside = claim ? { ...others, [source]: claim } : others
    this.#decide(user)
  }

  /** Decides anew how somebody is; costs the same however many people there are. */
  refresh(userId: UserId): void {
    const user = this.#options.directory.user(userId)
    if (user) return this.#decide(user)
    this.#people.get(userId)?.timer?.stop()
    this.#people.delete(userId)
  }

  #hear(events: readonly NumberedEvent[]): void {
    for (const { kind, callId, data } of events) {
      if (callId && kind.startsWith('call.')) this.#lines.update(callId, this.#options.live.ofCall(callId as CallId))
      else if (kind === 'registrar.bound' || kind === 'registrar.unbound' || kind === 'callHandling.changed')
        this.refresh(data.userId as UserId)
      else if (kind === 'configuration.changed' && data.object === 'user') this.refresh(data.id as UserId)
    }
  }

  #lineChanged(userId: UserId, before: readonly LineLeg[], now: readonly LineLeg[]): void {
    const user = this.#options.directory.user(userId)
    if (!user) return
    this.#decide(user)
    for (const listener of this.#lineListeners) listener(user, before, now)
  }

  #decide(user: User): void {
    const { clock, settings } = this.#options
    const person = this.#personOf(user)
    const nowMs = clock.now()
    const chosen = settings.get(user.id, 'presence')
    const callHandling = this.#disturbClaim(person, settings.get(user.id, 'handling'), nowMs)
    const { presence, nextAtMs } = decidePresence(
      {
        line: this.#line(user, person, nowMs),
        ...(chosen ? { chosen } : {}),
        ...(callHandling ? { callHandling } : {}),
        ...person.outside,
      },
      nowMs,
    )
    person.timer?.stop()
    person.timer =
      nextAtMs === undefined
        ? undefined
        : clock.startTimer(Math.min(nextAtMs - nowMs, longestTimerMs), () => this.refresh(user.id))
    if (isSamePresence(person.presence, presence)) return
    person.presence = presence
    for (const listener of this.#listeners) listener(user, presence)
  }

  #line(user: User, person: Person, nowMs: number): LineFacts {
    const { bindings } = this.#options
    const registered = bindings.ofUser(user.id)
    const isRegistered = registered.length > 0
    const legs = this.#lines.ofUser(user.id)
    const isInUse = legs.length > 0
    if (isRegistered !== person.isRegistered || isInUse !== person.isInUse) {
      person.restingSinceMs = nowMs
      person.isRegistered = isRegistered
      person.isInUse = isInUse
    }
    const talking = earliest(legs.filter(({ phase }) => phase !== 'ringing'))
    const ringing = earliest(legs.filter(({ phase }) => phase === 'ringing'))
    return {
      isRegistered,
      ...(talking ? { talking: { sinceMs: talking.sinceMs, device: this.#kindOf(talking.deviceId) } } : {}),
      ...(ringing ? { ringing: { sinceMs: ringing.sinceMs } } : {}),
      ...(person.restingSinceMs === undefined ? {} : { restingSinceMs: person.restingSinceMs }),
    }
  }

  #kindOf(deviceId: DeviceId | undefined): 'phone' | 'browser' | undefined {
    const device = deviceId && this.#options.directory.device(deviceId)
    return device ? (device.kind ?? 'phone') : undefined
  }

  #disturbClaim(person: Person, handling: CallHandling | undefined, nowMs: number): PresenceClaim | undefined {
    const rule = handling?.doNotDisturb
    if (!rule) {
      person.disturbSinceMs = undefined
      return undefined
    }
    person.disturbSinceMs ??= nowMs
    return {
      state: 'doNotDisturb',
      sinceMs: person.disturbSinceMs,
      ...(rule.untilMs === undefined ? {} : { untilMs: rule.untilMs }),
    }
  }

  #personOf(user: User): Person {
    const known = this.#people.get(user.id)
    if (known) return known
    const bindings = this.#options.bindings.ofUser(user.id)
    const since = bindings.map(({ registeredAtMs }) => registeredAtMs)
    const person: Person = {
      presence: unknown,
      isRegistered: since.length > 0,
      isInUse: false,
      restingSinceMs: since.length > 0 ? Math.min(...since) : undefined,
      disturbSinceMs: undefined,
      outside: {},
      timer: undefined,
    }
    this.#people.set(user.id, person)
    return person
  }

  *#everyone(): Generator<User> {
    const { directory } = this.#options
    for (const company of [...directory.companies()]) yield* directory.usersOf(company.id)
  }

  #repairLater(): void {
    this.#repair = this.#options.clock.startTimer(repairEveryMs, () => {
      this.#lines.repair(this.#options.live)
      for (const userId of [...this.#people.keys()]) if (!this.#options.directory.user(userId)) this.refresh(userId)
      this.#repairSlice(this.#everyone())
    })
  }

  #repairSlice(rest: Generator<User>): void {
    for (let i = 0; i < repairedAtOnce; i++) {
      const { value: user, done } = rest.next()
      if (done) return this.#repairLater()
      this.#decide(user)
    }
    this.#repair = this.#options.clock.startTimer(betweenSlicesMs, () => this.#repairSlice(rest))
  }
}

const earliest = (legs: readonly LineLeg[]): LineLeg | undefined =>
  legs.reduce<LineLeg | undefined>((first, leg) => (first && first.sinceMs <= leg.sinceMs ? first : leg), undefined)
