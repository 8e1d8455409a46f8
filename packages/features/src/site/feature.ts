import { type Clock, isRefusal, type Logger, type RandomBytes, type Refusal } from '@vaxel/base'
import type { OperationHandler } from '@vaxel/contract'
import type { ConfigurationReader, Directory, Mailer, SiteStore } from '@vaxel/core'
import type { Catalogue } from '@vaxel/site'
import { catalogueHandlers, planHandlers, siteHandlers } from './api.ts'
import { CatalogueShelf } from './catalogue-shelf.ts'
import { ChangesFeed } from './changes-feed.ts'
import { InvitationService } from './invitation-service.ts'
import { PerAddress } from './per-address.ts'
import { PlanService } from './plan-service.ts'
import { ReportService } from './report-service.ts'
import { SiteService } from './site-service.ts'
import { SiteWatch, type TellOwner } from './site-watch.ts'

/** Questions without login from one address in a minute. */
const mostQuestions = 120

export interface SiteDependencies {
  readonly sites: SiteStore
  readonly directory: Directory
  readonly configuration: { readonly current: Pick<ConfigurationReader, 'user' | 'isOperator'> }
  readonly clock: Clock
  readonly random: RandomBytes
  readonly log: Logger
  /** Catalogues that come with the program. */
  readonly delivered: readonly Catalogue[]
  /** What this platform itself asks of a site, from what it runs with. */
  readonly makeOwn: (version: string, publishedAt: string) => Catalogue
  readonly tell: TellOwner
  readonly mailer: Mailer
  /** Where people open this platform, for links in mails; undefined where that is not known. */
  readonly baseUrl: string | undefined
}

/** Catalogues, plans, firewall files, sites and their passports. */
export interface SiteFeature {
  readonly handlers: readonly OperationHandler[]
  /** Every catalogue that is known. */
  readonly shelf: Pick<CatalogueShelf, 'newest' | 'find'>
  /** For checks that are begun by a link. */
  readonly invitations: {
    siteOf(invitation: string): Promise<{ readonly name: string } | Refusal>
    keep(invitation: string, report: unknown, address: string): Promise<{ readonly reportId: string } | Refusal>
  }
  /** Reads what is kept, and begins to watch what expires. */
  load(): Promise<void>
  /** Looks at every site now, as it does every hour. */
  look(): Promise<void>
  close(): Promise<void>
}

export function createSite(dependencies: SiteDependencies): SiteFeature {
  const { sites: store, directory, clock, makeOwn } = dependencies
  const shelf = new CatalogueShelf(dependencies)
  const sites = new SiteService({ sites: store, shelf, directory, clock })
  const reports = new ReportService({ store, sites, shelf, clock })
  const invitations = new InvitationService({ ...dependencies, store, sites, reports })
  const watch = new SiteWatch({ ...dependencies, store, sites, reports })
  return {
    handlers: [
      ...catalogueHandlers({
        shelf,
        feed: new ChangesFeed(shelf),
        readers: new PerAddress({ clock, most: mostQuestions, windowMs: 60_000 }),
      }),
      ...planHandlers(new PlanService({ sites, shelf, clock })),
      ...siteHandlers({ sites, reports, invitations }),
    ],
    shelf,
    invitations: {
      siteOf: async (invitation) => {
        const site = await invitations.siteOf(invitation)
        return isRefusal(site) ? site : { name: site.name }
      },
      keep: async (invitation, report, address) => {
        const kept = await invitations.send({ invitation, report }, address)
        return isRefusal(kept) ? kept : { reportId: kept.id }
      },
    },
    load: async () => {
      await shelf.load(makeOwn)
      watch.start()
    },
    look: () => watch.look(),
    close: () => watch.close(),
  }
}
