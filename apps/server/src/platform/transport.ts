import { join } from 'node:path'
import { createNetwork, createRelay, loadOrCreateCertificates, openStunListener } from '@vaxel/connect'
import { trustOf } from '@vaxel/features/trunks'
import { createEmbeddedMedia } from '@vaxel/media'
import { createSipStack } from '@vaxel/sip'
import { browserPhoneKey } from '../browser-phone-key.ts'
import { machineName } from '../own-name.ts'
import { version } from '../version.ts'
import type { Ground } from './ground.ts'
import { mediaAddresses } from './media-addresses.ts'

export type Transport = Awaited<ReturnType<typeof openTransport>>

/** Opens what carries signalling and media: SIP's listeners and stack, STUN and TURN, the media engine. */
export async function openTransport(ground: Ground) {
  const { configuration, store, bind, isDemo, clock, log, scope, later } = ground
  const certificateFolder = join(configuration.data, 'certificates')
  const certificateNames = namesOfCertificate(ground)
  const certificates = await loadOrCreateCertificates(certificateFolder, certificateNames)
  const network = await createNetwork({
    clock,
    log,
    udp: [{ address: bind, port: configuration.sipPort }],
    tcp: [{ address: bind, port: configuration.sipPort }],
    tls: [{ address: bind, port: configuration.sipsPort, certificate: certificates.server }],
    ...(configuration.publicAddress ? { publicAddress: configuration.publicAddress } : {}),
    clientCertificate: certificates.server,
    limits: configuration.limits.network,
    isKnown: ({ address, port }) => store.directory.trunkByAddress(address, port) !== undefined,
    trustOf: (key) => trustOf(store.directory, key),
    ...(configuration.dns ? { dnsServers: configuration.dns } : {}),
  })
  scope.add(() => network.close())
  const phoneKey = await browserPhoneKey(configuration.data)
  const relay = createRelay({
    clock,
    secret: phoneKey,
    media: { port: configuration.mediaPort, addresses: mediaAddresses(bind, isDemo) },
    phonePorts: configuration.mediaPorts,
    ...(configuration.publicAddress ? { publicAddress: configuration.publicAddress } : {}),
    stunPort: configuration.stunPort,
    httpsPort: configuration.httpsPort,
  })
  const stun = await openStunListener({ address: bind, port: configuration.stunPort }, relay.door)
  scope.add(() => stun.close())
  scope.add(() => relay.door.close())
  // Closed after the engine: recordings end with it.
  scope.add(() => later.recording?.close())
  const { engine, siteEcho } = await createEmbeddedMedia({
    clock,
    log,
    workers: configuration.mediaWorkers,
    mediaPort: configuration.mediaPort,
    portRange: configuration.mediaPorts,
    drainMs: configuration.mediaDrainMs,
    bindAddresses: mediaAddresses(bind, isDemo),
    advertise: (peer) => network.advertisedAddress(peer),
    certificate: certificates.dtls,
    // Told every ten seconds or so, and at the very time-out.
    silentAfterMs: configuration.mediaTimeoutMs / Math.ceil(configuration.mediaTimeoutMs / 10_000),
  })
  scope.add(() => engine.close())
  scope.add(() => siteEcho.close())
  const stack = createSipStack({ clock, log, transport: network, product: `Vaxel/${version}` })
  scope.add(() => stack.close())
  return { certificateFolder, certificateNames, certificates, network, phoneKey, relay, engine, siteEcho, stack }
}

/** Names that the certificate must hold: domains, the host's own name and addresses. */
function namesOfCertificate({ store, configuration }: Ground): string[] {
  const names = ['localhost', '127.0.0.1', '::1', machineName() ?? []].flat()
  for (const company of store.directory.companies())
    for (const domain of store.directory.domainsOf(company.id)) names.push(domain.name)
  if (configuration.publicAddress) names.push(configuration.publicAddress)
  return names
}
