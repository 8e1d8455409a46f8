import { Checkbox, IconButton, SortableList } from '../../look/index.ts'
import { useWords } from '../../words/use-words.ts'
import type { User } from '../use-company.ts'
import css from './number-dialog.module.css'

/** Who belongs to it, in an order. */
export function MembersField({
  people,
  members,
  onChange,
}: {
  readonly people: readonly User[]
  readonly members: readonly string[]
  readonly onChange: (members: readonly string[]) => void
}) {
  const { admin, shell } = useWords()
  const nameOf = new Map(people.map(({ id, displayName }) => [id, displayName]))
  const rows = members.map((id) => ({ id, name: nameOf.get(id) ?? id }))
  const without = (id: string) => members.filter((member) => member !== id)
  return (
    <>
      {rows.length > 1 && (
        <div className={css.chosen}>
          <SortableList
            label={admin.numbers.membersInOrder}
            rows={rows}
            textOf={({ name }) => name}
            handleLabel={({ name }) => admin.numbers.move(name)}
            onOrder={onChange}
            row={({ id, name }) => (
              <>
                <span className={css.member}>{name}</span>
                <IconButton
                  icon="close"
                  size="small"
                  label={`${shell.remove}: ${name}`}
                  onPress={() => onChange(without(id))}
                />
              </>
            )}
          />
        </div>
      )}
      <fieldset className={css.members}>
        <legend>{admin.numbers.members}</legend>
        {people.map(({ id, displayName }) => (
          <Checkbox
            key={id}
            isOn={members.includes(id)}
            onChange={(isOn) => onChange(isOn ? [...members, id] : without(id))}
          >
            {displayName}
          </Checkbox>
        ))}
      </fieldset>
    </>
  )
}
