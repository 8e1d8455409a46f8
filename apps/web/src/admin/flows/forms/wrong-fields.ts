import { createContext, useCallback, useContext, useEffect, useId, useState } from 'react'

/** The form around its fields: it is told which of them show what cannot be read, and does not save another value in its place. */
export const WrongFields = createContext<(field: string, isWrong: boolean) => void>(() => {})

/** Tells the form around whether this field shows a mistake; gone from the screen, it does not. */
export function useTellWrong(isWrong: boolean): void {
  const tell = useContext(WrongFields)
  const field = useId()
  useEffect(() => {
    tell(field, isWrong)
    return () => tell(field, false)
  }, [tell, field, isWrong])
}

/** Of the form around: whether any of its fields shows a mistake, and how they tell it. */
export function useWrongFields(): {
  readonly isAnyWrong: boolean
  readonly tellWrong: (field: string, isWrong: boolean) => void
} {
  const [wrong, setWrong] = useState<readonly string[]>([])
  const tellWrong = useCallback(
    (field: string, isWrong: boolean) =>
      setWrong((before) => {
        if (before.includes(field) === isWrong) return before
        return isWrong ? [...before, field] : before.filter((one) => one !== field)
      }),
    [],
  )
  return { isAnyWrong: wrong.length > 0, tellWrong }
}
