import type { Opening } from '../plan/opening.ts'
import { type Paths, pathsOf } from './read/base-chains.ts'
import type { Box, Evaluator, Question, Taken } from './read/evaluate.ts'
import type { RuleFinding } from './read/finding-words.ts'
import type { FlatRule } from './read/flatten.ts'
import { answersTo, type Need, needsOf } from './read/needs.ts'
import { spanText } from './read/range-set.ts'
import { familyBits, type InterfaceCondition, type RuleSet, type Unclear } from './read/rule-set.ts'
import { findTooOpen, type LineFinding } from './read/too-open.ts'

export interface ComparisonOptions {
  /** Day `2026-03-15`: what must be open later is `comingUp`, what was to be closed before is superseded. */
  readonly today?: string
  /** All if absent. */
  readonly directions?: readonly Opening['direction'][]
  /** Openings of before that nothing needs any more, as of the catalogue's last version. */
  readonly retired?: readonly Opening[]
  /** Names of the firewall's interfaces, so that rules on interfaces can be worked out. */
  readonly interfaces?: { readonly inside: readonly string[]; readonly outside: readonly string[] }
  /** The firewall serves others too: rules that serve no opening do not count as too open. */
  readonly shared?: boolean
}

/** Part of an opening, as people write it. */
export interface RulePart {
  readonly from: string
  readonly to: string
  readonly protocol: 'tcp' | 'udp' | 'icmp'
  /** `443` or `10000-20000`; empty for icmp. */
  readonly ports: string
}

export interface MissingOpening {
  readonly openingId: string
  readonly requirementIds: readonly string[]
  readonly title: string
  readonly lostIfMissing: string
  readonly level: Opening['level']
  /** `answers`: the way there is open, the way back is not. `later`: only the first packet of a connection passes. */
  readonly what: 'all' | 'part' | 'answers' | 'later'
  /** The first of the parts. */
  readonly parts: readonly RulePart[]
  readonly partCount: number
  readonly openBy?: string
}

export interface UnprovenOpening {
  readonly openingId: string
  readonly title: string
  readonly said: RuleFinding
  /** Rules that it depends on. */
  readonly lines: readonly number[]
}

export interface RuleComparison {
  /** `complete` only when every needed opening passes for certain and nothing more does. */
  readonly verdict: 'complete' | 'tooOpen' | 'missing' | 'notUnderstood'
  readonly openings: number
  readonly rules: number
  readonly missing: readonly MissingOpening[]
  /** Missing, but not needed before `openBy`. */
  readonly comingUp: readonly MissingOpening[]
  readonly unproven: readonly UnprovenOpening[]
  readonly tooOpen: readonly LineFinding[]
  readonly superseded: readonly LineFinding[]
  /** Serves no opening, on a firewall that serves others too. */
  readonly unused: readonly LineFinding[]
  readonly notUnderstood: readonly Unclear[]
  /** What was taken as met and should be looked at: interfaces, some of the site's addresses. */
  readonly notes: readonly LineFinding[]
}

const mostParts = 10
/** So many comparisons of a rule with a piece of an opening are made in all. */
const mostSteps = 4_000_000

/**
 * What a set of rules lets through, against what a site needs: both the first packets and the answers, the first rule that
 * applies deciding, through jumps and every base chain on the way. Costs about the size of the rule set, not times the openings.
 */
export function compareRules(
  openings: readonly Opening[],
  ruleSet: RuleSet,
  options: ComparisonOptions = {},
): RuleComparison {
  const { today, directions } = options
  const chosen = openings.filter(({ direction }) => !directions || directions.includes(direction))
  const isPast = (day: string | undefined): boolean =>
    today !== undefined && day !== undefined && day < today.slice(0, day.length)
  const wanted = chosen.filter(({ closeAfter }) => !isPast(closeAfter))
  const retired = [...chosen.filter(({ closeAfter }) => isPast(closeAfter)), ...(options.retired ?? [])]
  const paths = pathsOf(ruleSet)
  const unclear = [...ruleSet.unclear]
  if (!paths) unclear.push({ line: 1, text: '', said: { key: 'notRules', values: {} }, matters: true })
  const asker = paths && new Asker(paths, ruleSet, options)
  const isPart = paths?.kind === 'part' && ruleSet.format !== 'csv'
  const found = { missing: [] as MissingOpening[], comingUp: [] as MissingOpening[], unproven: [] as UnprovenOpening[] }
  for (const opening of asker ? wanted : []) {
    const result = asker!.ask(opening)
    if (result.missing) {
      const isLater =
        today !== undefined && opening.openBy !== undefined && opening.openBy > today.slice(0, opening.openBy.length)
      found[isLater ? 'comingUp' : 'missing'].push(result.missing)
    }
    found.unproven.push(...result.unproven)
  }
  const open = paths ? findTooOpen(wanted, retired, paths) : { tooOpen: [], superseded: [], unused: [] }
  const notUnderstood = [...unclear, ...(asker?.doubts() ?? [])].sort((a, b) => a.line - b.line)
  const unsure = found.unproven.length > 0 || notUnderstood.some(({ matters }) => matters)
  const excess = open.tooOpen.length + open.superseded.length + (options.shared ? 0 : open.unused.length)
  return {
    verdict: found.missing.length > 0 ? 'missing' : unsure ? 'notUnderstood' : excess > 0 ? 'tooOpen' : 'complete',
    openings: wanted.length,
    rules: ruleSet.ruleCount,
    ...found,
    ...open,
    notUnderstood,
    notes: [
      ...(isPart ? [{ line: 1, text: '', said: { key: 'partOnly', values: {} } } as const] : []),
      ...(asker?.notes() ?? []),
    ],
  }
}

class Asker {
  readonly #paths: Paths
  readonly #ruleSet: RuleSet
  readonly #options: ComparisonOptions
  readonly #families: number
  readonly #taken = new Map<number, Taken>()
  readonly #doubts = new Map<number, FlatRule>()
  /** Rule sets that cut openings ever finer are not followed without end. */
  readonly #budget = { steps: mostSteps }
  #rulesByLine: Map<number, FlatRule> | undefined

  constructor(paths: Paths, ruleSet: RuleSet, options: ComparisonOptions) {
    this.#paths = paths
    this.#ruleSet = ruleSet
    this.#options = options
    this.#families = [...paths.out, ...paths.in].reduce((bits, { flat }) => bits | flat.chain.families, 0)
  }

  ask(opening: Opening): { missing?: MissingOpening; unproven: readonly UnprovenOpening[] } {
    const unproven: UnprovenOpening[] = []
    const doubt = (said: RuleFinding, lines: readonly number[] = []): void =>
      void unproven.push({ openingId: opening.id, title: opening.title, said, lines })
    const closed: Box[] = []
    const noAnswer: Box[] = []
    const noMore: Box[] = []
    const lines = new Set<number>()
    let asked = 0
    for (const need of needsOf(opening)) {
      if ((this.#families & familyBits[need.family]) === 0) {
        if (need.explicit) doubt({ key: 'familyNotRead', values: { family: need.family } })
        continue
      }
      asked += need.boxes.length
      const there = this.#through(need, opening, 'fresh', 'there')
      if (there.tooFine) doubt({ key: 'tooManyParts', values: {} })
      const isUnknowable = need.names.length > 0 && this.#ruleSet.format !== 'csv'
      if (isUnknowable && there.stopped.length > 0)
        doubt({ key: 'namesUnproven', values: { names: need.names.slice(0, 5).join(', ') } })
      else for (const box of there.stopped) closed.push(box)
      for (const line of there.doubtful) lines.add(line)
      if (this.#ruleSet.remembersConnections || this.#paths.kind === 'part' || there.stopped.length > 0) continue
      const back = this.#through(answersTo(need), opening, 'established', 'back')
      for (const box of back.stopped) noAnswer.push(box)
      // Once an answer has come, what goes on the same way is no new connection any more.
      const later = this.#through(need, opening, 'established', 'there')
      for (const box of isUnknowable ? [] : later.stopped) noMore.push(box)
      for (const line of [...back.doubtful, ...later.doubtful]) lines.add(line)
      if (!there.tooFine && (back.tooFine || later.tooFine)) doubt({ key: 'tooManyParts', values: {} })
    }
    if (lines.size > 0 && closed.length + noAnswer.length + noMore.length === 0) {
      const [line] = lines
      const text = this.#ruleAt(line!)?.match.conditions[0] ?? this.#ruleAt(line!)?.text ?? ''
      doubt({ key: 'dependsOn', values: { condition: text } }, [...lines].slice(0, 20))
    }
    for (const line of lines) {
      const rule = this.#ruleAt(line)
      if (rule) this.#doubts.set(line, rule)
    }
    const boxes = [closed, noAnswer, noMore].find((list) => list.length > 0) ?? []
    if (boxes.length === 0) return { unproven }
    return {
      unproven,
      missing: missingOf(
        opening,
        boxes,
        closed.length === 0
          ? boxes === noAnswer
            ? 'answers'
            : 'later'
          : closed.length < asked || boxes.slice(0, 50).some((box) => !isWhole(box, opening))
            ? 'part'
            : 'all',
      ),
    }
  }

  #through(need: Need, opening: Opening, phase: 'fresh' | 'established', way: 'there' | 'back') {
    const outward = (opening.direction !== 'in') === (way === 'there')
    const chains = outward ? this.#paths.out : this.#paths.in
    const stopped: Box[] = []
    const doubtful = new Set<number>()
    let tooFine = false
    let left: readonly Box[] = need.boxes
    for (const evaluator of chains) {
      if ((evaluator.flat.chain.families & familyBits[need.family]) === 0) continue
      const answer = this.#askOne(evaluator, {
        ...need,
        budget: this.#budget,
        boxes: left,
        phase,
        meets: (one) => this.#meets(one, opening, way),
      })
      tooFine ||= answer.tooFine
      for (const box of answer.stopped) {
        if (box.mayPass === undefined) stopped.push(box)
        else doubtful.add(box.mayPass)
      }
      left = answer.passed
    }
    for (const { mayDrop } of left) if (mayDrop !== undefined) doubtful.add(mayDrop)
    return { stopped, doubtful, tooFine }
  }

  #askOne(evaluator: Evaluator, question: Question) {
    const answer = evaluator.ask(question)
    for (const [line, taken] of answer.takenAsMet) this.#taken.set(line, taken)
    return answer
  }

  /** Rules about the loopback never meet what is forwarded; others can be told only when the interfaces are known. */
  #meets({ side, names, negated }: InterfaceCondition, opening: Opening, way: 'there' | 'back'): boolean | undefined {
    if (names.every((name) => name === 'lo')) return negated
    const known = this.#options.interfaces
    if (!known || opening.direction === 'inside') return undefined
    const fromInside = (opening.direction === 'out') === (way === 'there')
    const ours = (side === 'in') === fromInside ? known.inside : known.outside
    const hits = ours.filter((one) =>
      names.some((name) => (name.endsWith('*') ? one.startsWith(name.slice(0, -1)) : one === name)),
    )
    if (hits.length > 0 && hits.length < ours.length) return undefined
    return hits.length > 0 !== negated
  }

  notes(): readonly LineFinding[] {
    return [...this.#taken.values()]
      .sort((a, b) => a.rule.line - b.rule.line)
      .map(({ rule: { line, text, match }, only }): LineFinding => {
        if (only) {
          const networks = only.slice(0, 4).map(spanText).join(', ')
          return { line, text, said: { key: 'onlyPart', values: { networks } } }
        }
        const sides = match.interfaces.map(
          ({ side, names, negated }) => `${side}${negated ? ' !=' : ''} ${names.join(', ')}`,
        )
        return { line, text, said: { key: 'onlyInterface', values: { condition: sides.join(' ') } } }
      })
  }

  doubts(): readonly Unclear[] {
    return [...this.#doubts.values()].map((rule) => ({
      line: rule.line,
      text: rule.text,
      said: doubtOf(rule),
      matters: true,
    }))
  }

  #ruleAt(line: number): FlatRule | undefined {
    if (!this.#rulesByLine) {
      this.#rulesByLine = new Map()
      for (const { flat } of [...this.#paths.out, ...this.#paths.in])
        for (const rule of flat.rules)
          if (rule.match.conditions.length > 0 || !this.#rulesByLine.has(rule.line))
            this.#rulesByLine.set(rule.line, rule)
    }
    return this.#rulesByLine.get(line)
  }
}

function doubtOf({ match, action }: FlatRule): RuleFinding {
  const condition = match.conditions.slice(0, 2).join(' ') || match.interfaces.flatMap(({ names }) => names).join(' ')
  return condition === '' && action === 'perhaps'
    ? { key: 'badLine', values: { reason: 'what it does with a packet' } }
    : { key: 'dependsOn', values: { condition } }
}

/** Whether a closed box is one of those that were asked for, uncut. */
const isWhole = ({ spans }: Box, opening: Opening): boolean =>
  needsOf(opening).some(({ boxes }) =>
    boxes.some((box) => box.spans.every((span, at) => span[0] === spans[at]![0] && span[1] === spans[at]![1])),
  )

function missingOf(opening: Opening, boxes: readonly Box[], what: MissingOpening['what']): MissingOpening {
  const { id, requirementIds, title, lostIfMissing, level, openBy } = opening
  return {
    openingId: id,
    requirementIds,
    title,
    lostIfMissing,
    level,
    what,
    parts: boxes.slice(0, mostParts).map((box) => partOf(box, opening)),
    partCount: boxes.length,
    ...(openBy !== undefined && { openBy }),
  }
}

function partOf({ spans: [from, to, , ports] }: Box, { protocol, to: target }: Opening): RulePart {
  const named = spanText(to)
  return {
    from: spanText(from),
    to: named === 'names' ? target.names.slice(0, 5).join(' ') : named,
    protocol,
    ports: protocol === 'icmp' ? '' : ports[0] === ports[1] ? `${ports[0]}` : `${ports[0]}-${ports[1]}`,
  }
}
