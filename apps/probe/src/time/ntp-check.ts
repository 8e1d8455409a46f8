import type { CheckResult } from '@vaxel/site'
import type { Check, ProbeContext } from '../check/check.ts'
import { beginCheck, type Found } from '../path/check-sheet.ts'

/** Time servers, and whether this machine's clock can be believed; asked before the other checks, which need a right clock. */
export const ntpCheck: Check = {
  title: 'Time (NTP)',
  makes: ['ntp'],
  limitMs: () => 5000,
  run: async (context) => {
    const results: CheckResult[] = [...context.timeServers].map(([host, found]) => {
      const finish = beginCheck(context, 'ntp', `NTP UDP ${host}`)
      if (!found.ok)
        return finish({
          outcome: 'fail',
          finding: { key: `ntp-${found.fault}`, values: { host, detail: found.detail } },
          faultOwner:
            found.fault === 'silent'
              ? 'customer-firewall'
              : found.fault === 'no-address'
                ? 'customer-network'
                : 'service',
        })
      const { offsetMs, roundTripMs, reply } = found
      return finish({
        outcome: 'pass',
        finding: { key: 'ntp-answers', values: { host, offsetMs: tenths(offsetMs) } },
        measured: [
          { name: 'clock-offset', value: tenths(offsetMs), unit: 'ms', definition: 'rfc5905-8' },
          { name: 'round-trip-time', value: tenths(roundTripMs), unit: 'ms' },
        ],
        evidence: { stratum: String(reply.stratum), reference: reply.reference },
      })
    })
    const duties = context.requirements
      .filter(({ checks, body }) => checks.includes('ntp') && body.kind !== 'flow')
      .map(({ id }) => id)
    const clock = beginCheck(context, 'ntp', 'clock of this machine')(clockFinding(context))
    results.push(clock.outcome === 'pass' ? { ...clock, requirementIds: duties } : clock)
    if (context.timeServers.size === 0 && context.requirementIds('ntp').length > duties.length)
      results.push(
        beginCheck(context, 'ntp', 'NTP')({ outcome: 'not-tested', finding: { key: 'ntp-nowhere', values: {} } }),
      )
    return results
  },
}

/** What is to be said of this machine's clock. */
function clockFinding({ clockwork }: ProbeContext): Found {
  const { state, offsetMs, witnesses } = clockwork
  const evidence = Object.fromEntries(
    witnesses.map((one) => [one.by, `${Math.round(one.offsetMs)} ms ± ${Math.round(one.uncertainMs)}`]),
  )
  if (state === 'right') {
    const by = witnesses.map((one) => one.by).join(', ')
    return { outcome: 'pass', finding: { key: 'clock-right', values: { by } }, evidence }
  }
  if (state === 'unknown')
    return { outcome: 'inconclusive', finding: { key: 'clock-unknown', values: {} }, isOnlyToKnow: true }
  const seconds = Math.abs(Math.round(offsetMs / 1000))
  if (state === 'disputed')
    return {
      outcome: 'inconclusive',
      finding: { key: 'clock-disputed', values: { seconds } },
      evidence,
      faultOwner: 'unknown',
    }
  const key = offsetMs > 0 ? 'clock-slow' : 'clock-fast'
  return { outcome: 'inconclusive', finding: { key, values: { seconds } }, evidence, faultOwner: 'endpoint' }
}

const tenths = (value: number): number => Math.round(value * 10) / 10
