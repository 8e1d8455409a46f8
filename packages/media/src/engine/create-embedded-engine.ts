import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { type Clock, type Logger, systemRandom } from '@vaxel/base'
import type { MediaEngine, SiteEcho, Source } from '@vaxel/core'
import { type DtlsCertificate, fingerprintOf, makeDtlsCertificate } from '../dtls/certificate.ts'
import { EmbeddedSiteEcho } from '../echo/embedded-site-echo.ts'
import type { WorkerOptions } from '../worker/protocol.ts'
import { EmbeddedMediaEngine } from './embedded-engine.ts'
import type { StartPlane } from './media-plane.ts'
import { PortPool } from './port-pool.ts'
import { startWorkerPlane } from './worker-plane.ts'

export interface EmbeddedMediaEngineOptions {
  readonly clock: Clock
  readonly log: Logger
  /** Worker threads; by default one per core but one, at least one. */
  readonly workers?: number
  /** The one UDP port for ICE clients (VAXEL_MEDIA_PORT); without it ICE is neither offered nor accepted. */
  readonly mediaPort?: number
  /** UDP ports for phones and trunks, both ends included (VAXEL_MEDIA_PORTS). */
  readonly portRange: readonly [from: number, to: number]
  /** IP literals to bind; a wildcard stands for all of its family (`::` for both). */
  readonly bindAddresses: readonly string[]
  /** The address that a peer reaches us at: the local one that routes to it, or the public one. */
  readonly advertise: (peerAddress: string) => string
  /** For DTLS-SRTP, on curve P-256, PEM; without it a self-signed one is made for this run. */
  readonly certificate?: { readonly certPem: string; readonly keyPem: string }
  /** For tone sources that name no country. */
  readonly tonesCountry?: string
  /** Relative paths of `file` sources are looked up here. */
  readonly promptsFolder?: string
  /** WAV for `music`; without it the built-in one plays. */
  readonly musicFile?: string
  /** How long a port rests after its leg, unless there is no other; default 5,000. */
  readonly drainMs?: number
  /** How often `quality` events come. */
  readonly qualityIntervalMs?: number
  /** No packet of a peer for so long, while one is due, is told as `silent`. */
  readonly silentAfterMs?: number
  /** For tests: other planes than worker threads. */
  readonly startPlane?: StartPlane
}

/** Starts the embedded media engine; resolves when its workers run and the shared port is open, rejects where that fails. */
export async function createEmbeddedMediaEngine(options: EmbeddedMediaEngineOptions): Promise<MediaEngine> {
  return (await createEmbeddedMedia(options)).engine
}

/** As {@link createEmbeddedMediaEngine}, with the echo for checks of sites, which takes its ports from where calls do. Close the echo first. */
export async function createEmbeddedMedia(
  options: EmbeddedMediaEngineOptions,
): Promise<{ readonly engine: MediaEngine; readonly siteEcho: SiteEcho }> {
  const { clock, log, bindAddresses, mediaPort } = options
  const ports = new PortPool({
    range: options.portRange,
    clock,
    drainMs: options.drainMs ?? 5_000,
    random: systemRandom,
  })
  const certificate = options.certificate ? readCertificate(options.certificate) : makeDtlsCertificate(clock.now())
  const workerOptions = (index: number): WorkerOptions => ({
    certificate,
    icePorts:
      index === 0 && mediaPort !== undefined ? bindAddresses.map((address) => ({ address, port: mediaPort })) : [],
    ...(options.musicFile !== undefined && { musicPath: options.musicFile }),
    ...(options.silentAfterMs !== undefined && { silentAfterMs: options.silentAfterMs }),
  })
  const reached = {
    advertise: options.advertise,
    candidatesFor: (advertised: string) => listCandidates(bindAddresses, advertised),
    fingerprint: certificate.fingerprint,
  }
  const around = { clock, log, random: systemRandom, ports }
  const engine = new EmbeddedMediaEngine({
    ...around,
    ...reached,
    planes: Math.max(1, options.workers ?? availableParallelism() - 1),
    startPlane: options.startPlane ?? ((index, onEvent) => startWorkerPlane(workerOptions(index), log, onEvent, clock)),
    mediaPort,
    bindAddressFor: (advertised) => chooseBindAddress(bindAddresses, advertised),
    resolveSource: (source) => resolveSource(source, options),
    qualityIntervalMs: options.qualityIntervalMs ?? 5_000,
  })
  const siteEcho = new EmbeddedSiteEcho({
    ...around,
    ...reached,
    range: options.portRange,
    bindAddresses,
    engine,
    sharedPort: mediaPort,
    startPlane: (onEvent) => startWorkerPlane({ certificate, icePorts: [] }, log, onEvent, clock),
  })
  await engine.start()
  return { engine, siteEcho }
}

/** A certificate and key as the workers take them. Throws where the key is not on curve P-256. */
function readCertificate({ certPem, keyPem }: { certPem: string; keyPem: string }): DtlsCertificate {
  const key = createPrivateKey(keyPem)
  if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') throw new Error('the DTLS key must be on curve P-256')
  const certificate = new Uint8Array(new X509Certificate(certPem).raw)
  return {
    certificate,
    privateKey: new Uint8Array(key.export({ type: 'sec1', format: 'der' })),
    fingerprint: fingerprintOf(certificate, 'sha-256'),
  }
}

/**
 * Where to bind for a peer that is told `advertised`: that address if it is ours to bind, else the wildcard, else the first
 * of its family (behind NAT the advertised address is nobody's here).
 * @example chooseBindAddress(['::'], '192.0.2.1') // '::'
 */
function chooseBindAddress(bindAddresses: readonly string[], advertised: string): string {
  if (bindAddresses.includes(advertised)) return advertised
  const isSix = advertised.includes(':')
  const wildcard = bindAddresses.find((address) => address === '::' || (address === '0.0.0.0' && !isSix))
  return wildcard ?? bindAddresses.find((address) => address.includes(':') === isSix) ?? bindAddresses[0] ?? '127.0.0.1'
}

/**
 * Addresses of the shared port for a peer. One on this machine gets all that are bound, as Firefox sends nothing to 127.0.0.1;
 * any other gets the one that it can reach.
 * @example listCandidates(['127.0.0.1', '192.0.2.1'], '127.0.0.1') // ['127.0.0.1', '192.0.2.1']
 */
function listCandidates(bindAddresses: readonly string[], advertised: string): string[] {
  const isLocal = advertised === '::1' || advertised.startsWith('127.')
  if (!isLocal) return [advertised]
  const isSpecific = (address: string) => address !== '::' && address !== '0.0.0.0' && address !== advertised
  return [advertised, ...bindAddresses.filter(isSpecific)]
}

/** Fills in what a source leaves open: the country of a tone, the folder of a prompt. */
function resolveSource(
  source: Source,
  { tonesCountry, promptsFolder }: Pick<EmbeddedMediaEngineOptions, 'tonesCountry' | 'promptsFolder'>,
): Source {
  if (source.kind === 'tone' && source.country === '' && tonesCountry) return { ...source, country: tonesCountry }
  if (source.kind === 'file' && promptsFolder) return { ...source, path: resolve(promptsFolder, source.path) }
  return source
}
