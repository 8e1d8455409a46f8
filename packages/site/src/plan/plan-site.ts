import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Facts } from '../catalogue/condition.ts'
import type { Requirement } from '../catalogue/requirement.ts'
import { siteFacts } from '../profile/site-facts.ts'
import type { SiteProfile } from '../profile/site-profile.ts'
import { applicableRequirements, judgeApplicability } from './applicable.ts'
import { askedDuties, askedEquipment, askedUnsupported } from './asked.ts'
import { makeCalendar } from './calendar.ts'
import { makeOpenings } from './make-openings.ts'
import { planBandwidth } from './plan-bandwidth.ts'
import { planLicences } from './plan-licences.ts'
import { planLimits, planMachines } from './plan-machines.ts'
import { plannedNames } from './planned-names.ts'
import { planRemarks } from './plan-remarks.ts'
import { planAgents, planLines } from './plan-traffic.ts'
import { type Contradiction, planFormat, type SitePlan } from './site-plan.ts'

/**
 * Everything that a site needs, by one version of one catalogue. Pure: equal catalogues, profiles and days give equal plans,
 * whatever the order of the profile's fields.
 * @param today day, `2026-03-15`
 */
export function planSite(catalogue: Catalogue, profile: SiteProfile, { today }: { readonly today: string }): SitePlan {
  const requirements = applicableRequirements(catalogue, profile, { today })
  const facts = quantities(profile)
  const openings = makeOpenings(catalogue, profile, { today })
  const bandwidth = planBandwidth(requirements, profile, catalogue.places)
  const lines = planLines(profile)
  const agents = planAgents(profile)
  const parts = { openings, bandwidth, ...(lines && { lines }), ...(agents && { agents }) }
  return {
    format: planFormat,
    site: profile.name,
    catalogue: {
      id: catalogue.id,
      version: catalogue.version,
      title: catalogue.title,
      language: catalogue.language,
    },
    today,
    applicability: judgeApplicability(catalogue, profile, { today }),
    ...parts,
    names: plannedNames(requirements, openings),
    machines: planMachines(requirements, facts),
    limits: planLimits(requirements, facts),
    licences: planLicences(requirements, facts),
    calendar: makeCalendar(requirements, profile, openings, { places: catalogue.places, today }),
    equipment: askedEquipment(requirements),
    duties: askedDuties(requirements),
    unsupported: askedUnsupported(requirements),
    contradictions: contradictionsOf(requirements),
    remarks: planRemarks(catalogue, profile, parts),
  }
}

/** Facts that sizes are counted by: those of conditions, and the calls of the busiest hour where they are told. */
function quantities(profile: SiteProfile): Facts {
  const { externalCallsPerHour, agentCallsPerHour } = profile.traffic ?? {}
  const isTold = externalCallsPerHour !== undefined || agentCallsPerHour !== undefined
  return {
    ...siteFacts(profile),
    ...(isTold && { 'traffic.callsPerHour': (externalCallsPerHour ?? 0) + (agentCallsPerHour ?? 0) }),
  }
}

const contradictionsOf = (requirements: readonly Requirement[]): readonly Contradiction[] =>
  requirements.flatMap(({ id, title, conflict, conflictsWith = [], body }) =>
    conflict === undefined
      ? []
      : [
          {
            requirementId: id,
            title,
            conflict,
            with: conflictsWith,
            touchesFigures: body.kind === 'bandwidth' || body.kind === 'sizing',
          },
        ],
  )
