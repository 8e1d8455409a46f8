import { DerReader, derTag, hexOf, integerText, NotDer, objectIdentifier, textOf, timeMs } from './der-reader.ts'

/** What an authority has said of certificates that it takes back (RFC 5280 §5). */
export interface RevocationList {
  /** Name of the authority as certificates of it have it, hexadecimal of the DER. */
  readonly issuer: string
  /** The same for people: its common name, else the last part. */
  readonly issuerText: string
  readonly fromMs: number
  /** By then there is a newer one; not every authority says. */
  readonly untilMs?: number
  /** When each was taken back, by serial number in hexadecimal. */
  readonly revokedAtMs: ReadonlyMap<string, number>
  /** What the signature is over, with which hash; undefined for Ed25519, which has its own. */
  readonly signed: Uint8Array
  readonly signature: Uint8Array
  readonly hash: 'sha256' | 'sha384' | 'sha512' | undefined
}

export type RevocationListRead =
  | { readonly ok: true; readonly list: RevocationList; readonly pem: string }
  | { readonly ok: false; readonly reason: string }

const mostEntries = 20_000
const frame = /-----BEGIN X509 CRL-----([A-Za-z0-9+/=\s]+)-----END X509 CRL-----/

const hashes: Readonly<Record<string, RevocationList['hash']>> = {
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
  '1.3.101.112': undefined,
}
const extension = { delta: '2.5.29.27', issuingPoint: '2.5.29.28', certificateIssuer: '2.5.29.29' } as const
/** Of the issuing distribution point: what is listed are certificates of other authorities too (§5.2.5). */
const indirectTag = 0x84

/**
 * Reads a list in PEM, or in DER that was written as base 64. Its signature is not looked at here. Whole lists of one authority only: neither
 * deltas nor lists that speak for others. Since only what a list names is refused, the parts of the world that it speaks of do not matter.
 */
export function readRevocationList(text: string): RevocationListRead {
  const framed = frame.exec(text)?.[1]
  const base64 = (framed ?? text).replaceAll(/\s/g, '')
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64))
    return {
      ok: false,
      reason: 'is no revocation list: give it in PEM form (-----BEGIN X509 CRL-----) or DER as base 64',
    }
  const der = Buffer.from(base64, 'base64')
  try {
    return { ok: true, list: parse(der), pem: pemOf(der) }
  } catch (error) {
    if (error instanceof Unfit) return { ok: false, reason: error.message }
    if (error instanceof NotDer) return { ok: false, reason: `is no revocation list: ${error.message}` }
    throw error
  }
}

/** A list that can be read but is of no use here. */
class Unfit extends Error {}

function parse(der: Uint8Array): RevocationList {
  const file = new DerReader(der)
  const outer = file.into(derTag.sequence)
  file.end()
  const signed = outer.next(derTag.sequence)
  const algorithm = objectIdentifier(outer.into(derTag.sequence).next(derTag.objectIdentifier))
  const signature = outer.next(derTag.bitString).content
  outer.end()
  if (!Object.hasOwn(hashes, algorithm))
    throw new Unfit(
      `is signed in a way that is not taken here (${algorithm}): RSA or ECDSA with SHA-256 or better, or Ed25519`,
    )
  if (signature[0] !== 0) throw new NotDer('a signature of no whole bytes')
  const body = new DerReader(signed.content)
  body.optional(derTag.integer)
  if (objectIdentifier(body.into(derTag.sequence).next(derTag.objectIdentifier)) !== algorithm)
    throw new NotDer('two algorithms of one signature')
  const issuer = body.next(derTag.sequence)
  const fromMs = timeMs(body.next())
  const hasEnd = body.tag === derTag.utcTime || body.tag === derTag.generalizedTime
  const untilMs = hasEnd ? timeMs(body.next()) : undefined
  const entries = body.optional(derTag.sequence)
  const revokedAtMs = entries ? readEntries(entries.content) : new Map<string, number>()
  const extensions = body.optional(0xa0)
  body.end()
  if (extensions) refuseUnfit(extensions.content)
  return {
    issuer: hexOf(issuer.whole),
    issuerText: nameText(issuer.content),
    fromMs,
    ...(untilMs === undefined ? {} : { untilMs }),
    revokedAtMs,
    signed: signed.whole,
    signature: signature.subarray(1),
    hash: hashes[algorithm],
  }
}

function readEntries(content: Uint8Array): Map<string, number> {
  const revoked = new Map<string, number>()
  for (const entries = new DerReader(content); !entries.isAtEnd; ) {
    const entry = entries.into(derTag.sequence)
    const serial = integerText(entry.next(derTag.integer))
    revoked.set(serial, timeMs(entry.next()))
    const extensions = entry.optional(derTag.sequence)
    entry.end()
    if (extensions && identifiersIn(extensions.content).some(({ id }) => id === extension.certificateIssuer))
      throw new Unfit('speaks for several authorities: give the list of each')
    if (revoked.size > mostEntries)
      throw new Unfit(`names more than ${mostEntries} certificates, which is too many here`)
  }
  return revoked
}

function refuseUnfit(explicit: Uint8Array): void {
  const outer = new DerReader(explicit)
  const extensions = identifiersIn(outer.next(derTag.sequence).content)
  outer.end()
  for (const { id, isCritical, value } of extensions) {
    if (id === extension.delta) throw new Unfit('is a delta: give the whole list')
    if (id === extension.issuingPoint) {
      for (const point = new DerReader(value).into(derTag.sequence); !point.isAtEnd; ) {
        const { tag, content } = point.next()
        if (tag === indirectTag && content[0] !== 0)
          throw new Unfit('speaks for several authorities: give the list of each')
      }
    } else if (isCritical) throw new Unfit(`has an extension that is not known here (${id})`)
  }
}

function identifiersIn(content: Uint8Array): { id: string; isCritical: boolean; value: Uint8Array }[] {
  const found = []
  for (const extensions = new DerReader(content); !extensions.isAtEnd; ) {
    const one = extensions.into(derTag.sequence)
    const id = objectIdentifier(one.next(derTag.objectIdentifier))
    const critical = one.optional(derTag.boolean)
    const { content: value } = one.next(derTag.octetString)
    one.end()
    found.push({ id, isCritical: critical !== undefined && critical.content[0] !== 0, value })
  }
  return found
}

const commonName = '2.5.4.3'

function nameText(content: Uint8Array): string {
  let last = ''
  let common: string | undefined
  for (const name = new DerReader(content); !name.isAtEnd; )
    for (const set = name.into(derTag.set); !set.isAtEnd; ) {
      const attribute = set.into(derTag.sequence)
      const id = objectIdentifier(attribute.next(derTag.objectIdentifier))
      last = textOf(attribute.next().content).replaceAll(/\p{C}/gu, '').slice(0, 100)
      if (id === commonName) common = last
    }
  return common ?? last
}

/** What a list needs to know of a certificate: its serial number, and the names of who issued it and whose it is, as in {@link RevocationList}. */
export function certificateIdentity(
  der: Uint8Array,
): { readonly serial: string; readonly issuer: string; readonly subject: string } | undefined {
  try {
    const body = new DerReader(der).into(derTag.sequence).into(derTag.sequence)
    body.optional(0xa0)
    const serial = integerText(body.next(derTag.integer))
    body.next(derTag.sequence)
    const issuer = hexOf(body.next(derTag.sequence).whole)
    body.next(derTag.sequence)
    return { serial, issuer, subject: hexOf(body.next(derTag.sequence).whole) }
  } catch (error) {
    if (error instanceof NotDer) return undefined
    throw error
  }
}

function pemOf(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return ['-----BEGIN X509 CRL-----', ...lines, '-----END X509 CRL-----', ''].join('\n')
}

const dayMs = 86_400_000

/** Whether it is time for a newer list: in the last quarter of this one's time, at most a week before its end. */
export function revocationListAge({ fromMs, untilMs }: RevocationList, nowMs: number): 'fresh' | 'endsSoon' | 'over' {
  if (untilMs === undefined) return 'fresh'
  if (nowMs >= untilMs) return 'over'
  return nowMs >= untilMs - Math.min(7 * dayMs, (untilMs - fromMs) / 4) ? 'endsSoon' : 'fresh'
}
