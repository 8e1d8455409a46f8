import { Cover, type Interval } from './intervals.ts'
import type { Member } from './member.ts'

/** Many members, asked one by one without looking at all of them each time. */
export class MemberSet {
  readonly #covers = new Map<Member['space'], Cover>()
  /** Texts as they stand; wildcards too. */
  readonly #texts = new Set<string>()
  /** Every zone above a name: `example.com` and `com` of `a.example.com`. */
  readonly #zones = new Set<string>()

  constructor(members: readonly Member[]) {
    const intervals = new Map<Member['space'], Interval[]>()
    for (const { space, interval } of members) {
      if (!interval) continue
      const known = intervals.get(space)
      if (known) known.push(interval)
      else intervals.set(space, [interval])
    }
    for (const [space, all] of intervals) this.#covers.set(space, new Cover(all))
    for (const { space, text, interval } of members) {
      if (interval) continue
      this.#texts.add(`${space} ${text}`)
      if (space === 'name') for (const zone of zonesOf(text)) this.#zones.add(zone)
    }
  }

  /** Whether all of it is in the set: a name under a wildcard too. */
  holds(member: Member): boolean {
    if (member.interval) return this.#outside(member.space, member.interval).next().done === true
    return this.#hasText(member)
  }

  /** Whether the set has something of it: a name under it, if it is a wildcard. */
  touches(member: Member): boolean {
    if (member.interval) return this.#covers.get(member.space)?.touches(member.interval) ?? false
    return this.#hasText(member) || (member.text.startsWith('*.') && this.#zones.has(member.text.slice(2)))
  }

  /** What of it is not in the set. */
  *rest(member: Member): Generator<Member> {
    if (!member.interval) {
      if (!this.#hasText(member)) yield member
      return
    }
    for (const interval of this.#outside(member.space, member.interval)) yield { ...member, interval }
  }

  #hasText({ space, text }: Member): boolean {
    if (this.#texts.has(`${space} ${text}`)) return true
    return space === 'name' && zonesOf(text).some((zone) => this.#texts.has(`name *.${zone}`))
  }

  #outside(space: Member['space'], interval: Interval): Generator<Interval> {
    return (this.#covers.get(space) ?? nothing).outside(interval)
  }
}

const nothing = new Cover([])

/** Zones above a name, nearest first. */
function zonesOf(name: string): readonly string[] {
  const labels = name.split('.')
  return labels.slice(1).map((_, index) => labels.slice(index + 1).join('.'))
}
