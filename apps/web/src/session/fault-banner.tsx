import { faultText } from '../app/app.ts'
import { Banner } from '../look/index.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import { PasskeyCancelled } from './passkey-cancelled.ts'

/** What was refused, read aloud when it comes; nothing where nothing was. */
export function FaultBanner({ fault, blockedForMs }: { fault: unknown; blockedForMs?: number | undefined }) {
  const words = useWords()
  const format = useFormat()
  if (blockedForMs !== undefined)
    return (
      <Banner tone="warn" isLive>
        {words.session.blocked(format.duration(blockedForMs))}
      </Banner>
    )
  if (fault === undefined) return null
  if (fault instanceof PasskeyCancelled)
    return (
      <Banner tone="info" isLive>
        {words.session.passkeyCancelled}
      </Banner>
    )
  return (
    <Banner tone="bad" isLive>
      {faultText(words, fault)}
    </Banner>
  )
}
