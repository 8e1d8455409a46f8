import type { PhoneProblem } from './phone-state.ts'

/** What a failed `getUserMedia` means to a person (Media Capture and Streams §10.2). */
export function whyNoMicrophone(error: unknown): (PhoneProblem & { name: 'microphone' })['why'] {
  const { name } = error as { name?: string }
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied'
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'missing'
  return name === 'NotReadableError' || name === 'AbortError' ? 'busy' : 'unsupported'
}
