import { isHostName } from '../write/wanted.ts'
import { csvRows, type CsvRow } from './csv-rows.ts'
import { portSpan, protocolOf, readAddress } from './match-words.ts'
import { nameSpanOf, type RangeSet, type Span, toSet } from './range-set.ts'
import {
  allFamilies,
  anyPacket,
  type Chain,
  clip,
  familyBits,
  type Match,
  protocolBits,
  type RuleSet,
  type Unclear,
} from './rule-set.ts'

/** Heads that other programs give to our columns. */
const columnNames: Readonly<Record<string, readonly string[]>> = {
  action: ['action', 'verdict', 'permit', 'policy', 'åtgärd'],
  from: ['from', 'source', 'src', 'source address', 'source_address', 'källa', 'från'],
  to: ['to', 'destination', 'dst', 'dest', 'destination address', 'destination_address', 'till', 'mål'],
  protocol: ['protocol', 'proto', 'protokoll', 'protocole'],
  ports: ['ports', 'port', 'destination port', 'destination_port', 'dport', 'service', 'portar'],
  enabled: ['enabled', 'enable', 'active', 'status', 'aktiv', 'aktiverad', 'actif', 'activé'],
  disabled: ['disabled', 'disable', 'inactive', 'inaktiv', 'inactif', 'désactivé'],
  sourcePorts: ['source port', 'source_port', 'sport'],
}

const accepts = new Set(['accept', 'allow', 'permit', 'pass', 'yes', 'tillåt', 'autoriser'])
const drops = new Set(['drop', 'deny', 'reject', 'block', 'no', 'neka', 'refuser'])
/** Said by nothing but an action. */
const isRefusal = (cell: string): boolean => {
  const word = cell.trim().toLowerCase()
  return word !== 'no' && drops.has(word)
}
/** What says of a rule that it is switched on, and off. */
const ons = new Set(['1', 'yes', 'true', 'on', 'enable', 'enabled', 'active', 'up', 'x', 'ja', 'oui', 'vrai'])
const offs = new Set(['0', 'no', 'false', 'off', 'disable', 'disabled', 'inactive', 'down', 'nej', 'non', 'faux'])
const everything = new Set(['any', 'all', '*', '0.0.0.0/0 ::/0', 'alla', 'tous'])

/**
 * Reads a table of rules, from the top, the rest dropped: our own columns or others' by their usual heads. A cell lists its
 * items apart by spaces, commas or semicolons; `any`, `*` or nothing is everything, except of an action.
 */
export function readCsvRules(text: string): RuleSet {
  const unclear: Unclear[] = []
  const chain: Chain = {
    key: 'csv',
    name: 'csv',
    families: allFamilies,
    hook: 'forward',
    priority: 0,
    policy: 'drop',
    policyLine: 0,
    rules: [],
  }
  const fault = (line: number, row: string, reason: string): void =>
    void unclear.push({ line, text: clip(row), said: { key: 'badLine', values: { reason } }, matters: true })
  const read = csvRows(text)
  if (!read.ok) fault(read.line, '', read.reason)
  else {
    const [head, ...rows] = read.rows
    const columns = columnsOf(head?.cells ?? [])
    if (columns.from === undefined || columns.to === undefined || columns.ports === undefined)
      fault(
        1,
        head?.cells.join(', ') ?? '',
        'the first row must name the columns, with from, to, protocol and ports among them',
      )
    else {
      const refused = columns.action === undefined ? rows.find(({ cells }) => cells.some(isRefusal)) : undefined
      if (refused) fault(refused.line, refused.cells.join(', '), 'a row refuses, and no column has the head “action”')
      for (const row of rows) addRow(chain, row, columns, fault)
    }
  }
  return {
    format: 'csv',
    chains: new Map([['csv', chain]]),
    unclear,
    remembersConnections: true,
    ruleCount: chain.rules.length,
  }
}

type Columns = Readonly<Record<string, number | undefined>>

function columnsOf(head: readonly string[]): Columns {
  const heads = head.map((cell) => cell.toLowerCase().trim())
  return Object.fromEntries(
    Object.entries(columnNames).map(([name, words]) => {
      const at = heads.findIndex((one) => words.includes(one))
      return [name, at < 0 ? undefined : at]
    }),
  )
}

function addRow(
  chain: Chain,
  { line, cells }: CsvRow,
  columns: Columns,
  fault: (line: number, row: string, reason: string) => void,
): void {
  // A line between others in a spreadsheet: separators and nothing else.
  if (cells.every((one) => one.trim() === '')) return
  const text = cells.join(', ')
  const cell = (name: string): string => {
    const at = columns[name]
    return (at === undefined ? '' : (cells[at] ?? '')).replace(/^'(?=[=+\-@'|%])/, '').trim()
  }
  const wrong: string[] = []
  const action = cell('action').toLowerCase()
  // A table without the column lists what is let through; with it, a cell that says nothing lets nothing through.
  const isAllowList = columns.action === undefined
  if (!isAllowList && action === '') wrong.push('an empty action')
  else if (!isAllowList && !accepts.has(action) && !drops.has(action)) wrong.push(`the action “${action.slice(0, 40)}”`)
  const [on, off] = [cell('enabled').toLowerCase(), cell('disabled').toLowerCase()]
  for (const word of [on, off])
    if (word !== '' && !ons.has(word) && !offs.has(word)) wrong.push(`“${word.slice(0, 40)}” as on or off`)
  // Kept in the table by whoever may want it again; the firewall does not look at it.
  if (wrong.length === 0 && (offs.has(on) || ons.has(off))) return
  const set = (name: string, item: (word: string) => Span | undefined): RangeSet | undefined => {
    const value = cell(name)
    if (value === '' || everything.has(value.toLowerCase())) return undefined
    const spans: Span[] = []
    for (const word of value.split(/[\s,;]+/).filter((one) => one !== '')) {
      const span = item(word)
      if (span) spans.push(span)
      else wrong.push(`“${word.slice(0, 60)}” in ${name}`)
    }
    return toSet(spans)
  }
  // A word without a dot is what the firewall calls some addresses, `LAN`: which ones is not told here.
  const address = (word: string): Span | undefined =>
    readAddress(word) ??
    (isHostName(word.toLowerCase()) && /[a-z].*\.|\..*[a-z]/i.test(word) ? nameSpanOf(word.toLowerCase()) : undefined)
  const service = (word: string): Span | undefined => portSpan(word.toLowerCase())
  const protocol = protocolsOf(cell('protocol'))
  if (!protocol) wrong.push(`the protocol “${cell('protocol').slice(0, 40)}”`)
  const from = set('from', address)
  const to = set('to', address)
  const ports = set('ports', service)
  const sourcePorts = set('sourcePorts', service)
  if (wrong.length > 0) return fault(line, text, `${wrong.slice(0, 4).join(', ')} cannot be read`)
  const match: Match = {
    ...anyPacket,
    ...protocol!,
    ...(from && { from }),
    ...(to && { to }),
    ...(ports && { ports }),
    ...(sourcePorts && { sourcePorts }),
  }
  chain.rules.push({ line, text: clip(text), match, verdict: { kind: drops.has(action) ? 'drop' : 'accept' } })
}

function protocolsOf(text: string): { protocols: number; families: number } | undefined {
  if (text === '' || everything.has(text.toLowerCase()) || text.toLowerCase() === 'ip')
    return { protocols: 15, families: allFamilies }
  let protocols = 0
  let families = 0
  for (const word of text.toLowerCase().split(/[\s,;/+]+/)) {
    const { bit, family } = protocolOf(word)
    if (bit === protocolBits.other && !['gre', 'esp', 'ah', 'sctp', 'igmp'].includes(word) && !/^\d{1,3}$/.test(word))
      return undefined
    protocols |= bit
    // A table says ICMP for both.
    families |= family === 6 ? familyBits[6] : allFamilies
  }
  return { protocols, families }
}
