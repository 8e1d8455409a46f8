import { join } from 'node:path'
import { runProgramInOwnNetwork } from '@vaxel/testkit'
import type { Figure, Measurement } from './figure.ts'
import type { WebCallTimes } from './web-call-run.ts'

const line =
  'Chromium with JsSIP behind a router, 50 ms each way; to the first sound that is played out, and the first packet at the other end'

/** How long a browser's calls take to ring and to be heard, on a line with delay, by a real browser. */
export const webCall: Measurement = {
  name: 'web-call',
  async run(progress, { isQuick }) {
    const count = isQuick ? 5 : 40
    progress(`${count} calls each way`)
    const file = join(import.meta.dirname, 'web-call-run.ts')
    const { code, output } = await runProgramInOwnNetwork(file, String(count))
    const last = output.trimEnd().split('\n').at(-1)
    if (code !== 0 || !last?.startsWith('{')) throw new Error(`the calls of a browser failed:\n${output.slice(-3000)}`)
    const times = JSON.parse(last) as WebCallTimes
    return [
      ...figures('accepted', 'accept to sound both ways, in a browser', times.accepted, isQuick),
      ...figures('ringing', 'call to ringing in a browser', times.ringing, isQuick),
      ...figures('calling', 'call from a browser until it hears that it rings', times.calling, isQuick),
    ]
  },
}

function figures(id: string, what: string, values: readonly number[], isQuick: boolean): Figure[] {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]!
  const common = { system: 'vaxel', unit: 'ms', note: `${values.length} calls; ${line}` }
  return [
    { ...common, id: `web-call.${id}.p50`, what: `${what}, median`, value: at(0.5) },
    {
      ...common,
      id: `web-call.${id}.p95`,
      what: `${what}, p95`,
      value: at(0.95),
      ...(!isQuick && { aim: { most: 1000 } }),
    },
  ]
}
