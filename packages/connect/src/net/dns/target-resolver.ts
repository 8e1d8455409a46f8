import { type Clock, type Logger, type RandomBytes, systemRandom } from '@vaxel/base'
import type { ResolvedTarget, Uri } from '@vaxel/sip'
import { DnsCache } from './dns-cache.ts'
import { type DnsFault, DnsHealth } from './dns-health.ts'
import { FailedTargets } from './failed-targets.ts'
import { nodeDns } from './node-dns.ts'
import { resolveTarget } from './resolve-target.ts'

export interface TargetResolverOptions {
  readonly clock: Clock
  readonly log: Logger
  readonly random?: RandomBytes
  /** `address` or `address:port` each; the system's own when absent. */
  readonly servers?: readonly string[]
  /** Whether this machine has a way there; targets without one are left out while there are others. */
  reaches?(target: ResolvedTarget): boolean
}

/** RFC 3263 with a cache of answers and a memory of targets that failed. */
export interface TargetResolver {
  /** Targets in order of preference; empty when nothing resolves. Never rejects. */
  resolve(uri: Uri): Promise<readonly ResolvedTarget[]>
  /** Puts it behind the others for half a minute. */
  failed(target: ResolvedTarget): void
  /** Takes that back. */
  worked(target: ResolvedTarget): void
  /** Why names may not be found now. */
  readonly fault: DnsFault | undefined
  close(): void
}

export function createTargetResolver(options: TargetResolverOptions): TargetResolver {
  const { clock, log, servers, random = systemRandom, reaches = () => true } = options
  const source = nodeDns({ clock, timeoutMs: 1_000, ...(servers === undefined ? {} : { servers }) })
  const health = new DnsHealth({ clock, log })
  const dns = new DnsCache({ clock, source, health })
  const failures = new FailedTargets(clock)
  const fraction = (): number => new DataView(random(4).slice().buffer).getUint32(0) / 2 ** 32
  return {
    async resolve(uri) {
      try {
        const targets = await resolveTarget(uri, { dns, random: fraction })
        const reachable = targets.filter(reaches)
        return failures.lastOnes(reachable.length > 0 ? reachable : targets)
      } catch (error) {
        log.error('resolving failed', { host: uri.host, error: String(error) })
        return []
      }
    },
    failed: (target) => failures.failed(target),
    worked: (target) => failures.worked(target),
    get fault() {
      return health.fault
    },
    close: () => {
      health.close()
      source.close()
    },
  }
}
