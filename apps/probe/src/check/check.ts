import type { Catalogue, CheckName, CheckResult, Requirement } from '@vaxel/site'
import type { CheckPlace } from '../path/check-sheet.ts'
import type { DnsAsker } from '../dns/ask-dns.ts'
import type { CheckSession } from '../session/check-session.ts'
import type { WebClient } from '../web/web-client.ts'
import type { Clockwork } from '../time/compare-clocks.ts'
import type { NtpResult } from '../time/ask-ntp.ts'
import type { HostsOf } from './service-hosts.ts'

/** What every check is given: whose requirements, from where, and what was learned before the checks began. */
export interface ProbeContext extends CheckPlace {
  readonly catalogue: Catalogue
  /** Those that apply to this site today. */
  readonly requirements: readonly Requirement[]
  /** A check that a Vaxel server takes part in; absent: other people's service, or the server did not answer. */
  readonly session?: CheckSession
  readonly web: WebClient
  /** How this machine's clock compares with others. */
  readonly clockwork: Clockwork
  /** What each time server answered before the checks began, by host. */
  readonly timeServers: ReadonlyMap<
    string,
    NtpResult | { readonly ok: false; readonly fault: 'no-address'; readonly detail: string }
  >
  /** Addresses of a name or an address literal, as this machine finds them; none: not found. */
  addressesOf(name: string): Promise<readonly string[]>
  readonly hostsOf: HostsOf
  readonly dns: DnsAsker
  /** `YYYY-MM-DD`. */
  readonly today: string
  /** How long streams are measured. */
  readonly minutes: number
  readonly random: (bytes: number) => Uint8Array
  /** One line of progress. */
  tell(line: string): void
}

/** One kind of thing that the probe tries. Registered in `all-checks.ts`. */
export interface Check {
  /** In progress lines: `TCP connections`. */
  readonly title: string
  /** Kinds of results that it makes; when it breaks or takes too long, each of them is inconclusive. */
  readonly makes: readonly CheckName[]
  /** It is ended after so long. */
  limitMs(context: ProbeContext): number
  /** Measures the line: nothing else runs meanwhile. */
  readonly needsQuiet?: boolean
  /** Must end soon after the signal. What it cannot try it leaves out, or says so. */
  run(context: ProbeContext, signal: AbortSignal): Promise<readonly CheckResult[]>
}
