import type { CheckResult } from '@vaxel/site'
import { beginCheck, type CheckPlace, endpointText } from '../path/check-sheet.ts'
import type { BindingLifetime } from './binding-lifetime.ts'
import { findNatBehaviour, type NatBehaviour, type NatQuestion } from './nat-behaviour.ts'
import type { StunClient } from './stun-client.ts'

/** Our own keep-alive sends before 30 s are over (RFC 5626 §4.4.2 lets phones do so as well). */
const neededLifetimeSeconds = 30

export interface NatCheck extends CheckPlace {
  readonly stun: StunClient
  readonly question: NatQuestion
  /** Measures how long a way stays open; absent: nothing here can. */
  lifetime?(): Promise<BindingLifetime>
}

/** STUN and NAT: what the service sees of this place, and what that means for calls. */
export async function checkNat(check: NatCheck): Promise<CheckResult[]> {
  const { stun, question } = check
  const target = `STUN UDP ${endpointText(question.server)}`
  const endStun = beginCheck(check, 'stun', target)
  const endNat = beginCheck(check, 'nat', target)
  const lifetime = check.lifetime?.()
  const found = await findNatBehaviour(stun, question)
  if (!found.ok) {
    await lifetime
    return [
      endStun({
        outcome: 'fail',
        finding: { key: 'stun-silent', values: { server: endpointText(question.server) } },
        faultOwner: 'customer-firewall',
      }),
      endNat({ outcome: 'not-tested', finding: { key: 'nat-needs-stun', values: {} } }),
    ]
  }
  const { behaviour } = found
  const stunResult = endStun({
    outcome: 'pass',
    finding: { key: 'stun-answers', values: { address: behaviour.mapped.address } },
    measured: [{ name: 'round-trip-time', value: tenths(behaviour.roundTripMs), unit: 'ms' }],
    evidence: { mapped: endpointText(behaviour.mapped) },
  })
  return [
    stunResult,
    endNat(mappingFound(behaviour)),
    ...(behaviour.publicAddresses.length > 1 ? [endNat(severalAddresses(behaviour))] : []),
    endNat(filteringFound(behaviour)),
    ...(behaviour.hairpins === 'not-tested' ? [] : [endNat(hairpinFound(behaviour.hairpins))]),
    endNat(lifetimeFound(behaviour, await lifetime)),
  ]
}

type Ended = Parameters<ReturnType<typeof beginCheck>>[0]

function mappingFound(behaviour: NatBehaviour): Ended {
  const { mapping, local, mapped, portsKept, filtering, hairpins } = behaviour
  return {
    outcome: mapping === 'not-tested' ? 'inconclusive' : 'pass',
    finding: { key: `nat-mapping-${mapping}`, values: { inside: local.address, outside: mapped.address } },
    evidence: {
      local: endpointText(local),
      mapped: endpointText(mapped),
      mapping,
      filtering,
      hairpinning: String(hairpins),
      'ports kept': `${portsKept.kept} of ${portsKept.of}`,
      ...(behaviour.serverLacks && { 'server lacks': behaviour.serverLacks }),
    },
  }
}

/** RFC 4787 §4.1, REQ-2: one inside address should always have the same outside one. */
function severalAddresses({ publicAddresses }: NatBehaviour): Ended {
  return {
    outcome: 'limit',
    finding: {
      key: 'nat-several-addresses',
      values: { count: publicAddresses.length, addresses: publicAddresses.join(', ') },
    },
    faultOwner: 'customer-network',
    evidence: { addresses: publicAddresses.join(' ') },
  }
}

const filteringFound = ({ filtering }: NatBehaviour): Ended => ({
  outcome: filtering === 'not-tested' ? 'not-tested' : 'pass',
  finding: { key: `nat-filtering-${filtering}`, values: {} },
  isOnlyToKnow: true,
})

const hairpinFound = (hairpins: boolean): Ended => ({
  outcome: 'pass',
  finding: { key: hairpins ? 'nat-hairpin-yes' : 'nat-hairpin-no', values: {} },
  isOnlyToKnow: true,
})

function lifetimeFound({ mapping }: NatBehaviour, lifetime: BindingLifetime | undefined): Ended {
  if (!lifetime || lifetime.kind === 'not-tested')
    return {
      outcome: 'not-tested',
      finding: { key: 'nat-lifetime-not-tested', values: {} },
      isOnlyToKnow: true,
      ...(lifetime && { evidence: { reason: lifetime.reason } }),
    }
  const { atLeastSeconds, lessThanSeconds } = lifetime
  const measured = [{ name: 'binding-lifetime-at-least', value: atLeastSeconds, unit: 's' as const }]
  const evidence = {
    mapping,
    open: `${atLeastSeconds} s`,
    closed: lessThanSeconds ? `${lessThanSeconds} s` : 'not seen',
  }
  if (lessThanSeconds === undefined || atLeastSeconds >= neededLifetimeSeconds)
    return {
      outcome: atLeastSeconds >= neededLifetimeSeconds ? 'pass' : 'not-tested',
      finding: { key: 'nat-lifetime-enough', values: { seconds: atLeastSeconds } },
      isOnlyToKnow: atLeastSeconds < neededLifetimeSeconds,
      measured,
      evidence,
    }
  // Between what is open and what is closed may lie what is needed.
  const isSurelyShort = lessThanSeconds <= neededLifetimeSeconds
  return {
    outcome: isSurelyShort ? 'limit' : 'inconclusive',
    finding: { key: 'nat-lifetime-short', values: { from: atLeastSeconds, to: lessThanSeconds } },
    faultOwner: 'customer-firewall',
    measured,
    evidence,
  }
}

const tenths = (value: number): number => Math.round(value * 10) / 10
