import {
  type Clock,
  type CompanyId,
  type DeviceId,
  type Logger,
  type Refusal,
  Slots,
  type Timer,
  type UserId,
} from '@vaxel/base'
import { DeskNotShared, DeskPinWeak } from '@vaxel/contract'
import {
  type Credentials,
  type Device,
  type Directory,
  type LedgerEvent,
  type Notices,
  pinMistake,
  timeZoneOf,
  type User,
  type UserSettings,
} from '@vaxel/core'
import { deskLoggedIn, deskLoggedOut, type LogOutReason } from './events.ts'
import { PinGuard } from './pin-guard.ts'

export interface DeskOptions {
  readonly clock: Clock
  readonly log: Logger
  readonly directory: Directory
  readonly settings: UserSettings
  readonly credentials: Pick<Credentials, 'hashPassword' | 'verifyPassword'>
  readonly notices: Pick<Notices, 'publish'>
  /** What a phone has bound is its person's: told after somebody has come or gone (the registrar's). */
  reseat(deviceId: DeviceId): Promise<void>
}

/** A shared phone, and who sits there. */
export interface Desk {
  readonly device: Device
  readonly home: User
  readonly person?: User
  readonly sinceMs?: number
}

const hourMs = 60 * 60_000
/** From the start to the first look, when the parts that are told of it have begun. */
const firstLookMs = 10_000
/** So many full hours hold each hour of a day, also where summer time takes one of a day away. */
const mostHours = 49

/**
 * Who is logged in at which shared desk phone. One person at a phone, one phone for a person. Kept with the person's settings, so that it
 * outlives a restart; the phone itself knows nothing of it.
 */
export class DeskService {
  readonly #options: DeskOptions
  readonly #personAt = new Map<DeviceId, UserId>()
  readonly #guard: PinGuard
  /** Who comes and goes does so one after another: each sees who sits there. */
  readonly #turns = new Slots(1)
  #timer: Timer | undefined
  /** Hours until then have been looked at. */
  #lookedAtMs = 0

  constructor(options: DeskOptions) {
    this.#options = options
    this.#guard = new PinGuard(() => options.clock.monotonicMs())
  }

  /** Reads who sits where, and begins to watch the hour. */
  start(): void {
    const { directory, settings } = this.#options
    for (const { id } of directory.companies())
      for (const user of directory.usersOf(id)) {
        const desk = settings.get(user.id, 'desk')
        if (desk) this.#personAt.set(desk.deviceId, user.id)
      }
    this.#lookIn(firstLookMs)
  }

  close(): void {
    this.#timer?.stop()
  }

  /** Who takes a phone's calls instead of its own user; undefined when nobody does. */
  readonly personAt = (deviceId: DeviceId): User | undefined => {
    const userId = this.#personAt.get(deviceId)
    if (userId === undefined) return undefined
    const { directory, settings } = this.#options
    const user = directory.user(userId)
    const home = this.#homeOf(deviceId)
    const isThere = home?.companyId === user?.companyId && settings.get(userId, 'desk')?.deviceId === deviceId
    return user && isThere ? user : undefined
  }

  /** The shared phones of a company. */
  desks(companyId: CompanyId): readonly Desk[] {
    const { directory, settings } = this.#options
    return directory
      .usersOf(companyId)
      .filter(({ isDesk }) => isDesk)
      .flatMap((home) =>
        directory
          .devicesOf(home.id)
          .filter(({ kind }) => kind !== 'browser')
          .map((device) => {
            const person = this.personAt(device.id)
            const sinceMs = person && settings.get(person.id, 'desk')?.sinceMs
            return { device, home, ...(person ? { person } : {}), ...(sinceMs === undefined ? {} : { sinceMs }) }
          }),
      )
  }

  deskOf(userId: UserId): Desk | undefined {
    const desk = this.#options.settings.get(userId, 'desk')
    const user = this.#options.directory.user(userId)
    if (!desk || !user || this.personAt(desk.deviceId)?.id !== userId) return undefined
    return this.desks(user.companyId).find(({ device }) => device.id === desk.deviceId)
  }

  isShared(deviceId: DeviceId): boolean {
    return this.#homeOf(deviceId) !== undefined
  }

  hasPin(userId: UserId): boolean {
    return this.#options.settings.get(userId, 'deskPin') !== undefined
  }

  /** @param pin undefined takes it away: nobody logs in as this person then */
  async setPin(user: User, pin: string | undefined): Promise<Refusal | undefined> {
    const { settings, credentials } = this.#options
    if (pin !== undefined && pinMistake(pin, user.extension ?? user.name) !== undefined) return DeskPinWeak()
    const value = pin === undefined ? undefined : { hash: await credentials.hashPassword(pin) }
    await settings.put({ userId: user.id, companyId: user.companyId, kind: 'deskPin', value })
    this.#guard.right(user.id)
    return undefined
  }

  /**
   * Whose extension and PIN these are. An extension that nobody has takes as long, and is answered like a wrong PIN.
   * @param deviceId where they are typed; who tries many extensions there is locked out too
   */
  async check(
    companyId: CompanyId,
    deviceId: DeviceId,
    extension: string,
    pin: string,
  ): Promise<User | 'wrong' | 'locked'> {
    const { directory, settings, credentials } = this.#options
    const target = directory.number(companyId, extension)?.target
    const user = target?.kind === 'user' ? directory.user(target.userId) : undefined
    const names = [deviceId, ...(user ? [user.id] : [])]
    if (names.some((name) => this.#guard.isLocked(name))) return 'locked'
    // Counted before it is looked at: several calls may try at the same moment.
    for (const name of names) this.#guard.wrong(name)
    const isPerson = user?.companyId === companyId && !user.isDesk
    const hash = isPerson ? settings.get(user.id, 'deskPin')?.hash : undefined
    const isRight = await credentials.verifyPassword(pin, hash)
    if (isRight && isPerson && hash !== undefined) {
      for (const name of names) this.#guard.right(name)
      return user
    }
    return 'wrong'
  }

  /** Logs a person in at a phone; elsewhere they are logged out by that, and so is whoever sits there. */
  logIn(user: User, deviceId: DeviceId): Promise<Refusal | undefined> {
    return this.#turns.use(() => this.#logIn(user, deviceId))
  }

  async #logIn(user: User, deviceId: DeviceId): Promise<Refusal | undefined> {
    const home = this.#homeOf(deviceId)
    if (home?.companyId !== user.companyId) return DeskNotShared()
    const sitting = this.personAt(deviceId)
    if (sitting?.id === user.id) return undefined
    if (sitting) await this.#logOut(sitting.id, 'replaced')
    await this.#logOut(user.id, 'elsewhere')
    const sinceMs = this.#options.clock.now()
    await this.#write(user, { deviceId, sinceMs }, deskLoggedIn(user, deviceId, home, sinceMs))
    this.#personAt.set(deviceId, user.id)
    await this.#told(user, deviceId)
    return undefined
  }

  /** The phone is its own again. @returns whether the person was logged in anywhere */
  logOut(userId: UserId, reason: LogOutReason): Promise<boolean> {
    return this.#turns.use(() => this.#logOut(userId, reason))
  }

  async #logOut(userId: UserId, reason: LogOutReason): Promise<boolean> {
    const { directory, settings, clock } = this.#options
    const desk = settings.get(userId, 'desk')
    const user = directory.user(userId)
    if (!desk || !user) return false
    await this.#write(user, undefined, deskLoggedOut(user, desk.deviceId, reason, clock.now()))
    if (this.#personAt.get(desk.deviceId) === userId) this.#personAt.delete(desk.deviceId)
    await this.#told(user, desk.deviceId)
    return true
  }

  async #write(
    user: User,
    value: { deviceId: DeviceId; sinceMs: number } | undefined,
    event: LedgerEvent,
  ): Promise<void> {
    const { id: userId, companyId } = user
    await this.#options.settings.put({ userId, companyId, kind: 'desk', value, event })
  }

  async #told(user: User, deviceId: DeviceId): Promise<void> {
    const { notices, clock } = this.#options
    await this.#options.reseat(deviceId)
    const { companyId } = user
    notices.publish({ companyId, kind: 'desks.changed', data: { deviceId }, atMs: clock.now() })
  }

  /** The dummy user whose phone it is; undefined for a phone that is not shared. */
  #homeOf(deviceId: DeviceId): User | undefined {
    const { directory } = this.#options
    const device = directory.device(deviceId)
    const home = device && directory.user(device.userId)
    return home?.isDesk ? home : undefined
  }

  /** At each full hour, those whose company's hour it is are logged out; first those whose hour nobody was there to look at. */
  #lookIn(ms: number): void {
    const { clock, log } = this.#options
    this.#timer = clock.startTimer(ms, () => {
      this.#lookIn(hourMs - (clock.now() % hourMs))
      void this.#clearNight().catch((error: unknown) =>
        log.error('nobody was logged out of desk phones', { error: String(error) }),
      )
    })
  }

  async #clearNight(): Promise<void> {
    const { directory, settings, clock } = this.#options
    const [lookedAtMs, nowMs] = [this.#lookedAtMs, clock.now()]
    this.#lookedAtMs = nowMs
    // What is later than now was written by a clock that has been put back since.
    const past = (ms: number): number => (ms <= nowMs ? ms : nowMs - hourMs)
    for (const userId of [...this.#personAt.values()]) {
      const company = directory.company(directory.user(userId)?.companyId ?? ('' as CompanyId))
      const sinceMs = settings.get(userId, 'desk')?.sinceMs
      if (company?.deskLogoutHour === undefined || sinceMs === undefined) continue
      const span = { afterMs: Math.max(past(sinceMs), past(lookedAtMs)), toMs: nowMs }
      if (hasHour(span, company.deskLogoutHour, timeZoneOf(company))) await this.logOut(userId, 'night')
    }
  }
}

/** Whether an hour of the day has begun within a span. */
function hasHour(
  { afterMs, toMs }: { readonly afterMs: number; readonly toMs: number },
  hour: number,
  timeZone: string,
): boolean {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' })
  let atMs = Math.floor(afterMs / hourMs) * hourMs + hourMs
  for (let count = 0; atMs <= toMs && count < mostHours; count++, atMs += hourMs)
    if (Number(format.format(atMs)) === hour) return true
  return false
}
