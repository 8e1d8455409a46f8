import type { Check } from '../check/check.ts'
import { beginCheck } from '../path/check-sheet.ts'
import { echoStream } from './echo-stream.ts'
import { isCut, type StreamFigures, streamFigures } from './stream-figures.ts'

const packetsPerSecond = 50
const mostCalls = 8
const seconds = 6

/** Several streams like calls at once: a line that is too narrow shows here and not before. */
export const severalCheck: Check = {
  title: 'Several calls at once',
  makes: ['several-calls'],
  needsQuiet: true,
  limitMs: () => 30_000,
  async run(context, signal) {
    const { session } = context
    if (!session) return []
    const { check, mac } = session
    const [address] = await context.addressesOf(check.address)
    // Hellos and what is still under way need a share of what the server answers in a second.
    const calls = Math.min(mostCalls, Math.floor((check.limits.packetsPerSecond * 0.9) / packetsPerSecond))
    if (address === undefined || calls < 2 || check.ports.sample.length === 0) return []
    const finish = beginCheck(context, 'several-calls', `${calls} UDP streams, ${check.address}, ${seconds} s`)
    const streams = await Promise.all(
      Array.from({ length: calls }, async (_, i) => {
        const port = check.ports.sample[i % check.ports.sample.length]!
        const found = await echoStream({ address, port, checkId: check.checkId, mac, seconds, signal })
        return found.ok ? streamFigures(found.sent, found.echoed) : undefined
      }),
    )
    if (signal.aborted) return [finish({ outcome: 'inconclusive', finding: { key: 'ended-early', values: {} } })]
    const heard = streams.filter((one): one is StreamFigures => one !== undefined && !isCut(one))
    if (heard.length === 0)
      return [finish({ outcome: 'inconclusive', finding: { key: 'several-silent', values: { calls } } })]
    const loss = Math.max(...heard.map((one) => Math.max(one.lossUpPercent, one.lossDownPercent)))
    const jitter = Math.max(...heard.map((one) => Math.max(one.jitterUpMs, one.jitterDownMs)))
    const { jitterMs, packetLossPercent } = check.thresholds
    const isFine = heard.length === calls && loss <= packetLossPercent && jitter <= jitterMs
    return [
      finish({
        outcome: isFine ? 'pass' : 'limit',
        finding: {
          key: heard.length < calls ? 'several-missing' : isFine ? 'several-fine' : 'several-worse',
          values: { calls, heard: heard.length, loss, jitter },
        },
        ...(!isFine && {
          faultOwner: heard.length < calls ? ('customer-firewall' as const) : ('internet-provider' as const),
        }),
        measured: [
          { name: 'several-calls-loss', value: loss, unit: '%' },
          { name: 'several-calls-jitter', value: jitter, unit: 'ms', definition: 'rfc3550-a8-mean' },
        ],
      }),
    ]
  },
}
