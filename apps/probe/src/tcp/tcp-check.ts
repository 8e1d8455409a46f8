import type { CheckResult } from '@vaxel/site'
import type { Check, ProbeContext } from '../check/check.ts'
import { type FlowTarget, flowTargets } from '../check/service-hosts.ts'
import { beginCheck, endpointText, type Found } from '../path/check-sheet.ts'
import { connectTcp, type TcpFault } from './connect-tcp.ts'

/** Nothing of any service listens there (tcpmux, RFC 7805); who answers, answers for others. */
const closedPort = 1
const closedPatienceMs = 3000
const mostAddresses = 4
const atOnce = 8

/** TCP connections of every flow, to each address of its hosts, with a port that must be closed as the counter-check. */
export const tcpCheck: Check = {
  title: 'TCP connections',
  makes: ['tcp'],
  limitMs: () => 120_000,
  async run(context, signal) {
    const { targets, gaps } = flowTargets(
      context.requirements,
      'tcp',
      context.catalogue,
      context.hostsOf,
      context.today,
    )
    const closed = closedControls(context, signal)
    const results: CheckResult[] = []
    const waiting = [...targets]
    const workers = Array.from({ length: atOnce }, async () => {
      for (let next = waiting.shift(); next && !signal.aborted; next = waiting.shift())
        results.push(...(await tryTarget(context, next, closed, signal)))
    })
    await Promise.all(workers)
    for (const { requirementId, what } of gaps)
      results.push({
        ...beginCheck(
          context,
          'tcp',
          what,
        )({
          outcome: 'not-tested',
          finding: { key: 'tcp-nowhere', values: { what } },
        }),
        requirementIds: [requirementId],
      })
    return results
  },
}

type ClosedControl = (address: string) => Promise<boolean>

/** Asks each address once; true: the port is closed, as it must be. */
function closedControls(_context: ProbeContext, signal: AbortSignal): ClosedControl {
  const known = new Map<string, Promise<boolean>>()
  return (address) => {
    const before = known.get(address)
    if (before) return before
    const asked = connectTcp({ address, port: closedPort }, { signal, limitMs: closedPatienceMs }).then((found) => {
      if (found.ok) found.socket.destroy()
      return !found.ok
    })
    known.set(address, asked)
    return asked
  }
}

async function tryTarget(
  context: ProbeContext,
  target: FlowTarget,
  closed: ClosedControl,
  signal: AbortSignal,
): Promise<readonly CheckResult[]> {
  const { host, port, carries, requirements } = target
  const finish = beginCheck(context, 'tcp', `TCP ${endpointText({ address: host, port })} (${carries})`)
  const end = (found: Found): readonly CheckResult[] => [
    { ...finish(found), requirementIds: requirements.map(({ id }) => id) },
  ]
  const values = { host, port: String(port), carries }
  const addresses = (await context.addressesOf(host)).slice(0, mostAddresses)
  const tried = await Promise.all(
    addresses.map(async (address) => ({
      address,
      found: await connectTcp({ address, port }, { signal }),
      closed: await closed(address),
    })),
  )
  for (const { found } of tried) if (found.ok) found.socket.destroy()
  const evidence = {
    addresses: addresses.join(' ') || 'none',
    ...Object.fromEntries(
      tried.map(({ address, found }) => [address, found.ok ? `open, ${found.tookMs} ms` : found.code]),
    ),
  }
  const open = tried.filter(({ found }) => found.ok)
  const controls = { knownGood: 'not-tested' as const, closed: tried.every((one) => one.closed) }
  if (tried.length > 0 && open.length === tried.length) {
    if (!controls.closed)
      return end({
        outcome: 'inconclusive',
        finding: { key: 'tcp-answers-for-all', values },
        controls,
        evidence,
        faultOwner: 'customer-firewall',
      })
    const tookMs = Math.max(...tried.map(({ found }) => found.tookMs))
    return end({
      outcome: 'pass',
      finding: { key: 'tcp-open', values: { ...values, tookMs } },
      measured: [{ name: 'tcp-connect-time', value: tookMs, unit: 'ms' }],
      controls,
      evidence,
    })
  }
  if (open.length > 0)
    return end({
      outcome: 'limit',
      finding: { key: 'tcp-some', values: { ...values, open: open.length, all: tried.length } },
      faultOwner: 'unknown',
      evidence,
    })
  const byProxy = target.mayUseProxy ? await tryProxy(context, host, port, signal) : undefined
  if (byProxy !== undefined)
    return end({
      outcome: 'pass',
      finding: { key: 'tcp-by-proxy', values: { ...values, proxy: byProxy } },
      evidence: { ...evidence, proxy: byProxy },
    })
  if (tried.length === 0)
    return end({
      outcome: 'fail',
      finding: { key: 'tcp-no-address', values },
      faultOwner: 'customer-network',
      evidence,
    })
  const fault = worst(tried.map(({ found }) => (found.ok ? 'silent' : found.fault)))
  if (fault === 'ended') return end({ outcome: 'inconclusive', finding: { key: 'ended-early', values: {} } })
  return end({ outcome: 'fail', finding: { key: `tcp-${fault}`, values }, faultOwner: owners[fault], evidence })
}

const owners = {
  silent: 'customer-firewall',
  refused: 'unknown',
  unreachable: 'customer-network',
  reset: 'customer-firewall',
  local: 'endpoint',
} as const

const order: readonly TcpFault[] = ['ended', 'local', 'unreachable', 'silent', 'reset', 'refused']
const worst = (faults: readonly TcpFault[]): TcpFault => order.find((one) => faults.includes(one)) ?? 'silent'

/** @returns the proxy that lets through to there */
async function tryProxy(
  context: ProbeContext,
  host: string,
  port: number,
  signal: AbortSignal,
): Promise<string | undefined> {
  const proxy = context.web.proxyFor(host)
  if (!proxy || 'fault' in proxy) return undefined
  const opened = await context.web.open(new URL(`https://${host.includes(':') ? `[${host}]` : host}:${port}/`), signal)
  // Behind an open tunnel, TLS may fail for reasons of its own: the way is open all the same.
  if (!opened.ok) return opened.at === 'tls' ? endpointText({ address: proxy.host, port: proxy.port }) : undefined
  opened.socket.destroy()
  return endpointText({ address: proxy.host, port: proxy.port })
}
