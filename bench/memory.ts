import { fileURLToPath } from 'node:url'
import { eventually, type Platform } from '@vaxel/testkit'
import type { Figure, Measurement } from './figure.ts'
import { startMeasured } from './load/vaxel-server.ts'
import { withLoad } from './load/with-load.ts'

const probe = fileURLToPath(new URL('load/heap-probe.mjs', import.meta.url))
const kib = 1024

interface Used {
  /** The main thread's heap after its garbage was collected, with what lies outside of it. */
  readonly heapBytes: number
  /** The whole process. */
  readonly rssBytes: number
}

/** Memory of one registration and of one call: the slope between two counts, so that what is there anyway does not count. */
export const memory: Measurement = {
  name: 'memory',
  async run(progress, { isQuick }) {
    const [fewUsers, manyUsers] = isQuick ? [500, 3_000] : [2_000, 20_000]
    const [fewCalls, manyCalls] = isQuick ? [20, 120] : [200, 1_500]
    progress(`vaxel: a server with ${manyUsers} users`)
    const server = await startMeasured({
      users: manyUsers,
      environment: { VAXEL_MEDIA_WORKERS: '1', NODE_OPTIONS: `--import=${probe}` },
    })
    const { platform } = server
    return await withLoad(server, async (load) => {
      progress(`vaxel: ${fewUsers}, then ${manyUsers} registrations`)
      await load.ask('registerEach', { from: 0, to: fewUsers, rate: 1_000 })
      const few = await usedBy(platform)
      await load.ask('registerEach', { from: fewUsers, to: manyUsers, rate: isQuick ? 1_000 : 2_000 })
      const many = await usedBy(platform)
      progress(`vaxel: ${fewCalls}, then ${manyCalls} calls held`)
      const by = { users: manyUsers, rate: isQuick ? 50 : 150, by: 'trunk' } as const
      const held = await load.ask('hold', { ...by, calls: fewCalls })
      await settled(platform)
      const fewHeld = await usedBy(platform)
      const more = await load.ask('hold', { ...by, calls: manyCalls - fewCalls })
      await settled(platform)
      const manyHeld = await usedBy(platform)
      if (held.failed + more.failed > 0) throw new Error(`${held.failed + more.failed} calls could not be held`)
      await load.ask('hangUp', {})
      return [
        ...toFigures('registration', few, many, manyUsers - fewUsers, 10),
        ...toFigures('call', fewHeld, manyHeld, manyCalls - fewCalls, 50),
      ]
    })
  },
}

/** An answered INVITE is kept for 32 s (RFC 6026 §7.1): what a call that goes on needs shows after that. */
async function settled({ url }: Platform): Promise<void> {
  const transactions = async (): Promise<number> => {
    const metrics = await (await fetch(`${url}/metrics`)).text()
    return Number(/^vaxel_sip_transactions (\d+)/m.exec(metrics)?.[1] ?? 0)
  }
  await eventually('the transactions have ended', async () => (await transactions()) === 0, 60_000)
}

async function usedBy({ program }: Platform): Promise<Used> {
  const from = program.output.length
  program.write('memory\n')
  const [, json] = await program.waitForOutput(/memory (\{.*\})/, 20_000, from)
  const { heapUsed, external, rss } = JSON.parse(json!) as Record<'heapUsed' | 'external' | 'rss', number>
  return { heapBytes: heapUsed + external, rssBytes: rss }
}

function toFigures(of: 'registration' | 'call', few: Used, many: Used, count: number, aimKib: number): Figure[] {
  const figure = (part: 'heap' | 'resident', bytes: number): Figure => ({
    id: `memory.${of}.${part}`,
    what: `memory of a ${of}, ${part}`,
    system: 'vaxel',
    value: bytes / count / kib,
    unit: 'KiB',
    note: `slope over ${count} more`,
    aim: { most: aimKib },
  })
  return [figure('heap', many.heapBytes - few.heapBytes), figure('resident', Math.max(0, many.rssBytes - few.rssBytes))]
}
