import { type Clock, type CompanyId, isRefusal, makeId, type Refusal } from '@vaxel/base'
import { InvalidRequest, NotFound, type OperationReply, type Principal, type readSitePassport } from '@vaxel/contract'
import type { KeptReport, KeptSite, SiteStore } from '@vaxel/core'
import {
  callQuality,
  expiryWarnings,
  isMet,
  type Passport,
  passportOf,
  type Requirement,
  siteFacts,
  type SiteProfile,
  type SiteReport,
} from '@vaxel/site'
import { readReport } from '@vaxel/site/file'
import type { CatalogueShelf } from './catalogue-shelf.ts'
import { by, type SiteService, under } from './site-service.ts'

export type PassportView = OperationReply<typeof readSitePassport>
type Entry = PassportView['reports'][number]

/** Reports of one site that are kept. */
const mostReports = 50
/** Real calls that a passport looks at. */
const callDays = 30
const mostLegs = 20_000
/** Mistakes of one report that are told. */
const mostTold = 20
const dayMs = 86_400_000

/** What was found at sites, and what it means. */
export class ReportService {
  readonly #store: SiteStore
  readonly #sites: SiteService
  readonly #shelf: CatalogueShelf
  readonly #clock: Clock

  constructor(options: { store: SiteStore; sites: SiteService; shelf: CatalogueShelf; clock: Clock }) {
    this.#store = options.store
    this.#sites = options.sites
    this.#shelf = options.shelf
    this.#clock = options.clock
  }

  /**
   * Keeps a report. Its own judgement is not believed: it is made anew from its results and from what the site needs.
   * @param from `user:<id>` or `invitation:<id>`
   */
  async add(
    site: KeptSite,
    body: unknown,
    from: { by: string; address: string; path: string },
  ): Promise<Entry | Refusal> {
    const read = readReport(body)
    if (!read.ok) return InvalidRequest(undefined, { mistakes: under(from.path, read.mistakes) })
    const sent = read.value
    const receivedAtMs = this.#clock.now()
    const late = placesOfFuture(sent, receivedAtMs + dayMs)
    if (late.length > 0)
      return InvalidRequest(undefined, {
        mistakes: late.slice(0, mostTold).map((path) => ({
          path: `${from.path}${path}`,
          reason: 'lies in the future: the clock of the machine that made it is wrong',
        })),
      })
    const { judgement } = this.#passport(site, [sent])
    const report: SiteReport = { ...sent, judgement }
    const id = makeId<string & { readonly brand?: never }>(receivedAtMs)
    const kept: KeptReport = {
      id,
      companyId: site.companyId,
      siteId: site.id,
      receivedAtMs,
      summary: { address: from.address },
      report,
    }
    await this.#store.addReport(
      kept,
      mostReports,
      this.#sites.event(site, 'site.reported', {
        by: from.by,
        report: id,
        verdict: judgement.verdict,
        address: from.address,
      }),
    )
    return toEntry(kept)
  }

  async addBy(principal: Principal, siteId: string, body: unknown, address: string): Promise<Entry | Refusal> {
    const site = await this.#sites.find(principal, siteId)
    return isRefusal(site) ? site : this.add(site, body, { by: by(principal), address, path: '' })
  }

  async read(principal: Principal, siteId: string, reportId: string): Promise<SiteReport | Refusal> {
    const found = await this.#store.report(principal.companyId as CompanyId, siteId, reportId)
    return found ? (found.report as SiteReport) : NotFound()
  }

  async passport(principal: Principal, siteId: string): Promise<PassportView | Refusal> {
    const site = await this.#sites.find(principal, siteId)
    if (isRefusal(site)) return site
    const nowMs = this.#clock.now()
    const reports = await this.#store.reports(site.companyId, site.id, mostReports)
    const passport = await this.passportOf(site, reports)
    const profile = site.profile as SiteProfile
    const catalogue = this.#shelf.find(profile.system, profile.version)
    const legs = await this.#store.measuredLegs(site.companyId, nowMs - callDays * dayMs, mostLegs)
    const calls = callQuality(legs, site.reachedFrom)
    return {
      siteId: site.id,
      catalogue: { id: profile.system, version: catalogue?.version ?? profile.version ?? '0000000000' },
      judgement: passport.judgement as PassportView['judgement'],
      segments: [...passport.segments],
      changedSince: [...passport.changedSince],
      ...(passport.verifyAgainBy === undefined ? {} : { verifyAgainBy: passport.verifyAgainBy }),
      reports: reports.map(toEntry),
      ...(calls ? { calls } : {}),
      expiring: expiryWarnings(profile.secrets, nowMs).map(({ key: _, ...rest }) => rest),
    }
  }

  /** What the reports of a site mean today. */
  async passportOf(site: KeptSite, known?: readonly KeptReport[]): Promise<Passport> {
    const reports = known ?? (await this.#store.reports(site.companyId, site.id, mostReports))
    return this.#passport(
      site,
      reports.map(({ report }) => report as SiteReport),
    )
  }

  #passport(site: KeptSite, reports: readonly SiteReport[]): Passport {
    const profile = site.profile as SiteProfile
    return passportOf({
      requirements: this.#requirements(profile),
      reports,
      catalogueOf: (id, version) => this.#shelf.find(id, version),
      nowMs: this.#clock.now(),
      segments: profile.networks?.segments?.map(({ name }) => name) ?? [],
    })
  }

  #requirements(profile: SiteProfile): readonly Requirement[] {
    const facts = siteFacts(profile)
    const catalogue = this.#shelf.find(profile.system, profile.version)
    return catalogue?.requirements.filter(({ appliesWhen }) => isMet(appliesWhen, facts)) ?? []
  }
}

/** Evidence from the future would count for ever, whether all of a report is or one of its results. */
const placesOfFuture = ({ endedAt, results }: SiteReport, mostMs: number): readonly string[] => [
  ...(Date.parse(endedAt) > mostMs ? ['/endedAt'] : []),
  ...results.flatMap((result, i) => (Date.parse(result.endedAt) > mostMs ? [`/results/${i}/endedAt`] : [])),
]

function toEntry({ id, receivedAtMs, summary, report }: KeptReport): Entry {
  const { endedAt, madeBy, catalogue, segments, judgement } = report as SiteReport
  const { address } = summary as { address?: string }
  return {
    id,
    receivedAt: new Date(receivedAtMs).toISOString(),
    endedAt: new Date(Date.parse(endedAt)).toISOString(),
    tool: madeBy.tool,
    on: madeBy.on,
    catalogue: { ...catalogue },
    segments: [...segments],
    ...(address === undefined ? {} : { address }),
    judgement: judgement as Entry['judgement'],
  }
}
