import { mkdirSync, writeFileSync } from 'node:fs'
import { silentLogger, systemClock } from '@vaxel/base'
import { PromptShelf } from '@vaxel/media'
import { acd } from './acd.ts'
import { calls } from './calls.ts'
import { conference } from './conference.ts'
import { directory } from './directory.ts'
import type { Figure, Measurement } from './figure.ts'
import { figureTable } from './figure-table.ts'
import { flows } from './flows.ts'
import { describeMachine } from './machine.ts'
import { media } from './media.ts'
import { memory } from './memory.ts'
import { plans } from './plans.ts'
import { presence } from './presence.ts'
import { registrations } from './registrations.ts'
import { reports } from './reports.ts'
import { services } from './services.ts'
import { start } from './start.ts'
import { screenPop } from './screen-pop.ts'
import { wallboard } from './wallboard.ts'
import { webCall } from './web-call.ts'
import { webLoad } from './web-load.ts'

/**
 * `npm run bench [-- PART …] [-- --quick] [-- --json]`: the figures beside the peers of the same run, as a table and in
 * bench/results/latest.json. A run of some parts alone goes to a file of their names, a quick one to quick.json.
 */
const measurements: readonly Measurement[] = [
  registrations,
  calls,
  media,
  conference,
  memory,
  start,
  webCall,
  directory,
  presence,
  webLoad,
  plans,
  flows,
  acd,
  wallboard,
  screenPop,
  reports,
  services,
]

const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('-'))
const isQuick = process.argv.includes('--quick')
for (const name of wanted)
  if (!measurements.some((measurement) => measurement.name === name)) {
    process.stderr.write(`There is no part "${name}": ${measurements.map((one) => one.name).join(', ')}.\n`)
    process.exit(2)
  }
// Whatever was started ends with this process.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130))

const machine = describeMachine()
const startedMs = performance.now()
const seconds = (): string => `${Math.round((performance.now() - startedMs) / 1000)} s`.padStart(6)
let failure: string | undefined
const figures: (Figure & { part: string })[] = []
try {
  await makePrompts()
  for (const { name, run } of measurements) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    const measured = await run((line) => process.stderr.write(`${seconds()}  ${name}: ${line}\n`), { isQuick })
    figures.push(...measured.map((figure) => ({ ...figure, part: name })))
  }
} catch (error) {
  // What was measured before it is still worth to be shown.
  failure = error instanceof Error ? error.message : String(error)
}
const results = {
  machine,
  isQuick,
  at: new Date().toISOString(),
  seconds: Math.round((performance.now() - startedMs) / 1000),
  ...(failure !== undefined && { failure }),
  figures,
}
mkdirSync(new URL('results/', import.meta.url), { recursive: true })
const file = failure !== undefined ? 'failed' : isQuick ? 'quick' : wanted.length > 0 ? wanted.join('-') : 'latest'
writeFileSync(new URL(`results/${file}.json`, import.meta.url), `${JSON.stringify(results, undefined, 2)}\n`)
process.stdout.write(process.argv.includes('--json') ? `${JSON.stringify(results)}\n` : figureTable(machine, figures))
if (failure !== undefined) process.stderr.write(`bench: ${failure}\n`)
process.exit(failure === undefined ? 0 : 1)

/** A server on a fresh clone reads its sentences aloud once it has settled: that is not what is measured. */
async function makePrompts(): Promise<void> {
  const shelf = new PromptShelf({ clock: systemClock, log: silentLogger, ownFolder: '' })
  await shelf.fill()
  await shelf.close()
}
