import type { ReactNode } from 'react'
import type { RemoteState } from '../api/remote-list.ts'
import { faultText } from '../app/app.ts'
import { useApp } from '../app/use-app.ts'
import { Banner, Button } from '../look/index.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import css from './admin.module.css'

/** A list as it is: nothing yet, the last truth with what went wrong, or the truth. */
export function Listed<T>({
  list,
  children,
}: {
  readonly list: RemoteState<T> & { readonly reload: () => void }
  readonly children: (items: readonly T[]) => ReactNode
}) {
  const words = useWords()
  const format = useFormat()
  const { clock } = useApp()
  const { items, fault, loadedAtMs, reload } = list
  return (
    <>
      {fault !== undefined && (
        <Banner tone="warn" isLive tools={<Button onPress={reload}>{words.shell.retry}</Button>}>
          {faultText(words, fault)}{' '}
          {loadedAtMs !== undefined && words.admin.loadedAt(format.moment(loadedAtMs, clock.nowMs()))}
        </Banner>
      )}
      {items === undefined ? fault === undefined && <div className={css.waiting} /> : children(items)}
    </>
  )
}
