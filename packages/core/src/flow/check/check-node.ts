import type { Flow, FlowNode, FlowNodeOf, FlowSound } from '../flow.ts'
import { countriesWithHolidays, regionsOf } from '../holiday-library.ts'
import { minutesOf } from '../schedule.ts'
import { variablesIn } from '../template.ts'
import type { CheckSurroundings, Finding, FindingCode } from './finding.ts'
import { nodeFinding } from './node-finding.ts'

/** What is the matter with one node by itself. */
export function checkNode(node: FlowNode, flow: Flow, around: CheckSurroundings): Finding[] {
  const error = (code: FindingCode, params?: Finding['params']) => nodeFinding('error', code, node, params)
  const warning = (code: FindingCode, params?: Finding['params']) => nodeFinding('warning', code, node, params)
  const user = (userId: string): Finding[] => (around.hasUser(userId) ? [] : [error('user-unknown', { userId })])
  const sounds = (say: readonly FlowSound[]): Finding[] => say.flatMap((sound) => checkSound(sound, node, flow, around))
  const overStay = (seconds: number): Finding[] =>
    seconds > flow.mostStaySeconds ? [warning('wait-over-stay', { seconds, most: flow.mostStaySeconds })] : []
  switch (node.kind) {
    case 'time':
      return checkSchedule(node)
    case 'holiday':
      return checkHoliday(node)
    case 'presence':
      return user(node.userId)
    case 'caller': {
      if (node.matches.length === 0) return [error('caller-empty')]
      return node.matches.flatMap((match) =>
        match.kind === 'prefix' && /^0\d{3,}/.test(match.prefix)
          ? [warning('prefix-national', { prefix: match.prefix })]
          : [],
      )
    }
    case 'lookup':
      return checkUrl(node, around)
    case 'webhook':
      return checkUrl(node, around)
    case 'announce':
      return node.say.length === 0 ? [error('nothing-said')] : sounds(node.say)
    case 'menu':
      return [
        ...(node.say.length === 0 ? [warning('nothing-said')] : []),
        ...(node.keys === '' ? [error('keys-missing')] : []),
        ...sounds([...node.say, ...(node.sayAgain ?? [])]),
        ...overStay(node.tries * node.waitSeconds),
      ]
    case 'collect':
      return [
        ...(node.say.length === 0 ? [warning('nothing-said')] : []),
        ...(node.least > node.most ? [error('least-over-most', { least: node.least, most: node.most })] : []),
        ...sounds(node.say),
        ...overStay(node.tries * node.waitSeconds),
      ]
    case 'ring':
      return [
        ...(node.target.kind === 'user' ? user(node.target.userId) : checkNumber(node, node.target.number, around)),
        ...(node.ringSeconds > 60 ? [warning('rings-long', { seconds: node.ringSeconds })] : []),
        ...overStay(node.ringSeconds),
      ]
    case 'queue':
      return checkNumber(node, node.number, around)
    case 'voicemail':
      return node.box.kind === 'user' ? user(node.box.userId) : checkNumber(node, node.box.number, around)
    case 'forward':
      return [
        ...(variablesIn(node.to).length > 0 ? [] : checkNumber(node, node.to, around)),
        ...(node.asUserId === undefined ? [] : user(node.asUserId)),
        ...(node.ringSeconds > 60 ? [warning('rings-long', { seconds: node.ringSeconds })] : []),
        ...overStay(node.ringSeconds),
      ]
    default:
      return []
  }
}

function checkSound(sound: FlowSound, node: FlowNode, flow: Flow, around: CheckSurroundings): Finding[] {
  if (sound.kind === 'prompt')
    return around.hasPrompt(sound.name) ? [] : [nodeFinding('error', 'prompt-missing', node, { prompt: sound.name })]
  if (sound.kind !== 'sound') return []
  const lengthMs = around.soundMs(sound.soundId)
  if (lengthMs === undefined) return [nodeFinding('error', 'sound-missing', node)]
  const seconds = Math.round(lengthMs / 1000)
  return seconds > flow.mostStaySeconds
    ? [nodeFinding('warning', 'sound-over-stay', node, { seconds, most: flow.mostStaySeconds })]
    : []
}

function checkSchedule(node: FlowNodeOf<'time'>): Finding[] {
  const real = node.open.filter(({ days }) => days.length > 0)
  if (real.length === 0) return [nodeFinding('error', 'schedule-empty', node)]
  const coversDay = (day: number) =>
    real.some(({ days, from, to }) => days.includes(day) && minutesOf(from) === 0 && minutesOf(to) === 24 * 60)
  return [
    ...(real.length < node.open.length ? [nodeFinding('warning', 'period-without-days', node)] : []),
    ...([1, 2, 3, 4, 5, 6, 7].every(coversDay) ? [nodeFinding('warning', 'schedule-full', node)] : []),
  ]
}

function checkHoliday(node: FlowNodeOf<'holiday'>): Finding[] {
  const { country, region, kinds, ownDays } = node
  const findings: Finding[] = []
  if ((country === undefined || kinds.length === 0) && ownDays.length === 0)
    findings.push(nodeFinding('error', 'holiday-empty', node))
  if (country !== undefined && !countriesWithHolidays('en').some(({ code }) => code === country))
    findings.push(nodeFinding('error', 'country-unknown', node, { country }))
  else if (
    country !== undefined &&
    region !== undefined &&
    !regionsOf(country, 'en').some(({ code }) => code === region)
  )
    findings.push(nodeFinding('error', 'region-unknown', node, { country, region }))
  for (const { day, until } of ownDays)
    for (const date of [day, ...(until === undefined ? [] : [until])])
      if (!isDay(date)) findings.push(nodeFinding('error', 'day-impossible', node, { day: date }))
  return findings
}

/** @example isDay('02-30') // false */
function isDay(text: string): boolean {
  const date = text.length === 5 ? `2024-${text}` : text
  const time = Date.parse(`${date}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date)
}

function checkNumber(
  node: FlowNodeOf<'ring' | 'queue' | 'voicemail' | 'forward'>,
  number: string,
  around: CheckSurroundings,
): Finding[] {
  const reached = around.numberKind(number)
  const found = (severity: Finding['severity'], code: FindingCode) => [nodeFinding(severity, code, node, { number })]
  if (reached.kind === 'flow' && reached.flowId !== undefined && reached.flowId === around.flowId)
    return found('error', 'leads-to-itself')
  if (reached.kind === 'unknown') return found('error', 'number-unknown')
  if (reached.kind === 'emergency') return found('error', 'number-emergency')
  switch (node.kind) {
    case 'queue':
      return reached.kind === 'queue' ? [] : found('error', 'not-a-queue')
    case 'voicemail':
      return reached.kind === 'voicemail' || reached.kind === 'people' ? [] : found('error', 'not-a-mailbox')
    case 'ring':
      return reached.kind === 'outside' ? found('error', 'number-outside') : []
    case 'forward':
      return reached.kind === 'outside' && node.asUserId === undefined ? found('warning', 'number-outside') : []
  }
}

function checkUrl(node: FlowNodeOf<'lookup' | 'webhook'>, around: CheckSurroundings): Finding[] {
  const bare = node.url.replace(/\{[a-zA-Z][a-zA-Z0-9_]*\}/g, 'x')
  if (!URL.canParse(bare) || !/^https?:$/.test(new URL(bare).protocol)) return [nodeFinding('error', 'url-wrong', node)]
  const { username, password, host } = new URL(bare)
  if (username !== '' || password !== '') return [nodeFinding('error', 'url-wrong', node)]
  // A caller must not choose to which server we turn.
  const place = /^[a-z]+:\/\/([^/?#]*)/i.exec(node.url)?.[1] ?? ''
  if (variablesIn(place).length > 0) return [nodeFinding('error', 'url-host-variable', node)]
  if (node.credential === undefined) return []
  const kept = around.credentialHost(node.credential)
  const params = { credential: node.credential, host }
  if (kept === undefined) return [nodeFinding('error', 'credential-unknown', node, params)]
  return kept === host ? [] : [nodeFinding('error', 'credential-elsewhere', node, { ...params, kept })]
}
