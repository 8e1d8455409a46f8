import { useRef, useEffect } from 'react'
import { faultText } from '../app/app.ts'
import { useApp } from '../app/use-app.ts'
import { useValue } from '../base/use-value.ts'
import { Banner, Button, Empty, LongList, SearchField, Segments } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import css from './people.module.css'
import type { PeopleSearch, PersonKind } from './people-search.ts'
import { PersonLine } from './person-line.tsx'

const kinds: readonly PersonKind[] = ['colleague', 'shared', 'personal']

/** What somebody types, and whom it finds. */
export function PeopleList({
  search,
  chosen,
  focusAt,
}: {
  readonly search: PeopleSearch
  readonly chosen: string | undefined
  /** The field gets the focus each time this is another. */
  readonly focusAt: unknown
}) {
  const words = useWords()
  const { people, shell } = words
  const { router } = useApp()
  const state = useValue(search.state)
  const field = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (focusAt) field.current?.querySelector('input')?.focus()
  }, [focusAt])
  const choices = [
    { id: 'all' as const, label: people.all },
    ...kinds.map((kind) => ({ id: kind, label: people.kinds[kind] })),
  ]
  const open = (id: string) => router.go(`/people/${encodeURIComponent(id)}`)
  return (
    <>
      <div className={css.tools} ref={field}>
        <SearchField
          label={people.searchLabel}
          clearLabel={shell.clear}
          placeholder={people.search}
          value={state.typed}
          onChange={(typed) => search.type(typed)}
          onSubmit={() => state.people?.[0] && open(state.people[0].id)}
        />
        <Segments
          label={people.shown}
          choices={choices}
          value={state.kind ?? 'all'}
          onChange={(kind) => search.choose(kind === 'all' ? undefined : kind)}
        />
        <p className={css.total} role="status">
          {state.people !== undefined && people.total(state.total)}
        </p>
      </div>
      {state.fault !== undefined && (
        <Banner
          tone="warn"
          isLive
          tools={
            <Button size="small" onPress={() => search.again()}>
              {shell.retry}
            </Button>
          }
        >
          {faultText(words, state.fault)} {state.people !== undefined && people.stale}
        </Banner>
      )}
      <div className={css.listBox}>
        {state.people !== undefined && (
          <LongList
            label={people.list}
            rows={state.people}
            rowHeight={60}
            textOf={({ name }) => name}
            row={(person) => <PersonLine person={person} />}
            onOpen={({ id }) => open(id)}
            chosen={chosen}
            onEnd={() => search.more()}
            empty={<Nobody typed={state.answered.typed} />}
          />
        )}
      </div>
    </>
  )
}

function Nobody({ typed }: { readonly typed: string }) {
  const { people } = useWords()
  const { router } = useApp()
  if (typed.trim() === '') return <Empty icon="people" title={people.noContacts} />
  return (
    <Empty icon="search" title={people.nobody}>
      <p>{people.nobodyHint(typed)}</p>
      <Button icon="person-add" onPress={() => router.go(`/people?add=1&name=${encodeURIComponent(typed.trim())}`)}>
        {people.addHere(typed.trim())}
      </Button>
    </Empty>
  )
}
