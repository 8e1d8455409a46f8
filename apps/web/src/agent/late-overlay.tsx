import { Suspense } from 'react'
import { late } from '../app/late.ts'
import { allWords } from '../app/speech-choice.ts'
import { useValue } from '../base/use-value.ts'
import { isAgentHere } from './agent-holder.ts'

const Part = late(async () => {
  await allWords()
  return (await import('./offer-overlay.tsx')).OfferOverlay
})

/** Offers above the other screens; nothing of it is fetched for people who are no agents. */
export function LateOverlay() {
  return useValue(isAgentHere) ? (
    <Suspense fallback={null}>
      <Part />
    </Suspense>
  ) : null
}
