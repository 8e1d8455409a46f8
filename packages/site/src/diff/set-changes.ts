import type { SourceDate } from '../catalogue/requirement.ts'
import type { Effect } from './catalogue-change.ts'
import { overlap } from './intervals.ts'
import type { Member } from './member.ts'
import { MemberSet } from './member-set.ts'

/** How one member of a set changed. */
export interface SetChange {
  readonly element: 'address' | 'name' | 'port' | 'date'
  readonly effect: Effect
  readonly before?: string
  readonly after?: string
  readonly effective?: SourceDate
  readonly retired?: SourceDate
  /** What exactly went, of what was removed or narrowed. */
  readonly gone?: () => Iterable<Member>
}

/** Neighbours that a text names; more are counted by three dots. */
const mostNamed = 10

/** What came, went, grew, shrank or got another date, in the order of the newer set and then of the older. */
export function setChanges(before: readonly Member[], after: readonly Member[]): readonly SetChange[] {
  const [old, now] = [new MemberSet(before), new MemberSet(after)]
  const byText = new Map(before.map((member) => [`${member.space} ${member.text}`, member]))
  const changes: SetChange[] = []
  for (const member of after) {
    const same = byText.get(`${member.space} ${member.text}`)
    if (same) {
      changes.push(...dateChanges(same, member))
      continue
    }
    if (old.holds(member)) continue
    const isWider = old.touches(member)
    changes.push({
      element: elementOf(member),
      effect: isWider ? 'widened' : 'added',
      ...(isWider && { before: neighbours(member, before) }),
      after: member.text,
      ...(member.window?.effective !== undefined && { effective: member.window.effective }),
    })
  }
  for (const member of before) {
    if (now.holds(member)) continue
    const isNarrower = now.touches(member)
    changes.push({
      element: elementOf(member),
      effect: isNarrower ? 'narrowed' : 'removed',
      before: member.text,
      ...(isNarrower && { after: neighbours(member, after) }),
      ...(member.window?.retired !== undefined && { retired: member.window.retired }),
      gone: () => now.rest(member),
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
    changes.push({
      element: elementOf(after),
      effect: 'removed',
      before: after.text,
      retired,
      gone: () => [after],
    })
  return changes
}

const elementOf = ({ space }: Member): 'address' | 'name' | 'port' =>
  space === 'port' ? 'port' : space === 'name' ? 'name' : 'address'

/** Those of the other set that it has something in common with. */
function neighbours(member: Member, among: readonly Member[]): string {
  const texts: string[] = []
  for (const one of among) {
    if (one.space !== member.space || !hasInCommon(one, member)) continue
    if (texts.length === mostNamed) return `${texts.join(', ')}, …`
    texts.push(one.text)
  }
  return texts.join(', ')
}

const hasInCommon = (a: Member, b: Member): boolean =>
  a.interval && b.interval ? overlap(a.interval, b.interval) : isNameIn(a.text, b.text) || isNameIn(b.text, a.text)

/** `*.example.com` stands for every name under it. */
const isNameIn = (name: string, pattern: string): boolean =>
  name === pattern || (pattern.startsWith('*.') && name.endsWith(pattern.slice(1)))
