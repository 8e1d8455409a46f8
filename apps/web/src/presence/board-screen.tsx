import { memo, useEffect, useMemo, useState } from 'react'
import { faultText } from '../app/app.ts'
import { useApp } from '../app/use-app.ts'
import { useValue } from '../base/use-value.ts'
import { Banner, Button, Empty, SearchField, Segments, Tiles } from '../look/index.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import { BoardViewModel, type Shown } from './board-view-model.ts'
import { explain } from './explain.ts'
import css from './presence.module.css'
import { Lamp } from './presence-mark.tsx'
import type { NamedPerson } from './presence-store.ts'
import { presenceServices } from './presence-services.ts'

const shownChoices: readonly Shown[] = ['all', 'reachable', 'inCall']

/** Everybody in the company and how they are, thousands of them, live. */
export function Screen() {
  const app = useApp()
  const words = useWords()
  const { presence, shell } = words
  const format = useFormat()
  const [fault, setFault] = useState<unknown>()
  const { store } = presenceServices(app)
  const board = useMemo(
    () =>
      new BoardViewModel({
        store,
        compare: (first, second) => format.compare(first, second),
        startTimer: (delayMs, run) => app.clock.startTimer(delayMs, run),
      }),
    [store, format, app],
  )
  useEffect(() => board.follow(), [board])
  const load = useMemo(
    () => () => {
      setFault(undefined)
      store.loadNames().catch((error: unknown) => setFault(error))
    },
    [store],
  )
  useEffect(load, [load])
  const { people, available, typed, shown } = useValue(board.state)
  return (
    <div className={css.board}>
      <header className={css.tools}>
        <h1 className={css.title}>{presence.board}</h1>
        <SearchField
          label={presence.filter}
          clearLabel={shell.clear}
          placeholder={presence.filterHint}
          value={typed}
          onChange={(text) => board.type(text)}
        />
        <Segments
          label={presence.shown}
          choices={shownChoices.map((id) => ({ id, label: presence[id] }))}
          value={shown}
          onChange={(id) => board.show(id)}
        />
      </header>
      <p className={css.count}>
        {people && presence.count(presence.people(people.length), presence.available(available))}
      </p>
      {fault !== undefined && (
        <Banner
          tone="warn"
          isLive
          tools={
            <Button size="small" onPress={load}>
              {shell.retry}
            </Button>
          }
        >
          {faultText(words, fault)}
        </Banner>
      )}
      <div className={css.tiles}>{people && <Everybody people={people} />}</div>
    </div>
  )
}

/** Drawn anew when others are shown, not when somebody changes: thousands of places are looked through for that. */
const Everybody = memo(function Everybody({ people }: { readonly people: readonly NamedPerson[] }) {
  const { presence } = useWords()
  const { services } = useApp()
  return (
    <Tiles
      label={presence.board}
      items={people}
      width={240}
      height={60}
      textOf={({ name }) => name}
      tile={(person) => <Tile person={person} />}
      onOpen={(id) => services.showPerson?.(id)}
      empty={
        <Empty icon="people" title={presence.nobody}>
          <p>{presence.nobodyHint}</p>
        </Empty>
      }
    />
  )
})

/** One person: drawn anew alone when they change. */
const Tile = memo(function Tile({ person }: { readonly person: NamedPerson }) {
  const app = useApp()
  const words = useWords()
  const format = useFormat()
  const presence = useValue(presenceServices(app).store.of(person.id))
  return (
    <span className={css.tile}>
      <Lamp state={presence?.state} size={16} />
      <span className={css.tileText}>
        <span className={css.tileName}>{person.name}</span>
        <span className={css.tileMore}>
          {presence?.note === undefined ? '' : `“${presence.note}” · `}
          {explain(presence, words, format, app.clock.nowMs(), 'short')}
        </span>
      </span>
      {person.extension !== undefined && <span className={css.number}>{person.extension}</span>}
    </span>
  )
})
