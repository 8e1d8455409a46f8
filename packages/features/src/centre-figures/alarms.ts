import type { Clock, CompanyId, Logger, UserId } from '@vaxel/base'
import {
  addCounts,
  type Alarm,
  type Centre,
  type CentreStore,
  type Directory,
  type FigureStore,
  figuresOf,
  languageOf,
  type LiveAgent,
  type LiveQueue,
  type Mailer,
  noCounts,
  type OpenAlarm,
  type PushMessage,
} from '@vaxel/core'
import { alarmWords } from './alarm-words.ts'
import type { CompanyFigures } from './company-figures.ts'
import { type CentreNow, time } from './views.ts'

/** Since when a figure is on the other side of its limit than the alarm's state says. */
interface Turning {
  readonly sinceMs: number
  readonly isBad: boolean
}

/** What an alarm watches, as it is now; undefined: it cannot be said, and nothing is wrong. */
export function alarmValue(
  alarm: Alarm,
  centre: Pick<Centre, 'agents'>,
  fold: { readonly queues: ReadonlyMap<string, LiveQueue>; readonly agents: ReadonlyMap<string, LiveAgent> },
  nowMs: number,
): number | undefined {
  const ofQueue = alarm.queueId === undefined ? undefined : fold.queues.get(alarm.queueId)
  const queues = alarm.queueId === undefined ? [...fold.queues.values()] : ofQueue ? [ofQueue] : []
  const total = () => queues.reduce((sum, queue) => addCounts(sum, queue.total()), noCounts())
  const members = () =>
    centre.agents
      .filter(({ queues: own }) => alarm.queueId === undefined || own.some(({ queueId }) => queueId === alarm.queueId))
      .flatMap(({ userId }) => fold.agents.get(userId) ?? [])
  switch (alarm.figure) {
    case 'waiting':
      return queues.flatMap((queue) => queue.waiting()).reduce((sum, { count }) => sum + count, 0)
    case 'longestWaitSeconds':
      return queues
        .flatMap((queue) => queue.waiting())
        .reduce((longest, { oldestSinceMs }) => Math.max(longest, (nowMs - oldestSinceMs) / 1000), 0)
    case 'serviceLevelToday': {
      const level = figuresOf(total()).serviceLevel
      return level === undefined ? undefined : level * 100
    }
    case 'agentsReady':
      return members().filter(({ state }) => state === 'ready').length
    case 'agentsLoggedIn':
      return members().filter(({ state }) => state !== 'loggedOff').length
    case 'missedOffers':
      return total().missed
  }
}

export interface AlarmDependencies {
  readonly clock: Clock
  readonly log: Logger
  readonly directory: Directory
  readonly centres: CentreStore
  readonly figures: Pick<FigureStore, 'openAlarms' | 'alarmBegan' | 'alarmEnded'>
  /** Absent as long as there is none. */
  readonly mailer: () => Mailer | undefined
  readonly push: (to: { userId: UserId; companyId: CompanyId }, message: PushMessage) => void
  /** Of the web app, for links in mails. */
  readonly baseUrl: string | undefined
}

/**
 * Watches figures against the limits of the centre's alarms. An alarm is raised once when the limit has been passed for as long as it says, and
 * cleared once when it has been kept for as long; a figure that trembles at its limit tells nobody anything. What goes on survives a restart.
 */
export class Alarms {
  readonly #parts: AlarmDependencies
  readonly #open = new Map<CompanyId, Map<string, OpenAlarm>>()
  readonly #reading = new Set<CompanyId>()
  readonly #turning = new Map<string, Turning>()
  /** Alarms of which a change is on its way to the database. */
  readonly #writing = new Set<string>()

  constructor(parts: AlarmDependencies) {
    this.#parts = parts
  }

  /** Those that go on, the newest first. */
  open(companyId: CompanyId): CentreNow['alarms'] {
    const alarms = this.#parts.centres.published(companyId)?.centre.alarms ?? []
    return [...(this.#open.get(companyId)?.values() ?? [])]
      .toSorted((a, b) => b.sinceMs - a.sinceMs)
      .flatMap(({ alarmId, sinceMs, value }) => {
        const alarm = alarms.find(({ id }) => id === alarmId)
        return alarm ? [{ ...viewOf(alarm, value), since: time(sinceMs) }] : []
      })
  }

  /** Once a second. */
  look(companyId: CompanyId, { fold }: Pick<CompanyFigures, 'fold'>): void {
    const open = this.#open.get(companyId)
    if (!open) return void this.#read(companyId)
    const centre = this.#parts.centres.published(companyId)?.centre
    const nowMs = this.#parts.clock.now()
    for (const alarm of centre?.alarms ?? []) {
      const value = alarmValue(alarm, centre!, fold, nowMs)
      const isBad = value !== undefined && (alarm.is === 'over' ? value > alarm.value : value < alarm.value)
      const raised = open.get(alarm.id)
      const key = `${companyId} ${alarm.id}`
      if (isBad === (raised !== undefined)) {
        this.#turning.delete(key)
        continue
      }
      const turning = this.#turning.get(key)
      const sinceMs = turning?.isBad === isBad ? turning.sinceMs : nowMs
      if (turning?.isBad !== isBad) this.#turning.set(key, { sinceMs, isBad })
      if (nowMs - sinceMs < alarm.forSeconds * 1000) continue
      if (raised) this.#clear(raised, alarm, value)
      else this.#raise({ companyId, alarmId: alarm.id, sinceMs: nowMs, value: value ?? 0 }, alarm)
    }
    for (const raised of open.values())
      if (!centre?.alarms.some(({ id }) => id === raised.alarmId)) this.#clear(raised, undefined, undefined)
  }

  async #read(companyId: CompanyId): Promise<void> {
    if (this.#reading.has(companyId)) return
    this.#reading.add(companyId)
    try {
      const found = await this.#parts.figures.openAlarms(companyId)
      this.#open.set(companyId, new Map(found.map((alarm) => [alarm.alarmId, alarm])))
    } catch (error) {
      this.#parts.log.warn('open alarms could not be read', { companyId, error: String(error) })
    } finally {
      this.#reading.delete(companyId)
    }
  }

  #raise(raised: OpenAlarm, alarm: Alarm): void {
    const { companyId, value, sinceMs } = raised
    const event = { kind: 'alarm.raised', atMs: sinceMs, companyId, data: viewOf(alarm, value) }
    this.#write(
      `${companyId} ${alarm.id}`,
      () => this.#parts.figures.alarmBegan(raised, event),
      () => {
        this.#open.get(companyId)?.set(alarm.id, raised)
        this.#tell(companyId, alarm, value, true)
      },
    )
  }

  #clear(raised: OpenAlarm, alarm: Alarm | undefined, value: number | undefined): void {
    const { companyId, alarmId } = raised
    const atMs = this.#parts.clock.now()
    const about = alarm
      ? viewOf(alarm, value ?? alarm.value)
      : { alarmId, name: alarmId, figure: 'waiting', is: 'over', limit: 0, value: raised.value }
    const event = { kind: 'alarm.cleared', atMs, companyId, data: { ...about, lastedMs: atMs - raised.sinceMs } }
    this.#write(
      `${companyId} ${alarmId}`,
      () => this.#parts.figures.alarmEnded(companyId, alarmId, event),
      () => {
        this.#open.get(companyId)?.delete(alarmId)
        if (alarm) this.#tell(companyId, alarm, value ?? alarm.value, false)
      },
    )
  }

  /** One change of an alarm at a time; what could not be written is tried again in a second. */
  #write(key: string, write: () => Promise<void>, written: () => void): void {
    if (this.#writing.has(key)) return
    this.#writing.add(key)
    write()
      .then(written)
      .catch((error: unknown) => this.#parts.log.warn('an alarm could not be kept', { error: String(error) }))
      .finally(() => this.#writing.delete(key))
  }

  #tell(companyId: CompanyId, alarm: Alarm, value: number, isRaised: boolean): void {
    const { directory, mailer, push, baseUrl, log, centres } = this.#parts
    const company = directory.company(companyId)
    if (!company) return
    const queue = centres.published(companyId)?.centre.queues.find(({ id }) => id === alarm.queueId)?.name
    const sentence = (language: keyof typeof alarmWords) => {
      const words = alarmWords[language]
      const of = {
        name: alarm.name,
        queue: queue ?? words.all,
        figure: words.figures[alarm.figure],
        is: alarm.is,
        value: words.value(alarm.figure, value),
        limit: words.value(alarm.figure, alarm.value),
      }
      return isRaised
        ? { title: words.subjectBegan(alarm.name), text: words.began(of), look: words.look }
        : { title: words.subjectEnded(alarm.name), text: words.ended(of), look: words.look }
    }
    const { title, text, look } = sentence(languageOf(company))
    const link = baseUrl === undefined ? '' : `\n${look} ${baseUrl}/supervisor\n`
    for (const to of alarm.byMail)
      mailer()
        ?.queue(companyId, { to, subject: title, text: `${text}\n${link}` })
        .catch((error: unknown) => log.warn('an alarm could not be mailed', { error: String(error) }))
    if (!alarm.byPush) return
    for (const { id: userId, role, language } of directory.usersOf(companyId)) {
      if (role !== 'supervisor' && role !== 'administrator') continue
      const own = sentence(language)
      push(
        { userId, companyId },
        { title: own.title, body: own.text, tag: `alarm ${alarm.id}`, path: '/supervisor', isUrgent: isRaised },
      )
    }
  }
}

const viewOf = (alarm: Alarm, value: number) => ({
  alarmId: alarm.id,
  name: alarm.name,
  ...(alarm.queueId === undefined ? {} : { queueId: alarm.queueId }),
  figure: alarm.figure,
  is: alarm.is,
  limit: alarm.value,
  value: Math.round(value * 10) / 10,
})
