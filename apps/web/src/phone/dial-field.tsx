import { type KeyboardEvent, useEffect, useId, useState } from 'react'
import { useApp } from '../app/use-app.ts'
import { Avatar, classNames, SearchField } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import { choose } from './dial-choice.ts'
import { type Callable, findCallable } from './find-callable.ts'
import css from './phone.module.css'

export interface Dialled {
  readonly number: string
  readonly name?: string
}

const settleMs = 120

/** A number, or a person by name: found as one types, chosen with the arrow keys or by a press. */
export function DialField({
  label,
  onChange,
  onSubmit,
  digits,
}: {
  readonly label: string
  /** What would be called now; an empty number for nobody. */
  readonly onChange: (dialled: Dialled) => void
  /** Without it a choice stays in the field. */
  readonly onSubmit?: (dialled: Dialled) => void
  /** Typed on a pad beside the field; appended when it grows. */
  readonly digits?: string
}) {
  const { shell } = useWords()
  const { api, clock } = useApp()
  const listId = useId()
  const [text, setText] = useState('')
  const [found, setFound] = useState<readonly Callable[]>([])
  const [at, setAt] = useState<number>()
  const [isChosen, setChosen] = useState(false)
  const change = (next: string) => {
    setText(next)
    setAt(undefined)
    setChosen(false)
    onChange(choose(next, [], undefined) ?? { number: '' })
  }
  const submit = (dialled: Dialled | undefined) => {
    if (!dialled) return
    if (onSubmit) {
      change('')
      onSubmit(dialled)
      return
    }
    setText(dialled.name ?? dialled.number)
    setChosen(true)
    onChange(dialled)
  }
  useEffect(() => {
    if (digits !== undefined && digits !== '') change(text + digits.slice(-1))
    // Only another digit of the pad counts here.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [digits])
  useEffect(() => {
    let isLast = true
    if (text.trim() === '' || isChosen) {
      setFound([])
      return undefined
    }
    const stop = clock.startTimer(settleMs, () => {
      findCallable(api, text).then(
        (people) => {
          if (!isLast) return
          setFound(people)
          onChange(choose(text, people, undefined) ?? { number: '' })
        },
        // The last answer stays: a number can be called without any.
        () => {},
      )
    })
    return () => {
      isLast = false
      stop()
    }
    // Another `onChange` is no reason to ask again.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [api, clock, text, isChosen])
  const move = (event: KeyboardEvent) => {
    if (found.length === 0 || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return
    event.preventDefault()
    const next = event.key === 'ArrowDown' ? (at ?? -1) + 1 : (at ?? found.length) - 1
    const place = (next + found.length) % found.length
    setAt(place)
    onChange(choose(text, found, place) ?? { number: '' })
  }
  return (
    <div className={css.dialField} onKeyDown={move}>
      <SearchField
        label={label}
        clearLabel={shell.clear}
        value={text}
        onChange={change}
        onSubmit={() => submit(choose(text, found, at))}
        autoFocus
        listId={listId}
        isListOpen={found.length > 0}
        {...(at === undefined ? {} : { activeId: `${listId}-${at}` })}
      />
      {found.length > 0 && (
        <div className={css.results} id={listId} role="listbox" aria-label={label}>
          {found.map(({ number, name, detail }, i) => (
            <div
              key={`${number} ${name}`}
              id={`${listId}-${i}`}
              role="option"
              aria-selected={i === at}
              className={classNames(css.result, i === at && css.resultChosen)}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => submit({ number, name })}
            >
              <Avatar name={name} size={32} />
              <span className={css.resultText}>
                {name}
                <small>
                  {number}
                  {detail !== undefined && ` · ${detail}`}
                </small>
              </span>
            </div>
          ))}
        </div>
      )}
    </div>
  )
}
