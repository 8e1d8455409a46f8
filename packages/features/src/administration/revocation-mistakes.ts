import { verify, X509Certificate } from 'node:crypto'
import { rootCertificates } from 'node:tls'
import type { Mistake } from '@vaxel/base'
import { certificateIdentity, readRevocationList, type RevocationList, type Trunk } from '@vaxel/core'

/** What is wrong with the revocation lists of a trunk. One that does not come from an authority it says to come from is never taken. */
export function revocationMistakes({ tls }: Pick<Trunk, 'tls'>): Mistake[] {
  return (tls?.revocationLists ?? []).flatMap((text, i) => {
    const read = readRevocationList(text)
    const reason = read.ok ? authorMistake(read.list, tls?.ca) : read.reason
    return reason === undefined ? [] : [{ path: `/tls/revocationLists/${i}`, reason }]
  })
}

/** The trunk with its lists in PEM, whatever they were given in. */
export function withListsAsPem<T extends Pick<Trunk, 'tls'>>(trunk: T): T {
  const lists = trunk.tls?.revocationLists
  if (!lists?.length) return trunk
  const revocationLists = lists.map((text) => {
    const read = readRevocationList(text)
    return read.ok ? read.pem : text
  })
  return { ...trunk, tls: { ...trunk.tls, revocationLists } }
}

/** Without authorities of its own, who stands between the machine's and the peer is not known until a certificate is shown. */
function authorMistake(list: RevocationList, own: readonly string[] | undefined): string | undefined {
  const known = (own?.length ? own : rootCertificates).flatMap((pem) => named(pem, list.issuer))
  if (known.length === 0)
    return own?.length
      ? `comes from ${list.issuerText}, which is none of the trunk's authorities: give its certificate there too`
      : undefined
  return known.some(({ publicKey }) => verify(list.hash, list.signed, publicKey, list.signature))
    ? undefined
    : `is not signed by ${list.issuerText}, as it says: get it again`
}

function named(pem: string, subject: string): X509Certificate[] {
  try {
    const certificate = new X509Certificate(pem)
    return certificateIdentity(certificate.raw)?.subject === subject ? [certificate] : []
  } catch {
    return []
  }
}
