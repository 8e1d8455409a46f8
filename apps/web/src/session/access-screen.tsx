import { useState } from 'react'
import { useApp } from '../app/use-app.ts'
import { Banner, Button } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import { LoginFrame } from './login-frame.tsx'
import css from './login.module.css'
import { NewPasswordForm } from './new-password-form.tsx'

/** The page behind an administrator's one-time link: a new password. The token is in the fragment. */
export function Screen() {
  const { session: words } = useWords()
  const { api, router } = useApp()
  const [login, setLogin] = useState<string>()
  if (login !== undefined)
    return (
      <LoginFrame title={words.accessDone}>
        <Banner tone="good" isLive>
          {words.accessDoneLead(login)}
        </Banner>
        <div className={css.wide}>
          <Button kind="primary" size="large" onPress={() => router.replace('/')}>
            {words.logIn}
          </Button>
        </div>
      </LoginFrame>
    )
  return (
    <LoginFrame title={words.accessTitle} lead={words.accessLead}>
      <NewPasswordForm
        login=""
        asksCurrent={false}
        action={words.setPassword}
        save={async (_, password) => {
          const token = location.hash.slice(1)
          const answer = await api.call('useAccessLink', { body: { token: token === '' ? '-' : token, password } })
          setLogin(answer.login)
        }}
      />
    </LoginFrame>
  )
}
