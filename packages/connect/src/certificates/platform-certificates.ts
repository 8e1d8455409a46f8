import { randomBytes, X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import { join } from 'node:path'
import { domainToASCII } from 'node:url'
import { readKeyedCertificate, writeKeyedCertificate, writePublicFile } from './certificate-files.ts'
import { isClockUnset, readForeignCertificate } from './foreign-certificate.ts'
import {
  fingerprintOf,
  issueCertificate,
  type KeyedCertificate,
  makeAuthority,
  makeSelfSigned,
} from './certificate-issuer.ts'

const dayMs = 86_400_000
/** Browsers take no server certificate that lives longer than 398 days. */
const lifetimeMs = { authority: 3_650 * dayMs, server: 397 * dayMs, dtls: 397 * dayMs } as const
/** Made anew when less than this is left. A new authority has to be brought to every phone, so it comes a year ahead. */
const renewedBeforeMs = { authority: 365 * dayMs, server: 30 * dayMs, dtls: 30 * dayMs } as const

export interface PlatformCertificates {
  /** Our own authority, to be installed where the server is to be trusted. */
  readonly ca: { readonly certPem: string }
  readonly server: KeyedCertificate
  /** Self-signed; `fingerprint` is SHA-256 as SDP writes it, `AB:CD:…`. */
  readonly dtls: KeyedCertificate & { readonly fingerprint: string }
}

/**
 * The certificates of this platform, from a folder that only the owner may read; what is missing, about to end, or does not cover
 * the names is made: `authority.pem`, `server.pem`, `dtls.pem` (key and certificate each, mode 0600) and `ca.crt` for others.
 * A certificate of others in `uploaded.pem` takes the place of `server.pem` for as long as it counts.
 * While the clock is not set, all that is there counts: phones would not trust another authority once it is.
 * @param names  DNS names and IP addresses that the server is reached by; other texts throw
 */
export async function loadOrCreateCertificates(
  folder: string,
  names: readonly string[],
  { nowMs = Date.now() }: { nowMs?: number } = {},
): Promise<PlatformCertificates> {
  const wanted = [...new Set(names.map(certificateName))]
  const authority = await loadOrMake(join(folder, 'authority.pem'), isFresh(nowMs, renewedBeforeMs.authority), () =>
    makeAuthority({
      commonName: `Vaxel authority ${randomBytes(4).toString('hex')}`,
      nowMs,
      lifetimeMs: lifetimeMs.authority,
    }),
  )
  await writePublicFile(join(folder, 'ca.crt'), authority.certPem)
  const server = await loadOrMake(join(folder, 'server.pem'), isServerSound(authority, wanted, nowMs), () =>
    issueCertificate(authority, {
      commonName: wanted.find((name) => name.length <= 64) ?? 'vaxel',
      names: wanted,
      nowMs,
      lifetimeMs: lifetimeMs.server,
      uses: ['serverAuth', 'clientAuth'],
    }),
  )
  const dtls = await loadOrMake(join(folder, 'dtls.pem'), isFresh(nowMs, renewedBeforeMs.dtls), () =>
    makeSelfSigned({
      commonName: 'vaxel',
      names: [],
      nowMs,
      lifetimeMs: lifetimeMs.dtls,
      uses: ['serverAuth', 'clientAuth'],
    }),
  )
  const foreign = await readForeignCertificate(folder, nowMs)
  return {
    ca: { certPem: authority.certPem },
    server: foreign ?? server,
    dtls: { ...dtls, fingerprint: fingerprintOf(dtls.certPem) },
  }
}

async function loadOrMake(
  path: string,
  isSound: (certificate: X509Certificate) => boolean,
  make: () => Promise<KeyedCertificate>,
): Promise<KeyedCertificate> {
  const known = await readKeyedCertificate(path)
  if (known !== undefined && isSound(new X509Certificate(known.certPem))) return known
  const made = await make()
  await writeKeyedCertificate(path, made)
  return made
}

const isFresh =
  (nowMs: number, renewedBefore: number) =>
  ({ validFromDate, validToDate }: X509Certificate): boolean =>
    isClockUnset(nowMs) || (validToDate.getTime() - nowMs > renewedBefore && validFromDate.getTime() <= nowMs)

/** In time, from the present authority, and good for every name. */
function isServerSound(authority: KeyedCertificate, names: readonly string[], nowMs: number) {
  const issuer = new X509Certificate(authority.certPem)
  return (certificate: X509Certificate): boolean =>
    isFresh(nowMs, renewedBeforeMs.server)(certificate) &&
    certificate.verify(issuer.publicKey) &&
    names.every((name) => (isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name)) !== undefined)
}

/** A name as certificates hold it: an IP address, or a DNS name in ASCII and lower case. */
function certificateName(name: string): string {
  const bare = name.replace(/^\[(.*)\]$/, '$1')
  if (isIP(bare) !== 0) return bare.toLowerCase()
  const ascii = domainToASCII(name)
  if (!/^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?)*$/.test(ascii)) {
    throw new Error(`"${name}" is neither a DNS name nor an IP address, so no certificate can be made for it.`)
  }
  return ascii
}
