import { useState } from 'react'
import { ApiFault } from '../api/api.ts'
import { useWords } from '../words/use-words.ts'
import { faultText } from './app.ts'
import { isAt, sayMistake } from './say-mistake.ts'
import { useApp } from './use-app.ts'

/** A form's way to the server: busy or not, what went wrong, and where. */
export interface Submit {
  readonly isBusy: boolean
  /** What went wrong as a whole, in words; undefined when the fields of the form say it all. */
  readonly fault: string | undefined
  /** What is wrong with a field. @param path JSON pointer into the body: `/displayName` */
  readonly mistakeAt: (path: string) => string | undefined
  readonly run: (action: () => Promise<void>) => void
  readonly reset: () => void
}

/** So many mistakes that no field of the form says are told below it. */
const mostElsewhere = 3

/** @param tellsMistakes the form lists what the server found wrong itself */
export function useSubmit({ tellsMistakes = false } = {}): Submit {
  const words = useWords()
  const { toasts } = useApp()
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  // The fields that the form has: each asks whether something is wrong with it, also while nothing is.
  const [fields] = useState(() => new Set<string>())
  const mistakes = error instanceof ApiFault ? error.mistakes : []
  const elsewhere = mistakes.filter((mistake) => !tellsMistakes && ![...fields].some((field) => isAt(field, mistake)))
  const reasons = elsewhere.slice(0, mostElsewhere).map(({ path, reason }) => `${path} ${reason}`.trim())
  return {
    isBusy,
    fault:
      error === undefined || (mistakes.length > 0 && reasons.length === 0)
        ? undefined
        : [faultText(words, error), ...(reasons.length > 0 ? [`(${reasons.join('; ')})`] : [])].join(' '),
    mistakeAt: (path) => {
      fields.add(path)
      const mistake = mistakes.find((one) => isAt(path, one))
      return mistake && sayMistake(words.errors, mistake)
    },
    run: (action) => {
      setBusy(true)
      setError(undefined)
      toasts.over()
      action()
        .catch((caught: unknown) => setError(caught ?? new Error('unknown')))
        .finally(() => setBusy(false))
    },
    reset: () => setError(undefined),
  }
}
