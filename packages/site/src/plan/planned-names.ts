import { requirementsOf } from '../catalogue/catalogue.ts'
import type { Requirement } from '../catalogue/requirement.ts'
import type { Opening } from './opening.ts'
import type { PlannedName } from './site-plan.ts'

/** Names that the site's machines look up or the customer publishes: those that the catalogue asks for, then those that openings lead to. */
export function plannedNames(
  requirements: readonly Requirement[],
  openings: readonly Opening[],
): readonly PlannedName[] {
  const found = new Map<string, PlannedName>()
  const add = (one: PlannedName): void => {
    const key = JSON.stringify([one.name.toLowerCase(), one.duty])
    const known = found.get(key)
    found.set(
      key,
      known
        ? {
            ...known,
            records: [...new Set([...known.records, ...one.records])],
            subdomains: known.subdomains || one.subdomains,
            requirementIds: [...new Set([...known.requirementIds, ...one.requirementIds])],
          }
        : one,
    )
  }
  for (const { id, body } of requirementsOf(requirements, 'dns'))
    for (const name of body.names)
      add({ name, duty: body.duty, records: body.records, subdomains: body.subdomains === true, requirementIds: [id] })
  for (const { direction, to, requirementIds } of openings)
    for (const name of direction === 'in' ? [] : to.names)
      add({ name, duty: 'resolve', records: [], subdomains: name.startsWith('*.'), requirementIds })
  return [...found.values()]
}
