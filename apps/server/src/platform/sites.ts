import type { CertificateOffice } from '@vaxel/connect'
import type { MailFeature } from '@vaxel/features/mail'
import type { PushFeature } from '@vaxel/features/push'
import { createSite } from '@vaxel/features/site'
import { createSiteChecks } from '@vaxel/features/site-checks'
import { deliveredCatalogues, vaxelCatalogue } from '@vaxel/site/catalogues'
import type { LoadWatch } from '../load-watch.ts'
import { runningListeners } from '../running-listeners.ts'
import { siteReach } from '../site-reach.ts'
import { type Ground, webAddress } from './ground.ts'
import type { Transport } from './transport.ts'

/** Plans of sites, and the checks of their lines. */
export async function openSites(
  { configuration, store, clock, log, scope, later }: Ground,
  { network, relay, siteEcho }: Transport,
  parts: {
    readonly office: CertificateOffice
    readonly push: Pick<PushFeature, 'tell'>
    readonly mail: Pick<MailFeature, 'mailer'>
    readonly load: LoadWatch
  },
) {
  const { office, push, mail, load } = parts
  const { directory } = store
  const site = createSite({
    ...store,
    log,
    delivered: deliveredCatalogues,
    makeOwn: (number, day) => {
      const trunks = [...directory.companies()].flatMap(({ id }) => directory.trunksOf(id))
      const acmeDirectoryUrl = office.acme()?.directoryUrl
      const certificate = office.served().source
      return vaxelCatalogue(runningListeners({ configuration, trunks, certificate, acmeDirectoryUrl }), number, day)
    },
    tell: (owner, message) => push.tell(owner, message),
    mailer: mail.mailer,
    baseUrl: webAddress(configuration),
  })
  scope.add(() => site.close())
  await site.load()
  const siteChecks = createSiteChecks({
    clock,
    random: store.random,
    echo: siteEcho,
    relays: relay.credentials,
    reach: () => siteReach(configuration, (peer) => network.advertisedAddress(peer)),
    catalogue: () => site.shelf.newest('vaxel'),
    invitations: site.invitations,
    busyWith: () => load.busyWith(),
    isOff: !configuration.siteChecks,
  })
  later.siteChecks = siteChecks
  scope.add(() => siteChecks.close())
  return { site, siteChecks }
}
