import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { Effort, Figure, Measurement } from './figure.ts'
import { startKamailio } from './load/kamailio-server.ts'
import type { Load } from './load/load.ts'
import type { Climb } from './load/orders.ts'
import { assertSteady, failuresOf, highestClean, type StepResult } from './load/steps.ts'
import { startMeasured } from './load/vaxel-server.ts'
import { withLoad } from './load/with-load.ts'

const what = {
  cpu: 'calls set up and cleared',
  cpuAt70: 'calls set up and cleared, at 70 % load',
  digest: 'calls set up and cleared, with digest',
  rate: 'calls a second without a failure',
  ringing: 'INVITE to 180, p99 at 70 % load',
  over: 'calls done a second when twice as many come as it can take',
} as const

/** Calls from a trunk (no digest) to registered phones that answer at once and are cleared at once, on one core. */
export const calls: Measurement = {
  name: 'calls',
  async run(progress, effort) {
    return [...(await vaxel(progress, effort)), ...(await kamailio(progress, effort))]
  },
}

interface Plan {
  readonly users: number
  /** Calls before the first figure: what is compiled while running is compiled then, as in a server that has run for a while. */
  readonly warmSeconds: number
  readonly steady: { readonly rate: number; readonly seconds: number }
  readonly climb: Climb
}

const planOf = ({ isQuick }: Effort): Plan =>
  isQuick
    ? {
        users: 500,
        warmSeconds: 3,
        steady: { rate: 100, seconds: 2 },
        climb: { first: 200, factor: 2, most: 8_000, stepSeconds: 1, maySeconds: 8 },
      }
    : {
        users: 2_000,
        warmSeconds: 20,
        steady: { rate: 300, seconds: 10 },
        climb: { first: 400, factor: 1.4, most: 15_000, stepSeconds: 3, maySeconds: 30 },
      }

interface Measured {
  readonly steady: StepResult
  readonly steps: readonly StepResult[]
  readonly at70: StepResult
  readonly over: StepResult
}

async function measure(load: Load, plan: Plan): Promise<Measured> {
  const by = { users: plan.users, by: 'trunk' } as const
  await load.ask('callAt', { ...by, rate: plan.steady.rate, seconds: plan.warmSeconds })
  const steady = await load.ask('callAt', { ...by, ...plan.steady })
  assertSteady('calls', steady)
  const steps = await load.ask('callClimb', { ...by, ...plan.climb })
  const highest = Math.max(1, highestClean(steps))
  const seconds = plan.climb.stepSeconds
  const at70 = await load.ask('callAt', { ...by, rate: Math.ceil(0.7 * highest), seconds })
  // Longer: how it comes to rest counts, not the first moment.
  const over = await load.ask('callAt', { ...by, rate: 2 * highest, seconds: 4 * seconds })
  return { steady, steps, at70, over }
}

async function vaxel(progress: (line: string) => void, effort: Effort): Promise<Figure[]> {
  const plan = planOf(effort)
  progress(`vaxel: a server with ${plan.users} users`)
  const server = await startMeasured({ users: plan.users, environment: { VAXEL_MEDIA_WORKERS: '1' } })
  return await withLoad(server, async (load) => {
    await load.ask('registerEach', { from: 0, to: plan.users, rate: 500 })
    progress('vaxel: calls, steady and up to the knee')
    const about = 'back-to-back, media set up, each call in the ledger'
    const before = databaseBytes(server.platform.data)
    const measured = await measure(load, plan)
    const figures = toFigures('vaxel', measured, about, true)
    const done = [measured.steady, measured.at70, measured.over, ...measured.steps].reduce(
      (sum, step) => sum + step.done,
      0,
    )
    const bytes = (databaseBytes(server.platform.data) - before) / Math.max(1, done)
    progress('vaxel: calls of phones with digest')
    const digest = await load.ask('callAt', { users: plan.users, by: 'phone', ...plan.steady })
    const disk = { id: 'calls.disk', what: 'database of a call, its SIP trace included', system: 'vaxel' } as const
    return [
      ...figures,
      { ...disk, value: bytes / 1024, unit: 'KiB' },
      cpuFigure('vaxel', digest, `${about}, 407 for each`, { id: 'calls.digest', what: what.digest }),
    ]
  })
}

async function kamailio(progress: (line: string) => void, effort: Effort): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const allocator of ['default', 'fm'] as const) {
    progress(`kamailio (allocator: ${allocator}): calls, steady and up to the knee`)
    const server = await startKamailio(allocator)
    const system = `kamailio -x ${allocator}`
    figures.push(
      ...(await withLoad(server, async (load) =>
        toFigures(system, await measure(load, planOf(effort)), 'a proxy, no media, no ledger', false),
      )),
    )
  }
  return figures
}

function databaseBytes(folder: string): number {
  return ['vaxel.db', 'vaxel.db-wal'].reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)
}

function cpuFigure(system: string, step: StepResult, about: string, of: { id: string; what: string }): Figure {
  return {
    ...of,
    system,
    value: (step.serverCpuSeconds / Math.max(1, step.done)) * 1000,
    unit: 'CPU-s per 1,000',
    note: `UDP, ${about}, at ${step.rate}/s${failuresOf(step)}`,
  }
}

function toFigures(system: string, { steady, steps, at70, over }: Measured, about: string, hasAims: boolean): Figure[] {
  const ended = steps.find((step) => !step.isClean)
  const limit = ended === undefined || ended.isLoadTheLimit ? '; the load was the limit' : ''
  return [
    {
      ...cpuFigure(system, steady, about, { id: 'calls.cpu', what: what.cpu }),
      ...(hasAims && { aim: { most: 0.3 } }),
    },
    {
      ...cpuFigure(system, at70, about, { id: 'calls.cpu-at-70', what: what.cpuAt70 }),
      ...(hasAims && { aim: { most: 0.3 } }),
    },
    {
      id: 'calls.rate',
      what: what.rate,
      system,
      value: highestClean(steps),
      unit: '/s',
      note: `nothing failed or took 500 ms${limit}`,
      ...(hasAims && { aim: { least: 3_000 } }),
    },
    {
      id: 'calls.ringing',
      what: what.ringing,
      system,
      value: at70.p99Ms,
      unit: 'ms',
      note: `at ${at70.rate}/s`,
      ...(hasAims && { aim: { most: 10 } }),
    },
    {
      id: 'calls.over',
      what: what.over,
      system,
      value: over.done / over.seconds,
      unit: '/s',
      note: `at ${over.rate}/s for ${over.seconds} s${refusalsOf(over)}; p99 ${Math.round(over.p99Ms)} ms`,
    },
  ]
}

/** How those ended that it did not do. */
const refusalsOf = ({ refusals }: StepResult): string =>
  Object.entries(refusals)
    .map(([how, count]) => `, ${count} ${how}`)
    .join('')
