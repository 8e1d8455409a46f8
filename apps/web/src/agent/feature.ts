import { persistently } from '../app/late.ts'
import type { WebFeature } from '../app/feature.ts'
import { LateOverlay } from './late-overlay.tsx'
import { isAgentHere, workCount } from './agent-holder.ts'
import { hasUnsent } from './unsent-notes.ts'

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
    let isBegun = false
    let isEnded = false
    const begin = () => {
      if (isBegun) return
      isBegun = true
      persistently(() => import('./agent-runtime.ts')).then(({ startAgent }) => {
        if (!isEnded) stop = startAgent(app)
      }, app.showFault)
    }
    // Most people are no agents: they are asked for nothing more than that.
    const look = () => {
      if (isBegun || isEnded) return
      app.api.call('readAgentMembership').then(
        ({ isAgent }) => {
          if (isAgent) begin()
        },
        // Asked again when the stream is live again, or when a notice comes.
        () => {},
      )
    }
    // What an agent wrote must get to the server, also of somebody who is none any more.
    if (hasUnsent(app.kept, app.me.get()?.user.id ?? '')) begin()
    const stops = [app.events.onLive(look), app.events.onNotice('agent.deskChanged', begin)]
    return () => {
      isEnded = true
      for (const one of stops) one()
      stop?.()
    }
  },
  Overlay: LateOverlay,
}
