import {
  type CompanyId,
  type Mistake,
  Pace,
  type Refusal,
  type UserId,
  addDays,
  localTime,
  startOfDay,
} from '@vaxel/base'
import {
  type CalendarView,
  type CalendarWish,
  InvalidRequest,
  type listCalendars,
  NotFound,
  type OperationReply,
  type OperationRequest,
  type Principal,
  type readColleagueDay,
  TooManyRequests,
} from '@vaxel/contract'
import { type CalendarAccess, type CalendarAccount, type LedgerEvent, timeZoneOf, userIn } from '@vaxel/core'
import type { Calendars } from './calendars.ts'
import type { CalendarDependencies } from './dependencies.ts'
import { accessOf, mistakesOf, serverOf } from './read-wish.ts'
import { accountView } from './views.ts'

const usualLimit = 200
const mostBlocks = 100
/** Who asks to have a calendar read now may do so every ten seconds. */
const betweenAsksMs = 10_000
/** Places that somebody may have looked at: whoever tries addresses one after another looks for servers, not for a calendar. */
const places = { own: { burst: 20, perSecond: 1 / 60 }, others: { burst: 1000, perSecond: 1 } } as const

/** Calendars that people and administrators set, and what colleagues see of them. */
export class CalendarService {
  readonly #parts: CalendarDependencies
  readonly #followed: Calendars
  readonly #askedAtMs = new Map<UserId, number>()
  readonly #own: Pace
  readonly #others: Pace

  constructor(parts: CalendarDependencies, followed: Calendars) {
    this.#parts = parts
    this.#followed = followed
    this.#own = new Pace(parts.clock, places.own)
    this.#others = new Pace(parts.clock, places.others)
  }

  read(principal: Principal, userId: string): { calendar?: CalendarView } | Refusal {
    const user = userIn(this.#parts.directory, principal, userId)
    if (!user) return NotFound('There is no such user.')
    const account = this.#parts.calendars.of(user.id)
    return account ? { calendar: this.#view(account) } : {}
  }

  list(
    { companyId }: Principal,
    { after, limit = usualLimit }: OperationRequest<typeof listCalendars>['query'],
  ): OperationReply<typeof listCalendars> {
    const rest = this.#parts.calendars
      .ofCompany(companyId as CompanyId)
      .filter(({ userId }) => after === undefined || userId > after)
      .toSorted((a, b) => (a.userId < b.userId ? -1 : 1))
    const page = rest.slice(0, limit)
    const last = page.at(-1)
    return {
      items: page.map((account) => this.#view(account)),
      ...(last && rest.length > limit ? { next: last.userId } : {}),
    }
  }

  async put(principal: Principal, userId: string, wish: CalendarWish): Promise<CalendarView | Refusal> {
    const { calendars, clock } = this.#parts
    const user = userIn(this.#parts.directory, principal, userId)
    if (!user) return NotFound('There is no such user.')
    const before = calendars.of(user.id)
    const known = calendars.access(user.id)
    const isOwner = user.id === principal.userId
    const mistakes: readonly Mistake[] = [
      ...mistakesOf(wish, { before, known }),
      ...(isOwner ? [] : mistakesOfOther(wish, before)),
    ]
    if (mistakes.length > 0) return InvalidRequest(mistakes.map(({ reason }) => reason).join(' '), { mistakes })
    const access = accessOf(wish, known)
    if (known?.address !== access.address || known.login !== access.login || known.password !== access.password) {
      const seconds = (isOwner ? this.#own : this.#others).take(principal.userId)
      if (seconds > 0) return TooManyRequests(undefined, { retryAfterSeconds: seconds })
    }
    const account: CalendarAccount = {
      userId: user.id,
      companyId: user.companyId,
      protocol: wish.protocol ?? before?.protocol ?? 'feed',
      server: serverOf(access.address) ?? '',
      shows: wish.shows ?? before?.shows ?? 'busy',
      changedAtMs: clock.now(),
    }
    await calendars.put(account, access, this.#event(account, 'calendar.followed', principal))
    if (before && known && isSameReading(before, known, account, access)) this.#followed.of(user.id)?.show(account)
    else this.#followed.follow(account)
    return this.#view(account)
  }

  async remove(principal: Principal, userId: string): Promise<Refusal | undefined> {
    const user = userIn(this.#parts.directory, principal, userId)
    const account = user && this.#parts.calendars.of(user.id)
    if (!account) return NotFound('There is no calendar.')
    await this.#parts.calendars.remove(account, this.#event(account, 'calendar.removed', principal))
    this.#followed.drop(account.userId)
    return undefined
  }

  async readNow({ userId }: Principal): Promise<CalendarView | Refusal> {
    const account = this.#parts.calendars.of(userId as UserId)
    const followed = account && this.#followed.of(account.userId)
    if (!account || !followed) return NotFound('There is no calendar.')
    const nowMs = this.#parts.clock.monotonicMs()
    const askedAtMs = this.#askedAtMs.get(account.userId)
    if (askedAtMs === undefined || nowMs - askedAtMs >= betweenAsksMs) {
      this.#askedAtMs.set(account.userId, nowMs)
      await followed.read()
    }
    return this.#view(account)
  }

  /** From now to the end of tomorrow, by the company's clock. */
  day(principal: Principal, userId: string): OperationReply<typeof readColleagueDay> | Refusal {
    const { clock, directory } = this.#parts
    const user = userIn(this.#parts.directory, principal, userId)
    if (!user) return NotFound('There is no such colleague.')
    const nowMs = clock.now()
    const zone = timeZoneOf(directory.company(user.companyId) ?? { country: '' })
    const toMs = startOfDay(zone, addDays(localTime(zone, nowMs).date, 2))
    const followed = this.#followed.of(user.id)
    const { state } = followed?.health ?? { state: 'lost' }
    const time = (ms: number) => new Date(ms).toISOString()
    const blocks = (followed?.plan ?? []).filter(({ startMs, endMs }) => endMs > nowMs && startMs < toMs)
    return {
      state: state === 'good' ? 'known' : state === 'failing' ? 'old' : 'none',
      to: time(toMs),
      blocks: blocks
        .slice(0, mostBlocks)
        .map(({ startMs, endMs, ...told }) => ({ from: time(startMs), to: time(endMs), ...told })),
    }
  }

  #view(account: CalendarAccount): CalendarView {
    const { userId } = account
    return accountView(account, this.#parts.calendars.access(userId), this.#followed.of(userId)?.health)
  }

  #event({ companyId, userId, server }: CalendarAccount, kind: string, by: Principal): LedgerEvent {
    return { kind, atMs: this.#parts.clock.now(), companyId, data: { userId, by: by.userId, server } }
  }
}

/** What is shown of a calendar is for its owner to say. */
function mistakesOfOther({ shows }: CalendarWish, before: CalendarAccount | undefined): readonly Mistake[] {
  if (shows === undefined || shows === before?.shows) return []
  if (before === undefined && shows !== 'all') return []
  return [{ path: '/shows', reason: 'What colleagues are shown of a calendar is the choice of its owner.' }]
}

const isSameReading = (
  before: CalendarAccount,
  known: CalendarAccess,
  account: CalendarAccount,
  access: CalendarAccess,
): boolean =>
  before.protocol === account.protocol &&
  known.address === access.address &&
  known.login === access.login &&
  known.password === access.password
