import { useState } from 'react'
import { ApiFault } from '../api/api.ts'
import { useWords } from '../words/use-words.ts'
import { faultText } from './app.ts'

/** A form's way to the server: busy or not, what went wrong, and where. */
export interface Submit {
  readonly isBusy: boolean
  /** What went wrong as a whole, in words; undefined when the fields say it. */
  readonly fault: string | undefined
  /** What is wrong with a field. @param path JSON pointer into the body: `/displayName` */
  readonly mistakeAt: (path: string) => string | undefined
  readonly run: (action: () => Promise<void>) => void
  readonly reset: () => void
}

export function useSubmit(): Submit {
  const words = useWords()
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const mistakes = error instanceof ApiFault ? error.mistakes : []
  return {
    isBusy,
    fault: error === undefined || mistakes.length > 0 ? undefined : faultText(words, error),
    mistakeAt: (path) =>
      mistakes.some((mistake) => mistake.path === path || mistake.path.startsWith(`${path}/`))
        ? words.errors.FIELD_WRONG
        : undefined,
    run: (action) => {
      setBusy(true)
      setError(undefined)
      action()
        .catch((caught: unknown) => setError(caught ?? new Error('unknown')))
        .finally(() => setBusy(false))
    },
    reset: () => setError(undefined),
  }
}
