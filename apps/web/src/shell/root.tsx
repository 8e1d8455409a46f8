import { Suspense, useEffect, useMemo, useState } from 'react'
import { late } from '../app/late.ts'
import { allWords } from '../app/speech-choice.ts'
import type { App } from '../app/app.ts'
import type { WebFeature } from '../app/feature.ts'
import { FeaturesContext } from '../app/features-context.ts'
import { AppContext } from '../app/use-app.ts'
import { useValue } from '../base/use-value.ts'
import { I18nProvider } from 'react-aria-components/I18nProvider'
import { ExpiredDialog } from '../session/expired-dialog.tsx'
import { LoginScreen } from '../session/login-screen.tsx'
import { ProofDialog } from '../session/proof-dialog.tsx'
import type { Prover } from '../session/prover.ts'
import type { Session } from '../session/session.ts'
import { IdentityContext } from '../session/session-context.ts'
import { UnreachableScreen } from '../session/unreachable-screen.tsx'
import { SpeechContext } from '../words/use-words.ts'
import { findRoute, Outlet } from './outlet.tsx'
import { Shell } from './shell.tsx'
import { ToastsView } from './toasts-view.tsx'

const IncompleteScreen = late(async () => {
  await allWords()
  return (await import('../session/incomplete-screen.tsx')).Screen
})

/** The whole app: language, then who is there, then the shell or the one page that needs nobody. */
export function Root({
  app,
  session,
  prover,
  features,
}: {
  readonly app: App
  readonly session: Session
  readonly prover: Prover
  readonly features: readonly WebFeature[]
}) {
  const speech = useValue(app.speech.speech)
  const identity = useMemo(() => ({ session, prover }), [session, prover])
  return (
    <AppContext value={app}>
      <SpeechContext value={speech}>
        <I18nProvider locale={speech.format.language === 'en' ? 'en-GB' : speech.format.language}>
          <IdentityContext value={identity}>
            <FeaturesContext value={features}>
              <Pages app={app} session={session} features={features} />
            </FeaturesContext>
            <ProofDialog />
          </IdentityContext>
          <ToastsView />
        </I18nProvider>
      </SpeechContext>
    </AppContext>
  )
}

function Pages({ app, session, features }: { app: App; session: Session; features: readonly WebFeature[] }) {
  const state = useValue(session.state)
  const { path } = useValue(app.router.location)
  const route = useMemo(() => findRoute(features, path)?.route, [features, path])
  const isThere = state.name === 'loggedIn' || state.name === 'expired'
  const userId = isThere ? state.me.user.id : undefined
  const isStarted = useStarted(app, features, userId)
  if (route?.isPublic && (route.isBare || userId === undefined)) return <Outlet features={features} />
  if (state.name === 'unknown') return null
  if (state.name === 'unreachable' || state.name === 'outside')
    return <UnreachableScreen key={state.name} isOutside={state.name === 'outside'} />
  if (state.name === 'loggedOut') return <LoginScreen />
  if (state.name === 'incomplete')
    return (
      <Suspense fallback={null}>
        <IncompleteScreen me={state.me} />
      </Suspense>
    )
  if (!isStarted) return null
  return (
    <>
      {route?.isBare ? <Outlet features={features} /> : <Shell features={features} />}
      {state.name === 'expired' && <ExpiredDialog me={state.me} />}
    </>
  )
}

/** Starts the features for each login, and ends them with it. */
function useStarted(app: App, features: readonly WebFeature[], userId: string | undefined): boolean {
  const [started, setStarted] = useState<string>()
  useEffect(() => {
    if (userId === undefined) return undefined
    app.events.open()
    const stops = features.map((feature) => feature.start?.(app))
    setStarted(userId)
    return () => {
      for (const stop of stops.reverse()) stop?.()
      app.events.close()
      setStarted(undefined)
    }
  }, [app, features, userId])
  return started !== undefined && started === userId
}
