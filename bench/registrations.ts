import type { Effort, Figure, Measurement } from './figure.ts'
import { startKamailio } from './load/kamailio-server.ts'
import type { Load } from './load/load.ts'
import type { Climb } from './load/orders.ts'
import { assertSteady, failuresOf, highestClean, type StepResult } from './load/steps.ts'
import { startMeasured } from './load/vaxel-server.ts'
import { withLoad } from './load/with-load.ts'

const what = { cpu: 'registrations with digest', rate: 'registrations a second without a failure' } as const

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

async function measure(load: Load, plan: Plan): Promise<{ steady: StepResult; steps: StepResult[] }> {
  // Everyone once: bindings are made, and what is compiled while running is compiled.
  await load.ask('registerEach', { from: 0, to: plan.users, rate: 1_000 })
  const steady = await load.ask('registerAt', { users: plan.users, ...plan.steady })
  assertSteady('registrations', steady)
  return { steady, steps: await load.ask('registerClimb', { users: plan.users, ...plan.climb }) }
}

async function vaxel(progress: (line: string) => void, effort: Effort): Promise<Figure[]> {
  const plan = planOf(effort)
  progress(`vaxel: a server with ${plan.users} users`)
  const server = await startMeasured({ users: plan.users, environment: { VAXEL_MEDIA_WORKERS: '1' } })
  return await withLoad(server, async (load) => {
    progress('vaxel: registrations, steady and up to the knee')
    const { steady, steps } = await measure(load, plan)
    return toFigures('vaxel', { steady, steps }, 'bindings durable', true)
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

function toFigures(
  system: string,
  { steady, steps }: { steady: StepResult; steps: readonly StepResult[] },
  about: string,
  hasAims: boolean,
): Figure[] {
  const ended = steps.find((step) => !step.isClean)
  const limit = ended === undefined || ended.isLoadTheLimit ? '; the load was the limit' : ''
  return [
    {
      id: 'registrations.cpu',
      what: what.cpu,
      system,
      value: (steady.serverCpuSeconds / steady.done) * 1000,
      unit: 'CPU-s per 1,000',
      note: `UDP, ${about}, at ${steady.rate}/s, p99 ${steady.p99Ms} ms${failuresOf(steady)}`,
      ...(hasAims && { aim: { most: 0.08 } }),
    },
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
