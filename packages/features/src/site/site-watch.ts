import type { Clock, Logger, Timer, UserId } from '@vaxel/base'
import type { Directory, KeptSite, Language, Mailer, SiteStore, User } from '@vaxel/core'
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

/** @example inDays('en', 1) // 'tomorrow' */
const inDays = (language: Language, days: number): string =>
  new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(days, 'day')

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
      daysLeft < 0 ? `${subject} ended on ${day}` : `${subject} ends ${inDays('en', daysLeft)}, on ${day}`,
    verify: 'Verify this site again: what it has to meet has changed, or its evidence has grown old',
  },
  sv: {
    expires: (subject, daysLeft, day) =>
      daysLeft < 0 ? `${subject} gick ut ${day}` : `${subject} går ut ${inDays('sv', daysLeft)}, ${day}`,
    verify: 'Verifiera platsen igen: kraven har ändrats eller resultaten har blivit för gamla',
  },
  fr: {
    expires: (subject, daysLeft, day) =>
      daysLeft < 0 ? `${subject} a expiré le ${day}` : `${subject} expire ${inDays('fr', daysLeft)}, le ${day}`,
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
  readonly #mailer: Mailer
  readonly #baseUrl: string | undefined
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
    mailer: Mailer
    baseUrl: string | undefined
  }) {
    this.#store = options.store
    this.#sites = options.sites
    this.#reports = options.reports
    this.#directory = options.directory
    this.#clock = options.clock
    this.#log = options.log
    this.#tell = options.tell
    this.#mailer = options.mailer
    this.#baseUrl = options.baseUrl
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
        // One that cannot be looked at keeps no other from it.
        await this.#lookAt(site).catch((error: unknown) =>
          this.#log.error('a site could not be looked at', { site: site.id, error: String(error) }),
        )
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
      await this.#tellOwners(site, key, owner, (language) => texts[language].expires(subject, daysLeft, notAfter))
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
    await this.#tellOwners(site, `verify ${site.id}`, undefined, (language) => texts[language].verify)
  }

  /** Browsers of the site's owners, and by mail the owner of a secret or, without one, the site's owners who have an address. */
  async #tellOwners(
    site: KeptSite,
    tag: string,
    owner: string | undefined,
    body: (language: Language) => string,
  ): Promise<void> {
    const path = `/admin/sites/${site.id}`
    const address = owner?.toLowerCase()
    const isOwner = (user: User) =>
      address !== undefined && (address === `${user.name}@${user.domain}` || address === user.email?.toLowerCase())
    const users = new Map<UserId, User>()
    for (const id of site.owners) {
      const user = this.#directory.user(id)
      if (user) users.set(id, user)
    }
    for (const user of this.#directory.usersOf(site.companyId)) if (isOwner(user)) users.set(user.id, user)
    const told = [...users.values()]
    for (const user of told)
      this.#tell(
        { userId: user.id, companyId: site.companyId },
        { title: site.name, body: body(user.language), tag, path },
      )
    const mails =
      owner === undefined
        ? told.flatMap(({ email, language }) => (email === undefined ? [] : [{ to: email, language }]))
        : [{ to: owner, language: told.find(isOwner)?.language ?? told[0]?.language ?? ('en' as const) }]
    for (const { to, language } of mails) {
      const sentence = body(language)
      const link = this.#baseUrl === undefined ? '' : `\n\n${this.#baseUrl}${path}`
      await this.#mailer.queue(site.companyId, {
        to,
        subject: `${site.name}: ${sentence}`,
        text: `${site.name}\n\n${sentence}${link}\n`,
      })
    }
  }
}
