import type { Trunk, TrunkProfileName } from '@vaxel/core'

/** What a new trunk of a kind begins with, and what only a person knows. */
export interface TrunkProfile
  extends Pick<
    Trunk,
    'targets' | 'keying' | 'prefixes' | 'certificateNames' | 'codecs' | 'health' | 'identity' | 'rewriting'
  > {
  readonly name: TrunkProfileName
  readonly needs: readonly ('ownHost' | 'registration' | 'target')[]
}

/**
 * The profiles as delivered.
 * - provider: registers with user name and password over UDP; national and international numbers.
 * - pbx: another telephone system that is trusted by its address; extensions as they are.
 * - mediation: TLS out to 5067, in on our 5061 by certificate, numbers in E.164, SRTP (Lync/Skype for Business mediation servers).
 * - teams: Microsoft Teams Direct Routing. Three hubs by priority, all on TLS 5061; our name in Contact and From; SRTP by SDES; OPTIONS each
 *   minute, to which Microsoft answers only a name that it knows; calls in by the hubs' certificate. REFER to Teams' own hubs is refused
 *   and Replaces taken, media by-pass is off. Source: Microsoft Learn, "Plan Direct Routing" and "Direct Routing: SIP protocol".
 */
export const trunkProfiles: readonly TrunkProfile[] = [
  {
    name: 'provider',
    targets: [],
    keying: 'auto',
    prefixes: ['0', '+'],
    codecs: ['PCMA', 'PCMU'],
    identity: { headers: ['asserted'], number: 'direct', withheld: 'told' },
    needs: ['target', 'registration'],
  },
  {
    name: 'pbx',
    targets: [],
    keying: 'auto',
    prefixes: [],
    codecs: ['PCMA', 'PCMU', 'G722', 'opus'],
    health: { intervalSeconds: 30 },
    identity: { headers: ['asserted', 'remoteParty'], number: 'direct', withheld: 'told' },
    needs: ['target'],
  },
  {
    name: 'mediation',
    targets: [{ host: '', port: 5067, protocol: 'tls' }],
    keying: 'sdes',
    prefixes: ['+'],
    codecs: ['PCMA', 'PCMU'],
    health: { intervalSeconds: 60 },
    identity: { headers: ['asserted'], number: 'direct', withheld: 'told' },
    needs: ['target', 'ownHost'],
  },
  {
    name: 'teams',
    targets: [
      { host: 'sip.pstnhub.microsoft.com', port: 5061, protocol: 'tls', priority: 1 },
      { host: 'sip2.pstnhub.microsoft.com', port: 5061, protocol: 'tls', priority: 2 },
      { host: 'sip3.pstnhub.microsoft.com', port: 5061, protocol: 'tls', priority: 3 },
    ],
    keying: 'sdes',
    prefixes: ['+'],
    certificateNames: ['sip.pstnhub.microsoft.com'],
    codecs: ['PCMA', 'PCMU', 'G722'],
    health: { intervalSeconds: 60, deadStatuses: [403, 408, 500, 502, 503, 504] },
    identity: { headers: ['asserted'], number: 'direct', withheld: 'told' },
    needs: ['ownHost'],
  },
]
