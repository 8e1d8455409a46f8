import type { CheckName } from '../catalogue/requirement.ts'
import type { Said } from '../words/say.ts'

/**
 * How one check ended. `limit`: works, not as well as required. `inconclusive`: its control checks did not hold, or too
 * few samples came. `stale`: the evidence is older than it may be, or the catalogue changed since.
 */
export type Outcome = 'pass' | 'limit' | 'fail' | 'inconclusive' | 'not-tested' | 'not-applicable' | 'stale'

/** Who has to act when a check fails. */
export type FaultOwner =
  | 'customer-firewall'
  | 'customer-network'
  | 'internet-provider'
  | 'service'
  | 'endpoint'
  | 'unknown'

export interface Measured {
  /** `round-trip-time`, `jitter-up`, `packet-loss-down`, `mos`, … */
  readonly name: string
  readonly value: number
  readonly unit: 'ms' | '%' | 'kbit/s' | 'bytes' | 'days' | 's' | 'mos' | 'count'
  /** Id of the formula or definition that made it: `rfc3550-a8`, `g107-2015-e-model`. */
  readonly definition?: string
}

export interface CheckResult {
  readonly check: CheckName
  /** Requirements that this is evidence for. */
  readonly requirementIds: readonly string[]
  /** What was tried, as one line: `UDP 198.51.100.7:49152`. */
  readonly target: string
  readonly outcome: Outcome
  /** VLAN or other part of the site, as the person named it. */
  readonly segment: string
  readonly startedAt: string
  readonly endedAt: string
  /** In the reader's language, by verdict-words. */
  readonly finding: Said
  readonly measured?: readonly Measured[]
  /** Which of the possible were tried: `ports 49152, 57343, 65535 and 5 at random of 16,384`. */
  readonly sample?: Said
  /** Did a known-good target pass, and did a closed port fail? Without both a pass proves nothing. */
  readonly controls?: { readonly knownGood: boolean | 'not-tested'; readonly closed: boolean | 'not-tested' }
  readonly faultOwner?: FaultOwner
  /** Addresses resolved, candidates, certificate fields: short texts by name, for the engineer. */
  readonly evidence?: Readonly<Record<string, string>>
}
