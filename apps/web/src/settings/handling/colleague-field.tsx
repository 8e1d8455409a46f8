import { useEffect, useState } from 'react'
import type { ReplyOf } from '../../api/api.ts'
import { useApp } from '../../app/use-app.ts'
import { Button, IconButton, TextField } from '../../look/index.ts'
import { useWords } from '../../words/use-words.ts'
import css from './handling.module.css'

type User = ReplyOf<'listUsers'>['items'][number]

/** Matches that are shown at once. */
const mostShown = 6

/** Colleagues who are chosen one by one, by name or extension. */
export function ColleagueField({
  label,
  chosen,
  except,
  names,
  onChange,
  mistake,
}: {
  readonly label: string
  readonly chosen: readonly string[]
  /** Who is not to be chosen. */
  readonly except: string
  /** Names of who is chosen already. */
  readonly names: Readonly<Record<string, string>>
  readonly onChange: (chosen: readonly string[]) => void
  readonly mistake: string | undefined
}) {
  const { handling, shell } = useWords()
  const { api, showFault } = useApp()
  const [people, setPeople] = useState<readonly User[]>([])
  const [text, setText] = useState('')
  useEffect(() => {
    api.call('listUsers', { query: { limit: 1000 } }).then(({ items }) => setPeople(items), showFault)
  }, [api, showFault])
  const wanted = text.trim().toLowerCase()
  const found =
    wanted === ''
      ? []
      : people
          .filter(({ id }) => id !== except && !chosen.includes(id))
          .filter(({ displayName, extension = '' }) => `${displayName} ${extension}`.toLowerCase().includes(wanted))
          .slice(0, mostShown)
  const nameOf = (id: string) => people.find((one) => one.id === id)?.displayName ?? names[id] ?? id
  return (
    <>
      {chosen.map((id) => (
        <div key={id} className={css.line}>
          <span className={css.row}>{nameOf(id)}</span>
          <IconButton
            icon="close"
            size="small"
            label={`${shell.remove}: ${nameOf(id)}`}
            onPress={() => onChange(chosen.filter((one) => one !== id))}
          />
        </div>
      ))}
      <TextField label={label} hint={handling.colleagueHint} value={text} onChange={setText} mistake={mistake} />
      <div className={css.under}>
        {found.map(({ id, displayName }) => (
          <Button
            key={id}
            size="small"
            icon="plus"
            onPress={() => {
              onChange([...chosen, id])
              setText('')
            }}
          >
            {displayName}
          </Button>
        ))}
      </div>
    </>
  )
}
