import type { RunningListeners } from '@vaxel/site/catalogues'
import type { Configuration } from './configuration.ts'

/** What the catalogue of the platform is made from: ports of the configuration, how carriers are reached, whose certificate is shown. */
export function runningListeners(options: {
  configuration: Configuration
  trunks: Iterable<{
    readonly targets: readonly { readonly protocol: 'udp' | 'tcp' | 'tls'; readonly port?: number | undefined }[]
  }>
  certificate: RunningListeners['certificate']
  /** Of the authority that certificates are ordered from. */
  acmeDirectoryUrl?: string | undefined
}): RunningListeners {
  const { configuration, trunks, certificate, acmeDirectoryUrl } = options
  const { publicAddress, webSockets, databaseUrl, mediaPorts, smtp, ftps } = configuration
  const one = (port: number) => ({ from: port, to: port })
  const authority = acmeDirectoryUrl === undefined ? undefined : URL.parse(acmeDirectoryUrl)?.hostname
  const hosts = webSockets.flatMap((url) => URL.parse(url)?.hostname.replace(/^\[|\]$/g, '') ?? [])
  return {
    ports: {
      http: one(configuration.httpPort),
      https: one(configuration.httpsPort),
      sip: one(configuration.sipPort),
      sips: one(configuration.sipsPort),
      stun: one(configuration.stunPort),
      media: one(configuration.mediaPort),
      mediaRange: { from: mediaPorts[0], to: mediaPorts[1] },
      ...(ftps?.port !== undefined && { ftps: one(ftps.port) }),
      ...(ftps?.implicitPort !== undefined && { ftpsImplicit: one(ftps.implicitPort) }),
      ...(ftps && { ftpsPassive: { from: ftps.passivePorts[0], to: ftps.passivePorts[1] } }),
    },
    reachedBy: [...new Set([...(publicAddress === undefined ? [] : [publicAddress]), ...hosts])],
    certificate,
    ...(authority !== undefined && { certificateAuthority: authority }),
    trunks: waysToCarriers(trunks),
    ...(smtp !== undefined && { mailPort: mailPort(smtp.url) }),
    ...(databaseUrl !== undefined && { databasePort: Number(URL.parse(databaseUrl)?.port || 5432) }),
    mostCalls: configuration.maxCalls,
  }
}

/** Each protocol and port once, in one order; without a port that of the protocol counts (RFC 3261 §19.1.2). */
function waysToCarriers(trunks: Parameters<typeof runningListeners>[0]['trunks']): RunningListeners['trunks'] {
  const ways = new Map<string, RunningListeners['trunks'][number]>()
  for (const { targets } of trunks)
    for (const { protocol, port = protocol === 'tls' ? 5061 : 5060 } of targets)
      ways.set(`${protocol} ${port}`, { protocol, port })
  return [...ways.keys()].toSorted().map((key) => ways.get(key)!)
}

/** Submission with STARTTLS (RFC 6409), or with TLS from the start (RFC 8314). */
function mailPort(url: string): number {
  const { port, protocol } = new URL(url)
  return port === '' ? (protocol === 'smtps:' ? 465 : 587) : Number(port)
}
