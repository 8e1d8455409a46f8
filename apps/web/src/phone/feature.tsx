import { firstMomentsAreOver } from '../app/first-moments.ts'
import { persistently } from '../app/late.ts'
import type { App } from '../app/app.ts'
import type { WebFeature } from '../app/feature.ts'
import { phoneActions } from './actions/phone-actions.ts'
import { showCallsOutside } from './call-notifications.ts'
import { BarStatus } from './bar-status.tsx'
import { IncomingCall } from './incoming-call.tsx'
import { PhoneDock } from './phone-dock.tsx'
import { phoneHolder, phoneState } from './phone-holder.ts'
import { Screen } from './phone-screen.tsx'
import { subscribePush } from './push-messages.ts'
import { deskDevice } from '../telephone/desk-device.ts'

function start(app: App): () => void {
  let isEnded = false
  const begin = () =>
    void persistently(() => import('./phone-runtime.ts')).then(({ startPhone }) => {
      // Whoever calls with the desk phone has none here.
      if (!isEnded && !phoneHolder.get() && deskDevice.get() === undefined) phoneHolder.set(startPhone(app))
    }, app.showFault)
  begin()
  const stopFollowing = deskDevice.subscribe(() => {
    if (deskDevice.get() === undefined) return begin()
    firstMomentsAreOver()
    phoneHolder.get()?.end()
    phoneHolder.set(undefined)
  })
  app.services.callNumber = (to, name) => void phoneHolder.get()?.phone.call(to, name)
  const stopWatching = phoneState.subscribe(() => {
    const { name } = phoneState.get().registration
    if (name === 'registered' || name === 'refused') firstMomentsAreOver()
  })
  subscribePush(app.api).catch(() => {})
  const stopRenewing = app.me.subscribe(() => {
    if (app.me.get()) void phoneHolder.get()?.phone.renew()
  })
  app.services.isInCall = () => phoneState.get().calls.length > 0
  const stops = [
    stopFollowing,
    stopWatching,
    stopRenewing,
    app.actions.add(...phoneActions(app)),
    showCallsOutside(app),
  ]
  return () => {
    isEnded = true
    for (const stop of stops) stop()
    delete app.services.callNumber
    delete app.services.isInCall
    phoneHolder.get()?.end()
    phoneHolder.set(undefined)
  }
}

export const phoneFeature: WebFeature = {
  id: 'phone',
  routes: [
    { pattern: '/phone', load: () => Promise.resolve({ Screen }), isEarly: true },
    { pattern: '/call', load: () => import('./outside-call-screen.tsx') },
  ],
  places: [{ path: '/phone', label: ({ phone }) => phone.title, icon: 'call', order: 10 }],
  start,
  bar: { order: 10, Part: BarStatus },
  Dock: PhoneDock,
  Overlay: IncomingCall,
  settings: [
    {
      id: 'sound',
      order: 30,
      title: ({ phone }) => phone.devices.title,
      icon: 'headset',
      load: () => import('./sound-settings.tsx'),
    },
  ],
}
