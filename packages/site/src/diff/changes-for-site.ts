import type { Catalogue } from '../catalogue/catalogue.ts'
import { type Condition, type Facts, isMet } from '../catalogue/condition.ts'
import type { CatalogueChange } from './catalogue-change.ts'

/**
 * Those changes that concern one site: their requirement applies to it in either version, or they are about an option
 * that it uses. In the order of the changes.
 */
export function changesForSite(
  changes: readonly CatalogueChange[],
  { before, after }: { readonly before: Catalogue; readonly after: Catalogue },
  facts: Facts,
): readonly CatalogueChange[] {
  const conditions = new Map<string, Condition[]>()
  for (const { id, appliesWhen } of [...before.requirements, ...after.requirements])
    conditions.set(id, [...(conditions.get(id) ?? []), appliesWhen])
  return changes.filter(({ requirementId, field }) =>
    requirementId === undefined
      ? usesOption(field ?? '', facts)
      : (conditions.get(requirementId) ?? []).some((condition) => isMet(condition, facts)),
  )
}

/** `teams`, or one choice of it as `teams=voice`; somebody who chose none does not use it. */
function usesOption(field: string, facts: Facts): boolean {
  const [option, choice] = field.split('=')
  const value = facts[`option.${option}`]
  return choice === undefined ? Boolean(value) && value !== 'none' : value === choice
}
