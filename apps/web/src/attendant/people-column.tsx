import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { faultText } from '../app/app.ts'
import { useApp } from '../app/use-app.ts'
import type { Value } from '../base/cell.ts'
import { useValue } from '../base/use-value.ts'
import { Avatar, Banner, Button, Empty, SearchField } from '../look/index.ts'
import type { Entry, PeopleSearch } from '../people/people-search.ts'
import { photoOf } from '../people/person.ts'
import { describe } from '../people/person-line.tsx'
import { personMark } from '../people/person-mark.tsx'
import { explain, whereabouts } from '../presence/explain.ts'
import { presenceServices } from '../presence/presence-services.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import css from './attendant.module.css'
import type { Receiver } from './attendant-calls.ts'
import { OptionList } from './option-list.tsx'

const rowHeight = 56
const pageRows = 8

/** Everybody, as one types; the arrow keys choose, Enter gives the call on, Shift+Enter asks first. The focus never leaves the field. */
export function PeopleColumn({
  search,
  focusAt,
  onChoose,
  onGive,
  onAsk,
}: {
  readonly search: PeopleSearch
  readonly focusAt: Value<number>
  readonly onChoose: (person: Entry | undefined) => void
  readonly onGive: (to: Receiver) => void
  readonly onAsk: (to: Receiver) => void
}) {
  const words = useWords()
  const { attendant, people: texts, shell } = words
  const listId = useId()
  const field = useRef<HTMLDivElement>(null)
  const state = useValue(search.state)
  const focus = useValue(focusAt)
  const [at, setAt] = useState(0)
  const people = state.people ?? []
  const { typed } = state.answered
  useEffect(() => field.current?.querySelector('input')?.focus(), [focus])
  // Another wish: the best of it is at hand.
  useEffect(() => setAt(0), [typed])
  const chosen = people[Math.min(at, people.length - 1)]
  const idOf = ({ id }: Entry) => `${listId}-${id}`
  useEffect(() => onChoose(chosen), [chosen, onChoose])
  const press = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: pageRows, PageUp: -pageRows }
    const step = steps[event.key]
    if (step !== undefined) {
      event.preventDefault()
      event.stopPropagation()
      return setAt(Math.max(0, Math.min(people.length - 1, at + step)))
    }
    if (event.key !== 'Enter') return
    event.preventDefault()
    event.stopPropagation()
    // Whoever types faster than the list follows must not reach somebody else.
    if (state.typed !== typed) return
    const number = chosen?.numbers[0]?.number ?? typedNumber(state.typed)
    if (number === undefined) return
    const to = { number, name: chosen?.name ?? number }
    if (event.shiftKey) onAsk(to)
    else onGive(to)
  }
  return (
    <section className={css.people} aria-label={attendant.people}>
      <div ref={field} onKeyDownCapture={press}>
        <SearchField
          label={attendant.search}
          clearLabel={shell.clear}
          value={state.typed}
          onChange={(text) => search.type(text)}
          autoFocus
          listId={listId}
          isListOpen={people.length > 0}
          {...(chosen ? { activeId: idOf(chosen) } : {})}
        />
      </div>
      <p className={css.hint}>
        <span role="status">{state.people !== undefined && texts.total(state.total)}</span> · {attendant.keysHint}
      </p>
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
          {faultText(words, state.fault)}
        </Banner>
      )}
      {state.people?.length === 0 && <Empty icon="search" title={texts.nobody} />}
      {people.length > 0 && (
        <OptionList
          id={listId}
          label={attendant.people}
          rows={people}
          total={state.total}
          rowHeight={rowHeight}
          at={at}
          idOf={idOf}
          row={(person) => <PersonRow person={person} />}
          onChoose={(index) => {
            setAt(index)
            field.current?.querySelector('input')?.focus()
          }}
          onEnd={() => search.more()}
        />
      )}
    </section>
  )
}

/** A number that was typed in full reaches whoever is not in the directory. */
const typedNumber = (typed: string): string | undefined => {
  const plain = typed.replace(/[\s()./-]/g, '')
  return /^\+?[0-9*#]{2,20}$/.test(plain) ? plain : undefined
}

function PersonRow({ person }: { readonly person: Entry }) {
  const [number] = person.numbers
  return (
    <>
      <Avatar name={person.name} photo={photoOf(person)} mark={personMark(person)} />
      <span className={css.who}>
        <strong className={css.name}>{person.name}</strong>
        <span className={css.more}>
          {person.kind === 'colleague' ? <HowTheyAre person={person} /> : describe(person)}
        </span>
      </span>
      {number && <span className={css.number}>{number.text}</span>}
    </>
  )
}

/** What the receiver is doing, and their place: drawn anew alone when it changes. */
function HowTheyAre({ person }: { readonly person: Entry }) {
  const app = useApp()
  const words = useWords()
  const format = useFormat()
  const presence = useValue(presenceServices(app).store.of(person.id))
  const about = describe(person)
  const where = whereabouts(presence, (place) => place)
  return (
    <>
      {presence?.note === undefined ? '' : `“${presence.note}” · `}
      {explain(presence, words, format, app.clock.nowMs(), 'short')}
      {where !== '' && ` · ${where}`}
      {about !== '' && ` · ${about}`}
    </>
  )
}
