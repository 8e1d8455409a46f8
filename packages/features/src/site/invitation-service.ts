import { createHash } from 'node:crypto'
import { type Clock, type CompanyId, isRefusal, makeId, type RandomBytes, type Refusal, type UserId } from '@vaxel/base'
import { InvitationGone, NotFound, type Principal, TooManyRequests } from '@vaxel/contract'
import type { ConfigurationReader, SiteInvitation, SiteStore } from '@vaxel/core'
import { PerAddress } from './per-address.ts'
import type { ReportService } from './report-service.ts'
import { by, type SiteService } from './site-service.ts'

const dayMs = 86_400_000
const usualDays = 14
const tokenBytes = 32
/** Links of one site that work at once. */
const mostOfOneSite = 50
/** Reports that one address may send in a quarter of an hour: every part of a large site, some twice. */
const mostReports = 40
const windowMs = 15 * 60_000

/** Links with which somebody at a site sends reports without login: unguessable, ending, revocable, audited. */
export class InvitationService {
  readonly #store: SiteStore
  readonly #sites: SiteService
  readonly #reports: ReportService
  readonly #configuration: { readonly current: Makers }
  readonly #clock: Clock
  readonly #random: RandomBytes
  readonly #senders: PerAddress

  constructor(options: {
    store: SiteStore
    sites: SiteService
    reports: ReportService
    configuration: { readonly current: Makers }
    clock: Clock
    random: RandomBytes
  }) {
    this.#store = options.store
    this.#sites = options.sites
    this.#reports = options.reports
    this.#configuration = options.configuration
    this.#clock = options.clock
    this.#random = options.random
    this.#senders = new PerAddress({ clock: options.clock, most: mostReports, windowMs })
  }

  async invite(principal: Principal, siteId: string, days = usualDays) {
    const working = await this.list(principal, siteId)
    if (isRefusal(working)) return working
    if (working.items.length >= mostOfOneSite)
      return TooManyRequests(`${mostOfOneSite} links to this site work already; take some of them back.`)
    const site = await this.#sites.find(principal, siteId)
    if (isRefusal(site)) return site
    const nowMs = this.#clock.now()
    const invitation: SiteInvitation = {
      id: makeId<string & { readonly brand?: never }>(nowMs),
      companyId: site.companyId,
      siteId,
      createdBy: principal.userId as UserId,
      createdAtMs: nowMs,
      expiresAtMs: nowMs + days * dayMs,
    }
    const token = Buffer.from(this.#random(tokenBytes)).toString('base64url')
    const { id, expiresAtMs } = invitation
    const told = this.#sites.event(site, 'site.invited', { by: by(principal), invitation: id, expiresAtMs })
    await this.#store.invite(invitation, hashOf(token), told)
    await this.#store.removeInvitations(nowMs)
    // In the fragment: it reaches no server's log and no referrer.
    return { invitation: toView(invitation), token, path: `/verify#invitation=${token}` }
  }

  async list(principal: Principal, siteId: string) {
    const site = await this.#sites.find(principal, siteId)
    if (isRefusal(site)) return site
    const nowMs = this.#clock.now()
    const all = await this.#store.invitationsOf(site.companyId, siteId)
    return { items: all.filter(({ expiresAtMs }) => expiresAtMs > nowMs).map(toView) }
  }

  async end(principal: Principal, siteId: string, invitationId: string): Promise<Refusal | undefined> {
    const site = await this.#sites.find(principal, siteId)
    if (isRefusal(site)) return site
    const told = this.#sites.event(site, 'site.invitationEnded', { by: by(principal), invitation: invitationId })
    const was = await this.#store.endInvitation(principal.companyId as CompanyId, siteId, invitationId, told)
    return was ? undefined : NotFound()
  }

  /** Takes a report by a link. The same refusal for links that never were, have ended, or were taken back. */
  async send({ invitation: token, report }: { invitation: string; report: unknown }, address: string) {
    if (!this.#senders.admits(address))
      return TooManyRequests('Too many reports came from your address; wait a quarter of an hour.')
    const found = await this.#find(token)
    if (!found) return InvitationGone()
    const { site, invitation } = found
    return this.#reports.add(site, report, { by: `invitation:${invitation.id}`, address, path: '/report' })
  }

  /** The site of a link that works. */
  async siteOf(token: string): Promise<{ readonly name: string } | Refusal> {
    return (await this.#find(token))?.site ?? InvitationGone()
  }

  async #find(token: string) {
    const invitation = await this.#store.invitation(hashOf(token))
    if (!invitation || invitation.expiresAtMs <= this.#clock.now() || !this.#mayInvite(invitation)) return undefined
    const site = await this.#store.site(invitation.companyId, invitation.siteId)
    return site && { site, invitation }
  }

  /** A link lives no longer than its maker's right to make one. */
  #mayInvite({ companyId, createdBy }: SiteInvitation): boolean {
    const { current } = this.#configuration
    const maker = current.user(createdBy)
    if (!maker) return false
    return current.isOperator(createdBy) || (maker.companyId === companyId && maker.role === 'administrator')
  }
}

/** Who may make links, and for how long. */
type Makers = Pick<ConfigurationReader, 'user' | 'isOperator'>

/** Only hashes are kept: whoever reads the database cannot send a report. */
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')

const toView = ({ id, createdBy, createdAtMs, expiresAtMs }: SiteInvitation) => ({
  id,
  createdBy,
  createdAt: new Date(createdAtMs).toISOString(),
  expiresAt: new Date(expiresAtMs).toISOString(),
})
