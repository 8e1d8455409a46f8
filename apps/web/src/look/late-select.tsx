import { Suspense } from 'react'
import { late } from '../app/late.ts'
import type { SelectProps } from './select.tsx'

const Fetched = late(async () => (await import('./select.tsx')).Select)

/** A {@link Select} where few people have something to choose: a list to choose from is much code, and comes when it is drawn. */
export function LateSelect(props: SelectProps) {
  return (
    <Suspense>
      <Fetched {...props} />
    </Suspense>
  )
}
