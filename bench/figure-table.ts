import type { Figure } from './figure.ts'
import { type MachineDescription, machineLine } from './machine.ts'

/** The figures for a person: each with its aim, and with its ratio to the same figure of the peers. */
export function figureTable(machine: MachineDescription, figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.what,
    figure.system,
    `${format(figure.value)} ${figure.unit}`,
    aimOf(figure),
    ratiosOf(figure, figures),
    figure.note ?? '',
  ])
  const headings = ['figure, on one core', 'system', 'value', 'aim', 'ratio to peers', 'note']
  const widths = headings.map((heading, i) => Math.max(heading.length, ...rows.map((row) => row[i]!.length)))
  const line = (row: readonly string[]) =>
    row
      .map((cell, i) => cell.padEnd(widths[i]!))
      .join('  ')
      .trimEnd()
  return `${[machineLine(machine), '', line(headings), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')}\n`
}

const format = (value: number): string => (value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3))

function aimOf({ aim, value }: Figure): string {
  if (!aim) return ''
  const [sign, limit, isMet] =
    'most' in aim ? ['<=', aim.most, value <= aim.most] : ['>=', aim.least, value >= aim.least]
  return `${sign} ${limit.toLocaleString('en')} ${isMet ? 'met' : 'MISSED'}`
}

/** Ours by theirs: `0.5 x kamailio`. */
function ratiosOf(figure: Figure, figures: readonly Figure[]): string {
  if (figure.system !== 'vaxel') return ''
  return figures
    .filter((other) => other.what === figure.what && other.system !== figure.system && other.value > 0)
    .map((other) => `${(figure.value / other.value).toPrecision(2)} x ${other.system}`)
    .join(', ')
}
