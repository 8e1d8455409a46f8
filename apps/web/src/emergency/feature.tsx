import { Suspense } from 'react'
import type { WebFeature } from '../app/feature.ts'
import { late, persistently } from '../app/late.ts'
import { useValue } from '../base/use-value.ts'
import { emergencyHolder } from './emergency-holder.ts'

const Alerts = late(async () => (await import('./emergency-alerts.tsx')).EmergencyAlerts)

function Overlay() {
  const model = useValue(emergencyHolder)
  if (!model) return null
  return (
    <Suspense fallback={null}>
      <Alerts model={model} />
    </Suspense>
  )
}

/** Who looks after emergency calls sees them on whatever page they are. */
export const emergencyFeature: WebFeature = {
  id: 'emergency',
  start(app) {
    const me = app.me.get()
    if (!me || me.user.role === 'user') return () => {}
    let stop: (() => void) | undefined
    let isEnded = false
    persistently(() => import('./start-emergency.ts')).then(({ startEmergency }) => {
      if (!isEnded) stop = startEmergency(app, me.user.id)
    }, app.showFault)
    return () => {
      isEnded = true
      stop?.()
    }
  },
  Overlay,
}
