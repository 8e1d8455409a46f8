import { useEffect } from 'react'
import { useApp } from '../app/use-app.ts'
import { Banner } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import { LoginFrame } from './login-frame.tsx'
import { useIdentity } from './session-context.ts'

const againMs = 3000

/** The server did not say who is here; it is asked again until it does. */
export function UnreachableScreen() {
  const { session: words } = useWords()
  const { clock } = useApp()
  const { session } = useIdentity()
  useEffect(() => {
    let stop = () => {}
    const again = () => {
      stop = clock.startTimer(againMs, () => void session.resume().then(again))
    }
    again()
    return () => stop()
  }, [clock, session])
  return (
    <LoginFrame title={words.unreachableTitle}>
      <Banner tone="warn">{words.unreachableLead}</Banner>
    </LoginFrame>
  )
}
