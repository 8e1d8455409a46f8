import type { CompanyId, UserId } from '@vaxel/base'
import type { LedgerEvent } from './call-ledger.ts'
import type { CivicAddress } from './emergency-places.ts'
import type { LegQuality } from './media-engine.ts'

/** A network location of a company. */
export interface KeptSite {
  readonly id: string
  readonly companyId: CompanyId
  readonly name: string
  /** The profile, as its file format has it (`@vaxel/site`). */
  readonly profile: unknown
  /** Public addresses and networks (CIDR) from which the site reaches the platform: real calls are known by them. */
  readonly reachedFrom: readonly string[]
  /** Who is told of what expires and of what was found, besides the owner of a secret. */
  readonly owners: readonly UserId[]
  /** Where the house is, for emergency calls. */
  readonly address?: CivicAddress
  readonly changedAtMs: number
}

/** A link with which somebody at the site sends reports without login. */
export interface SiteInvitation {
  readonly id: string
  readonly companyId: CompanyId
  readonly siteId: string
  readonly createdBy: UserId
  readonly createdAtMs: number
  readonly expiresAtMs: number
}

export interface KeptReport {
  readonly id: string
  readonly companyId: CompanyId
  readonly siteId: string
  readonly receivedAtMs: number
  /** What a list shows of it. */
  readonly summary: unknown
  /** The whole report, as its file format has it. */
  readonly report: unknown
}

export interface KeptCatalogue {
  readonly id: string
  /** `YYYYMMDDNN`. */
  readonly version: string
  /** Absent: made from the running configuration. */
  readonly publishedBy?: UserId
  readonly keptAtMs: number
  readonly content: unknown
}

/** How one leg of a real call was. */
export interface MeasuredLeg {
  readonly remoteAddress: string
  readonly startedAtMs: number
  readonly quality: LegQuality
}

/** Sites, what was found at them, and catalogues that are not part of the program. Each change is durable when it resolves. */
export interface SiteStore {
  /** By name. @param after id and name of the last one of the page before */
  sites(companyId: CompanyId, page: { limit: number; after?: { name: string; id: string } }): Promise<KeptSite[]>
  /** Those of every company, by id, for what is looked at every day. */
  everySite(page: { limit: number; after?: string }): Promise<KeptSite[]>
  site(companyId: CompanyId, id: string): Promise<KeptSite | undefined>
  countSites(companyId: CompanyId): Promise<number>
  /** Made, or written over. */
  putSite(site: KeptSite, event: LedgerEvent): Promise<void>
  /** With its reports and links. @returns whether there was one */
  removeSite(companyId: CompanyId, id: string, event: LedgerEvent): Promise<boolean>

  invite(invitation: SiteInvitation, tokenHash: string, event: LedgerEvent): Promise<void>
  /** Whatever its age; the asker looks at `expiresAtMs`. */
  invitation(tokenHash: string): Promise<SiteInvitation | undefined>
  invitationsOf(companyId: CompanyId, siteId: string): Promise<SiteInvitation[]>
  endInvitation(companyId: CompanyId, siteId: string, id: string, event: LedgerEvent): Promise<boolean>
  removeInvitations(expiredBeforeMs: number): Promise<void>

  /** Kept, and the oldest of the site beyond `most` go. */
  addReport(report: KeptReport, most: number, event: LedgerEvent): Promise<void>
  /** Latest first. */
  reports(companyId: CompanyId, siteId: string, limit: number): Promise<KeptReport[]>
  report(companyId: CompanyId, siteId: string, id: string): Promise<KeptReport | undefined>

  /** Warnings of a site that were given. */
  warned(siteId: string): Promise<ReadonlySet<string>>
  warn(site: KeptSite, warning: string, event: LedgerEvent): Promise<void>

  /** By id, then version. */
  catalogues(): Promise<KeptCatalogue[]>
  putCatalogue(catalogue: KeptCatalogue, event?: LedgerEvent): Promise<void>

  /** Legs with measured quality that began since then, latest first. */
  measuredLegs(companyId: CompanyId, sinceMs: number, limit: number): Promise<MeasuredLeg[]>
}
