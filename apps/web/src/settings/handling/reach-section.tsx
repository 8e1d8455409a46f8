import { AssistantsCard } from './assistants-card.tsx'
import { GroupsCard } from './groups-card.tsx'
import { ProfilesCard } from './profiles-card.tsx'
import { RulesCard } from './rules-card.tsx'
import { ShortDialsCard } from './short-dials-card.tsx'

/** How calls find me: profiles, rules, assistants, groups; and my short dials. */
export function Section() {
  return (
    <>
      <ProfilesCard />
      <RulesCard />
      <AssistantsCard />
      <GroupsCard />
      <ShortDialsCard />
    </>
  )
}
