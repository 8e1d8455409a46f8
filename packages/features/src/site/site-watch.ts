import type { Clock, Logger, Timer, UserId } from '@vaxel/base'
import type { Directory, KeptSite, Language, SiteStore } from '@vaxel/core'
import { expiryWarnings, type SiteProfile } from '@vaxel/site'
import type { ReportService } from './report-service.ts'
import type { SiteService } from './site-service.ts'

const hourMs = 3_600_000
const pageSize = 100

/** Tells one user's browsers; the page shows the same from the ledger. */
export type TellOwner = (
  owner: { userId: UserId; companyId: KeptSite['companyId'] },
  message: { title: string; body: string; tag: string; path: string },
) => void

const texts: Readonly<
  Record<
    Language,
    {
      readonly expires: (subject: string, daysLeft: number, day: string) => string
      readonly verify: string
    }
  >
> = {
  en: {
    expires: (subject, daysLeft, day) =>
      daysLeft < 0 ? `${subject} ended on ${day}` : `${subject} ends in ${daysLeft} days, on ${day}`,
    verify: 'Verify this site again: what it has to meet has changed, or its evidence has grown old',
  },
  sv: {
    expires: (subject, daysLeft, day) =>
      daysLeft < 0 ? `${subject} gick ut ${day}` : `${subject} går ut om ${daysLeft} dagar, ${day}`,
    verify: 'Verifiera platsen igen: kraven har ändrats eller resultaten har blivit för gamla',
  },
  fr: {
    expires: (subject, daysLeft, day) =>
      daysLeft < 0 ? `${subject} a expiré le ${day}` : `${subject} expire dans ${daysLeft} jours, le ${day}`,
    verify: 'Vérifiez de nouveau ce site : ses exigences ont changé ou ses preuves sont trop anciennes',
  },
}

/** Looks at every site once an hour: what ends soon, and what has to be proven again. Each is told once. */
export class SiteWatch {
  readonly #store: SiteStore
  readonly #sites: SiteService
  readonly #reports: ReportService
  readonly #directory: Directory
  readonly #clock: Clock
  readonly #log: Logger
  readonly #tell: TellOwner
  #timer: Timer | undefined
  #looking: Promise<void> = Promise.resolve()
  #isClosed = false

  constructor(options: {
    store: SiteStore
    sites: SiteService
    reports: ReportService
    directory: Directory
    clock: Clock
    log: Logger
    tell: TellOwner
  }) {
    this.#store = options.store
    this.#sites = options.sites
    this.#reports = options.reports
    this.#directory = options.directory
    this.#clock = options.clock
    this.#log = options.log
    this.#tell = options.tell
  }

  start(): void {
    this.#next(0)
  }

  /** Resolves when a look that is under way has ended. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#timer?.stop()
    await this.#looking
  }

  /** Looks at all sites of all companies; one look at a time, so that nothing is told twice. */
  look(): Promise<void> {
    const look = this.#looking.then(() => this.#lookAtAll())
    this.#looking = look.catch(() => {})
    return look
  }

  async #lookAtAll(): Promise<void> {
    let after: string | undefined
    do {
      const page = await this.#store.everySite({ limit: pageSize, ...(after === undefined ? {} : { after }) })
      for (const site of page) {
        if (this.#isClosed) return
        await this.#lookAt(site)
      }
      after = page.length === pageSize ? page.at(-1)!.id : undefined
    } while (after !== undefined)
  }

  #next(delayMs: number): void {
    if (this.#isClosed) return
    this.#timer = this.#clock.startTimer(delayMs, () => {
      this.look()
        .catch((error: unknown) => this.#log.error('sites could not be looked at', { error: String(error) }))
        .finally(() => this.#next(hourMs))
    })
  }

  async #lookAt(site: KeptSite): Promise<void> {
    const profile = site.profile as SiteProfile
    const told = await this.#store.warned(site.id)
    for (const { key, ...warning } of expiryWarnings(profile.secrets, this.#clock.now())) {
      if (told.has(key)) continue
      await this.#store.warn(site, key, this.#sites.event(site, 'site.expiryWarned', warning))
      const { subject, daysLeft, notAfter, owner } = warning
      this.#tellOwners(site, key, owner, (language) => texts[language].expires(subject, daysLeft, notAfter))
    }
    const passport = await this.#reports.passportOf(site)
    const stale = passport.judgement.losses.filter(({ outcome }) => outcome === 'stale')
    if (stale.length === 0) return
    const ids = stale.map(({ requirementId }) => requirementId).sort()
    const reason = passport.changedSince.length > 0 ? 'changed' : 'stale'
    const key = JSON.stringify([
      'verify',
      ...passport.results
        .map(({ endedAt }) => endedAt)
        .sort()
        .slice(-1),
      ...ids,
    ])
    if (told.has(key)) return
    const catalogue = `${profile.system}@${profile.version ?? 'newest'}`
    await this.#store.warn(
      site,
      key,
      this.#sites.event(site, 'site.evidenceAged', { reason, requirements: ids.slice(0, 100), catalogue }),
    )
    this.#tellOwners(site, `verify ${site.id}`, undefined, (language) => texts[language].verify)
  }

  /** The owners of the site, and the owner of a secret where the address is a user's login. */
  #tellOwners(site: KeptSite, tag: string, owner: string | undefined, body: (language: Language) => string): void {
    const users = new Set(site.owners)
    if (owner !== undefined)
      for (const user of this.#directory.usersOf(site.companyId))
        if (owner.toLowerCase() === `${user.name}@${user.domain}` || owner.toLowerCase() === user.email?.toLowerCase())
          users.add(user.id)
    for (const userId of users) {
      const user = this.#directory.user(userId)
      if (!user) continue
      const message = { title: site.name, body: body(user.language), tag, path: `/administration/sites/${site.id}` }
      this.#tell({ userId, companyId: site.companyId }, message)
    }
  }
}
