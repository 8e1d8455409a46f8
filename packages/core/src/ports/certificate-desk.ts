import type { Refusal } from '@vaxel/base'

/** The certificate that the server shows at present. */
export interface ServedCertificate {
  /** `own`: by the platform's own authority; `uploaded` by an administrator; `acme`: by an ACME server, renewed by itself. */
  readonly source: 'own' | 'uploaded' | 'acme'
  readonly subject: string
  readonly issuer: string
  readonly names: readonly string[]
  /** Object identifiers of its extended key usage (RFC 5280 §4.2.1.12); absent: for anything. */
  readonly uses?: readonly string[]
  readonly validFromMs: number
  readonly validToMs: number
  /** SHA-256, `AB:CD:…`. */
  readonly fingerprint: string
}

/** How certificates are ordered by themselves (RFC 8555). */
export interface AcmeOrder {
  /** `https://…/directory` of the ACME server. */
  readonly directoryUrl: string
  readonly email?: string
  /** DNS names that lead here; each is proven over HTTP (RFC 8555 §8.3). */
  readonly names: readonly string[]
}

/** Where the server's certificate comes from, and how it becomes another one while calls go on. */
export interface CertificateDesk {
  served(): ServedCertificate
  /** Of the platform's own authority, PEM; to be trusted where the own certificate is used. */
  rootPem(): string
  acme(): (AcmeOrder & { readonly fault?: { readonly text: string; readonly atMs: number } }) | undefined
  /** Uses an administrator's certificate with the chain behind it, from now on. */
  upload(certPem: string, keyPem: string): Promise<Refusal | undefined>
  /** Orders one now and renews it from now on; resolves when it is in use or was refused. */
  order(order: AcmeOrder): Promise<Refusal | undefined>
  /** Back to the platform's own. */
  useOwn(): Promise<void>
  /** What an ACME server asks at `/.well-known/acme-challenge/TOKEN`. */
  challenge(token: string): string | undefined
  /** What ends soon, a sentence each. */
  warnings(): readonly string[]
}
