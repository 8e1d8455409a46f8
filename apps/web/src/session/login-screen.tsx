import { type FormEvent, useEffect, useMemo, useState } from 'react'
import { useApp } from '../app/use-app.ts'
import { useValue } from '../base/use-value.ts'
import { Button, TextField } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import { FactorForm } from './factor-form.tsx'
import { FaultBanner } from './fault-banner.tsx'
import { LoginFrame } from './login-frame.tsx'
import { loadPasskeys } from './load-passkeys.ts'
import { LoginViewModel } from './login-view-model.ts'
import css from './login.module.css'
import { useIdentity } from './session-context.ts'

/** Asks who is there. */
export function LoginScreen() {
  const { session } = useWords()
  const login = useLogin()
  const { step } = useValue(login.state)
  if (step.name === 'password')
    return (
      <LoginFrame title={session.title}>
        <PasswordForm viewModel={login} />
      </LoginFrame>
    )
  return (
    <LoginFrame title={session.factorTitle} lead={session.factorLeads[step.by]}>
      <FactorForm viewModel={login} step={step} />
    </LoginFrame>
  )
}

/** The course of one login, as long as the screen is there. */
export function useLogin(): LoginViewModel {
  const app = useApp()
  const { session } = useIdentity()
  const viewModel = useMemo(
    () => new LoginViewModel({ api: app.api, clock: app.clock, loadPasskeys, onDone: (me) => session.entered(me) }),
    [app, session],
  )
  useEffect(() => {
    void viewModel.start()
    return () => void viewModel.stop()
  }, [viewModel])
  return viewModel
}

/** Login and password, and the other ways beside them. @param known who it must be: only the password is asked */
export function PasswordForm({ viewModel, known }: { readonly viewModel: LoginViewModel; readonly known?: string }) {
  const { session } = useWords()
  const app = useApp()
  const { isBusy, fault, blockedForMs, hasPasskeys, provider } = useValue(viewModel.state)
  const [login, setLogin] = useState(known ?? '')
  const [password, setPassword] = useState('')
  useEffect(() => {
    viewModel.typed(login)
  }, [viewModel, login])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void viewModel.withPassword(login, password)
  }
  const toProvider = async () => {
    const url = await viewModel.withProvider(login, app.router.location.get().path)
    if (url !== undefined) location.assign(url)
  }
  return (
    <>
      <form className={css.form} onSubmit={submit}>
        <TextField
          label={session.login}
          {...(known === undefined ? { hint: session.loginHint } : {})}
          name="login"
          value={login}
          onChange={setLogin}
          autoComplete="username webauthn"
          spellCheck="false"
          autoFocus={known === undefined}
          isReadOnly={known !== undefined}
          isRequired
        />
        <TextField
          label={session.password}
          name="password"
          type="password"
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
          autoFocus={known !== undefined}
          isRequired
        />
        <FaultBanner fault={fault} blockedForMs={blockedForMs} />
        <Button kind="primary" size="large" type="submit" isDisabled={isBusy || blockedForMs !== undefined}>
          {session.logIn}
        </Button>
      </form>
      {(hasPasskeys || provider !== undefined) && <div className={css.or}>{session.or}</div>}
      <div className={css.wide}>
        {provider !== undefined && (
          <Button icon="building" size="large" isDisabled={isBusy} onPress={() => void toProvider()}>
            {session.withProvider(provider)}
          </Button>
        )}
        {hasPasskeys && (
          <Button icon="key" size="large" isDisabled={isBusy} onPress={() => void viewModel.withPasskey()}>
            {session.withPasskey}
          </Button>
        )}
      </div>
    </>
  )
}
