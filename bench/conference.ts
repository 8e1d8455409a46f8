import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Figure, Measurement } from './figure.ts'
import { loadProcessor, pinned } from './load/pinned.ts'
import type { MediaStep } from './media-load.ts'

interface Kind {
  readonly mode: 'room' | 'rooms'
  readonly id: string
  readonly what: string
  readonly people: number
  readonly quickPeople: number
  readonly mostPercent: number
}

const kinds: readonly Kind[] = [
  {
    mode: 'room',
    id: 'conference.room',
    what: '100 people in one room',
    people: 100,
    quickPeople: 30,
    mostPercent: 25,
  },
  { mode: 'rooms', id: 'conference.rooms', what: '50 rooms of 6', people: 300, quickPeople: 30, mostPercent: 100 },
]

/**
 * What conferences cost one processor: everybody sends G.711 without a pause, so that there are always more who speak than may be heard. The media
 * engine is in a process of its own with one worker; all packets are counted, in and out.
 */
export const conference: Measurement = {
  name: 'conference',
  async run(progress, { isQuick }) {
    const figures: Figure[] = []
    for (const kind of kinds) {
      const people = isQuick ? kind.quickPeople : kind.people
      const [step] = await measure(kind.mode, people / 2, isQuick, progress)
      if (!step) throw new Error('nothing was measured')
      figures.push({
        id: kind.id,
        what: isQuick ? `${people} people, quick` : kind.what,
        system: 'vaxel',
        value: step.cpuPercent,
        unit: '% of a core',
        ...(isQuick ? {} : { aim: { most: kind.mostPercent } }),
        note: `${(step.cpuPercent / people).toFixed(2)} % each; ${step.lost} of ${step.sent} packets late or lost${step.isLoadTheLimit ? '; the load itself was late' : ''}`,
      })
    }
    return figures
  },
}

async function measure(
  mode: Kind['mode'],
  calls: number,
  isQuick: boolean,
  progress: (line: string) => void,
): Promise<readonly MediaStep[]> {
  const file = fileURLToPath(new URL('media-load.ts', import.meta.url))
  const seconds = isQuick ? '1' : '4'
  const [program, ...args] = pinned(loadProcessor, process.execPath, file, 'vaxel', mode, seconds, String(calls))
  const child = spawn(program!, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  createInterface({ input: child.stderr }).on('line', progress)
  let text = ''
  child.stdout.on('data', (bytes: Buffer) => {
    text += bytes.toString()
  })
  const [code] = await once(child, 'close')
  process.off('exit', kill)
  if (code !== 0) throw new Error(`the load of ${mode} ended with ${code}`)
  return JSON.parse(text) as readonly MediaStep[]
}
