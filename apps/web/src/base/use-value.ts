import { useCallback, useSyncExternalStore } from 'react'
import type { Value } from './cell.ts'

/** The current value, drawn anew when it changes: the only way from a view model into a screen. */
export function useValue<T>(value: Value<T>): T {
  // The same function as long as the value is the same: with another one React would subscribe anew at every drawing.
  const subscribe = useCallback((listener: () => void) => value.subscribe(listener), [value])
  return useSyncExternalStore(subscribe, () => value.get())
}
