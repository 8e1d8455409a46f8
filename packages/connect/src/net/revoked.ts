import { verify, X509Certificate } from 'node:crypto'
import type { DetailedPeerCertificate, TLSSocket } from 'node:tls'
import { certificateIdentity, readRevocationList, type RevocationList } from '@vaxel/core'

/** As many as a chain may have. */
const longestChain = 8

/** Read once for each settings that have them: a list is in use as long as they are. */
const read = new WeakMap<readonly string[], readonly RevocationList[]>()
/** Which authorities' keys have signed a list, by their fingerprints. */
const checked = new WeakMap<RevocationList, Map<string, boolean>>()

/**
 * Why the certificate that a peer has shown, or one of the authorities above it, is not to be taken; undefined when nothing speaks against it.
 * @param lists PEM, as {@link TlsTrust.revocationLists}
 * @param authorities PEM, that the peer need not have sent along
 */
export function revocationOf(
  socket: TLSSocket,
  lists: readonly string[] | undefined,
  authorities: readonly string[] = [],
): string | undefined {
  if (!lists?.length) return undefined
  const chain = chainOf(socket)
  return revocationIn(chain, [...chain, ...authorities.map((pem) => new X509Certificate(pem))], parsed(lists))
}

/**
 * As {@link revocationOf}, of a chain that begins with the peer's own certificate. What a list names is refused, also by a list that is old:
 * what is taken back stays so. Where no list of an authority is signed by its key, somebody has changed it, and nothing is taken.
 */
export function revocationIn(
  chain: readonly X509Certificate[],
  issuers: readonly X509Certificate[],
  lists: readonly RevocationList[],
): string | undefined {
  for (const [depth, certificate] of chain.entries()) {
    const own = certificateIdentity(certificate.raw)
    const of = lists.filter(({ issuer }) => issuer === own?.issuer)
    if (!own || of.length === 0) continue
    const [by] = of as [RevocationList, ...RevocationList[]]
    const atMs = of.map(({ revokedAtMs }) => revokedAtMs.get(own.serial)).find((ms) => ms !== undefined)
    if (atMs !== undefined) {
      const what = depth === 0 ? 'its certificate' : 'the certificate of an authority above it'
      return `${what} was taken back on ${new Date(atMs).toISOString().slice(0, 10)} by ${by.issuerText}`
    }
    const authorities = issuers.filter(({ raw }) => certificateIdentity(raw)?.subject === own.issuer)
    if (authorities.length > 0 && !of.some((list) => authorities.some((one) => isSignedBy(list, one))))
      return `the revocation list of ${by.issuerText} that the trunk has is not signed by it`
  }
  return undefined
}

function parsed(texts: readonly string[]): readonly RevocationList[] {
  const known = read.get(texts)
  if (known) return known
  const lists = texts.flatMap((text) => {
    const one = readRevocationList(text)
    return one.ok ? [one.list] : []
  })
  read.set(texts, lists)
  return lists
}

function isSignedBy(list: RevocationList, issuer: X509Certificate): boolean {
  const known = checked.get(list) ?? new Map<string, boolean>()
  checked.set(list, known)
  const before = known.get(issuer.fingerprint256)
  if (before !== undefined) return before
  const isSigned = issuer.ca && verify(list.hash, list.signed, issuer.publicKey, list.signature)
  known.set(issuer.fingerprint256, isSigned)
  return isSigned
}

function chainOf(socket: TLSSocket): X509Certificate[] {
  const chain: X509Certificate[] = []
  let next: Partial<DetailedPeerCertificate> | undefined = socket.getPeerCertificate(true)
  while (next?.raw && chain.length < longestChain) {
    const certificate = new X509Certificate(next.raw)
    if (chain.some(({ fingerprint256 }) => fingerprint256 === certificate.fingerprint256)) break
    chain.push(certificate)
    next = next.issuerCertificate
  }
  return chain
}
