import { persistently } from '../app/late.ts'
import type { WebFeature } from '../app/feature.ts'
import { LateOverlay } from './late-overlay.tsx'
import { isAgentHere, workCount } from './agent-holder.ts'

/** The place of people who handle calls, mails, chats and messages of the contact centre. */
export const agentFeature: WebFeature = {
  id: 'agent',
  routes: [{ pattern: '/agent', load: () => import('./agent-screen.tsx') }],
  places: [
    {
      path: '/agent',
      label: ({ shell }) => shell.agent,
      icon: 'headset',
      order: 12,
      count: workCount,
      isShown: isAgentHere,
    },
  ],
  start(app) {
    let stop: (() => void) | undefined
    let isEnded = false
    persistently(() => import('./agent-runtime.ts')).then(({ startAgent }) => {
      if (!isEnded) stop = startAgent(app)
    }, app.showFault)
    return () => {
      isEnded = true
      stop?.()
    }
  },
  Overlay: LateOverlay,
}
