import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Figure, Measurement } from './figure.ts'
import { loadProcessor, pinned } from './load/pinned.ts'
import type { MediaStep } from './media-load.ts'

interface Kind {
  readonly mode: 'plain' | 'srtp' | 'recorded'
  readonly what: string
  readonly aim: number
  /** Where the added delay is asked for. */
  readonly delayAt?: number
  readonly counts: readonly number[]
  readonly quick: readonly number[]
}

const kinds: readonly Kind[] = [
  {
    mode: 'plain',
    what: 'G.711 calls relayed',
    aim: 1_500,
    delayAt: 1_000,
    counts: [300, 600, 800, 1_000, 1_250, 1_500, 1_750, 2_000],
    quick: [100, 300],
  },
  {
    mode: 'srtp',
    what: 'G.711 calls relayed, SRTP on both legs',
    aim: 1_000,
    counts: [300, 600, 800, 1_000, 1_250, 1_500],
    quick: [100, 300],
  },
  {
    mode: 'recorded',
    what: 'G.711 calls relayed and recorded, both sides apart',
    aim: 800,
    counts: [100, 200, 400, 600, 800, 1_000],
    quick: [50, 100],
  },
]

const usualCalls = 600
const systems = ['vaxel', 'rtpengine']
/** The systems are measured in turn, and the better climb of each counts: machines are slower for minutes. */
const turns = 2

/**
 * The audio that one processor relays, beside rtpengine (userspace) in the same run: more calls with each step until packets
 * are lost. Ours is the media engine in a process of its own, set up by its own port; rtpengine is set up by its NG protocol,
 * and for "recorded" writes both directions into one pcap file.
 */
export const media: Measurement = {
  name: 'media',
  async run(progress, { isQuick }) {
    const figures: Figure[] = []
    for (const kind of kinds) {
      const climbs = new Map<string, (readonly MediaStep[])[]>(systems.map((system) => [system, []]))
      for (let turn = 0; turn < (isQuick ? 1 : turns); turn++)
        for (const [system, done] of climbs) done.push(await climb(kind, system, isQuick, progress))
      for (const [system, done] of climbs) figures.push(...toFigures(kind, system, betterOf(done), done.length))
    }
    return figures
  },
}

async function climb(kind: Kind, system: string, isQuick: boolean, progress: (line: string) => void) {
  const file = fileURLToPath(new URL('media-load.ts', import.meta.url))
  const counts = (isQuick ? kind.quick : kind.counts).map(String)
  const [program, ...args] = pinned(
    loadProcessor,
    process.execPath,
    file,
    system,
    kind.mode,
    isQuick ? '1' : '4',
    ...counts,
  )
  const child = spawn(program!, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  const said: string[] = []
  createInterface({ input: child.stderr }).on('line', (line) => {
    said.push(line)
    progress(line)
  })
  let text = ''
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()))
  await once(child, 'close')
  process.removeListener('exit', kill)
  if (text === '') throw new Error(`media under load: ${said.slice(-8).join('\n')}`)
  return JSON.parse(text) as MediaStep[]
}

/** The climb that came furthest; of such, the one whose usual step cost least. */
function betterOf(climbs: readonly (readonly MediaStep[])[]): readonly MediaStep[] {
  const reached = (steps: readonly MediaStep[]) => bestOf(steps)?.calls ?? 0
  const cost = (steps: readonly MediaStep[]) => usualOf(steps)?.cpuUsPerPacket ?? Number.POSITIVE_INFINITY
  const [best] = climbs.toSorted((a, b) => reached(b) - reached(a) || cost(a) - cost(b))
  return best ?? []
}

const bestOf = (steps: readonly MediaStep[]): MediaStep | undefined =>
  steps.filter(({ isClean, isLoadTheLimit }) => isClean && !isLoadTheLimit).at(-1)

/** Where the processor is neither idle nor full, and the kernel does a process's work in its time. */
const usualOf = (steps: readonly MediaStep[]): MediaStep | undefined =>
  steps.filter(({ calls }) => calls <= usualCalls).at(-1)

function toFigures(
  { mode, what, aim, delayAt }: Kind,
  system: string,
  steps: readonly MediaStep[],
  climbs: number,
): Figure[] {
  const isOurs = system === 'vaxel'
  const best = bestOf(steps)
  const last = steps.at(-1)
  const limit = !last || last === best ? 'more was not tried' : `${last.calls}: ${sayStep(last)}`
  const figures: Figure[] = [
    {
      what,
      system,
      value: best?.calls ?? 0,
      unit: 'calls',
      id: `media.${mode}.calls`,
      ...(isOurs && { aim: { least: aim } }),
      note: `${best ? sayStep(best) : 'no step was clean'}; ${limit}${climbs > 1 ? `; the better of ${climbs} climbs` : ''}`,
    },
  ]
  const usual = usualOf(steps)
  if (usual)
    figures.push({
      what: `${what}, CPU`,
      system,
      value: usual.cpuUsPerPacket,
      unit: 'us per packet',
      id: `media.${mode}.cpu`,
      note: `${usual.calls} calls; of the process, without what the kernel does for it elsewhere`,
    })
  const asked = steps.find(({ calls }) => calls === delayAt)
  if (asked)
    figures.push({
      what: `${what}, added delay p99`,
      system,
      value: asked.p99Ms,
      unit: 'ms',
      id: `media.${mode}.delay`,
      ...(isOurs && { aim: { most: 5 } }),
      note: `${asked.calls} calls, ${sayStep(asked)}`,
    })
  return figures
}

/** What a reader must know of a step: also whether other programs disturbed it. */
function sayStep(step: MediaStep): string {
  const { lost, sent, p50Ms, p99Ms, maxMs, cpuPercent, waitedPercent, isLoadTheLimit, tries } = step
  const disturbed = waitedPercent > 25 ? `, disturbed: waited for its processor ${Math.round(waitedPercent)} %` : ''
  return `${lost} of ${sent} lost, delay ${p50Ms} / ${p99Ms} / ${maxMs} ms (p50, p99, max), ${Math.round(cpuPercent)} % of a core${disturbed}${isLoadTheLimit ? ', the generator was late' : ''}${tries > 1 ? `, best of ${tries} tries` : ''}`
}
