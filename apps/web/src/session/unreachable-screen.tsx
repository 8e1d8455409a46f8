import { useEffect } from 'react'
import { useApp } from '../app/use-app.ts'
import { Banner } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import { LoginFrame } from './login-frame.tsx'
import { useIdentity } from './session-context.ts'

const againMs = 3000
const outsideAgainMs = 5000

/** The server did not say who is here, or lets nobody in from here; it is asked again until it does. */
export function UnreachableScreen({ isOutside }: { readonly isOutside: boolean }) {
  const { session: words } = useWords()
  const { clock } = useApp()
  const { session } = useIdentity()
  useEffect(() => {
    let stop = () => {}
    const again = () => {
      stop = clock.startTimer(isOutside ? outsideAgainMs : againMs, () => void session.resume().then(again))
    }
    again()
    return () => stop()
  }, [clock, session, isOutside])
  return (
    <LoginFrame title={isOutside ? words.outsideTitle : words.unreachableTitle}>
      <Banner tone="warn">{isOutside ? words.outsideLead : words.unreachableLead}</Banner>
    </LoginFrame>
  )
}
