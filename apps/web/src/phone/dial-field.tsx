import { useEffect, useState } from 'react'
import { useApp } from '../app/use-app.ts'
import { Button } from '../look/aria.ts'
import { Avatar, SearchField } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import { type Callable, findCallable } from './find-callable.ts'
import css from './phone.module.css'

export interface Dialled {
  readonly number: string
  readonly name?: string
}

const settleMs = 120

/** A number, or a person by name: found as one types. */
export function DialField({
  label,
  onChange,
  onSubmit,
  digits,
}: {
  readonly label: string
  readonly onChange: (dialled: Dialled) => void
  readonly onSubmit: (dialled: Dialled) => void
  /** Typed on a pad beside the field; appended when it grows. */
  readonly digits?: string
}) {
  const { shell } = useWords()
  const { api, clock } = useApp()
  const [text, setText] = useState('')
  const [found, setFound] = useState<readonly Callable[]>([])
  const change = (next: string) => {
    setText(next)
    onChange({ number: next })
  }
  useEffect(() => {
    if (digits !== undefined && digits !== '') change(text + digits.slice(-1))
    // Only another digit of the pad counts here.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [digits])
  useEffect(() => {
    let isLast = true
    if (text.trim() === '') {
      setFound([])
      return undefined
    }
    const stop = clock.startTimer(settleMs, () => {
      findCallable(api, text).then(
        (people) => isLast && setFound(people),
        // The last answer stays: a number can be called without any.
        () => {},
      )
    })
    return () => {
      isLast = false
      stop()
    }
  }, [api, clock, text])
  return (
    <div className={css.dialField}>
      <SearchField
        label={label}
        clearLabel={shell.clear}
        value={text}
        onChange={change}
        onSubmit={() => onSubmit({ number: text })}
        autoFocus
      />
      {found.length > 0 && (
        <div className={css.results}>
          {found.map(({ number, name, detail }) => (
            <Button key={`${number} ${name}`} className={css.result!} onPress={() => onSubmit({ number, name })}>
              <Avatar name={name} size={32} />
              <span className={css.resultText}>
                {name}
                <small>
                  {number}
                  {detail !== undefined && ` · ${detail}`}
                </small>
              </span>
            </Button>
          ))}
        </div>
      )}
    </div>
  )
}
