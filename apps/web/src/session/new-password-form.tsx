import { type FormEvent, useState } from 'react'
import { ApiFault } from '../api/api.ts'
import { Button, TextField } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import { FaultBanner } from './fault-banner.tsx'
import css from './login.module.css'

const shortest = 8

/** A new password, typed twice; with the current one where that is asked for. */
export function NewPasswordForm({
  login,
  asksCurrent,
  action,
  save,
}: {
  /** For password managers, which keep the two together. */
  readonly login: string
  readonly asksCurrent: boolean
  readonly action: string
  readonly save: (current: string, password: string) => Promise<void>
}) {
  const { session } = useWords()
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>()
  const [isSeen, setSeen] = useState(false)
  const isShort = password.length < shortest
  const isDifferent = again !== password
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setSeen(true)
    if (isShort || isDifferent) return
    setBusy(true)
    setFault(undefined)
    try {
      await save(current, password)
    } catch (error) {
      setFault(error)
    } finally {
      setBusy(false)
    }
  }
  const isWeak = fault instanceof ApiFault && fault.mistakes.some(({ path }) => path === '/password')
  const mistake = isSeen && isShort ? session.tooShort(shortest) : isWeak ? session.tooWeak : undefined
  return (
    <form className={css.form} onSubmit={(event) => void submit(event)}>
      <input type="text" name="username" autoComplete="username" value={login} readOnly hidden />
      {asksCurrent && (
        <TextField
          label={session.currentPassword}
          type="password"
          value={current}
          onChange={setCurrent}
          autoComplete="current-password"
          autoFocus
          isRequired
        />
      )}
      <TextField
        label={session.newPassword}
        hint={session.passwordHint(shortest)}
        mistake={mistake}
        type="password"
        value={password}
        onChange={setPassword}
        autoComplete="new-password"
        autoFocus={!asksCurrent}
        isRequired
      />
      <TextField
        label={session.passwordAgain}
        mistake={isSeen && isDifferent ? session.notAlike : undefined}
        type="password"
        value={again}
        onChange={setAgain}
        autoComplete="new-password"
        isRequired
      />
      {!isWeak && <FaultBanner fault={fault} />}
      <Button kind="primary" size="large" type="submit" isDisabled={isBusy}>
        {action}
      </Button>
    </form>
  )
}
