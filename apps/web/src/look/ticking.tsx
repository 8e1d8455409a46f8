import { useEffect, useState } from 'react'
import { useApp } from '../app/use-app.ts'
import { useFormat } from '../words/use-words.ts'
import css from './cards.module.css'

/** How long something has lasted, second by second. */
export function Ticking({ sinceMs }: { readonly sinceMs: number }) {
  const { clock } = useApp()
  const format = useFormat()
  const [nowMs, setNowMs] = useState(() => clock.nowMs())
  useEffect(() => {
    let stop = () => {}
    const tick = () => {
      setNowMs(clock.nowMs())
      stop = clock.startTimer(1000 - (clock.nowMs() % 1000), tick)
    }
    tick()
    return () => stop()
  }, [clock])
  return <span className={css.number}>{format.duration(nowMs - sinceMs)}</span>
}
