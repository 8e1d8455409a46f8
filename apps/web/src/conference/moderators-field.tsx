import { MembersField } from '../admin/numbers/members-field.tsx'
import { useUsers } from '../admin/use-company.ts'
import { Select } from '../look/index.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import type { RoomDraft } from './room-draft.ts'

const nobody = '-'

/** Whose room it is, and who leads it besides; for administrators, who know everybody. */
export function ModeratorsField({
  draft,
  set,
}: {
  readonly draft: RoomDraft
  readonly set: (change: Partial<RoomDraft>) => void
}) {
  const { conference: texts } = useWords()
  const format = useFormat()
  const people = [...(useUsers().items ?? [])].sort((a, b) => format.compare(a.displayName, b.displayName))
  return (
    <>
      <Select
        label={texts.owner}
        value={draft.ownerId ?? nobody}
        onChange={(id) => set({ ownerId: id === nobody ? undefined : id })}
        choices={[
          { id: nobody, label: texts.ofCompany },
          ...people.map(({ id, displayName }) => ({ id, label: displayName })),
        ]}
      />
      <details>
        <summary>{texts.moderators(draft.moderatorIds.length)}</summary>
        <MembersField
          people={people.filter(({ id }) => id !== draft.ownerId)}
          members={draft.moderatorIds.filter((id) => id !== draft.ownerId)}
          onChange={(moderatorIds) => set({ moderatorIds })}
        />
      </details>
    </>
  )
}
