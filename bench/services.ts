import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Figure, Measurement } from './figure.ts'
import { loadProcessor, pinned } from './load/pinned.ts'
import { startMeasured } from './load/vaxel-server.ts'
import type { MediaStep } from './media-load.ts'
import type { FirstSounds } from './services-load.ts'

/**
 * What callers of the platform's own services cost and wait for: how many one processor serves with an announcement while each is recorded and
 * sealed (the systems that we replace serve eight), and how long it takes from an INVITE to the first sound of a greeting.
 */
export const services: Measurement = {
  name: 'services',
  async run(progress, { isQuick }) {
    const steps = await run<MediaStep[]>(
      ['media-load.ts', 'vaxel', 'services', isQuick ? '1' : '4', ...counts(isQuick)],
      progress,
    )
    const best = steps.filter((step) => step.isClean && !step.isLoadTheLimit).at(-1)
    const last = steps.at(-1)
    const figures: Figure[] = [
      {
        id: 'services.channels',
        what: 'announcements and sealed recordings at once',
        system: 'vaxel',
        // Each call of the load is two callers of services.
        value: (best?.calls ?? 0) * 2,
        unit: 'channels',
        aim: { least: 400 },
        note: `${best ? `${Math.round(best.cpuPercent)} % of a core` : 'no step was clean'}; ${last && last !== best ? `${last.calls * 2}: ${last.lost} of ${last.sent} packets late or lost` : 'more was not tried'}`,
      },
    ]
    progress('from INVITE to the first sound')
    const server = await startMeasured({ users: 20, voicemail: true })
    try {
      const { p50Ms, p99Ms, calls, failed } = await run<FirstSounds>(
        ['services-load.ts', String(server.platform.ports.sip), String(server.trunkPort), isQuick ? '50' : '500'],
        progress,
      )
      if (failed > 0) throw new Error(`${failed} of ${calls} callers heard nothing`)
      figures.push({
        id: 'services.first-sound',
        what: 'from INVITE to the first packet of a greeting, p99',
        system: 'vaxel',
        value: p99Ms,
        unit: 'ms',
        aim: { most: 60 },
        note: `${calls} calls, 20 a second; p50 ${p50Ms} ms; durable in the ledger before`,
      })
    } finally {
      await server.stop()
    }
    return figures
  },
}

const counts = (isQuick: boolean): string[] => (isQuick ? [50, 100] : [100, 200, 300, 400, 500]).map(String)

async function run<T>([file = '', ...args]: readonly string[], progress: (line: string) => void): Promise<T> {
  const path = fileURLToPath(new URL(file, import.meta.url))
  const [program, ...rest] = pinned(loadProcessor, process.execPath, path, ...args)
  const child = spawn(program!, rest, { stdio: ['ignore', 'pipe', 'pipe'] })
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
  if (text === '') throw new Error(`services under load: ${said.slice(-8).join('\n')}`)
  return JSON.parse(text) as T
}
