import { useEffect, useMemo, useState } from 'react'
import type { App } from '../app/app.ts'
import type { WebFeature } from '../app/feature.ts'
import { AppContext } from '../app/use-app.ts'
import { useValue } from '../base/use-value.ts'
import { I18nProvider } from '../look/aria.ts'
import { LoginScreen } from '../session/login-screen.tsx'
import type { Session } from '../session/session.ts'
import { SpeechContext } from '../words/use-words.ts'
import { findRoute, Outlet } from './outlet.tsx'
import { Shell } from './shell.tsx'
import { ToastsView } from './toasts-view.tsx'

/** The whole app: language, then who is there, then the shell or the one page that needs nobody. */
export function Root({
  app,
  session,
  features,
}: {
  readonly app: App
  readonly session: Session
  readonly features: readonly WebFeature[]
}) {
  const speech = useValue(app.speech.speech)
  return (
    <AppContext value={app}>
      <SpeechContext value={speech}>
        <I18nProvider locale={speech.format.language === 'en' ? 'en-GB' : speech.format.language}>
          <Pages app={app} session={session} features={features} />
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
  const userId = state.name === 'loggedIn' ? state.me.user.id : undefined
  const isStarted = useStarted(app, features, userId)
  if (route?.isPublic && (route.isBare || userId === undefined)) return <Outlet features={features} />
  if (state.name === 'unknown') return null
  if (state.name === 'loggedOut') return <LoginScreen logIn={(login, password) => session.logIn(login, password)} />
  if (!isStarted) return null
  return route?.isBare ? <Outlet features={features} /> : <Shell features={features} />
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
