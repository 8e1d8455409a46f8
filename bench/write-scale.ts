/** Takes the last bench over into docs/scale.md and reckons the page anew: `node bench/write-scale.ts [results.json …]`. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Figure } from './figure.ts'
import type { MachineDescription } from './machine.ts'
import { type Measured, measuredRows, rounded, valueAmong } from './scale/measured.ts'
import { readScale, renderScale, type Source } from './scale/render-scale.ts'

const page = fileURLToPath(new URL('../docs/scale.md', import.meta.url))
const given = process.argv.slice(2)
const files = given.length > 0 ? given : [fileURLToPath(new URL('results/latest.json', import.meta.url))]
const before = existsSync(page) ? readScale(readFileSync(page, 'utf8')) : undefined

const figures: Figure[] = []
let source: Source | undefined = before?.source
for (const file of files) {
  const results = JSON.parse(readFileSync(file, 'utf8')) as {
    machine: MachineDescription
    at: string
    isQuick?: boolean
    figures: Figure[]
  }
  figures.push(...results.figures)
  const how = results.isQuick ? ', by a short run (--quick), which shows the size of a figure and no more' : ''
  source = { machine: results.machine, at: `${results.at.slice(0, 10)}${how}` }
}
const missing: string[] = []
const values = measuredRows.map(({ id }): [string, number] => {
  const value = valueAmong(figures, id)
  if (value !== undefined) return [id, rounded(value)]
  missing.push(id)
  return [id, before?.measured[id] ?? 0]
})
if (!source) throw new Error('there is neither a page nor a result to write it from')
writeFileSync(page, renderScale(Object.fromEntries(values) as Measured, source))
process.stdout.write(
  `docs/scale.md is written${missing.length > 0 ? `; kept as they were: ${missing.join(', ')}` : ''}.\n`,
)
