import type { Facts } from '../catalogue/condition.ts'
import { clientKinds, type SiteProfile } from './site-profile.ts'

/**
 * What conditions may ask of a site: `people.<kind>`, `people.total` (agents too), `agents`, `connection`, `proxy`,
 * `firewall` (`stateful` or `stateless`), and `option.<id>`. Agents count among the people of their client.
 */
export function siteFacts(profile: SiteProfile): Facts {
  const facts: Record<string, boolean | number | string> = {}
  let total = 0
  for (const kind of clientKinds) {
    const agents = profile.agents?.client === kind ? profile.agents.loggedOn : 0
    const count = (profile.people[kind] ?? 0) + agents
    facts[`people.${kind}`] = count
    total += count
  }
  facts['people.total'] = total
  facts['agents'] = profile.agents?.loggedOn ?? 0
  facts['connection'] = profile.connection
  facts['proxy'] = profile.proxy ?? 'none'
  facts['firewall'] = profile.networks?.stateful === false ? 'stateless' : 'stateful'
  for (const [id, value] of Object.entries(profile.options ?? {})) facts[`option.${id}`] = value
  return facts
}
