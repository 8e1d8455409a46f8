import type { FaultOwner, PageFinding } from '@vaxel/site'
import type { Found, Timed } from '../found.ts'
import { relayPort, type RelayOutcome, type RelayWay, relayWays, wayOf } from '../steps/relay-way.ts'
import { idsFor } from './requirements.ts'
import type { Conclusion } from './row.ts'
import { sayRefused, workingRelay } from './udp.ts'

/** One line for each way to the relay, once all are known: what one that is shut means depends on the others. */
export function concludeRelays(found: Found): readonly Conclusion[] {
  if (!found.areRelaysDone || !found.shared) return []
  return relayWays.flatMap((way) => {
    const outcome = found.relays[way]
    const url = found.session.turn.urls.find((one) => wayOf(one) === way)
    if (!outcome || url === undefined) return []
    const port = relayPort(url)
    const protocol = way === 'udp' ? ('udp' as const) : ('tcp' as const)
    return [
      {
        id: `relay:${way}`,
        group: 'fallback' as const,
        check: 'turn' as const,
        target: `${way === 'tls' ? 'TLS' : protocol.toUpperCase()} ${found.session.address}:${port}`,
        ids: idsFor(found.requirements, 'turn', { protocol, port }),
        ...say(found, way, outcome, port),
        hasControls: outcome.reached.kind !== 'refused',
        evidence: {
          server: url,
          allocated: outcome.isAllocated ? 'yes' : 'no',
          ...(outcome.errorCode === undefined ? {} : { error: String(outcome.errorCode) }),
        },
        times: outcome,
      },
    ]
  })
}

function say(
  found: Found,
  way: RelayWay,
  outcome: Timed<RelayOutcome>,
  port: number,
): Pick<Conclusion, 'outcome' | 'finding' | 'owner'> {
  const values = { way: way.toUpperCase(), port: String(port) }
  const { reached } = outcome
  if (reached.kind === 'echo') return { outcome: 'pass', finding: { key: 'relayWorks', values } }
  if (reached.kind === 'refused') return sayRefused(reached.by.status, { ...values, title: reached.by.title })
  const { key, owner } = why(found, way, outcome)
  const isDirect = found.shared?.reached.kind === 'echo'
  const other = workingRelay(found)
  // Nobody misses a way that another one makes up for; the last one is missed by whoever comes from a stricter network.
  if (other)
    return { outcome: 'not-applicable', finding: { key: 'relayNotNeeded', values: { ...values, other } }, owner }
  return {
    outcome: isDirect ? 'limit' : 'fail',
    finding: { key, values: { ...values, code: outcome.errorCode ?? '' } },
    owner,
  }
}

/** Whose fault it is that nothing came by the relay: a service that is down must not look like a firewall. */
function why(found: Found, way: RelayWay, outcome: RelayOutcome): { key: PageFinding; owner: FaultOwner } {
  if (outcome.errorCode !== undefined) return { key: 'relayRefused', owner: 'service' }
  if (outcome.isAllocated) return { key: 'relaySilent', owner: 'service' }
  if (outcome.reached.kind === 'browser') return { key: 'browserFailed', owner: 'endpoint' }
  const hasStun = found.mapping?.address !== undefined
  if (way === 'udp') {
    // The same port of the same server answered STUN.
    if (hasStun) return { key: 'relayGone', owner: 'service' }
    // Without a translator browsers show no address that STUN gave, so that nothing is known of the port.
    return { key: 'relayUnreached', owner: found.mapping?.kind === 'none' ? 'unknown' : 'customer-firewall' }
  }
  const noneAnswers = relayWays.every((one) => !found.relays[one]?.isAllocated)
  // UDP goes anywhere here and the relay answers on no way at all: that is not a firewall.
  if (noneAnswers && hasStun && found.shared?.reached.kind === 'echo') return { key: 'relayGone', owner: 'service' }
  if (way === 'tls') return { key: 'relayTlsUnreached', owner: noneAnswers ? 'unknown' : 'customer-network' }
  return { key: 'relayUnreached', owner: noneAnswers ? 'unknown' : 'customer-firewall' }
}
