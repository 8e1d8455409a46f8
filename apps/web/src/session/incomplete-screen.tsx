import { useState } from 'react'
import type { Me } from '../app/app.ts'
import { useApp } from '../app/use-app.ts'
import { Button } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import { FactorSetup } from '../settings/security/factor-setup.tsx'
import { RecoveryCodesList } from '../settings/security/recovery-codes-list.tsx'
import { LoginFrame } from './login-frame.tsx'
import css from './login.module.css'
import { NewPasswordForm } from './new-password-form.tsx'
import { useIdentity } from './session-context.ts'

/** What a login must bring first: a password of one's own, then a second factor that the company wants. */
export function Screen({ me }: { readonly me: Me }) {
  const { session: words } = useWords()
  const app = useApp()
  const { session } = useIdentity()
  const [codes, setCodes] = useState<readonly string[]>()
  const leave = (
    <Button kind="quiet" icon="log-out" onPress={() => void session.logOut()}>
      {words.notNow}
    </Button>
  )
  if (codes)
    return (
      <LoginFrame title={words.recoveryTitle} lead={words.recoveryLead}>
        <RecoveryCodesList codes={codes} onKept={() => void session.refresh()} />
      </LoginFrame>
    )
  if (me.needs?.includes('new-password'))
    return (
      <LoginFrame title={words.ownPasswordTitle} lead={words.ownPasswordLead}>
        <NewPasswordForm
          login={me.user.login}
          asksCurrent
          action={words.setPassword}
          save={async (current, password) => {
            await app.api.call('changeMyPassword', { body: { current, password } })
            await session.refresh()
          }}
        />
        <div className={css.wide}>{leave}</div>
      </LoginFrame>
    )
  return (
    <LoginFrame title={words.enrolTitle} lead={words.enrolLead(me.company.name)}>
      <FactorSetup onDone={(made) => (made.length > 0 ? setCodes(made) : void session.refresh())} />
      <div className={css.wide}>{leave}</div>
    </LoginFrame>
  )
}
