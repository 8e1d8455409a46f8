import type { Address, Ports, SourceDate, Window } from '../catalogue/requirement.ts'
import { type IpRange, readIpRange } from '../net/ip-range.ts'
import type { Effect } from './catalogue-change.ts'
import { type Interval, overlap, without } from './intervals.ts'

/** One thing of a set as text, with what it holds. Members of different `space`s (IPv4, IPv6, ports) never overlap. */
export interface Member {
  readonly text: string
  readonly space: string
  readonly interval?: Interval
  readonly window?: Window
}

/** How one member of a set changed. */
export interface SetChange {
  readonly element: 'address' | 'name' | 'port' | 'date'
  readonly effect: Effect
  readonly before?: string
  readonly after?: string
  readonly effective?: SourceDate
  readonly retired?: SourceDate
  /** What exactly went, of what was removed or narrowed. */
  readonly gone?: readonly Member[]
}

/** Networks and names of one end of a flow. What is no readable network counts by its text. */
export const addressMembers = (addresses: readonly Address[]): readonly Member[] =>
  addresses.flatMap(({ network, name, window }) => {
    const members: Member[] = []
    if (name !== undefined) members.push({ text: name.toLowerCase(), space: 'name', ...(window && { window }) })
    if (network !== undefined) {
      const range: IpRange | undefined = readIpRange(network)
      members.push({
        text: network,
        space: range ? `ip${range.family}` : 'unread',
        ...(range && { interval: range }),
        ...(window && { window }),
      })
    }
    return members
  })

/** Port ranges. */
export const portMembers = (ports: readonly Ports[]): readonly Member[] =>
  ports.map(({ from, to, window }) => ({
    text: from === to ? String(from) : `${from}-${to}`,
    space: 'port',
    interval: { first: BigInt(from), last: BigInt(to) },
    ...(window && { window }),
  }))

/** What came, went, grew, shrank or got another date, in the order of the newer set and then of the older. */
export function setChanges(before: readonly Member[], after: readonly Member[]): readonly SetChange[] {
  const changes: SetChange[] = []
  for (const member of after) {
    const same = before.find((one) => one.space === member.space && one.text === member.text)
    if (same) {
      changes.push(...dateChanges(same, member))
      continue
    }
    const known = touching(member, before)
    if (isHeld(member, before)) continue
    changes.push({
      element: elementOf(member),
      effect: known.length > 0 ? 'widened' : 'added',
      ...(known.length > 0 && { before: textOf(known) }),
      after: member.text,
      ...(member.window?.effective !== undefined && { effective: member.window.effective }),
    })
  }
  for (const member of before) {
    if (isHeld(member, after)) continue
    const left = touching(member, after)
    const gone = member.interval
      ? without(member.interval, intervalsOf(member, after)).map((interval) => ({ ...member, interval }))
      : [member]
    changes.push({
      element: elementOf(member),
      effect: left.length > 0 ? 'narrowed' : 'removed',
      before: member.text,
      gone,
      ...(left.length > 0 && { after: textOf(left) }),
      ...(member.window?.retired !== undefined && { retired: member.window.retired }),
    })
  }
  return changes
}

function dateChanges(before: Member, after: Member): readonly SetChange[] {
  const changes: SetChange[] = []
  const { effective, retired } = after.window ?? {}
  if (effective !== before.window?.effective)
    changes.push({
      element: 'date',
      effect: 'changed',
      ...(before.window?.effective !== undefined && { before: `${after.text} (${before.window.effective})` }),
      after: effective === undefined ? after.text : `${after.text} (${effective})`,
      ...(effective !== undefined && { effective }),
    })
  if (retired !== undefined && retired !== before.window?.retired)
    changes.push({ element: elementOf(after), effect: 'removed', before: after.text, retired, gone: [after] })
  return changes
}

const elementOf = ({ space }: Member): 'address' | 'name' | 'port' =>
  space === 'port' ? 'port' : space === 'name' ? 'name' : 'address'

const textOf = (members: readonly Member[]): string => members.map(({ text }) => text).join(', ')

/** Those of a set that have something in common with a member. */
export const touching = (member: Member, among: readonly Member[]): readonly Member[] =>
  among.filter((one) => {
    if (one.space !== member.space) return false
    if (one.interval && member.interval) return overlap(one.interval, member.interval)
    return isSameName(one.text, member.text)
  })

function isHeld(member: Member, by: readonly Member[]): boolean {
  if (!member.interval) return by.some((one) => one.space === member.space && isNameIn(member.text, one.text))
  return without(member.interval, intervalsOf(member, by)).length === 0
}

const intervalsOf = ({ space }: Member, among: readonly Member[]): readonly Interval[] =>
  among.flatMap((one) => (one.space === space && one.interval ? [one.interval] : []))

/** `*.example.com` stands for every name under it. */
const isNameIn = (name: string, pattern: string): boolean =>
  name === pattern || (pattern.startsWith('*.') && name.endsWith(pattern.slice(1)))
const isSameName = (a: string, b: string): boolean => isNameIn(a, b) || isNameIn(b, a)
