import type {
  Address,
  BandwidthBody,
  FlowBody,
  QualityBody,
  RequirementBody,
  SizingBody,
} from '../catalogue/requirement.ts'
import { checkHostName, checkNetwork, checkWindow } from './check-values.ts'
import { below, type Mistakes } from './read-file.ts'

/**
 * Adds what no schema says about the body of a requirement: places that exist, ranges that rise, figures with their unit.
 * @param counts whether a fact is a number that is known of a site
 */
export function checkBody(
  body: RequirementBody,
  path: string,
  places: ReadonlySet<string>,
  counts: (fact: string) => boolean,
  mistakes: Mistakes,
): void {
  const count = (fact: string | undefined, at: string): void => {
    if (fact !== undefined && !counts(fact))
      mistakes.add(at, 'is not a number that is known of a site, such as people.total or option.<id> of a count')
  }
  const place = (name: string, at: string): void => {
    if (!places.has(name)) mistakes.add(at, 'is not one of the places of this catalogue; add it there or correct it')
  }
  switch (body.kind) {
    case 'flow':
      place(body.from.place, below(path, 'from', 'place'))
      place(body.to.place, below(path, 'to', 'place'))
      return checkFlow(body, path, mistakes)
    case 'dns':
      body.names.forEach((name, index) => checkHostName(name, below(path, 'names', index), mistakes))
      return
    case 'tls':
      return place(body.of, below(path, 'of'))
    case 'bandwidth':
      body.between.forEach((name, index) => place(name, below(path, 'between', index)))
      return checkBandwidth(body, path, mistakes)
    case 'quality':
      body.segment.forEach((name, index) => place(name, below(path, 'segment', index)))
      return checkQuality(body, path, mistakes)
    case 'lan':
      return checkAddresses(body.addresses, below(path, 'addresses'), mistakes)
    case 'sizing':
      count(body.onePer?.fact, below(path, 'onePer', 'fact'))
      body.table?.facts?.forEach((fact, index) => count(fact, below(path, 'table', 'facts', index)))
      return checkSizing(body, path, mistakes)
    case 'limit':
    case 'licence':
      return count(body.fact, below(path, 'fact'))
    default:
      return undefined
  }
}

function checkFlow(body: FlowBody, path: string, mistakes: Mistakes): void {
  checkAddresses(body.from.addresses, below(path, 'from', 'addresses'), mistakes)
  checkAddresses(body.to.addresses, below(path, 'to', 'addresses'), mistakes)
  const isIcmp = body.protocol === 'icmp'
  if (isIcmp && body.ports.length > 0) mistakes.add(below(path, 'ports'), 'must be empty: icmp has no ports')
  if (!isIcmp && body.ports.length === 0)
    mistakes.add(below(path, 'ports'), `must not be empty: ${body.protocol} needs destination ports`)
  for (const [index, { from, to, window }] of body.ports.entries()) {
    const at = below(path, 'ports', index)
    if (from === 0) mistakes.add(below(at, 'from'), 'must be at least 1')
    if (to < from) mistakes.add(below(at, 'to'), `is lower than from (${from}); turn the range round`)
    checkWindow(window, below(at, 'window'), mistakes)
  }
}

/** Networks, names and windows of a list of addresses. */
export function checkAddresses(addresses: readonly Address[] | undefined, path: string, mistakes: Mistakes): void {
  for (const [index, { network, name, window }] of (addresses ?? []).entries()) {
    const at = below(path, index)
    if ((network === undefined) === (name === undefined))
      mistakes.add(at, 'must have either network or name, and not both')
    if (network !== undefined) checkNetwork(network, below(at, 'network'), mistakes)
    if (name !== undefined) checkHostName(name, below(at, 'name'), mistakes)
    checkWindow(window, below(at, 'window'), mistakes)
  }
}

function checkBandwidth(body: BandwidthBody, path: string, mistakes: Mistakes): void {
  if (body.per === 'event' && body.bytes === undefined)
    mistakes.add(below(path, 'bytes'), 'is missing: what comes at an event is counted in bytes')
  if (body.per !== 'event' && body.kbps === undefined)
    mistakes.add(below(path, 'kbps'), 'is missing: what lasts is counted in kbit/s')
}

function checkQuality({ metric, unit, value }: QualityBody, path: string, mistakes: Mistakes): void {
  const right = metric === 'packet-loss' ? '%' : 'ms'
  if (unit !== right) mistakes.add(below(path, 'unit'), `must be ${right}, the unit of ${metric}`)
  else if (unit === '%' && value > 100) mistakes.add(below(path, 'value'), 'must be at most 100 %')
}

function checkSizing({ onePer, table, rule }: SizingBody, path: string, mistakes: Mistakes): void {
  if (!onePer && !table && rule === undefined) mistakes.add(path, 'must have onePer, table or rule')
  if (!table) return
  for (const [name, heads] of [
    ['facts', 'limits'],
    ['delivered', 'results'],
  ] as const)
    if (table[name] && table[name].length !== table[heads].length)
      mistakes.add(below(path, 'table', name), `must have ${table[heads].length} entries, one for each of ${heads}`)
  let before: readonly number[] = []
  for (const [index, { upTo, gives }] of table.rows.entries()) {
    const at = below(path, 'table', 'rows', index)
    if (upTo.length !== table.limits.length)
      mistakes.add(below(at, 'upTo'), `must have ${table.limits.length} entries, one for each of limits`)
    if (gives.length !== table.results.length)
      mistakes.add(below(at, 'gives'), `must have ${table.results.length} entries, one for each of results`)
    if (before.length > 0 && !upTo.some((limit, column) => limit > (before[column] ?? 0)))
      mistakes.add(below(at, 'upTo'), 'must be above the row before, or it is never used')
    before = upTo
  }
}
