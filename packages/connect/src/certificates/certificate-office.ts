import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Clock, type Logger, type Refusal, refusal } from '@vaxel/base'
import type { AcmeOrder, CertificateDesk, ServedCertificate } from '@vaxel/core'
import { makeAccountKey, orderCertificate } from './acme-orders.ts'
import { unusable, writePrivateFile } from './certificate-files.ts'
import type { CertificateKeeper } from './certificate-keeper.ts'
import { removeForeignCertificate, writeForeignCertificate } from './foreign-certificate.ts'
import type { PlatformCertificates } from './platform-certificates.ts'

const dayMs = 86_400_000
/** Somebody must act on an uploaded one; an ordered one is renewed long before. */
const warnedBeforeMs = 21 * dayMs
const retryMs = 3_600_000
/** The identifier of the list of signed timestamps in DER (RFC 6962 §3.3), which authorities that everybody trusts put in: their roots sign no server's certificate themselves. */
const timestampsId = Buffer.from('060a2b06010401d679020402', 'hex')

const BadCertificate = refusal('CERTIFICATE_UNSOUND', {
  sip: 400,
  http: 400,
  blame: 'caller',
  text: 'This is no certificate with its key.',
})
const AcmeRefused = refusal('CERTIFICATE_ORDER_REFUSED', {
  sip: 502,
  http: 502,
  blame: 'unknown',
  text: 'The ACME server gave no certificate.',
})

export interface CertificateOfficeOptions {
  readonly clock: Clock
  readonly log: Logger
  readonly folder: string
  /** Takes what lies in the folder into use, without dropping anything that is connected. */
  readonly keeper: Pick<CertificateKeeper, 'check' | 'current'>
}

interface KeptAcme {
  readonly order: AcmeOrder
  readonly accountKeyPem: string
}

/** Where the server's certificate comes from: the own authority, an upload, or ACME with renewal at two thirds of its life. */
export class CertificateOffice implements CertificateDesk {
  readonly #options: CertificateOfficeOptions
  readonly #tokens = new Map<string, string>()
  #acme: KeptAcme | undefined
  #fault: { text: string; atMs: number } | undefined
  #triedAtMs = Number.NEGATIVE_INFINITY
  #stopTimer = () => {}

  private constructor(options: CertificateOfficeOptions, acme: KeptAcme | undefined) {
    this.#options = options
    this.#acme = acme
  }

  static async open(options: CertificateOfficeOptions): Promise<CertificateOffice> {
    const office = new CertificateOffice(options, await readAcme(options))
    office.#look()
    return office
  }

  close(): void {
    this.#stopTimer()
  }

  served(): ServedCertificate {
    const { server, ca } = this.#current()
    const certificate = new X509Certificate(server.certPem)
    const isOwn = certificate.verify(new X509Certificate(ca.certPem).publicKey)
    return {
      source: isOwn ? 'own' : this.#acme ? 'acme' : 'uploaded',
      subject: lineOf(certificate.subject),
      issuer: lineOf(certificate.issuer),
      names: namesOf(certificate),
      ...(certificate.keyUsage ? { uses: certificate.keyUsage } : {}),
      validFromMs: certificate.validFromDate.getTime(),
      validToMs: certificate.validToDate.getTime(),
      fingerprint: certificate.fingerprint256,
    }
  }

  rootPem(): string {
    return this.#current().ca.certPem
  }

  acme(): ReturnType<CertificateDesk['acme']> {
    return this.#acme && { ...this.#acme.order, ...(this.#fault ? { fault: this.#fault } : {}) }
  }

  async upload(certPem: string, keyPem: string): Promise<Refusal | undefined> {
    const wrong = whatIsWrong(certPem, keyPem, this.#options.clock.now())
    if (wrong !== undefined) return BadCertificate(wrong)
    await this.#forgetAcme()
    await writeForeignCertificate(this.#options.folder, { certPem, keyPem })
    await this.#options.keeper.check()
    return undefined
  }

  async order(order: AcmeOrder): Promise<Refusal | undefined> {
    const accountKeyPem = this.#acme?.accountKeyPem ?? (await makeAccountKey())
    const fault = await this.#perform({ order, accountKeyPem })
    if (fault !== undefined) return AcmeRefused(`The ACME server gave no certificate: ${fault}`)
    this.#acme = { order, accountKeyPem }
    await writePrivateFile(acmeFile(this.#options), JSON.stringify(this.#acme))
    return undefined
  }

  async useOwn(): Promise<void> {
    await this.#forgetAcme()
    await removeForeignCertificate(this.#options.folder)
    await this.#options.keeper.check()
  }

  challenge(token: string): string | undefined {
    return this.#tokens.get(token)
  }

  warnings(): readonly string[] {
    const { source, validToMs } = this.served()
    const end = new Date(validToMs).toISOString().slice(0, 10)
    if (source === 'own' || validToMs - this.#options.clock.now() > warnedBeforeMs) return []
    if (source === 'uploaded')
      return [
        `The server's certificate ends on ${end}. Upload a new one before, or phones and browsers refuse to connect.`,
      ]
    return [
      `The server's certificate ends on ${end} and could not be renewed: ${this.#fault?.text ?? 'not tried yet'}.`,
    ]
  }

  /** @returns what went wrong */
  async #perform({ order, accountKeyPem }: KeptAcme): Promise<string | undefined> {
    const { clock, folder, keeper, log } = this.#options
    this.#triedAtMs = clock.monotonicMs()
    try {
      await writeForeignCertificate(folder, await orderCertificate({ order, accountKeyPem, tokens: this.#tokens }))
      await keeper.check()
      this.#fault = undefined
      return undefined
    } catch (error) {
      const text = (error as Error).message
      this.#fault = { text, atMs: clock.now() }
      log.warn('a certificate could not be ordered', { names: order.names.join(', '), error: text })
      return text
    }
  }

  /** Each hour: whether two thirds of the life of an ordered certificate are over. */
  #look(): void {
    const { clock } = this.#options
    if (this.#acme && this.#isDue() && clock.monotonicMs() - this.#triedAtMs >= retryMs) void this.#perform(this.#acme)
    const timer = clock.startTimer(retryMs, () => this.#look())
    this.#stopTimer = () => timer.stop()
  }

  #isDue(): boolean {
    const { validFromMs, validToMs, source } = this.served()
    return source !== 'acme' || this.#options.clock.now() - validFromMs > ((validToMs - validFromMs) * 2) / 3
  }

  async #forgetAcme(): Promise<void> {
    this.#acme = undefined
    this.#fault = undefined
    await rm(acmeFile(this.#options), { force: true })
  }

  #current(): PlatformCertificates {
    return this.#options.keeper.current
  }
}

const acmeFile = ({ folder }: { folder: string }): string => join(folder, 'acme.json')

/** The order that is to be renewed. Telephones do not wait for one that a failing disk has torn; the certificate that it brought is there. */
async function readAcme(options: CertificateOfficeOptions): Promise<KeptAcme | undefined> {
  const text = await readFile(acmeFile(options), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  try {
    const { order, accountKeyPem } = JSON.parse(text) as KeptAcme
    createPrivateKey(accountKeyPem)
    return { order, accountKeyPem }
  } catch (error) {
    options.log.error('the order of certificates is damaged: order anew, or the certificate is not renewed', {
      file: acmeFile(options),
      error: (error as Error).message,
    })
    return undefined
  }
}

function whatIsWrong(certPem: string, keyPem: string, nowMs: number): string | undefined {
  let certificate: X509Certificate
  try {
    certificate = new X509Certificate(certPem)
  } catch {
    return 'The certificate cannot be read. Give it as PEM text: -----BEGIN CERTIFICATE----- and so on, the server first, then the chain.'
  }
  try {
    if (!certificate.checkPrivateKey(createPrivateKey(keyPem))) return 'The key does not belong to the certificate.'
  } catch {
    return 'The key cannot be read. Give it as PEM text without a passphrase.'
  }
  const fault = unusable({ certPem, keyPem })
  if (fault === 'weak')
    return 'The key or the signature is too weak for TLS. Have it made anew, with an RSA key of 2,048 bits or more, or an EC key, and signed with SHA-256.'
  if (fault === 'damaged')
    return 'The certificate, or one of the chain behind it, is not whole. Give each as PEM text from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----.'
  const day = (date: Date) => date.toISOString().slice(0, 10)
  if (certificate.validToDate.getTime() <= nowMs) return `The certificate ended on ${day(certificate.validToDate)}.`
  if (certificate.validFromDate.getTime() > nowMs)
    return `The certificate begins on ${day(certificate.validFromDate)} only.`
  if (certificate.ca) return "This is an authority's certificate. Give the server's own first, then the chain."
  if (namesOf(certificate).length === 0)
    return 'The certificate has no names (subjectAltName): browsers and phones refuse it.'
  if (certificate.raw.includes(timestampsId) && !chainOf(certPem).some((one) => certificate.checkIssued(one)))
    return `The certificate of ${commonName(certificate.issuer)} is missing, which signed this one: telephones do not know it. Put it behind, as the authority gives it (a file with "chain" in its name).`
  return undefined
}

/** Every certificate of the text but the first. */
const chainOf = (certPem: string): X509Certificate[] =>
  (certPem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [])
    .slice(1)
    .map((pem) => new X509Certificate(pem))

const commonName = (name: string): string => /(?:^|\n)CN=(.+)/.exec(name)?.[1] ?? lineOf(name)

const lineOf = (name: string): string => name.split('\n').join(', ')

const namesOf = ({ subjectAltName }: X509Certificate): string[] =>
  (subjectAltName ?? '').split(', ').flatMap((entry) => /^(?:DNS|IP Address):(.+)$/.exec(entry)?.[1] ?? [])
