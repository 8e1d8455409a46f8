import { useSecond } from '../app/use-second.ts'
import { useFormat } from '../words/use-words.ts'
import css from './cards.module.css'

/** How long something has lasted, second by second. */
export function Ticking({ sinceMs }: { readonly sinceMs: number }) {
  const format = useFormat()
  return <span className={css.number}>{format.duration(useSecond() - sinceMs)}</span>
}
