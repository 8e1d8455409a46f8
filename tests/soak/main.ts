// node tests/soak/main.ts [--minutes 60] [--rate 1] [--seed 1] [--out tests/.work/soak.json]
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { soak } from './soak.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    rate: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string', default: join(import.meta.dirname, '..', '.work', 'soak.json') },
  },
})
const seconds = Number(values.minutes) * 60
const rate = Number(values.rate)
if (!(seconds > 0) || !(rate > 0)) {
  process.stderr.write('--minutes and --rate must be numbers above 0\n')
  process.exit(2)
}
const say = (line: string): void => void process.stderr.write(`${line}\n`)
// Whatever was started ends with this process.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130))
const sampleSeconds = Math.min(10, Math.max(1, seconds / 60))
const result = await soak({ seconds, rate, seed: Number(values.seed), sampleSeconds, say })
mkdirSync(dirname(values.out), { recursive: true })
writeFileSync(values.out, `${JSON.stringify(result, undefined, 2)}\n`)
const { samples: _, ...summary } = result
process.stdout.write(`${JSON.stringify(summary, undefined, 2)}\n`)
process.exit(Object.keys(result.faults).length === 0 ? 0 : 1)
