import { useApp } from '../app/use-app.ts'
import { IconButton, Menu, SortableList } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import type { Favourites } from './favourites.ts'
import type { Entry } from './people-search.ts'
import { PersonLine } from './person-line.tsx'

/** Favourites in the order of their owner, who changes it by dragging, by keys on the handle, or in a menu. */
export function FavouriteList({
  people: favourite,
  favourites,
}: {
  readonly people: readonly Entry[]
  readonly favourites: Favourites
}) {
  const { people } = useWords()
  const { router } = useApp()
  return (
    <SortableList
      label={people.favourites}
      rows={favourite}
      textOf={({ name }) => name}
      handleLabel={({ name }) => people.drag(name)}
      onOrder={(ids) => favourites.order(ids)}
      onOpen={({ id }) => router.go(`/people/${encodeURIComponent(id)}`)}
      row={(person) => (
        <>
          <PersonLine person={{ ...person, isFavourite: false }} />
          <Menu
            label={people.more}
            trigger={<IconButton icon="more" label={`${people.more}: ${person.name}`} />}
            groups={[
              {
                id: 'favourite',
                entries: [
                  {
                    id: 'up',
                    label: people.moveUp,
                    isDisabled: person.id === favourite[0]?.id,
                    onAction: () => favourites.move(person.id, -1),
                  },
                  {
                    id: 'down',
                    label: people.moveDown,
                    isDisabled: person.id === favourite.at(-1)?.id,
                    onAction: () => favourites.move(person.id, 1),
                  },
                  {
                    id: 'remove',
                    label: people.removeFavourite(person.name),
                    icon: 'star',
                    onAction: () => favourites.remove(person.id),
                  },
                ],
              },
            ]}
          />
        </>
      )}
    />
  )
}
