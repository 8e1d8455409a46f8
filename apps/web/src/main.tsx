import './page/fill-in.ts'
import './look/tokens.css'
import { createRoot } from 'react-dom/client'
import { buildId } from 'vaxel:build'
import { operations } from 'vaxel:first-operations'
import { ApiFault } from './api/api.ts'
import { EventStreamClient } from './api/event-stream.ts'
import { httpApi } from './api/http-api.ts'
import { moreOperations } from './api/more-operations.ts'
import { ActionRegistry } from './app/actions.ts'
import { type App, faultText, type Me } from './app/app.ts'
import { Appearance } from './app/appearance.ts'
import { afterFirstMoments } from './app/first-moments.ts'
import { features } from './app/features.ts'
import { Router } from './app/router.ts'
import { allWords, SpeechChoice } from './app/speech-choice.ts'
import { Toasts } from './app/toasts.ts'
import { UpdateWatch } from './app/update-watch.ts'
import { derive } from './base/cell.ts'
import { keptIn } from './base/storage.ts'
import { connectStream } from './page/connect-stream.ts'
import { pageClock, pageHistory, storageOf } from './page/browser.ts'
import { unsubscribePush } from './phone/push-messages.ts'
import { Prover } from './session/prover.ts'
import { Session } from './session/session.ts'
import { findRoute } from './shell/outlet.tsx'
import { Root } from './shell/root.tsx'

/** Says that somebody was logged in here; the login itself no script can read. */
const loginSign = 'loggedIn'

/** Puts the app together and draws it. */
async function start(): Promise<void> {
  const kept = keptIn(storageOf('localStorage'))
  const loadingSpeech = SpeechChoice.load({
    kept,
    wished: navigator.languages,
    show: (language) => {
      document.documentElement.lang = language
    },
  })
  const prover = new Prover()
  const api = prover.around(
    httpApi({
      operations,
      more: moreOperations,
      // What the server says first is asked for beside the texts, and read when those are there.
      fetch: async (...request) => {
        const answer = await fetch(...request)
        await loadingSpeech
        return answer
      },
      onSessionEnded: () => session.ended(),
      onServerBuild: (id) => updates.serverHas(id),
    }),
  )
  const session: Session = new Session(api, {
    sign: {
      get: () => kept.get<boolean>(loginSign) === true,
      set: (isThere) => (isThere ? kept.set(loginSign, true) : kept.remove(loginSign)),
    },
    goTo: (url) => location.assign(url),
    startAnew: () => location.reload(),
    // Nobody stays logged in because a browser's push service does not answer.
    endMessages: () => Promise.race([unsubscribePush(api), new Promise<void>((done) => setTimeout(done, 2000))]),
  })
  const clock = pageClock()
  const events = new EventStreamClient({
    connect: (path) => connectStream(path),
    nowMs: () => clock.nowMs(),
    startTimer: (delayMs, run) => clock.startTimer(delayMs, run),
    random: Math.random,
    onSessionEnded: () => session.ended(),
  })
  void session.resume()
  if (kept.get<boolean>(loginSign) === true) fetchScreen(location.pathname)
  const speech = await loadingSpeech
  const toasts = new Toasts((delayMs, run) => clock.startTimer(delayMs, run))
  const showFault = (error: unknown) => {
    const show = () => void toasts.show({ tone: 'bad', text: faultText(speech.speech.get().words, error) })
    const isSayable = !(error instanceof ApiFault) || error.code in speech.speech.get().words.errors
    if (isSayable) show()
    else void allWords().then(show)
  }
  const updates = new UpdateWatch({
    buildId,
    clock,
    isBusy: () => app.services.isInCall?.() ?? false,
    reload: () => location.reload(),
    tell: (loadNow) => {
      const { shell } = speech.speech.get().words
      return toasts.show({ tone: 'info', text: shell.newVersion, action: { label: shell.reload, run: loadNow } })
    },
  })
  for (const touch of ['pointerdown', 'keydown']) addEventListener(touch, () => updates.touched())
  const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent)
  const actions = new ActionRegistry({ isMac, onFault: showFault })
  const router = new Router(pageHistory())
  const me = derive<Me | undefined>([session.state], () => {
    const state = session.state.get()
    return 'me' in state ? state.me : undefined
  })
  const app: App = {
    api,
    events,
    router,
    actions,
    services: {},
    toasts,
    speech,
    appearance: new Appearance({
      kept,
      show: (theme) => {
        if (theme === 'system') delete document.documentElement.dataset.theme
        else document.documentElement.dataset.theme = theme
      },
    }),
    kept,
    clock,
    me,
    showFault,
    logOut: () => session.logOut(),
  }
  addEventListener('keydown', (event) => {
    if (actions.press(event)) event.preventDefault()
  })
  addEventListener('online', () => events.hurry())
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) events.hurry()
  })
  session.state.subscribe(() => {
    // The stream ends with the login, and comes back with it.
    if (session.state.get().name === 'loggedIn') events.reopen()
    const user = me.get()?.user
    if (user) void speech.follow(user.language)
  })
  createRoot(document.getElementById('app')!).render(
    <Root app={app} session={session} prover={prover} features={features} />,
  )
  if (isSecureContext) navigator.serviceWorker?.register('/sw.js').catch(() => {})
  await afterFirstMoments(clock)
  await allWords()
  await moreOperations().catch(() => {})
}

/** The code of the screen where somebody begins, beside everything else; where that fails, the screen fetches it anew. */
function fetchScreen(path: string): void {
  const { route } = findRoute(features, path === '/' ? '/phone' : path) ?? {}
  route?.load().catch(() => {})
}

void start()
