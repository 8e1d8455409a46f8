import type { Trunk } from '@vaxel/core'

/** What of our own certificate matters to peers on TLS. */
export interface OwnCertificate {
  readonly names: readonly string[]
  /** Object identifiers of its extended key usage; absent: any. */
  readonly uses?: readonly string[]
  readonly source: 'own' | 'uploaded' | 'acme'
}

export type CertificateWarning =
  | 'certificateWildcard'
  | 'certificateWithoutClientUse'
  | 'certificateWithoutServerUse'
  | 'certificateNotForOwnHost'
  | 'certificateOwnAuthority'

const serverUse = '1.3.6.1.5.5.7.3.1'
const clientUse = '1.3.6.1.5.5.7.3.2'

/**
 * What a trunk's peer will not take about our certificate. We are server and client on TLS, so it needs both uses. Mediation servers take no
 * wildcards; Microsoft Teams takes them for subdomains, but no authority of one's own.
 */
export function certificateWarnings(
  { targets, ownHost, profile }: Pick<Trunk, 'targets' | 'ownHost' | 'profile'>,
  { names, uses, source }: OwnCertificate,
): CertificateWarning[] {
  if (!targets.some(({ protocol }) => protocol === 'tls')) return []
  const warnings: CertificateWarning[] = []
  const isWild = names.some((name) => name.startsWith('*.'))
  if (isWild && profile === 'mediation') warnings.push('certificateWildcard')
  if (uses && !uses.includes(clientUse)) warnings.push('certificateWithoutClientUse')
  if (uses && !uses.includes(serverUse)) warnings.push('certificateWithoutServerUse')
  if (ownHost !== undefined && !names.some((name) => stands(name.toLowerCase(), ownHost.toLowerCase())))
    warnings.push('certificateNotForOwnHost')
  if (profile === 'teams' && source === 'own') warnings.push('certificateOwnAuthority')
  return warnings
}

function stands(name: string, host: string): boolean {
  if (name === host) return true
  return name.startsWith('*.') && host.slice(host.indexOf('.') + 1) === name.slice(2)
}
