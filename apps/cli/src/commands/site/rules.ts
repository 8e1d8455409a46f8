import { lookup } from 'node:dns/promises'
import { readFile, writeFile } from 'node:fs/promises'
import {
  compareRules,
  comparisonExitCodes,
  describeComparison,
  deviceNames,
  guessRuleFormat,
  makeOpenings,
  type Opening,
  readRules,
  type RuleFormat,
  ruleWords,
  say,
  writeRules,
} from '@vaxel/site'
import { type Command, type Running, tell, textOf, type Typed } from '../../command.ts'
import { exitCodes, Failure } from '../../failure.ts'
import { dayOf, languageOf, readSite, siteOptions, unreadable } from './site-files.ts'

const formats: readonly RuleFormat[] = ['nftables', 'iptables-save', 'csv']
const mostRuleBytes = 64_000_000

const commonOptions = {
  catalogue: { value: 'ID', about: 'ID, ID@VERSION or a file, in place of the one that the profile names' },
  ...siteOptions,
  today: { value: 'DAY', about: 'as on that day' },
  edge: { about: "leave out the openings between places within the site's own network" },
} as const

/** Directions to look at. */
const directionsOf = ({ options }: Typed): readonly Opening['direction'][] =>
  options.edge === true ? ['out', 'in'] : ['out', 'in', 'inside']

async function openingsOf(typed: Typed): Promise<{ readonly openings: readonly Opening[]; readonly site: string }> {
  const { profile, catalogue } = await readSite(typed.words.profile!, textOf(typed, 'catalogue'))
  return { openings: makeOpenings(catalogue, profile, { today: dayOf(typed) }), site: profile.name }
}

async function write(typed: Typed, running: Running): Promise<void> {
  const named = textOf(typed, 'device')
  const device = deviceNames.find((one) => one === named)
  if (device === undefined) throw new Failure(deviceFault(named), exitCodes.usage)
  const language = languageOf(typed)
  const { openings, site } = await openingsOf(typed)
  const addresses = typed.options.resolve === true ? await resolveNames(openings, running) : {}
  const file = writeRules(openings, device, {
    language,
    site,
    addresses,
    directions: directionsOf(typed),
    whole: typed.options.whole === true,
    namesAsAny: typed.options['names-as-any'] === true,
  })
  const out = textOf(typed, 'out')
  if (out !== undefined)
    await writeFile(out, file.text).catch((error: unknown) => {
      throw new Failure(`${out} cannot be written: ${(error as Error).message}.`)
    })
  if (running.json) return tell(running, file, () => '')
  if (out === undefined) running.out.line(file.text.trimEnd())
  for (const { openingId, said } of file.cannot) running.out.note(`${openingId}: ${say(ruleWords, language, said)}`)
  for (const { openingId, said } of out === undefined ? [] : file.notes)
    running.out.note(`${openingId === undefined ? '' : `${openingId}: `}${say(ruleWords, language, said)}`)
}

const deviceFault = (named: string | undefined): string =>
  `${named === undefined ? '--device is missing' : `There is no device "${named}"`}; there are ${deviceNames.join(', ')}.`

/** Addresses of the single names, as this machine sees them now; what cannot be looked up is said and stays a name. */
async function resolveNames(
  openings: readonly Opening[],
  { out }: Running,
): Promise<Record<string, readonly string[]>> {
  const names = new Set(openings.flatMap(({ from, to }) => [...from.names, ...to.names]))
  const found: Record<string, readonly string[]> = {}
  for (const name of names) {
    if (name.startsWith('*.')) continue
    const addresses = await lookup(name, { all: true, verbatim: true }).catch((error: unknown) => {
      out.note(`${name} cannot be looked up: ${(error as Error).message}.`)
      return []
    })
    if (addresses.length > 0) found[name.toLowerCase()] = addresses.map(({ address }) => address).sort()
  }
  return found
}

async function check(typed: Typed, running: Running): Promise<void> {
  const language = languageOf(typed)
  const { openings } = await openingsOf(typed)
  const named = typed.words.rules!
  const bytes = await readFile(named).catch((error: unknown) => {
    throw new Failure(`${named} cannot be read: ${(error as Error).message}.`, unreadable)
  })
  if (bytes.length > mostRuleBytes)
    throw new Failure(`${named} is longer than ${mostRuleBytes / 1_000_000} MB.`, unreadable)
  const text = bytes.toString('utf8')
  const asked = textOf(typed, 'format')
  const format = asked === undefined ? guessRuleFormat(text) : formats.find((one) => one === asked)
  if (format === undefined) throw new Failure(`--format is one of ${formats.join(', ')}.`, exitCodes.usage)
  const inside = listOf(textOf(typed, 'inside'))
  const outside = listOf(textOf(typed, 'outside'))
  if ((inside.length === 0) !== (outside.length === 0))
    throw new Failure('--inside and --outside belong together: name the interfaces of both sides.', exitCodes.usage)
  const comparison = compareRules(openings, readRules(text, format), {
    today: dayOf(typed),
    directions: directionsOf(typed),
    shared: typed.options.shared === true,
    ...(inside.length > 0 && { interfaces: { inside, outside } }),
  })
  tell(running, { format, ...comparison }, (one) => describeComparison(one, language).trimEnd())
  const code = comparisonExitCodes[comparison.verdict]
  // What there is to say has been said; only the exit code is left to tell.
  if (code !== 0) throw new Failure('', code)
}

const listOf = (text: string | undefined): readonly string[] => (text ?? '').split(',').filter((one) => one !== '')

/** A site's firewall: the rules for it, and whether its rules do, without any server. */
export const siteRuleCommands: readonly Command[] = [
  {
    name: 'site rules',
    words: ['PROFILE'],
    options: {
      device: { value: 'NAME', about: deviceNames.join(', ') },
      out: { value: 'FILE', about: 'write the rules there instead of printing them' },
      whole: { about: 'nftables, iptables: a whole firewall that drops the rest, not a chain to jump to' },
      resolve: { about: 'look names up now, for devices that hold addresses only' },
      'names-as-any': { about: 'open the ports of such names to every address' },
      ...commonOptions,
    },
    summary: "the openings that a site needs, as a file for its firewall, each rule with its requirement's id",
    details: [
      'Works without a server. What the device cannot say is told on standard error and in the head of the file.',
      'docs/firewall-files.md tells how each file is loaded. Exit codes: 0 written, 2 wrongly typed, 3 a file cannot be read.',
    ].join('\n'),
    run: write,
  },
  {
    name: 'site rules check',
    words: ['PROFILE', 'RULES'],
    options: {
      format: { value: 'NAME', about: `${formats.join(', ')}; told from the file unless given` },
      inside: { value: 'NAMES', about: "the firewall's interfaces to the site, for rules that name interfaces" },
      outside: { value: 'NAMES', about: 'and those to the internet' },
      shared: { about: 'the firewall serves others too: rules that serve no opening are not held against it' },
      ...commonOptions,
    },
    summary: 'what a firewall lacks of the openings that a site needs, and where it is too open',
    details: [
      'RULES is the output of "nft list ruleset" (also with -j) or of iptables-save and ip6tables-save, or a CSV file.',
      'Exit codes: 0 complete, 1 too open only, 2 openings are missing, 3 not understood, or a file cannot be read.',
    ].join('\n'),
    run: check,
  },
]
