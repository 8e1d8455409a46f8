import { useEffect, useState } from 'react'
import { useApp } from '../app/use-app.ts'
import { Avatar, Button, SearchField } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import css from './chat.module.css'
import { chatServices } from './chat-services.ts'

/** Somebody who can be chosen. */
export interface Chosen {
  readonly userId: string
  readonly name: string
}

const waitMs = 150
const shownAtOnce = 8

/** Finds colleagues as one types. @param without those who need not be shown */
export function PeoplePicker({
  without,
  onChoose,
}: {
  readonly without: readonly string[]
  readonly onChoose: (person: Chosen) => void
}) {
  const { api, clock, speech } = useApp()
  const { chat } = useWords()
  const { userId } = chatServices(useApp())
  const [typed, setTyped] = useState('')
  const [found, setFound] = useState<readonly (Chosen & { readonly more: string })[]>()
  useEffect(() => {
    const abort = new AbortController()
    const stop = clock.startTimer(found === undefined ? 0 : waitMs, () => {
      const query = {
        kind: 'colleague' as const,
        limit: 30,
        language: speech.language,
        ...(typed.trim() === '' ? {} : { q: typed }),
      }
      api.call('searchDirectory', { query }, { signal: abort.signal }).then(
        ({ items }) =>
          setFound(
            items.map(({ id, name, title, department }) => ({
              userId: id,
              name,
              more: [title, department].filter(Boolean).join(' · '),
            })),
          ),
        // What was found before stays.
        () => {},
      )
    })
    return () => {
      stop()
      abort.abort()
    }
    // Asked anew for another text only.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [typed])
  const shown = (found ?? [])
    .filter((one) => one.userId !== userId && !without.includes(one.userId))
    .slice(0, shownAtOnce)
  return (
    <div className={css.picker}>
      <SearchField label={chat.findPeople} clearLabel={chat.clearSearch} value={typed} onChange={setTyped} autoFocus />
      <ul className={css.pickerList} aria-label={chat.people}>
        {shown.map((one) => (
          <li key={one.userId}>
            <Button kind="quiet" onPress={() => onChoose({ userId: one.userId, name: one.name })}>
              <Avatar name={one.name} size={28} />
              <span className={css.pickerName}>
                {one.name}
                <span className={css.pickerMore}>{one.more}</span>
              </span>
            </Button>
          </li>
        ))}
        {found && shown.length === 0 && <li className={css.nothing}>{chat.nothingFound}</li>}
      </ul>
    </div>
  )
}
