import type { Centre } from './centre.ts'
import { type CentreSection, type CentreThing, centreSections, idOfThing, nameOfThing } from './centre-things.ts'

/** A thing that two people have changed, each otherwise. */
export interface CentreConflict {
  readonly section: CentreSection | 'screenPop'
  readonly id: string
  /** As people call it; absent for agents, and where there is only one. */
  readonly name?: string
}

export interface RebasedCentre {
  readonly centre: Centre
  /** Where both changed the same; `centre` has it as in the draft. */
  readonly conflicts: readonly CentreConflict[]
}

type Fields = Readonly<Record<string, unknown>>

/**
 * Puts what was published in the meantime into a draft: whatever only one side has changed is as that side has it, field by field of each
 * thing. Where both changed the same field, or one took away what the other changed, the draft wins and it is told.
 * @param base what the draft was begun on
 */
export function rebaseCentre(base: Centre, draft: Centre, published: Centre): RebasedCentre {
  const conflicts: CentreConflict[] = []
  const centre: Record<string, unknown> = {}
  for (const section of centreSections)
    centre[section] = rebaseList(section, base[section], draft[section], published[section], conflicts)
  const pop = rebaseField(base.screenPop, draft.screenPop, published.screenPop)
  if (pop.isConflict) conflicts.push({ section: 'screenPop', id: 'screenPop' })
  return {
    centre: { ...(centre as unknown as Centre), ...(pop.value === undefined ? {} : { screenPop: pop.value }) },
    conflicts,
  }
}

function rebaseList(
  section: CentreSection,
  base: readonly CentreThing[],
  draft: readonly CentreThing[],
  published: readonly CentreThing[],
  conflicts: CentreConflict[],
): readonly CentreThing[] {
  const [was, mine, theirs] = [byId(base), byId(draft), byId(published)]
  const ids = [...new Set([...theirs.keys(), ...mine.keys()])]
  return ids.flatMap((id) => {
    const [before, own, other] = [was.get(id), mine.get(id), theirs.get(id)]
    const thing = own ?? other!
    const name = nameOfThing(thing)
    const conflict = { section, id, ...(name === undefined ? {} : { name }) }
    if (!own || !other || !before) {
      const { value, isConflict } = rebaseField(before, own, other)
      if (isConflict) conflicts.push(conflict)
      return value === undefined ? [] : [value]
    }
    const { value, isConflict } = rebaseThing(before, own, other)
    if (isConflict) conflicts.push(conflict)
    return [value]
  })
}

function rebaseThing(base: CentreThing, draft: CentreThing, published: CentreThing) {
  const [was, mine, theirs] = [base, draft, published] as unknown as readonly [Fields, Fields, Fields]
  const merged: Record<string, unknown> = {}
  let isConflict = false
  for (const field of new Set([...Object.keys(theirs), ...Object.keys(mine)])) {
    const rebased = rebaseField(was[field], mine[field], theirs[field])
    if (rebased.value !== undefined) merged[field] = rebased.value
    isConflict ||= rebased.isConflict
  }
  return { value: merged as unknown as CentreThing, isConflict }
}

/** Which of three values holds; undefined is one too: it is not there. */
function rebaseField<T>(base: T, draft: T, published: T): { readonly value: T; readonly isConflict: boolean } {
  if (isSame(draft, published) || isSame(base, published)) return { value: draft, isConflict: false }
  if (isSame(base, draft)) return { value: published, isConflict: false }
  return { value: draft, isConflict: true }
}

/** Equal in what they hold, in whatever order their fields are; absent and undefined are the same. Of plain JSON. */
export function isSame(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false
  if (Array.isArray(left) || Array.isArray(right))
    return (
      Array.isArray(left) &&
      Array.isArray(right) &&
      left.length === right.length &&
      left.every((each, at) => isSame(each, right[at]))
    )
  const [one, other] = [left as Fields, right as Fields]
  for (const key in one) if (!isSame(one[key], other[key])) return false
  for (const key in other) if (other[key] !== undefined && !(key in one)) return false
  return true
}

const byId = (things: readonly CentreThing[]): ReadonlyMap<string, CentreThing> =>
  new Map(things.map((thing) => [idOfThing(thing), thing]))
