import type { FlatChain, FlatRule } from './flatten.ts'
import { IntervalIndex } from './interval-index.ts'
import { allPorts, everywhere, partsIn, type RangeSet, type Span, without } from './range-set.ts'
import { familyBits, type InterfaceCondition, type Match } from './rule-set.ts'

/** Packets that are asked about: from, to, source ports, ports. */
export interface Box {
  readonly spans: readonly [Span, Span, Span, Span]
  /** Line of a rule that may let it pass, where nothing else does. */
  readonly mayPass?: number
  /** Line of a rule that may drop it. */
  readonly mayDrop?: number
}

export interface Budget {
  steps: number
}

export interface Question {
  readonly boxes: readonly Box[]
  readonly family: 4 | 6
  readonly protocol: number
  readonly phase: 'fresh' | 'established'
  /** Ends whose addresses are not known: a rule that names some is not held against them. */
  readonly freeFrom: boolean
  readonly freeTo: boolean
  /** Comparisons of a rule with a piece of a box that may still be made; shared by many questions. */
  readonly budget: Budget
  /** Whether a packet of this question meets the condition; undefined: cannot be told. */
  readonly meets: (condition: InterfaceCondition) => boolean | undefined
}

/** A rule whose condition on interfaces, or on some of the site's addresses (`only`), was taken as met. */
export interface Taken {
  readonly rule: FlatRule
  readonly only?: RangeSet
}

export interface Answer {
  readonly passed: readonly Box[]
  readonly stopped: readonly Box[]
  /** Lines whose conditions on interfaces or on some of the site's addresses were taken as met. */
  readonly takenAsMet: ReadonlyMap<number, Taken>
  readonly tooFine: boolean
}

const mostBoxes = 5000
const mostResults = 100_000

/** A base chain, ready to be asked. */
export class Evaluator {
  readonly flat: FlatChain
  readonly #indexes: readonly IntervalIndex[]

  constructor(flat: FlatChain) {
    this.flat = flat
    const bounds = (set: (match: Match) => RangeSet | undefined, whole: Span): IntervalIndex =>
      new IntervalIndex(
        flat.rules.map(({ match }) => {
          const spans = set(match)
          return spans ? [spans[0]![0], spans.at(-1)![1]] : whole
        }),
      )
    this.#indexes = [
      bounds(({ from }) => from, everywhere),
      bounds(({ to }) => to, everywhere),
      bounds(({ ports }) => ports, allPorts),
    ]
  }

  /** Rules that may concern a box, in their order: by the index that names the fewest. */
  #candidates(box: Box, { freeFrom, freeTo }: Question): readonly number[] {
    const [from, to, , ports] = box.spans
    const asked = [freeFrom ? everywhere : from, freeTo ? everywhere : to, ports]
    const counts = this.#indexes.map((index, dimension) => index.count(asked[dimension]!))
    const best = counts.indexOf(Math.min(...counts))
    return this.#indexes[best]!.find(asked[best]!).sort((a, b) => a - b)
  }

  ask(question: Question): Answer {
    const passed: Box[] = []
    const stopped: Box[] = []
    const takenAsMet = new Map<number, Taken>()
    let tooFine = this.flat.cut
    for (const box of question.boxes) if (!this.#follow(box, question, passed, stopped, takenAsMet)) tooFine = true
    return { passed, stopped, takenAsMet, tooFine }
  }

  #follow(box: Box, question: Question, passed: Box[], stopped: Box[], takenAsMet: Map<number, Taken>): boolean {
    const { rules, chain } = this.flat
    let left: Box[] = [box]
    let parked: { at: number; boxes: Box[] }[] = []
    for (const id of this.#candidates(box, question)) {
      if (parked.some(({ at }) => at <= id)) {
        for (const { at, boxes } of parked) if (at <= id) left.push(...boxes)
        parked = parked.filter(({ at }) => at > id)
      }
      if (left.length === 0 && parked.length === 0) return true
      const rule = rules[id]!
      const applies = this.#applies(rule, question)
      if (applies === 'no') continue
      question.budget.steps -= left.length
      if (question.budget.steps < 0) return false
      const { inside, outside } = split(left, rule.match, question)
      if (inside.length === 0) continue
      const narrowed = this.#narrows(rule.match, question)
      // A rule for some of an unknown site's addresses: what it accepts counts, what it drops need not be ours.
      if (narrowed && rule.action !== 'accept') continue
      left = outside
      if (applies === 'perhaps') {
        if (rule.action === 'accept' && rule.match.conditions.length === 0) {
          takenAsMet.set(rule.line, { rule })
          passed.push(...inside)
        } else left.push(...inside.map((one) => doubted(one, rule)))
      } else if (rule.action === 'perhaps') left.push(...inside.map((one) => doubted(one, rule)))
      else if (rule.action === 'accept') {
        if (narrowed) takenAsMet.set(rule.line, { rule, only: narrowed })
        else if (rule.match.interfaces.length > 0) takenAsMet.set(rule.line, { rule })
        passed.push(...inside)
      } else if (rule.action === 'drop') stopped.push(...inside)
      else parked.push({ at: rule.target, boxes: inside })
      if (left.length > mostBoxes || passed.length + stopped.length > mostResults) return false
    }
    left.push(...parked.flatMap(({ boxes }) => boxes))
    for (const one of left) (chain.policy === 'accept' ? passed : stopped).push(one)
    return true
  }

  #applies({ match }: FlatRule, { family, protocol, phase, meets }: Question): 'yes' | 'no' | 'perhaps' {
    if ((match.families & familyBits[family]) === 0 || (match.protocols & protocol) === 0) return 'no'
    if (!match[phase]) return 'no'
    let perhaps = match.conditions.length > 0
    for (const condition of match.interfaces) {
      const met = meets(condition)
      if (met === false) return 'no'
      if (met === undefined) perhaps = true
    }
    return perhaps ? 'perhaps' : 'yes'
  }

  /** The addresses that a rule names of an end whose addresses are not known. */
  #narrows({ from, to }: Match, { freeFrom, freeTo, family }: Question): RangeSet | undefined {
    if (freeFrom && from && !coversFamily(from, family)) return from
    return freeTo && to && !coversFamily(to, family) ? to : undefined
  }
}

const coversFamily = (set: RangeSet, family: 4 | 6): boolean => {
  const [first, last] = family === 4 ? [0n, (1n << 32n) - 1n] : [1n << 32n, (1n << 32n) + (1n << 128n) - 1n]
  return set.some(([from, to]) => from <= first && to >= last)
}

function doubted(box: Box, { action, line }: FlatRule): Box {
  const mayPass = action === 'drop' ? box.mayPass : (box.mayPass ?? line)
  const mayDrop = action === 'accept' ? box.mayDrop : (box.mayDrop ?? line)
  return { spans: box.spans, ...(mayPass !== undefined && { mayPass }), ...(mayDrop !== undefined && { mayDrop }) }
}

/** The parts of boxes that a rule meets, and the rest. */
function split(
  boxes: readonly Box[],
  match: Match,
  { freeFrom, freeTo }: Pick<Question, 'freeFrom' | 'freeTo'>,
): { inside: Box[]; outside: Box[] } {
  const sets = [freeFrom ? undefined : match.from, freeTo ? undefined : match.to, match.sourcePorts, match.ports]
  const inside: Box[] = []
  const outside: Box[] = []
  for (const box of boxes) {
    if (sets.some((set, dimension) => set && partsIn(set, box.spans[dimension]!).length === 0)) outside.push(box)
    else cut(box, sets, 0, inside, outside)
    if (inside.length + outside.length > 4 * mostBoxes) break
  }
  return { inside, outside }
}

function cut(
  box: Box,
  sets: readonly (RangeSet | undefined)[],
  dimension: number,
  inside: Box[],
  outside: Box[],
): void {
  if (dimension === 4) return void inside.push(box)
  const set = sets[dimension]
  if (!set) return cut(box, sets, dimension + 1, inside, outside)
  const span = box.spans[dimension]!
  for (const gap of without(set, span)) outside.push(withSpan(box, dimension, gap))
  for (const part of partsIn(set, span)) cut(withSpan(box, dimension, part), sets, dimension + 1, inside, outside)
}

function withSpan(box: Box, dimension: number, span: Span): Box {
  const [from, to, sourcePorts, ports] = box.spans
  const spans = [from, to, sourcePorts, ports] as [Span, Span, Span, Span]
  spans[dimension] = span
  return { ...box, spans }
}

/** What is left of a box when others are taken away; undefined when it falls into too many pieces. */
export function subtractBoxes(box: Box, others: readonly Box[]): readonly Box[] | undefined {
  let left: Box[] = [box]
  for (const { spans } of others) {
    const match = { from: [spans[0]], to: [spans[1]], sourcePorts: [spans[2]], ports: [spans[3]] } as unknown as Match
    left = split(left, match, { freeFrom: false, freeTo: false }).outside
    if (left.length === 0) return left
    if (left.length > mostBoxes) return undefined
  }
  return left
}
