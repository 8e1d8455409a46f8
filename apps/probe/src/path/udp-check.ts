import type { CheckResult } from '@vaxel/site'
import { beginCheck, type CheckPlace } from './check-sheet.ts'
import { type PortFound, type RangeQuestion, type RangeFound, tryPorts } from './udp-range.ts'

export interface UdpCheck extends CheckPlace {
  readonly question: RangeQuestion
  /** First and last port of the range that calls use. */
  readonly range: { readonly from: number; readonly to: number }
  /** Whether the server can be reached at all now, by another way than UDP. */
  isServerUp(): Promise<boolean>
}

/** UDP to the media range: both ends, the middle and random ports, there and back. */
export async function checkUdp(check: UdpCheck): Promise<CheckResult[]> {
  const { question, range } = check
  const end = beginCheck(check, 'udp-media', `UDP ${question.address}:${range.from}-${range.to}`)
  const found = await tryPorts(question)
  const isUp = found.ports.some(({ state }) => state !== 'silent') || (await check.isServerUp())
  const total = range.to - range.from + 1
  return [
    end({
      ...judge(found, isUp),
      sample: { key: 'udp-sample', values: { ports: portsText(found.ports), total } },
      controls: { knownGood: isUp, closed: found.closedPortIsSilent },
      measured: measure(found),
      evidence: Object.fromEntries(found.ports.map((one) => [`port ${one.port}`, told(one)])),
    }),
  ]
}

type Ended = Parameters<ReturnType<typeof beginCheck>>[0]

function judge(
  { ports, closedPortIsSilent }: RangeFound,
  isUp: boolean,
): Pick<Ended, 'outcome' | 'finding' | 'faultOwner'> {
  const of = (...states: PortFound['state'][]) => ports.filter(({ state }) => states.includes(state))
  const bad = (key: string, which: readonly PortFound[]): Pick<Ended, 'outcome' | 'finding' | 'faultOwner'> => ({
    outcome: 'fail',
    finding: { key, values: { ports: portsText(which), count: which.length, of: ports.length } },
    faultOwner: 'customer-firewall',
  })
  if (!isUp) return { outcome: 'inconclusive', finding: { key: 'udp-no-server', values: {} }, faultOwner: 'unknown' }
  if (ports.length === 0) return { outcome: 'not-tested', finding: { key: 'udp-no-ports', values: {} } }
  const [lost, silent, half, lossy] = [of('replies-lost'), of('silent'), of('half-open'), of('lossy')]
  if (silent.length === ports.length) return bad('udp-blocked', silent)
  if (lost.length === ports.length) return bad('udp-replies-lost', lost)
  if (silent.length > 0) return bad('udp-some-blocked', silent)
  if (lost.length > 0) return bad('udp-some-replies-lost', lost)
  if (half.length > 0) return bad('udp-cut', half)
  if (closedPortIsSilent === false)
    return { outcome: 'inconclusive', finding: { key: 'udp-closed-answers', values: {} }, faultOwner: 'unknown' }
  if (lossy.length > 0)
    return {
      outcome: 'limit',
      finding: { key: 'udp-lossy', values: { ports: portsText(lossy), count: lossy.length, of: ports.length } },
      faultOwner: 'unknown',
    }
  return { outcome: 'pass', finding: { key: 'udp-open', values: { count: ports.length } } }
}

function measure({ ports }: RangeFound): NonNullable<Ended['measured']> {
  const bursts = ports.flatMap(({ burst }) => burst ?? [])
  const times = bursts.flatMap(({ roundTripsMs }) => roundTripsMs).sort((a, b) => a - b)
  const median = times[Math.floor(times.length / 2)]
  return [
    { name: 'ports-open', value: ports.filter(({ state }) => state === 'open').length, unit: 'count' },
    ...(median === undefined
      ? []
      : [{ name: 'round-trip-time', value: Math.round(median * 10) / 10, unit: 'ms' as const }]),
  ]
}

const told = ({ state, burst }: PortFound): string =>
  burst ? `${state}, ${burst.received} of ${burst.sent} back, ${burst.arrived} arrived` : state

const portsText = (ports: readonly PortFound[]): string => ports.map(({ port }) => port).join(', ')
