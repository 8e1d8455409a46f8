import { useEffect, useRef, useState } from 'react'
import { useApp } from '../app/use-app.ts'
import { Button } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import { FaultBanner } from './fault-banner.tsx'
import { LoginFrame } from './login-frame.tsx'
import css from './login.module.css'
import { useIdentity } from './session-context.ts'

/** Where the company's provider sends people back to, with its answer in the address. */
export function Screen() {
  const { session: words } = useWords()
  const app = useApp()
  const { session } = useIdentity()
  const [fault, setFault] = useState<unknown>()
  const isSent = useRef(false)
  useEffect(() => {
    // An answer is good once.
    if (isSent.current) return
    isSent.current = true
    const query = location.search.slice(1)
    app.api.call('finishSso', { body: { query: query === '' ? '-' : query } }).then(
      ({ login, returnTo }) => {
        app.router.replace(returnTo)
        if (login.step === 'done') session.entered(login.me)
      },
      (error: unknown) => setFault(error),
    )
  }, [app, session])
  return (
    <LoginFrame title={fault === undefined ? words.ssoGoesOn : words.ssoFailed}>
      <FaultBanner fault={fault} />
      {fault !== undefined && (
        <div className={css.wide}>
          <Button kind="primary" size="large" onPress={() => app.router.replace('/')}>
            {words.startAgain}
          </Button>
        </div>
      )}
    </LoginFrame>
  )
}
