import { isRefusal, type Refusal } from '@vaxel/base'
import * as contract from '@vaxel/contract'
import { NotFound, type OperationHandler, perform, TooManyRequests } from '@vaxel/contract'
import { describeChanges, diffCatalogues } from '@vaxel/site'
import { catalogueJsonSchema, profileJsonSchema, reportJsonSchema } from '@vaxel/site/file'
import type { CatalogueShelf } from './catalogue-shelf.ts'
import type { ChangesFeed } from './changes-feed.ts'
import type { InvitationService } from './invitation-service.ts'
import type { PerAddress } from './per-address.ts'
import type { PlanService } from './plan-service.ts'
import type { ReportService } from './report-service.ts'
import { type SiteService, toSiteView } from './site-service.ts'

const schemas: Readonly<Record<string, object>> = {
  catalogue: catalogueJsonSchema,
  profile: profileJsonSchema,
  report: reportJsonSchema,
}

/** What anybody may read. */
export function catalogueHandlers(options: {
  shelf: CatalogueShelf
  feed: ChangesFeed
  readers: PerAddress
}): readonly OperationHandler[] {
  const { shelf, feed, readers } = options
  const admit = (address: string): Refusal | undefined =>
    readers.admits(address) ? undefined : TooManyRequests('Too many questions came from your address; wait a minute.')
  return [
    perform(contract.listSiteCatalogues, ({ address }) => admit(address) ?? { items: shelf.entries() }),
    perform(
      contract.readSiteCatalogue,
      ({ address, params, query }) => admit(address) ?? shelf.read(params.catalogueId, query.version),
    ),
    perform(contract.readSiteChanges, ({ address, params, query }) => {
      const refused = admit(address)
      if (refused) return refused
      const before = shelf.read(params.catalogueId, query.since)
      if (isRefusal(before)) return before
      const after = shelf.read(params.catalogueId, query.until)
      if (isRefusal(after)) return after
      const changes = diffCatalogues(before, after)
      return {
        from: before.version,
        to: after.version,
        changes: changes as unknown as Record<string, unknown>[],
        text: describeChanges(changes, query.language ?? 'en'),
      }
    }),
    perform(contract.readSiteFeed, ({ address, query }) => admit(address) ?? feed.read(query.language ?? 'en')),
    perform(
      contract.readSiteSchema,
      ({ address, params }) =>
        admit(address) ??
        (Object.hasOwn(schemas, params.schema) ? (schemas[params.schema] as Record<string, unknown>) : NotFound()),
    ),
    perform(contract.publishSiteCatalogue, ({ principal, params, body }) =>
      shelf.publish(params.catalogueId, body, {
        userId: principal.userId as Parameters<typeof shelf.publish>[2]['userId'],
        companyId: principal.companyId as Parameters<typeof shelf.publish>[2]['companyId'],
      }),
    ),
  ]
}

export function planHandlers(plans: PlanService): readonly OperationHandler[] {
  return [
    perform(contract.planSite, ({ body }) => plans.plan(body)),
    perform(contract.writeSiteRules, ({ body }) => plans.rules(body)),
    perform(contract.compareSiteRules, ({ body }) => plans.compare(body)),
  ]
}

export function siteHandlers(options: {
  sites: SiteService
  reports: ReportService
  invitations: InvitationService
}): readonly OperationHandler[] {
  const { sites, reports, invitations } = options
  return [
    perform(contract.listSites, ({ principal, query }) => sites.list(principal, query)),
    perform(contract.createSite, ({ principal, body }) => sites.create(principal, body)),
    perform(contract.readSite, async ({ principal, params }) => {
      const site = await sites.find(principal, params.siteId)
      return isRefusal(site) ? site : toSiteView(site)
    }),
    perform(contract.putSite, ({ principal, params, body }) => sites.change(principal, params.siteId, body)),
    perform(contract.removeSite, ({ principal, params }) => sites.remove(principal, params.siteId)),
    perform(contract.readSitePassport, ({ principal, params }) => reports.passport(principal, params.siteId)),
    perform(contract.addSiteReport, ({ principal, params, body, address }) =>
      reports.addBy(principal, params.siteId, body, address),
    ),
    perform(contract.readSiteReport, ({ principal, params }) =>
      reports.read(principal, params.siteId, params.reportId),
    ),
    perform(contract.inviteToSite, ({ principal, params, body }) =>
      invitations.invite(principal, params.siteId, body.days),
    ),
    perform(contract.listSiteInvitations, ({ principal, params }) => invitations.list(principal, params.siteId)),
    perform(contract.endSiteInvitation, ({ principal, params }) =>
      invitations.end(principal, params.siteId, params.invitationId),
    ),
    perform(contract.sendReportByLink, ({ body, address }) => invitations.send(body, address)),
  ]
}
