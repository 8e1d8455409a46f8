import { localTime } from '@vaxel/base'
import type { CallerMatch, FlowNode, FlowNodeKind, FlowNodeOf } from './flow.ts'
import type { CompiledFlow, FlowCaller, FlowNote, FlowState, FlowWorld } from './flow-state.ts'
import { holidayOn } from './holidays.ts'
import { isWithin } from './schedule.ts'
import { asValue, fill, type Variables, valueOf } from './template.ts'

/** What a node that takes no time decided. */
export interface Decided extends Pick<FlowNote, 'code' | 'params'> {
  readonly exit: string
  /** Set by it. */
  readonly variables?: Variables
}

const conditionKinds = ['time', 'holiday', 'presence', 'caller', 'language', 'spend', 'variable'] as const

export type ConditionKind = (typeof conditionKinds)[number]
export type Condition = FlowNodeOf<ConditionKind>

/** Whether a node only asks which way to go. */
export const isCondition = (node: FlowNode): node is Condition =>
  (conditionKinds as readonly FlowNodeKind[]).includes(node.kind)

/** Which way a call leaves a condition, and why. */
export function decide(node: Condition, flow: CompiledFlow, state: FlowState, world: FlowWorld): Decided {
  switch (node.kind) {
    case 'time': {
      const local = localTime(flow.timeZone, world.nowMs)
      const params = { weekday: local.weekday, time: clockOf(local.minutes) }
      return isWithin(node.open, local)
        ? { exit: 'open', code: 'time-open', params }
        : { exit: 'closed', code: 'time-closed', params }
    }
    case 'holiday': {
      const local = localTime(flow.timeZone, world.nowMs)
      const name = holidayOn(node, local)
      return name === undefined
        ? { exit: 'ordinary', code: 'no-holiday', params: { date: local.date } }
        : { exit: 'holiday', code: 'holiday', params: { date: local.date, name }, variables: { holiday: name } }
    }
    case 'presence': {
      const is = world.presenceOf(node.userId)
      return { exit: is, code: 'presence', params: { name: world.nameOf(node.userId), state: is } }
    }
    case 'caller': {
      const match = node.matches.find((one) => fits(one, state.caller, world))
      return match
        ? { exit: 'yes', code: 'caller-fits', params: { match: match.kind, ...prefixOf(match) } }
        : { exit: 'no', code: 'caller-fits-not', params: {} }
    }
    case 'language':
      return { exit: state.language, code: 'language-is', params: { language: state.language } }
    case 'spend': {
      const isOver = world.spentTodayMicros() > node.overMicros
      const params = { limit: node.overMicros / 1_000_000 }
      return isOver ? { exit: 'over', code: 'spend-over', params } : { exit: 'under', code: 'spend-under', params }
    }
    case 'variable': {
      const params = { variable: node.variable, test: node.test }
      return holds(node, state.variables)
        ? { exit: 'yes', code: 'variable-fits', params }
        : { exit: 'no', code: 'variable-fits-not', params }
    }
  }
}

const prefixOf = (match: CallerMatch): Readonly<Record<string, string>> =>
  match.kind === 'prefix' ? { prefix: match.prefix } : {}

/** @example clockOf(485) // '08:05' */
const clockOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

function fits(match: CallerMatch, caller: FlowCaller, world: FlowWorld): boolean {
  switch (match.kind) {
    case 'withheld':
      return caller.number === ''
    case 'internal':
      return caller.isInternal
    case 'contact':
      return world.isContact()
    case 'prefix':
      return caller.number.startsWith(match.prefix)
  }
}

/** Letters of any case are the same. What is no number is neither over nor under one. */
function holds({ variable, test, value }: FlowNodeOf<'variable'>, variables: Variables): boolean {
  const is = valueOf(variables, variable)
  const [left, right] = [is.trim().toLowerCase(), fill(value, variables).trim().toLowerCase()]
  switch (test) {
    case 'is':
      return left === right
    case 'isNot':
      return left !== right
    case 'beginsWith':
      return left.startsWith(right)
    case 'contains':
      return left.includes(right)
    case 'isSet':
      return left !== ''
    case 'isOver':
      return left !== '' && right !== '' && Number(left) > Number(right)
    case 'isUnder':
      return left !== '' && right !== '' && Number(left) < Number(right)
  }
}

/** Variables of every call, at a moment. */
export function givenAt(flow: CompiledFlow, nowMs: number, variables: Variables): Variables {
  const local = localTime(flow.timeZone, nowMs)
  return { ...variables, date: local.date, time: clockOf(local.minutes) }
}

/** One more variable. */
export const withValue = (variables: Variables, name: string, value: string): Variables => ({
  ...variables,
  [name]: asValue(value),
})
