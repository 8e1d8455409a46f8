import { useEffect } from 'react'
import { useApp } from './use-app.ts'

const configured: readonly string[] = ['configuration.changed']

/**
 * Loads what a screen shows, and loads it anew after each event that changes it and when the stream is live again.
 * @param load keeps what it loaded; another function loads at once
 * @param kinds how the kinds of these events begin; a list of the module, as another list listens anew
 */
export function useKeptLoaded(load: () => void, kinds = configured): void {
  const { events } = useApp()
  useEffect(() => {
    const stops = [
      events.onEvent(({ kind }) => {
        if (kinds.some((begin) => kind.startsWith(begin))) load()
      }),
      events.onLive(load),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [load, kinds, events])
}
