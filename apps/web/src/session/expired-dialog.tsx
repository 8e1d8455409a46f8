import type { Me } from '../app/app.ts'
import { useValue } from '../base/use-value.ts'
import { Button, Dialog } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import { FactorForm } from './factor-form.tsx'
import { PasswordForm, useLogin } from './login-screen.tsx'
import css from './login.module.css'
import { useIdentity } from './session-context.ts'

/** The login has ended in the middle of something: asked for over the page, which stays as it is. */
export function ExpiredDialog({ me }: { readonly me: Me }) {
  const { session: words } = useWords()
  const { session } = useIdentity()
  const login = useLogin()
  const { step } = useValue(login.state)
  return (
    <Dialog title={words.expiredTitle} isOpen isUrgent onClose={() => {}}>
      <p className={css.lead}>{words.expiredLead}</p>
      {step.name === 'password' ? (
        <PasswordForm viewModel={login} known={me.user.login} />
      ) : (
        <FactorForm viewModel={login} step={step} />
      )}
      <div className={css.wide}>
        <Button kind="quiet" onPress={() => session.leave()}>
          {words.notNow}
        </Button>
      </div>
    </Dialog>
  )
}
