import { type FormEvent, useState } from 'react'
import { ApiFault } from '../api/api.ts'
import { faultText } from '../app/app.ts'
import { Banner, Button, TextField } from '../look/index.ts'
import { Mark } from '../shell/mark.tsx'
import { useWords } from '../words/use-words.ts'
import css from './login.module.css'

/** Asks who is there. @param logIn rejects with the server's refusal */
export function LoginScreen({ logIn }: { readonly logIn: (login: string, password: string) => Promise<void> }) {
  const words = useWords()
  const { session, shell } = words
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [mistake, setMistake] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    try {
      await logIn(login.trim(), password)
    } catch (error) {
      const isWrong = error instanceof ApiFault && error.status === 401
      setMistake(isWrong ? session.failed : faultText(words, error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <main className={css.place}>
      <form className={css.form} onSubmit={(event) => void submit(event)}>
        <div className={css.brand}>
          <Mark size={32} />
          {shell.product}
        </div>
        <h1>{session.title}</h1>
        <TextField
          label={session.login}
          hint={session.loginHint}
          value={login}
          onChange={setLogin}
          autoComplete="username"
          autoFocus
          isRequired
        />
        <TextField
          label={session.password}
          type="password"
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
          isRequired
        />
        {mistake && (
          <Banner tone="bad" isLive>
            {mistake}
          </Banner>
        )}
        <Button kind="primary" type="submit" isDisabled={isBusy}>
          {session.logIn}
        </Button>
      </form>
    </main>
  )
}
