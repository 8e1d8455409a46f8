import {
  type CallId,
  type Clock,
  type CompanyId,
  hostOfAddress,
  localTime,
  type Logger,
  type UserId,
} from '@vaxel/base'
import {
  type Directory,
  type EmergencyPlaces,
  type EventFeed,
  type HistoryReader,
  type Mailer,
  type Notices,
  type NumberedEvent,
  type SitePlace,
  type PushMessage,
  timeZoneOf,
  type User,
} from '@vaxel/core'
import type { EmergencyList } from './emergency-list.ts'
import { emergencyTexts } from './emergency-texts.ts'

/** Tells the browsers of one user, while no page is open. */
export type TellStaff = (to: { readonly userId: UserId; readonly companyId: CompanyId }, message: PushMessage) => void

export interface WatchDependencies {
  readonly feed: EventFeed
  readonly history: Pick<HistoryReader, 'call'>
  readonly list: Pick<EmergencyList, 'add'>
  readonly directory: Directory
  readonly places: EmergencyPlaces
  readonly notices: Pick<Notices, 'publish'>
  readonly tell: TellStaff
  readonly mailer: Mailer
  /** Where people open this platform, for links in mails; undefined where that is not known. */
  readonly baseUrl: string | undefined
  readonly clock: Clock
  readonly log: Logger
}

/** What is known of an emergency call when it is made. */
interface Emergency {
  readonly callId: CallId
  readonly companyId: CompanyId
  readonly atMs: number
  readonly dialled: string
  readonly number: string
  readonly name: string
  readonly userId?: UserId
  readonly device?: string
  readonly place?: SitePlace
  /** As the directory has it. */
  readonly location?: string
  readonly address?: string
  readonly isRefused: boolean
}

/** How routing says that a number is an emergency number. */
const reached = 'emergency'
const notReached = 'emergency-without-trunk'
/** Calls that were told of; an emergency call may be routed again when it is transferred. */
const mostTold = 1000

/**
 * Tells a company's attendants, supervisors and administrators of each emergency call, where it comes from and whether anybody was reached: on
 * their screens, by messages to their browsers and by mail. Whoever dials 112 seldom can say where the ambulance should drive in.
 */
export class EmergencyWatch {
  readonly #around: WatchDependencies
  readonly #told = new Set<CallId>()
  readonly #stop: () => void
  #telling: Promise<void> = Promise.resolve()

  constructor(dependencies: WatchDependencies) {
    this.#around = dependencies
    this.#stop = dependencies.feed.subscribe((events) => {
      for (const event of events) if (event.kind === 'call.routed') this.#see(event)
    })
  }

  /** Resolves when what is known has been told. */
  async close(): Promise<void> {
    this.#stop()
    await this.#telling
  }

  #see(event: NumberedEvent): void {
    const { callId, data } = event
    const codes = Array.isArray(data.decisions) ? data.decisions.map(({ code }: { code?: unknown }) => code) : []
    const isRefused = codes.includes(notReached)
    if (callId === undefined || (!isRefused && !codes.includes(reached)) || this.#told.has(callId)) return
    this.#told.add(callId)
    if (this.#told.size > mostTold) this.#told.delete(this.#told.values().next().value!)
    const { log } = this.#around
    this.#telling = this.#telling
      .then(() => this.#tell(callId, event, isRefused))
      .catch((error: unknown) => log.error('an emergency call was not told of', { callId, error: String(error) }))
  }

  async #tell(callId: CallId, event: NumberedEvent, isRefused: boolean): Promise<void> {
    const { list, directory, notices, clock } = this.#around
    const emergency = await this.#read(callId, event, isRefused)
    const { companyId, atMs, place, userId } = emergency
    const staff = staffOf(directory, companyId)
    const others = staff.filter(({ id }) => id !== userId)
    for (const user of others) this.#push(user, emergency)
    await list.add({ kind: 'emergency.called', atMs, companyId, data: dataOf(emergency) })
    notices.publish({
      companyId,
      kind: 'emergencyCalls.changed',
      data: { callId },
      atMs: clock.now(),
      to: staff.map(({ id }) => id),
    })
    this.#around.log.warn('emergency call', { callId, isRefused, site: place?.siteId })
    for (const user of others) if (user.email !== undefined) await this.#mail(user, user.email, emergency)
  }

  async #read(callId: CallId, { companyId, atMs, data }: NumberedEvent, isRefused: boolean): Promise<Emergency> {
    const { history, directory, places } = this.#around
    const found = await history.call(callId, companyId)
    const leg = found?.legs.find(({ role }) => role === 'caller')
    const caller = leg?.party ?? found?.call.caller
    const user = caller?.userId && directory.user(caller.userId)
    const device = leg?.deviceId && directory.device(leg.deviceId)
    const address = leg?.remoteAddress === undefined ? undefined : hostOfAddress(leg.remoteAddress)
    const place = address === undefined ? undefined : places.placeOf(companyId, address)
    return {
      callId,
      companyId,
      atMs,
      dialled: String(found?.call.dialled ?? data.to ?? ''),
      number: caller?.number ?? '',
      name: user ? user.displayName : (caller?.name ?? caller?.number ?? '?'),
      ...(user ? { userId: user.id } : {}),
      ...(device ? { device: device.label } : {}),
      ...(place ? { place } : {}),
      ...(user && user.location !== undefined ? { location: user.location } : {}),
      ...(address === undefined ? {} : { address }),
      isRefused,
    }
  }

  #push(user: User, emergency: Emergency): void {
    const { id, language } = user
    const { title, notReached: nobody } = emergencyTexts[language]
    const { companyId, callId, isRefused } = emergency
    const body = [sentenceOf(emergency, language), ...(isRefused ? [nobody] : [])].join(' ')
    const message = { title, body, tag: `emergency ${callId}`, path: pageFor(user, callId), isUrgent: true }
    this.#around.tell({ userId: id, companyId }, message)
  }

  async #mail(user: User, to: string, emergency: Emergency): Promise<void> {
    const { language } = user
    const { mailer, directory, baseUrl } = this.#around
    const { companyId, callId, atMs, device, address, isRefused } = emergency
    const words = emergencyTexts[language]
    const company = directory.company(companyId)
    const { date, minutes } = localTime(company ? timeZoneOf(company) : 'UTC', atMs)
    const clock = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
    const lines = [
      sentenceOf(emergency, language),
      ...(isRefused ? [words.notReached] : []),
      '',
      `${words.at}: ${date} ${clock}`,
      `${words.place}: ${placeOf(emergency, language) ?? words.unknown}`,
      `${words.device}: ${device ?? words.unknown}`,
      `${words.address}: ${address ?? words.unknown}`,
      ...(baseUrl === undefined ? [] : ['', `${baseUrl}${pageFor(user, callId)}`]),
    ]
    const subject = `${words.title}: ${sentenceOf(emergency, language)}`
    await mailer.queue(companyId, { to, subject, text: `${lines.join('\n')}\n` })
  }
}

/** Whose business emergency calls of a company are. */
export const staffOf = (directory: Directory, companyId: CompanyId): readonly User[] =>
  [...directory.usersOf(companyId)].filter(({ role }) => role !== 'user')

const sentenceOf = (emergency: Emergency, language: User['language']): string =>
  emergencyTexts[language].called(whoOf(emergency), emergency.dialled, placeOf(emergency, language))

const whoOf = ({ name, number }: Emergency): string => (number === '' || number === name ? name : `${name} (${number})`)

const placeOf = ({ place, location }: Emergency, language: User['language']): string | undefined =>
  (place && nameOf(place)) ?? (location === undefined ? undefined : emergencyTexts[language].usually(location))

/** @example nameOf({ siteId: '…', site: 'Lund', segment: 'floor 2' }) // 'Lund, floor 2' */
const nameOf = ({ site, segment }: SitePlace): string => (segment === undefined ? site : `${site}, ${segment}`)

/** Attendants see the calls that go on, and not what became of those of others. */
const pageFor = ({ role }: User, callId: CallId): string => (role === 'attendant' ? '/live' : `/calls/${callId}`)

function dataOf({ callId, dialled, number, name, userId, device, place, location, address, isRefused }: Emergency) {
  return {
    call: callId,
    dialled,
    number,
    name,
    ...(userId ? { userId } : {}),
    ...(device === undefined ? {} : { device }),
    ...(place ? { siteId: place.siteId, site: nameOf(place) } : {}),
    ...(location === undefined ? {} : { location }),
    ...(address === undefined ? {} : { address }),
    ...(isRefused ? { isRefused } : {}),
  }
}
