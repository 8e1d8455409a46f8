import { useEffect, useMemo } from 'react'
import type { StreamEvent } from '../api/event-stream.ts'
import { RemoteList, type RemoteState } from '../api/remote-list.ts'
import { useApp } from '../app/use-app.ts'
import { useValue } from '../base/use-value.ts'

/** A list of the server for as long as a screen shows it. @param key names it: another key is another list */
export function useList<T>(
  key: string,
  page: (after: string | undefined) => Promise<{ readonly items: readonly T[]; readonly next?: string }>,
  concerns: (event: StreamEvent) => boolean,
): RemoteState<T> & { readonly reload: () => void } {
  const { events, clock } = useApp()
  // The key says everything that the two functions depend on.
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  const list = useMemo(() => new RemoteList<T>({ page, clock }), [key])
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  useEffect(() => list.follow(events, concerns), [list, events])
  const state = useValue(list.state)
  return { ...state, reload: () => void list.load() }
}
