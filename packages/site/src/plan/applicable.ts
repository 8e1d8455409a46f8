import type { Catalogue } from '../catalogue/catalogue.ts'
import { type Condition, type Facts, factsOf, isMet } from '../catalogue/condition.ts'
import type { Requirement } from '../catalogue/requirement.ts'
import { siteFacts } from '../profile/site-facts.ts'
import type { SiteProfile } from '../profile/site-profile.ts'
import { windowOn } from './source-day.ts'

/** Whether a requirement counts for a site, and what of the site decided it. */
export interface Applicability {
  readonly requirementId: string
  readonly applies: boolean
  /** `always`; `facts`: the condition looked at them; `retired`: its time is over. */
  readonly because: 'always' | 'facts' | 'retired'
  /** The facts that the condition looks at, with what the site answers; a fact that is not known is false. */
  readonly facts: readonly { readonly fact: string; readonly value: boolean | number | string }[]
}

/** Of every requirement whether and why it applies, in the catalogue's order. */
export function judgeApplicability(
  catalogue: Catalogue,
  profile: SiteProfile,
  { today }: { readonly today: string },
): readonly Applicability[] {
  const facts = siteFacts(profile)
  return catalogue.requirements.map(({ id, appliesWhen, window }) => {
    const looked = factsLookedAt(appliesWhen, facts)
    if (!windowOn(window, today)) return { requirementId: id, applies: false, because: 'retired', facts: looked }
    if (appliesWhen === 'always') return { requirementId: id, applies: true, because: 'always', facts: [] }
    return { requirementId: id, applies: isMet(appliesWhen, facts), because: 'facts', facts: looked }
  })
}

const factsLookedAt = (condition: Condition, facts: Facts): Applicability['facts'] =>
  factsOf(condition).map((fact) => ({ fact, value: Object.hasOwn(facts, fact) ? (facts[fact] ?? false) : false }))

/** Requirements that count for this site on this day, in the catalogue's order. */
export function applicableRequirements(
  catalogue: Catalogue,
  profile: SiteProfile,
  { today }: { readonly today: string },
): readonly Requirement[] {
  const facts = siteFacts(profile)
  return catalogue.requirements.filter(
    ({ appliesWhen, window }) => isMet(appliesWhen, facts) && windowOn(window, today) !== undefined,
  )
}
