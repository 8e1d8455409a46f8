import { useSecond } from '../app/use-second.ts'
import { useFormat } from '../words/use-words.ts'
import css from './history.module.css'

/** How long something has lasted, drawn anew each second. */
export function LongSince({ sinceMs }: { readonly sinceMs: number }) {
  const format = useFormat()
  return <span className={css.playerTime}>{format.duration(useSecond() - sinceMs)}</span>
}
