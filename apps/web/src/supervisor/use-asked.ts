import { useEffect, useState } from 'react'

/** The answer to what is asked now; the last one stays until the next one is there. */
export function useAsked<T>(
  ask: () => Promise<T>,
  key: string,
): { readonly answer: T | undefined; readonly fault: unknown } {
  const [state, setState] = useState<{ readonly answer: T | undefined; readonly fault: unknown }>({
    answer: undefined,
    fault: undefined,
  })
  // What is asked is named by its key; the function is another one each time.
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  useEffect(() => {
    let isCurrent = true
    ask().then(
      (answer) => isCurrent && setState({ answer, fault: undefined }),
      (fault: unknown) => isCurrent && setState(({ answer }) => ({ answer, fault })),
    )
    return () => {
      isCurrent = false
    }
  }, [key])
  return state
}
