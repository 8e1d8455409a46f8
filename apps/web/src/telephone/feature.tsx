import { Suspense } from 'react'
import type { WebFeature } from '../app/feature.ts'
import { late } from '../app/late.ts'
import { deskDevice, startDeskControl } from './desk-device.ts'
import { startLineChoice } from './line-choice.ts'
import { useValue } from '../base/use-value.ts'

const DeskCalls = late(async () => (await import('./desk-calls.tsx')).DeskCalls)

/** Calls of the desk phone beside every screen, for whoever calls with it. */
function Dock() {
  const device = useValue(deskDevice)
  if (device === undefined) return null
  return (
    <Suspense fallback={null}>
      <DeskCalls deviceId={device} />
    </Suspense>
  )
}

/** What people do at telephones, and from here with them: codes, parked calls, pickup, call-backs, the desk phone. */
export const telephoneFeature: WebFeature = {
  id: 'telephone',
  start: (app) => {
    const stops = [startLineChoice(app), startDeskControl(app)]
    return () => {
      for (const stop of stops) stop()
    }
  },
  Dock,
  settings: [
    {
      id: 'telephone',
      order: 13,
      title: ({ telephone }) => telephone.title,
      icon: 'dialpad',
      load: () => import('./telephone-section.tsx'),
    },
  ],
}
