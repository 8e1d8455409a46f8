import type { Clock, CompanyId, Logger, Refusal, Timer, UserId } from '@vaxel/base'
import { CentreAway } from '@vaxel/contract'
import type { CentreStore, Directory, EventFeed, FigureStore, Notices, Role, WorkStore } from '@vaxel/core'
import { type AgentDesk, emptyCentre, timeZoneOf } from '@vaxel/core'
import { CompanyFigures, isFact } from './company-figures.ts'
import { agentNowView, type CentreNow, queueNowView, time } from './views.ts'

/** Screens are told at once of what changes after a pause, and then so often. */
const tellEveryMs = 100
const secondMs = 1000
/** How often hours of queues are looked at. */
const hoursEveryMs = 5000
/** A database that did not answer is asked again after so long. */
const againMs = 5000

const watchers: ReadonlySet<Role> = new Set<Role>(['supervisor', 'administrator'])

interface Watched {
  readonly figures: CompanyFigures
  toldAtMs: number
  timer: Timer | undefined
  /** How each queue was when its hours were looked at last. */
  readonly open: Map<string, string>
  /** Queues whose hours have opened or closed them. */
  readonly turned: Set<string>
}

export interface LiveDependencies {
  readonly clock: Clock
  readonly log: Logger
  readonly directory: Directory
  readonly centres: CentreStore
  readonly work: Pick<WorkStore, 'facts'>
  readonly figures: Pick<FigureStore, 'standing'>
  readonly feed: EventFeed
  readonly notices: Pick<Notices, 'publish'>
  readonly desk: Pick<AgentDesk, 'queueState'>
}

/** Keeps the figures of every company that has a contact centre, and tells supervisors of what changes. */
export class LiveFigures {
  readonly #parts: LiveDependencies
  readonly #watched = new Map<CompanyId, Watched>()
  readonly #loading = new Map<CompanyId, Promise<void>>()
  readonly #onSecond: ((companyId: CompanyId, figures: CompanyFigures) => void)[] = []
  #second: Timer | undefined
  #hoursAtMs = 0
  #stop = () => {}

  constructor(parts: LiveDependencies) {
    this.#parts = parts
  }

  /** Once a second, for each company whose figures are there. */
  onSecond(listener: (companyId: CompanyId, figures: CompanyFigures) => void): void {
    this.#onSecond.push(listener)
  }

  /** Listens first and reads then, so that nothing is missed between. */
  async start(): Promise<void> {
    this.#stop = this.#parts.feed.subscribe((events) => {
      for (const event of events) {
        if (event.kind === 'centre.published') void this.#watch(event.companyId)
        if (!isFact(event)) continue
        const watched = this.#watched.get(event.companyId)
        if (watched?.figures.see(event)) this.#soon(watched)
      }
    })
    await Promise.all([...this.#parts.centres.all()].map(({ companyId }) => this.#watch(companyId)))
    this.#tick()
  }

  close(): void {
    this.#stop()
    this.#second?.stop()
    for (const { timer } of this.#watched.values()) timer?.stop()
    this.#watched.clear()
  }

  /** Undefined: no contact centre was ever published. Resolves when today has been read. */
  async of(companyId: CompanyId): Promise<CompanyFigures | undefined> {
    await this.#loading.get(companyId)
    return this.#watched.get(companyId)?.figures
  }

  /** Everything for a screen that begins. Refused while the database does not say what today has brought: nobody shall believe in nothing. */
  async now(companyId: CompanyId): Promise<Omit<CentreNow, 'alarms'> | Refusal> {
    const { centres, directory, clock, desk } = this.#parts
    const figures = await this.of(companyId)
    if (figures && !figures.isReady) return CentreAway()
    figures?.followClock()
    const { queues, agents, skills, reasons } = centres.published(companyId)?.centre ?? emptyCentre
    const company = directory.company(companyId)
    const timeZone = company ? timeZoneOf(company) : 'UTC'
    const at = { centre: { reasons }, directory, sinceMs: figures?.day.fromMs ?? clock.now() }
    return {
      asOf: figures?.asOf ?? 0,
      at: time(clock.now()),
      day: figures?.day.date ?? time(clock.now()).slice(0, 10),
      timeZone,
      queues: queues.map(({ id, name, channels, serviceLevel }) => ({
        id,
        name,
        channels: [...channels],
        levelSeconds: serviceLevel.seconds,
        levelPercent: serviceLevel.percent,
        now: queueNowView(id, figures?.fold.queues.get(id), desk.queueState(companyId, id)),
      })),
      agents: agents.map(({ userId, queues: own, skills: has }) => ({
        id: userId,
        name: directory.user(userId)?.displayName ?? userId,
        queueIds: own.map(({ queueId }) => queueId),
        skills: has.map(({ skillId, level }) => ({ skillId, level })),
        now: agentNowView(userId, figures?.fold.agents.get(userId), at),
      })),
      skills: skills.map(({ id, name }) => ({ id, name })),
      reasons: reasons.map(({ id, name }) => ({ id, name })),
    }
  }

  #watch(companyId: CompanyId): Promise<void> {
    if (this.#watched.has(companyId)) return this.#loading.get(companyId) ?? Promise.resolve()
    const { clock, directory } = this.#parts
    const timeZone = () => {
      const company = directory.company(companyId)
      return company ? timeZoneOf(company) : 'UTC'
    }
    const figures = new CompanyFigures({ companyId, clock, timeZone })
    this.#watched.set(companyId, {
      figures,
      toldAtMs: -tellEveryMs,
      timer: undefined,
      open: new Map(),
      turned: new Set(),
    })
    const loading = this.#load(figures).finally(() => this.#loading.delete(companyId))
    this.#loading.set(companyId, loading)
    return loading
  }

  async #load(figures: CompanyFigures): Promise<void> {
    try {
      await figures.load(this.#parts)
    } catch (error) {
      this.#parts.log.error('figures of a contact centre could not be read', { error: String(error) })
      this.#parts.clock.startTimer(againMs, () => {
        if (this.#watched.get(figures.companyId)?.figures === figures) void this.#load(figures)
      })
    }
  }

  #tick(): void {
    this.#second = this.#parts.clock.startTimer(secondMs, () => {
      const nowMs = this.#parts.clock.monotonicMs()
      const looksAtHours = nowMs - this.#hoursAtMs >= hoursEveryMs
      if (looksAtHours) this.#hoursAtMs = nowMs
      for (const [companyId, watched] of this.#watched) {
        if (!this.#parts.directory.company(companyId)) {
          watched.timer?.stop()
          this.#watched.delete(companyId)
          continue
        }
        if (!watched.figures.isReady) continue
        if (watched.figures.isAhead) {
          void this.#load(watched.figures)
          continue
        }
        watched.figures.timePassed()
        if (looksAtHours) this.#lookAtHours(companyId, watched)
        this.#soon(watched)
        for (const listener of this.#onSecond) listener(companyId, watched.figures)
      }
      this.#tick()
    })
  }

  #lookAtHours(companyId: CompanyId, watched: Watched): void {
    for (const { id } of this.#parts.centres.published(companyId)?.centre.queues ?? []) {
      const state = JSON.stringify(this.#parts.desk.queueState(companyId, id))
      if (watched.open.get(id) !== state && watched.open.has(id)) watched.turned.add(id)
      watched.open.set(id, state)
    }
  }

  /** At once after a pause, else when its time has come: whatever changed in between goes with it. */
  #soon(watched: Watched): void {
    if (watched.timer) return
    const waitMs = watched.toldAtMs + tellEveryMs - this.#parts.clock.monotonicMs()
    if (waitMs <= 0) return this.#tell(watched)
    watched.timer = this.#parts.clock.startTimer(waitMs, () => {
      watched.timer = undefined
      this.#tell(watched)
    })
  }

  #tell(watched: Watched): void {
    const { figures, turned } = watched
    const { companyId, fold, asOf, day } = figures
    const changes = fold.takeChanges()
    const queueIds = new Set<string>([...changes.queues, ...turned])
    turned.clear()
    if (queueIds.size === 0 && changes.agents.length === 0) return
    watched.toldAtMs = this.#parts.clock.monotonicMs()
    const { clock, notices, centres, directory, desk } = this.#parts
    const to = this.#watchers(companyId)
    if (to.length === 0) return
    const centre = centres.published(companyId)?.centre ?? emptyCentre
    const at = { centre, directory, sinceMs: day.fromMs }
    notices.publish({
      companyId,
      kind: 'centre.figuresChanged',
      atMs: clock.now(),
      to,
      data: {
        asOf,
        day: day.date,
        queues: [...queueIds].map((id) =>
          queueNowView(id, fold.queues.get(id as never), desk.queueState(companyId, id as never)),
        ),
        agents: changes.agents.map((id) => agentNowView(id, fold.agents.get(id), at)),
      },
    })
  }

  readonly #found = new Map<CompanyId, { readonly version: number; readonly to: readonly UserId[] }>()

  #watchers(companyId: CompanyId): readonly UserId[] {
    const { directory } = this.#parts
    const found = this.#found.get(companyId)
    if (found?.version === directory.version) return found.to
    const to = directory.usersOf(companyId).flatMap(({ id, role }) => (watchers.has(role) ? [id] : []))
    this.#found.set(companyId, { version: directory.version, to })
    return to
  }
}
