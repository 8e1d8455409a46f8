import { parseArgs } from 'node:util'
import type { Command, Typed } from './command.ts'
import { exitCodes, Failure } from './failure.ts'

/** Options of every command. */
export const globalOptions = {
  json: { about: 'print JSON' },
  help: { about: 'explain the command' },
  url: { value: 'URL', about: 'the server (or VAXEL_URL; default http://127.0.0.1:8080)' },
  company: { value: 'ID', about: 'for the operator: act in this company' },
} as const

export type Parsed =
  | { readonly kind: 'run'; readonly command: Command; readonly typed: Typed }
  | { readonly kind: 'help'; readonly command: Command | undefined; readonly group: string | undefined }

/** Finds the command and its words and options. Throws a Failure with exit code 2 for what cannot be meant. */
export function parseCommandLine(commands: readonly Command[], argv: readonly string[]): Parsed {
  const named = argv.filter((word, i) => !word.startsWith('-') && !takesValue(argv[i - 1]))
  const command = commands
    .filter(({ name }) => name.split(' ').every((word, i) => named[i] === word))
    .sort((a, b) => b.name.length - a.name.length)[0]
  if (!command) {
    const group = commands.some(({ name }) => name.split(' ')[0] === named[0]) ? named[0] : undefined
    if (named.length === 0 || named[0] === 'help' || (group && named.length === 1))
      return { kind: 'help', command: undefined, group: group ?? undefined }
    throw new Failure(`There is no command "${named.join(' ')}". See: vaxel --help`, exitCodes.usage)
  }
  const { values, positionals } = parse(command, argv)
  if (values.help) return { kind: 'help', command, group: undefined }
  const given = positionals.slice(command.name.split(' ').length)
  return { kind: 'run', command, typed: { words: nameWords(command, given), options: values } }
}

/** Options of every command may stand before its name, with their value. */
const takesValue = (word: string | undefined): boolean =>
  Object.entries(globalOptions).some(([name, option]) => 'value' in option && word === `--${name}`)

function parse(command: Command, argv: readonly string[]) {
  const known = { ...globalOptions, ...command.options }
  const options = Object.fromEntries(
    Object.entries(known).map(([name, option]) => [
      name,
      { type: 'value' in option && option.value !== undefined ? ('string' as const) : ('boolean' as const) },
    ]),
  )
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true }) as {
      values: Record<string, string | true | undefined>
      positionals: string[]
    }
  } catch (error) {
    const [sentence] = (error as Error).message.split('. ')
    throw new Failure(`${sentence}. See: vaxel ${command.name} --help`, exitCodes.usage)
  }
}

function nameWords({ name, words = [] }: Command, given: readonly string[]): Record<string, string> {
  if (given.length > words.length)
    throw new Failure(`"${given[words.length]}" is one word too many. See: vaxel ${name} --help`, exitCodes.usage)
  const named: Record<string, string> = {}
  words.forEach((word, i) => {
    const value = given[i]
    if (value !== undefined) named[word.replace('?', '').toLowerCase()] = value
    else if (!word.endsWith('?')) throw new Failure(`${word} is missing. See: vaxel ${name} --help`, exitCodes.usage)
  })
  return named
}
