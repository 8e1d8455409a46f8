import { systemRandom } from '@vaxel/base'
import { perform, readHealth } from '@vaxel/contract'
import { createCertificates } from '@vaxel/features/certificates'
import { createChannels } from '@vaxel/features/channels'
import { createEmergency, SitePlaces } from '@vaxel/features/emergency'
import { createSite } from '@vaxel/features/site'
import { createSiteChecks, type SiteCheckDependencies } from '@vaxel/features/site-checks'
import { createTrunks } from '@vaxel/features/trunks'
import { createUpkeep } from '@vaxel/features/upkeep'
import { deliveredCatalogues, vaxelCatalogue } from '@vaxel/site/catalogues'
import type { Base } from './base.ts'
import type { OutgoingMail } from './centre.ts'
import { fakeCertificates, fakeListeners, noEcho } from './fake-surroundings.ts'
import type { People } from './people.ts'

/**
 * What whoever runs the platform has: channels, certificates, trunks that reach nobody, plans and checks of sites.
 * @param ofChecks what a test of checks puts in place of an echo that has no ports
 */
export async function startOperation(
  { store, clock, log, around }: Base,
  { push }: People,
  { mail }: OutgoingMail,
  ofChecks: Partial<SiteCheckDependencies>,
) {
  const channels = createChannels({
    clock,
    directory: store.directory,
    maxCalls: 100,
    calls: { onCallChanged: () => () => {}, onRefused: () => () => {} },
    recordingsOf: () => 0,
    compared: deliveredCatalogues.find(({ id }) => id === 'akio-tws')?.requirements ?? [],
  })
  const upkeep = createUpkeep({
    calls: { count: 2, refuseNewCalls: () => {}, onCallFinished: () => () => {} },
    clock,
    log,
    version: '0.1.0',
    drainLimitMs: 600_000,
    registrations: () => 0,
    warnings: () => [],
    onDrained: () => {},
  })
  const certificates = createCertificates(fakeCertificates)
  const site = createSite({
    ...around,
    delivered: deliveredCatalogues,
    makeOwn: (version, day) => vaxelCatalogue(fakeListeners, version, day),
    tell: (owner, message) => push.tell(owner, message),
    mailer: mail.mailer,
    baseUrl: undefined,
  })
  await site.load()
  const places = new SitePlaces(around)
  await places.load()
  const emergency = createEmergency({
    ...around,
    places,
    tell: (to, message) => push.tell(to, message),
    mailer: mail.mailer,
    baseUrl: 'https://vaxel.test',
  })
  const trunks = createTrunks({
    ...around,
    stack: { request: async () => ({ kind: 'timeout' }) },
    certificate: () => ({ names: ['test'], source: 'own' }),
  })
  trunks.start()
  const siteChecks = createSiteChecks({
    clock,
    random: systemRandom,
    echo: noEcho,
    reach: () => ({
      address: () => '127.0.0.1',
      ports: { web: 8080, webTls: 8443, sip: 5060, sips: 5061, stun: 3478, media: 5004 },
    }),
    catalogue: () => site.shelf.newest('vaxel'),
    invitations: site.invitations,
    busyWith: () => undefined,
    ...ofChecks,
  })
  const health = perform(readHealth, async () => {
    await store.check()
    return { status: 'ok' as const, version: '0.1.0', uptimeSeconds: clock.monotonicMs() / 1000, warnings: [] }
  })
  return { channels, upkeep, certificates, site, emergency, trunks, siteChecks, health }
}
