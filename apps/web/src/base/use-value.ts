import { useSyncExternalStore } from 'react'
import type { Value } from './cell.ts'

/** The current value, drawn anew when it changes: the only way from a view model into a screen. */
export function useValue<T>(value: Value<T>): T {
  return useSyncExternalStore(value.subscribe.bind(value), () => value.get())
}
