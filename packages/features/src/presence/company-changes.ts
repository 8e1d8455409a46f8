import type { Clock, CompanyId, Timer, UserId } from '@vaxel/base'
import { type PersonPresence, presenceNotices } from '@vaxel/contract'
import type { Notices, Presence, User } from '@vaxel/core'
import { personView } from './views.ts'

interface Company {
  version: number
  /** Version at which each person changed last. */
  readonly changed: Map<UserId, number>
  readonly waiting: Map<UserId, Presence>
  timer: Timer | undefined
  toldAtMs: number
}

/** A company hears at most four times a second. */
const betweenNoticesMs = 250
/** What happens together is told together. */
const gatherMs = 20
const mostInNotice = 2000
const kind = presenceNotices[0]!.kind

/** Counts the changes of each company, and tells its open screens of them in bundles. */
export class CompanyChanges {
  readonly #clock: Clock
  readonly #notices: Pick<Notices, 'publish'>
  /** Of another run of the platform the versions mean nothing. */
  readonly #run: string
  readonly #companies = new Map<CompanyId, Company>()

  constructor({ clock, notices }: { clock: Clock; notices: Pick<Notices, 'publish'> }) {
    this.#clock = clock
    this.#notices = notices
    this.#run = clock.now().toString(36)
  }

  add({ id, companyId }: User, presence: Presence): void {
    const company = this.#companyOf(companyId)
    company.changed.set(id, ++company.version)
    company.waiting.set(id, presence)
    const dueMs = company.toldAtMs + betweenNoticesMs - this.#clock.monotonicMs()
    company.timer ??= this.#clock.startTimer(Math.max(gatherMs, dueMs), () => this.#tell(companyId, company))
  }

  versionOf(companyId: CompanyId): string {
    return `${this.#run}-${this.#companies.get(companyId)?.version ?? 0}`
  }

  /** Tells whether somebody has changed since a version; undefined when it is not of this run. */
  since(companyId: CompanyId, version: string): ((userId: UserId) => boolean) | undefined {
    const [run, number] = version.split('-')
    const after = Number(number)
    if (run !== this.#run || !Number.isSafeInteger(after)) return undefined
    const changed = this.#companies.get(companyId)?.changed
    return (userId) => (changed?.get(userId) ?? 0) > after
  }

  close(): void {
    for (const { timer } of this.#companies.values()) timer?.stop()
    this.#companies.clear()
  }

  #tell(companyId: CompanyId, company: Company): void {
    company.timer = undefined
    company.toldAtMs = this.#clock.monotonicMs()
    const people: PersonPresence[] = [...company.waiting].map(([userId, presence]) => personView(userId, presence))
    company.waiting.clear()
    const version = this.versionOf(companyId)
    const atMs = this.#clock.now()
    for (let i = 0; i < people.length; i += mostInNotice)
      this.#notices.publish({ companyId, kind, data: { version, people: people.slice(i, i + mostInNotice) }, atMs })
  }

  #companyOf(companyId: CompanyId): Company {
    let company = this.#companies.get(companyId)
    if (!company) {
      company = { version: 0, changed: new Map(), waiting: new Map(), timer: undefined, toldAtMs: -betweenNoticesMs }
      this.#companies.set(companyId, company)
    }
    return company
  }
}
