import type { Command, Option } from './command.ts'
import { globalOptions } from './parse-command-line.ts'

const usageOf = ({ name, words = [] }: Command): string =>
  ['vaxel', name, ...words.map((word) => (word.endsWith('?') ? `[${word.slice(0, -1)}]` : word))].join(' ')

/** What `vaxel --help` and `vaxel user` print. */
export function helpOfAll(commands: readonly Command[], group: string | undefined): string {
  const shown = group === undefined ? commands : commands.filter(({ name }) => name.split(' ')[0] === group)
  const width = Math.max(...shown.map((command) => usageOf(command).length))
  const lines = shown.map((command) => `  ${usageOf(command).padEnd(width)}  ${command.summary}`)
  return [
    'vaxel: commands a Vaxel server over its API.',
    '',
    ...lines,
    '',
    'On every command:',
    ...optionLines(globalOptions),
    '',
    'VAXEL_URL and VAXEL_TOKEN take the place of --url and of a login.',
    'Exit codes: 0 done, 1 refused, 2 wrongly typed, 3 not logged in, 4 no server there.',
  ].join('\n')
}

/** What `vaxel user add --help` prints. */
export function helpOf(command: Command): string {
  const { options = {}, summary, details } = command
  const own = Object.keys(options).length > 0 ? ['', 'Options:', ...optionLines(options)] : []
  return [
    `Usage: ${usageOf(command)}${own.length > 0 ? ' [options]' : ''}`,
    '',
    summary,
    ...(details ? ['', details] : []),
    ...own,
    '',
    'On every command:',
    ...optionLines(globalOptions),
  ].join('\n')
}

function optionLines(options: Readonly<Record<string, Option>>): string[] {
  const names = Object.entries(options).map(([name, { value }]) => `--${name}${value ? ` ${value}` : ''}`)
  const width = Math.max(...names.map((name) => name.length))
  return Object.values(options).map(({ about }, i) => `  ${names[i]!.padEnd(width)}  ${about}`)
}
