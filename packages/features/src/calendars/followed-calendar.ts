import type { Timer } from '@vaxel/base'
import {
  type CalendarAccount,
  type CalendarAnswer,
  type CalendarBlock,
  type CalendarEntry,
  type CalendarTrouble,
  type CalendarVersion,
  momentOf,
  planOf,
  timeZoneOf,
  type User,
} from '@vaxel/core'
import type { CalendarDependencies } from './dependencies.ts'
import type { ReadingSlots } from './reading-slots.ts'
import { keptMs, versionMs, waitMs, windowMs } from './reading-times.ts'

/** How reading a calendar goes. */
export interface CalendarHealth {
  readonly state: 'reading' | 'good' | 'failing' | 'lost'
  readonly sinceMs: number
  readonly trouble?: CalendarTrouble
  readonly readAtMs?: number
  readonly nextAtMs?: number
  readonly unread?: number
  readonly isCut?: boolean
}

interface Truth {
  readonly entries: readonly CalendarEntry[]
  readonly readAtMs: number
  /** When all of it was read, not only found unchanged. */
  readonly wholeAtMs: number
  readonly unread: number
  readonly isCut: boolean
  readonly version: CalendarVersion | undefined
}

/**
 * One person's calendar: read every few minutes, later after faults; what it says is told to presence at the very moment. While it cannot be
 * read, what it said last counts for some hours.
 */
export class FollowedCalendar {
  readonly #parts: CalendarDependencies
  readonly #slots: ReadingSlots
  readonly #onHealth: (account: CalendarAccount, health: CalendarHealth) => void
  readonly #ending = new AbortController()
  #account: CalendarAccount
  #truth: Truth | undefined
  #plan: readonly CalendarBlock[] = []
  #health: CalendarHealth
  #faults = 0
  #reading: Promise<void> | undefined
  #readTimer: Timer | undefined
  #momentTimer: Timer | undefined

  constructor(options: {
    parts: CalendarDependencies
    account: CalendarAccount
    slots: ReadingSlots
    onHealth: (account: CalendarAccount, health: CalendarHealth) => void
  }) {
    this.#parts = options.parts
    this.#slots = options.slots
    this.#onHealth = options.onHealth
    this.#account = options.account
    this.#health = { state: 'reading', sinceMs: options.parts.clock.now() }
  }

  get health(): CalendarHealth {
    return this.#health
  }

  /** What is known of the calendar; empty when that is too long ago. */
  get plan(): readonly CalendarBlock[] {
    return this.#plan
  }

  /** @param afterMs until it is read for the first time */
  start(afterMs: number): void {
    this.#readTimer = this.#parts.clock.startTimer(afterMs, () => void this.read())
  }

  /** Its owner shows something else of the same calendar: no need to read it. */
  show(account: CalendarAccount): void {
    this.#account = account
    this.#tell()
  }

  /** Reads it now, or waits for who does. Never rejects. */
  read(): Promise<void> {
    this.#reading ??= this.#slots
      .use(this.#account.companyId, () => this.#readOnce())
      .finally(() => {
        this.#reading = undefined
      })
    return this.#reading
  }

  /** Presence goes on without it. */
  stop(): void {
    this.#ending.abort()
    this.#readTimer?.stop()
    this.#momentTimer?.stop()
    this.#parts.presence.set(this.#account.userId, 'calendar', undefined)
  }

  async #readOnce(): Promise<void> {
    this.#readTimer?.stop()
    const { clock, calendars, directory, door, log } = this.#parts
    const user = directory.user(this.#account.userId)
    if (!user || this.#ending.signal.aborted) return
    const nowMs = clock.now()
    let answer: CalendarAnswer
    try {
      const access = calendars.access(user.id)
      if (!access) return
      const isFresh = this.#truth !== undefined && nowMs - this.#truth.wholeAtMs < versionMs
      answer = await door.read(
        {
          protocol: this.#account.protocol,
          access,
          fromMs: nowMs - windowMs.back,
          toMs: nowMs + windowMs.ahead,
          timeZone: timeZoneOf(directory.company(user.companyId) ?? { country: '' }),
          owner: addressesOf(user),
          ...(isFresh && this.#truth?.version ? { known: this.#truth.version } : {}),
        },
        this.#ending.signal,
      )
    } catch (error) {
      log.error('reading a calendar failed', { user: user.id, error: String(error) })
      answer = { kind: 'failed', trouble: 'unreachable' }
    }
    if (!this.#ending.signal.aborted) this.#take(answer)
  }

  #take(answer: CalendarAnswer): void {
    const { clock, random } = this.#parts
    const nowMs = clock.now()
    const isGood = answer.kind !== 'failed'
    this.#faults = isGood ? 0 : this.#faults + 1
    if (answer.kind === 'read') this.#truth = { ...answer, version: answer.version, readAtMs: nowMs, wholeAtMs: nowMs }
    if (answer.kind === 'unchanged' && this.#truth) this.#truth = { ...this.#truth, readAtMs: nowMs }
    const trouble = answer.kind === 'failed' ? answer.trouble : undefined
    const afterMs = waitMs((random(1)[0] ?? 0) / 255, this.#faults, trouble)
    this.#readTimer = clock.startTimer(afterMs, () => void this.read())
    this.#setHealth(trouble, nowMs + afterMs)
    this.#tell()
  }

  #setHealth(trouble: CalendarTrouble | undefined, nextAtMs: number): void {
    const nowMs = this.#parts.clock.now()
    const before = this.#health
    const wasFailing = before.trouble !== undefined
    const state = trouble === undefined ? 'good' : this.#isKept(nowMs) ? 'failing' : 'lost'
    const isSameSide = before.state !== 'reading' && wasFailing === (trouble !== undefined)
    this.#health = {
      state,
      sinceMs: isSameSide ? before.sinceMs : nowMs,
      nextAtMs,
      ...(trouble === undefined ? {} : { trouble }),
      ...(this.#truth === undefined
        ? {}
        : { readAtMs: this.#truth.readAtMs, unread: this.#truth.unread, isCut: this.#truth.isCut }),
    }
    if (before.state !== state || before.trouble !== trouble) this.#onHealth(this.#account, this.#health)
  }

  #isKept(nowMs: number): boolean {
    return this.#truth !== undefined && nowMs - this.#truth.readAtMs < keptMs
  }

  /** Tells presence what the calendar says now, and looks again when it says something else, or is too old. */
  #tell(): void {
    const { clock, presence } = this.#parts
    const nowMs = clock.now()
    this.#momentTimer?.stop()
    this.#momentTimer = undefined
    const isKept = this.#isKept(nowMs)
    this.#plan = isKept && this.#truth ? planOf(this.#truth.entries, this.#account.shows) : []
    const { claim, nextMs } = momentOf(this.#plan, nowMs)
    presence.set(this.#account.userId, 'calendar', claim)
    if (!isKept) return this.#lose()
    const untilMs = Math.min(nextMs ?? Number.POSITIVE_INFINITY, this.#truth!.readAtMs + keptMs)
    this.#momentTimer = clock.startTimer(Math.max(1, untilMs - nowMs), () => this.#tell())
  }

  #lose(): void {
    if (this.#health.state !== 'failing') return
    this.#health = { ...this.#health, state: 'lost' }
    this.#onHealth(this.#account, this.#health)
  }
}

/** By which the owner is invited. */
const addressesOf = ({ email, name, domain }: User): readonly string[] =>
  [email, `${name}@${domain}`].filter((address) => address !== undefined).map((address) => address.toLowerCase())
