import { availableParallelism } from 'node:os'
import { ApiClient, findProgram } from '@vaxel/testkit'
import { Load } from '../load/load.ts'
import { loadAdministrator, loadDomain } from '../load/population.ts'
import type { RtpResult } from '../load/rtp-bank.ts'
import { highestClean, type StepResult } from '../load/steps.ts'
import { type MeasuredServer, startMeasured } from '../load/vaxel-server.ts'
import { describeMachine } from '../machine.ts'
import { type Capacity, type Knee, notMeasured, propose } from './capacity.ts'

/** Phones of each kind of call, so that none is left with two addresses. */
const usersFor = (seconds: number): number => (seconds < 30 ? 100 : 500)
const kinds = ['registrations', 'srtp', 'recorded']
const lossPart = 0.001
const delayMs = 40
const idle = { thread: 'none', part: 0 }
const password = 'a private server of the bench'

/** How the time is shared out. */
const shares = { registrations: 0.12, calls: 0.18, relayed: 0.22, srtp: 0.22, recorded: 0.22 } as const

interface Measuring {
  readonly server: MeasuredServer
  readonly load: Load
  readonly users: number
  readonly seconds: (kind: Knee['kind']) => number
}

/**
 * Measures what this machine carries with a server of its own on loopback and data of its own, both gone afterwards.
 * @param seconds about how long it may take
 */
export async function measureCapacity(
  seconds: number,
  progress: (line: string) => void,
  warnings: readonly string[],
): Promise<Capacity> {
  const startedMs = performance.now()
  const users = usersFor(seconds)
  const cores = availableParallelism()
  const canPin = cores > 1 && findProgram('taskset') !== undefined
  progress('starts a server of its own')
  const server = await startMeasured({
    users: kinds.length * users,
    password,
    processors: canPin ? `0-${cores - 2}` : undefined,
    // Away from the range that a live server takes by default.
    environment: { VAXEL_MEDIA_PORTS: '33000-49151' },
  })
  const load = Load.start(canPin ? cores - 1 : undefined)
  try {
    const measuring: Measuring = { server, load, users, seconds: (kind) => Math.max(1, shares[kind] * seconds) }
    const knees: Knee[] = []
    for (const [kind, measure] of Object.entries(measures) as [Knee['kind'], (of: Measuring) => Promise<Knee>][]) {
      progress(kind)
      knees.push(await measure(measuring))
    }
    const proposal = propose(knees)
    return {
      machine: describeMachine(),
      at: new Date().toISOString(),
      seconds: Math.round((performance.now() - startedMs) / 1000),
      serverProcessors: canPin ? cores - 1 : cores,
      hasOwnProcessorForLoad: canPin,
      knees,
      ...(proposal && { proposal }),
      warnings: [...warnings, ...disturbances(knees)],
      notMeasured,
    }
  } finally {
    await load.stop()
    await server.stop()
  }
}

const disturbingPart = 0.15

/** Other programs' work is said, as it makes every figure too low. */
function disturbances(knees: readonly Knee[]): string[] {
  const most = Math.max(0, ...knees.map(({ others }) => others))
  if (most < disturbingPart) return []
  return [`other programs took up to ${most.toFixed(1)} processors meanwhile: the figures are too low`]
}

const measures: { readonly [Kind in Knee['kind']]: (of: Measuring) => Promise<Knee> } = {
  registrations: async ({ server, load, users, seconds }) => {
    await server.open(load)
    await load.ask('registerEach', { from: 0, to: users, rate: 500 })
    const climb = { first: 250, factor: 1.6, most: 50_000, stepSeconds: 1.5, maySeconds: seconds('registrations') }
    return rateKnee('registrations', await load.ask('registerClimb', { users, ...climb }))
  },
  calls: async ({ load, users, seconds }) => {
    const climb = { first: 25, factor: 1.6, most: 10_000, stepSeconds: 2, maySeconds: seconds('calls') }
    const knee = rateKnee('calls', await load.ask('callClimb', { users, by: 'trunk', ...climb }))
    await load.ask('close', {})
    return knee
  },
  relayed: (of) => audioKnee('relayed', of, 'rtp'),
  srtp: (of) => audioKnee('srtp', of, 'srtp'),
  recorded: async (of) => {
    const url = of.server.platform.url
    const api = await ApiClient.login(url, `${loadAdministrator}@${loadDomain}`, password)
    const recorded = new Set<string>()
    // Nobody is here to be told, and a sentence would count as sound that was lost.
    const { policy } = await api.get<{ policy: object }>('/api/v1/recording-policy')
    await api.put('/api/v1/recording-policy', { ...policy, tells: 'nobody' })
    return await audioKnee('recorded', of, 'rtp', () => recordAll(api, recorded))
  },
}

function rateKnee(kind: Knee['kind'], steps: readonly StepResult[]): Knee {
  const clean = highestClean(steps)
  const best = steps.findLast((step) => step.rate === clean && step.isClean)
  const broken = steps.filter((step) => !step.isClean && step.rate > clean).sort((a, b) => a.rate - b.rate)[0]
  return {
    kind,
    clean,
    broken: broken?.isLoadTheLimit === false ? broken.rate : undefined,
    why: whyBroken(broken),
    processorsUsed: best ? best.serverCpuSeconds / best.seconds : 0,
    busiest: broken?.busiest ?? best?.busiest ?? idle,
    others: Math.max(0, ...steps.map(({ others }) => others)),
    p99Ms: best?.p99Ms ?? 0,
  }
}

function whyBroken(step: StepResult | undefined): string {
  if (step === undefined) return 'the time was up'
  if (step.isLoadTheLimit) return 'the load was the limit'
  const [status] = Object.entries(step.refusals).sort((a, b) => b[1] - a[1])[0] ?? []
  if (step.failed > 0) return `${step.failed} of ${step.begun} failed${status ? ` (${status})` : ''}`
  return `${step.late} of ${step.begun} took more than 500 ms`
}

/** More and more calls that stay, with audio for some seconds on all of them, until some of it is lost or late. */
async function audioKnee(
  kind: Knee['kind'],
  { server, load, users, seconds }: Measuring,
  audio: 'rtp' | 'srtp',
  onHeld: () => Promise<void> = async () => {},
): Promise<Knee> {
  const isSecure = audio === 'srtp'
  const firstUser = users * Math.max(0, kinds.indexOf(kind))
  await server.open(load, { audio, transport: isSecure ? 'TLS' : 'UDP', firstUser })
  await load.ask('registerEach', { from: 0, to: users, rate: 500 })
  const endMs = performance.now() + seconds(kind) * 1000
  let held = 0
  let best: Knee = {
    kind,
    clean: 0,
    broken: undefined,
    why: 'the time was up',
    processorsUsed: 0,
    busiest: idle,
    others: 0,
    p99Ms: 0,
  }
  for (let wanted = 25; performance.now() < endMs; wanted = Math.ceil(wanted * 1.4)) {
    const by = isSecure ? 'phone' : 'trunk'
    const set = await load.ask('hold', { users, calls: wanted - held, rate: Math.max(20, wanted / 3), by })
    held = wanted
    if (set.failed > 0) {
      best = { ...best, broken: wanted, why: whyBroken(set) }
      break
    }
    await onHeld()
    let fault: string | undefined
    // Once more where something was lost: something else on the machine may have disturbed it.
    for (let attempt = 0; attempt < 2; attempt++) {
      const result = await load.ask('talk', { seconds: 1.5 })
      fault = audioFault(result)
      best = { ...best, busiest: result.busiest, others: Math.max(best.others, result.others) }
      if (fault !== undefined) continue
      best = {
        ...best,
        clean: wanted,
        processorsUsed: result.serverCpuSeconds / (result.seconds + 0.15),
        p99Ms: result.p99DelayMs,
      }
      break
    }
    if (fault === undefined) continue
    best = { ...best, broken: fault === loadLimit ? undefined : wanted, why: fault }
    break
  }
  await load.ask('hangUp', {})
  await load.ask('close', {})
  return best
}

const loadLimit = 'the load was the limit'

function audioFault({ sent, lost, p99DelayMs, isLoadTheLimit }: RtpResult): string | undefined {
  if (isLoadTheLimit) return loadLimit
  if (lost > sent * lossPart) return `${((100 * lost) / sent).toPrecision(2)} % of the packets were lost`
  return p99DelayMs > delayMs ? `one packet in a hundred was ${Math.round(p99DelayMs)} ms late` : undefined
}

interface LiveCall {
  readonly id: string
  readonly connections: readonly { readonly legId: string; readonly party: { readonly userId?: string } }[]
}

/** Starts a recording of every call that has none. */
async function recordAll(api: ApiClient, recorded: Set<string>): Promise<void> {
  const { items } = await api.get<{ items: LiveCall[] }>('/api/v1/live-calls')
  const fresh = items.filter(({ id }) => !recorded.has(id))
  const next = async (): Promise<void> => {
    for (let call = fresh.pop(); call !== undefined; call = fresh.pop()) {
      recorded.add(call.id)
      const { legId } = call.connections.find(({ party }) => party.userId !== undefined) ?? call.connections[0]!
      await api.post(`/api/v1/live-calls/${call.id}/commands/startRecording`, { legId })
    }
  }
  await Promise.all(Array.from({ length: 8 }, next))
}
