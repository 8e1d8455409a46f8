import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import type { Figure, Measurement } from './figure.ts'
import { media } from './media.ts'
import { signalling } from './signalling.ts'

/** What `npm run bench` measures; name some of them to measure only those. */
const measurements: readonly Measurement[] = [signalling, media]

const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('-'))
const figures: Figure[] = []
for (const measurement of measurements) {
  if (wanted.length > 0 && !wanted.includes(measurement.name)) continue
  process.stderr.write(`${measurement.name}\n`)
  figures.push(...(await measurement.run((line) => process.stderr.write(`  ${line}\n`))))
}
const machine = {
  processor: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryGib: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  sipp: versionOf('sipp', ['-v']),
  kamailio: versionOf('kamailio', ['-v']),
  at: new Date().toISOString(),
}
mkdirSync(new URL('results/', import.meta.url), { recursive: true })
writeFileSync(
  new URL('results/latest.json', import.meta.url),
  `${JSON.stringify({ machine, figures }, undefined, 2)}\n`,
)
if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify({ machine, figures })}\n`)
else {
  process.stdout.write(
    `${machine.processor}, ${machine.cores} cores, ${machine.memoryGib} GiB, Node.js ${machine.node}, ${machine.sipp}, ${machine.kamailio}\n\n`,
  )
  for (const { what, system, value, unit, note } of figures)
    process.stdout.write(
      `${what.padEnd(38)} ${system.padEnd(18)} ${value.toFixed(3).padStart(10)} ${unit}${note ? `  (${note})` : ''}\n`,
    )
}

function versionOf(program: string, argumentsList: string[]): string {
  try {
    return (
      /[\w-]+[ :]+v?\d+(\.\d+)+/i.exec(
        execFileSync(program, argumentsList, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }),
      )?.[0] ?? program
    )
  } catch (error) {
    const output = String((error as { stdout?: string }).stdout ?? '')
    return /v?\d+(\.\d+)+/.exec(output)?.[0]
      ? `${program} ${/v?\d+(\.\d+)+/.exec(output)?.[0]}`
      : `${program} not found`
  }
}
