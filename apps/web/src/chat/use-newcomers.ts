import { useRef, useState } from 'react'
import type { Message } from './outbox.ts'
import { useSummary } from './use-summary.ts'

interface Newcomer {
  readonly number: number
  readonly text: string
}

const mostSaid = 5

/** What others have said since the thread is open, to be read aloud: not what was there before, and not older pages. */
export function useNewcomers(messages: readonly Message[] | undefined, ownId: string): readonly Newcomer[] {
  const summary = useSummary()
  const seen = useRef<number | undefined>(undefined)
  const [said, setSaid] = useState<readonly Newcomer[]>([])
  const last = messages?.at(-1)?.number
  if (last !== undefined && last !== seen.current) {
    const from = seen.current
    seen.current = last
    if (from !== undefined) {
      const fresh = messages!.filter(({ number, senderId }) => number > from && senderId !== ownId)
      if (fresh.length > 0)
        setSaid([...said, ...fresh.map((one) => ({ number: one.number, text: summary(one, true) }))].slice(-mostSaid))
    }
  }
  return said
}
