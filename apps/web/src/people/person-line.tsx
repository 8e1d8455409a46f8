import { useApp, useMe } from '../app/use-app.ts'
import { Avatar, Icon, IconButton } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import css from './people.module.css'
import type { Entry } from './people-search.ts'
import { photoOf } from './person.ts'
import { personMark } from './person-mark.tsx'

/** What stands below a name: what somebody is, where. */
export const describe = ({
  title,
  department,
  organisation,
}: Pick<Entry, 'title' | 'department' | 'organisation'>): string =>
  [title, department, organisation].filter((part) => part !== undefined).join(' · ')

/** One person in a list, with the quickest way to reach them. */
export function PersonLine({ person }: { readonly person: Entry }) {
  const { people } = useWords()
  const { services } = useApp()
  const isOwn = useMe().user.id === person.id
  const [number] = person.numbers
  return (
    <>
      <Avatar name={person.name} photo={photoOf(person)} mark={personMark(person)} />
      <span className={css.lineText}>
        <span className={css.lineName}>
          <span className={css.name}>{person.name}</span>
          {person.isFavourite && (
            <span className={css.star}>
              <Icon name="star-filled" size={14} />
            </span>
          )}
        </span>
        <span className={css.lineMore}>{describe(person)}</span>
      </span>
      {number && <span className={css.lineNumber}>{number.text}</span>}
      {number && !isOwn && services.callNumber && (
        <IconButton
          icon="call"
          label={people.call(person.name, number.text)}
          onPress={() => services.callNumber?.(number.number, person.name)}
        />
      )}
    </>
  )
}
