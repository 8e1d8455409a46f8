import { Suspense } from 'react'
import { late } from '../app/late.ts'
import { useValue } from '../base/use-value.ts'
import { useIdentity } from './session-context.ts'

const Questions = late(async () => (await import('./proof-questions.tsx')).ProofQuestions)

/** Asks again who is there, before something that is dangerous in wrong hands. */
export function ProofDialog() {
  const { prover } = useIdentity()
  if (!useValue(prover.isAsking)) return null
  return (
    <Suspense fallback={null}>
      <Questions />
    </Suspense>
  )
}
