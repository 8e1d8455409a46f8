import type { Opening } from '../../plan/opening.ts'
import type { Paths } from './base-chains.ts'
import { type Box, type Budget, subtractBoxes } from './evaluate.ts'
import type { RuleFinding } from './finding-words.ts'
import type { FlatChain, FlatRule } from './flatten.ts'
import { IntervalIndex } from './interval-index.ts'
import { needsOf } from './needs.ts'
import { allPorts, familySpans, partsIn, type Span, spanText } from './range-set.ts'
import { allProtocols, familyBits, type Match, protocolBits } from './rule-set.ts'

/** Something about one line. */
export interface LineFinding {
  readonly line: number
  readonly text: string
  readonly said: RuleFinding
}

/** So many parts of one rule are looked at; what is beyond is not told apart. */
const mostParts = 512
/** So many comparisons of boxes are made to find an example of what is too much. */
const mostSteps = 2_000_000

/** What openings need, as boxes by protocol and family, found by target, source or port. */
class NeedIndex {
  readonly #groups = new Map<string, { openings: Opening[]; boxes: Box[]; indexes: readonly IntervalIndex[] }>()

  constructor(openings: readonly Opening[]) {
    const groups = new Map<string, { openings: Opening[]; boxes: Box[] }>()
    for (const opening of openings)
      for (const { family, protocol, boxes, freeFrom, freeTo, names } of needsOf(opening))
        for (const { spans } of boxes)
          for (const each of names.length > 0 ? ([4, 6] as const) : [family]) {
            const key = `${protocol} ${each}`
            const group = groups.get(key) ?? { openings: [], boxes: [] }
            groups.set(key, group)
            group.openings.push(opening)
            const whole = familySpans[each]
            const end = (span: Span, free: boolean): Span => (free || span[0] > familySpans[6][1] ? whole : span)
            // Which addresses a name stands for is not known: none is held against a rule.
            group.boxes.push({ spans: [end(spans[0], freeFrom), end(spans[1], freeTo), allPorts, spans[3]] })
          }
    for (const [key, group] of groups) {
      const indexes = ([0, 1, 3] as const).map((at) => new IntervalIndex(group.boxes.map(({ spans }) => spans[at])))
      this.#groups.set(key, { ...group, indexes })
    }
  }

  /** Needs that meet a box. */
  meeting(protocol: number, family: 4 | 6, { spans }: Box): readonly { opening: Opening; box: Box }[] {
    const group = this.#groups.get(`${protocol} ${family}`)
    if (!group) return []
    const asked = [spans[0], spans[1], spans[3]]
    const counts = group.indexes.map((index, at) => index.count(asked[at]!))
    const best = counts.indexOf(Math.min(...counts))
    return group.indexes[best]!.find(asked[best]!)
      .map((id) => ({ opening: group.openings[id]!, box: group.boxes[id]! }))
      .filter(({ box }) => box.spans.every((span, at) => span[0] <= spans[at]![1] && spans[at]![0] <= span[1]))
  }
}

/** Rules that let through what no opening needs, and those that serve only what is past. */
export function findTooOpen(
  wanted: readonly Opening[],
  retired: readonly Opening[],
  paths: Paths,
): { tooOpen: readonly LineFinding[]; superseded: readonly LineFinding[]; unused: readonly LineFinding[] } {
  const needs = new NeedIndex(wanted)
  const past = new NeedIndex(retired)
  const tooOpen: LineFinding[] = []
  const superseded: LineFinding[] = []
  const unused: LineFinding[] = []
  const chains = [...new Set([...paths.out, ...paths.in])].map(({ flat }) => flat)
  const deciding = chains.filter(
    ({ chain }) => chain.hook === undefined || !['prerouting', 'postrouting'].includes(chain.hook),
  )
  const budget = { steps: mostSteps }
  const verdicts = new Map<string, { rule: FlatRule; judged: RuleFinding | undefined }>()
  for (const flat of deciding) {
    if (endsOpen(flat)) {
      const { policyLine, name } = flat.chain
      const isOnly = !deciding.some(
        (other) =>
          other !== flat &&
          other.chain.hook === flat.chain.hook &&
          (other.chain.families & flat.chain.families) !== 0 &&
          !endsOpen(other),
      )
      if (isOnly)
        tooOpen.push({ line: policyLine, text: name, said: { key: 'policyAccepts', values: { chain: name } } })
      continue
    }
    for (const rule of flat.rules) {
      if (rule.action !== 'accept' || !rule.match.fresh || isLoopback(rule)) continue
      const key = `${rule.line} ${rule.text}`
      const judged = judge(rule, needs, past, budget)
      const before = verdicts.get(key)
      // A rule that is read in several parts (families, elements) serves an opening when any part does.
      if (!before || rank(judged) < rank(before.judged)) verdicts.set(key, { rule, judged })
    }
  }
  for (const { rule, judged } of verdicts.values()) {
    if (!judged) continue
    const finding = { line: rule.line, text: rule.text, said: judged }
    if (judged.key === 'superseded') superseded.push(finding)
    else if (judged.key === 'unused') unused.push(finding)
    else tooOpen.push(finding)
  }
  for (const list of [tooOpen, superseded, unused]) list.sort((a, b) => a.line - b.line)
  return { tooOpen, superseded, unused }
}

const rank = (judged: RuleFinding | undefined): number =>
  judged === undefined ? 1 : ['everything', 'wider'].includes(judged.key) ? 0 : judged.key === 'superseded' ? 2 : 3

/** Whatever reaches the end passes. */
const endsOpen = ({ chain, rules }: FlatChain): boolean =>
  chain.policy === 'accept' &&
  !rules.some(
    ({ action, match }) =>
      action === 'drop' &&
      match.fresh &&
      !match.from &&
      !match.to &&
      !match.ports &&
      !match.sourcePorts &&
      match.protocols === allProtocols &&
      match.conditions.length === 0,
  )

const isLoopback = ({ match }: FlatRule): boolean =>
  match.interfaces.some(({ names, negated }) => !negated && names.every((name) => name === 'lo'))

function judge({ match }: FlatRule, needs: NeedIndex, past: NeedIndex, budget: Budget): RuleFinding | undefined {
  const { from, to, ports, protocols, families } = match
  const isEverything = !from && !to && !ports && !match.sourcePorts && protocols === allProtocols
  if (protocols === protocolBits.icmp) return undefined
  if (isEverything && match.conditions.length === 0) return { key: 'everything', values: {} }
  if (budget.steps < 0) return { key: 'wider', values: { part: ruleText(match) } }
  let meets = false
  const pastOpenings = new Set<string>()
  let excess: string | undefined
  let looked = 0
  for (const family of [4, 6] as const) {
    if ((families & familyBits[family]) === 0) continue
    for (const [name, protocol] of Object.entries(protocolBits)) {
      // Errors and echoes of ICMP are what keeps a network in order.
      if ((protocols & protocol) === 0 || (protocol === protocolBits.icmp && protocols !== allProtocols)) continue
      const parts = [
        from ? partsIn(from, familySpans[family]) : [familySpans[family]],
        to ? partsIn(to, familySpans[family]) : [familySpans[family]],
        ports ?? [allPorts],
      ] as const
      for (const a of parts[0])
        for (const b of parts[1])
          for (const port of parts[2]) {
            looked += 1
            if (looked > mostParts) break
            const box: Box = { spans: [a, b, allPorts, port] }
            const met = needs.meeting(protocol, family, box)
            if (met.length > 0) meets = true
            for (const { opening } of past.meeting(protocol, family, box)) pastOpenings.add(opening.id)
            excess ??= beyond(
              box,
              met.map((one) => one.box),
              name,
              budget,
            )
          }
    }
  }
  if (!meets && looked <= mostParts && (holdsNames(from) || holdsNames(to))) return undefined
  if (meets) return excess === undefined ? undefined : { key: 'wider', values: { part: excess } }
  if (pastOpenings.size > 0)
    return { key: 'superseded', values: { openings: [...pastOpenings].slice(0, 5).join(', ') } }
  return { key: 'unused', values: {} }
}

/**
 * What of a box is beyond what is needed, as an example. When that took too long for rules before, the whole box stands for
 * it: a rule is then rather called too wide than not.
 */
function beyond(box: Box, met: readonly Box[], protocol: string, budget: Budget): string | undefined {
  budget.steps -= met.length * met.length + met.length + 1
  if (budget.steps < 0) return partText(box, protocol)
  const left = subtractBoxes(box, met)
  return left?.length === 0 ? undefined : partText(left?.[0] ?? box, protocol)
}

/** A rule of a table that names names: its addresses are not all there is to it. */
const holdsNames = (set: readonly Span[] | undefined): boolean =>
  set?.some(([first]) => first > familySpans[6][1]) ?? false

/** A rule as a whole, where there was no time to find an example. */
const ruleText = ({ from, to, ports }: Match): string =>
  [from, to, ports]
    .map((set, at) => (set ? (at < 2 ? spanText(set[0]!) : `${set[0]![0]}-${set.at(-1)![1]}`) : 'any'))
    .join(' → ')

function partText({ spans: [from, to, , ports] }: Box, protocol: string): string {
  const service =
    protocol === 'tcp' || protocol === 'udp' ? ` ${ports[0] === ports[1] ? ports[0] : `${ports[0]}-${ports[1]}`}` : ''
  return `${spanText(from)} → ${spanText(to)} ${protocol === 'other' ? 'IP' : protocol}${service}`
}
