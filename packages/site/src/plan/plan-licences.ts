import { requirementsOf } from '../catalogue/catalogue.ts'
import type { Facts } from '../catalogue/condition.ts'
import type { LicenceBody, Requirement } from '../catalogue/requirement.ts'

/** Licences for one use, with the ways to have them. */
export interface LicencePlan {
  readonly requirementId: string
  readonly for: string
  /** Each list is one way; all of its names are needed, `count` of each. */
  readonly anyOf: readonly (readonly string[])[]
  readonly per: LicenceBody['per']
  /** Absent where the site's answers do not tell. */
  readonly count?: number
  readonly with: readonly string[]
  readonly notWith: readonly string[]
  readonly level: Requirement['level']
}

const factOfPer = { user: 'people.total', agent: 'agents', device: undefined, channel: undefined, site: undefined }

/** Licences that the site needs, with their counts. */
export const planLicences = (requirements: readonly Requirement[], facts: Facts): readonly LicencePlan[] =>
  requirementsOf(requirements, 'licence').map(({ id, level, body }) => {
    const fact = body.fact ?? factOfPer[body.per]
    const value = fact !== undefined && Object.hasOwn(facts, fact) ? facts[fact] : undefined
    const count = body.per === 'site' ? 1 : typeof value === 'number' ? value : undefined
    return {
      requirementId: id,
      for: body.for,
      anyOf: body.anyOf,
      per: body.per,
      ...(count !== undefined && { count }),
      with: body.with ?? [],
      notWith: body.notWith ?? [],
      level,
    }
  })
