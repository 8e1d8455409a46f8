import type { Catalogue } from '../catalogue/catalogue.ts'
import { type CatalogueChange, steps } from './catalogue-change.ts'

/** Options, and choices of options, that came or went: a function that is gone concerns everybody who uses it. */
export function optionChanges(before: Catalogue, after: Catalogue): readonly CatalogueChange[] {
  const [old, now] = [labelsOf(before), labelsOf(after)]
  const changes: CatalogueChange[] = []
  for (const [id, label] of old)
    if (isOnlyHere(id, old, now)) changes.push(toChange(id, label, 'removed', after.publishedAt))
  for (const [id, label] of now)
    if (isOnlyHere(id, now, old)) changes.push(toChange(id, label, 'added', after.publishedAt))
  return changes
}

/** In one and not in the other; a choice counts for itself only if its option is in both. */
const isOnlyHere = (id: string, here: ReadonlyMap<string, string>, there: ReadonlyMap<string, string>): boolean =>
  here.has(id) && !there.has(id) && (!id.includes('=') || there.has(id.slice(0, id.indexOf('='))))

function labelsOf({ options }: Catalogue): ReadonlyMap<string, string> {
  const labels = new Map<string, string>()
  for (const { id, label, choices = [] } of options) {
    labels.set(id, label)
    for (const choice of choices) labels.set(`${id}=${choice.id}`, `${label}: ${choice.label}`)
  }
  return labels
}

function toChange(id: string, title: string, effect: 'added' | 'removed', by: string): CatalogueChange {
  const isGone = effect === 'removed'
  return {
    id: `option.${id}|option`,
    title,
    kind: 'option',
    responsible: 'customer',
    disposition: isGone ? 'remove' : 'add',
    effect,
    element: 'option',
    field: id,
    step: isGone ? steps.change : steps.know,
    ...(isGone && { openBefore: by }),
    by,
    atOnce: true,
    impact: { key: isGone ? 'optionGone' : 'optionNew', values: { by } },
  }
}
