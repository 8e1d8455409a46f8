import { createContext, useContext, useEffect, useId } from 'react'

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
