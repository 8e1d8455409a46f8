import type { Effort, Figure, Measurement } from './figure.ts'
import { startKamailio } from './load/kamailio-server.ts'
import type { Load } from './load/load.ts'
import type { Climb } from './load/orders.ts'
import { assertSteady, failuresOf, highestClean, type StepResult } from './load/steps.ts'
import { startMeasured } from './load/vaxel-server.ts'
import { withLoad } from './load/with-load.ts'

const what = {
  cpu: 'registrations with digest',
  cpuAt70: 'registrations with digest, at 70 % load',
  rate: 'registrations a second without a failure',
} as const

/** Registrations with digest (401, then 200) of one user after another, on one core. */
export const registrations: Measurement = {
  name: 'registrations',
  async run(progress, effort) {
    return [...(await vaxel(progress, effort)), ...(await kamailio(progress, effort))]
  },
}

interface Plan {
  readonly users: number
  readonly steady: { readonly rate: number; readonly seconds: number }
  readonly climb: Climb
}

const planOf = ({ isQuick }: Effort): Plan =>
  isQuick
    ? {
        users: 1_000,
        steady: { rate: 1_000, seconds: 2 },
        climb: { first: 2_000, factor: 2, most: 32_000, stepSeconds: 1, maySeconds: 8 },
      }
    : {
        users: 10_000,
        steady: { rate: 2_000, seconds: 8 },
        climb: { first: 3_000, factor: 1.4, most: 50_000, stepSeconds: 3, maySeconds: 30 },
      }

interface Measured {
  readonly steady: StepResult
  readonly steps: readonly StepResult[]
  readonly at70: StepResult
}

async function measure(load: Load, { users, steady, climb }: Plan): Promise<Measured> {
  // Everyone once: bindings are made, and what is compiled while running is compiled.
  await load.ask('registerEach', { from: 0, to: users, rate: 1_000 })
  const atRate = await load.ask('registerAt', { users, ...steady })
  assertSteady('registrations', atRate)
  const steps = await load.ask('registerClimb', { users, ...climb })
  const rate = Math.ceil(0.7 * Math.max(1, highestClean(steps)))
  const at70 = await load.ask('registerAt', { users, rate, seconds: 2 * climb.stepSeconds })
  return { steady: atRate, steps, at70 }
}

async function vaxel(progress: (line: string) => void, effort: Effort): Promise<Figure[]> {
  const plan = planOf(effort)
  progress(`vaxel: a server with ${plan.users} users`)
  const server = await startMeasured({ users: plan.users, environment: { VAXEL_MEDIA_WORKERS: '1' } })
  return await withLoad(server, async (load) => {
    progress('vaxel: registrations, steady and up to the knee')
    return toFigures('vaxel', await measure(load, plan), 'bindings durable', true)
  })
}

async function kamailio(progress: (line: string) => void, effort: Effort): Promise<Figure[]> {
  const plan = planOf(effort)
  const figures: Figure[] = []
  for (const allocator of ['default', 'fm'] as const) {
    progress(`kamailio (allocator: ${allocator}): registrations, steady and up to the knee`)
    const server = await startKamailio(allocator)
    figures.push(
      ...(await withLoad(server, async (load) =>
        toFigures(`kamailio -x ${allocator}`, await measure(load, plan), 'bindings in memory alone', false),
      )),
    )
  }
  return figures
}

function toFigures(system: string, { steady, steps, at70 }: Measured, about: string, hasAims: boolean): Figure[] {
  const ended = steps.find((step) => !step.isClean)
  const limit = ended === undefined || ended.isLoadTheLimit ? '; the load was the limit' : ''
  const cpu = (of: { id: string; what: string }, step: StepResult): Figure => ({
    ...of,
    system,
    value: (step.serverCpuSeconds / Math.max(1, step.done)) * 1000,
    unit: 'CPU-s per 1,000',
    note: `UDP, ${about}, at ${step.rate}/s, p99 ${step.p99Ms} ms${failuresOf(step)}`,
    ...(hasAims && { aim: { most: 0.08 } }),
  })
  return [
    cpu({ id: 'registrations.cpu', what: what.cpu }, steady),
    cpu({ id: 'registrations.cpu-at-70', what: what.cpuAt70 }, at70),
    {
      id: 'registrations.rate',
      what: what.rate,
      system,
      value: highestClean(steps),
      unit: '/s',
      note: `nothing failed or took 500 ms${limit}`,
      ...(hasAims && { aim: { least: 12_000 } }),
    },
  ]
}
