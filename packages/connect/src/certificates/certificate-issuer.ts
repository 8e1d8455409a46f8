import { webcrypto, X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import type * as X509Library from '@peculiar/x509'
import { provideReflectMetadata } from './reflect-metadata.ts'

const curve = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
/** Clocks of phones run late; a certificate holds from a day before it was made. */
const backdatedMs = 86_400_000

/** A certificate and its private key (PKCS #8), as PEM texts. */
export interface KeyedCertificate {
  readonly certPem: string
  readonly keyPem: string
}

export interface CertificateRequest {
  /** At most 64 characters. */
  readonly commonName: string
  /** DNS names and IP addresses for subjectAltName. */
  readonly names: readonly string[]
  readonly nowMs: number
  readonly lifetimeMs: number
  /** Extended key usages; a server that also opens TLS connections to others needs both. */
  readonly uses: readonly ('serverAuth' | 'clientAuth')[]
}

/**
 * Makes X.509 certificates (RFC 5280) with EC P-256 keys. This is the only file that knows the library, which is loaded when the
 * first certificate is made and not at every start.
 */
export async function makeAuthority(options: {
  commonName: string
  nowMs: number
  lifetimeMs: number
}): Promise<KeyedCertificate> {
  const x509 = await loadLibrary()
  const keys = await newKeys()
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: [{ CN: [options.commonName] }],
    ...validity(options),
    keys,
    signingAlgorithm: curve,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return { certPem: `${certificate.toString('pem')}\n`, keyPem: await exportKey(keys) }
}

/** A certificate signed by that authority. */
export async function issueCertificate(
  authority: KeyedCertificate,
  request: CertificateRequest,
): Promise<KeyedCertificate> {
  const x509 = await loadLibrary()
  const keys = await newKeys()
  const issuer = new x509.X509Certificate(authority.certPem)
  const certificate = await x509.X509CertificateGenerator.create({
    subject: [{ CN: [request.commonName] }],
    issuer: issuer.subject,
    ...validity(request),
    publicKey: keys.publicKey,
    signingKey: await importKey(authority.keyPem),
    signingAlgorithm: curve,
    extensions: [
      ...endEntityExtensions(x509, request),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(await issuer.publicKey.export()),
    ],
  })
  return { certPem: `${certificate.toString('pem')}\n`, keyPem: await exportKey(keys) }
}

/** A certificate signed by its own key, as DTLS-SRTP uses it: trusted by its fingerprint in SDP (RFC 8122, RFC 5763). */
export async function makeSelfSigned(request: CertificateRequest): Promise<KeyedCertificate> {
  const x509 = await loadLibrary()
  const keys = await newKeys()
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: [{ CN: [request.commonName] }],
    ...validity(request),
    keys,
    signingAlgorithm: curve,
    extensions: endEntityExtensions(x509, request),
  })
  return { certPem: `${certificate.toString('pem')}\n`, keyPem: await exportKey(keys) }
}

type Library = typeof X509Library

async function loadLibrary(): Promise<Library> {
  provideReflectMetadata()
  return import('@peculiar/x509')
}

function endEntityExtensions(x509: Library, { names, uses }: CertificateRequest) {
  const alternatives = names.map((name) => ({
    type: isIP(name) === 0 ? ('dns' as const) : ('ip' as const),
    value: name,
  }))
  return [
    new x509.BasicConstraintsExtension(false, undefined, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
    new x509.ExtendedKeyUsageExtension(uses.map((use) => x509.ExtendedKeyUsage[use])),
    ...(alternatives.length > 0 ? [new x509.SubjectAlternativeNameExtension(alternatives)] : []),
  ]
}

const validity = ({ nowMs, lifetimeMs }: { nowMs: number; lifetimeMs: number }) => ({
  notBefore: new Date(nowMs - backdatedMs),
  notAfter: new Date(nowMs + lifetimeMs),
})

const newKeys = () => webcrypto.subtle.generateKey(curve, true, ['sign', 'verify']) as Promise<webcrypto.CryptoKeyPair>

async function exportKey(keys: webcrypto.CryptoKeyPair): Promise<string> {
  const bytes = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey))
  const lines = bytes.toString('base64').match(/.{1,64}/g)!
  return `-----BEGIN PRIVATE KEY-----\n${lines.join('\n')}\n-----END PRIVATE KEY-----\n`
}

function importKey(keyPem: string): Promise<webcrypto.CryptoKey> {
  const bytes = Buffer.from(keyPem.replace(/-----[^-]+-----|\s/g, ''), 'base64')
  return webcrypto.subtle.importKey('pkcs8', bytes, curve, false, ['sign'])
}

/** SHA-256 over the DER form, as SDP writes it (RFC 8122 §5), without the name of the hash: `AB:CD:…`. */
export const fingerprintOf = (certPem: string): string => new X509Certificate(certPem).fingerprint256
