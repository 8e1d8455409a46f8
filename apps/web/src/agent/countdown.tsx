import { useEffect, useState } from 'react'
import { useApp } from '../app/use-app.ts'
import { useFormat } from '../words/use-words.ts'
import css from './agent.module.css'

/** How long something still lasts, second by second, with a bar that shrinks. Says nothing aloud by itself. */
export function Countdown({
  untilMs,
  wholeMs,
  label,
}: {
  readonly untilMs: number
  /** How long it was at the beginning; without it there is no bar. */
  readonly wholeMs?: number
  readonly label: string
}) {
  const { clock } = useApp()
  const format = useFormat()
  const [nowMs, setNowMs] = useState(() => clock.nowMs())
  const isOver = nowMs >= untilMs
  useEffect(() => {
    let stop = () => {}
    const tick = () => {
      const now = clock.nowMs()
      setNowMs(now)
      if (now < untilMs) stop = clock.startTimer(250, tick)
    }
    tick()
    return () => stop()
  }, [clock, untilMs])
  const leftMs = Math.max(0, untilMs - nowMs)
  return (
    <span className={css.countdown} data-late={isOver || leftMs < 5000 ? '' : undefined}>
      <span role="timer" aria-label={label}>
        {format.duration(Math.ceil(leftMs / 1000) * 1000)}
      </span>
      {wholeMs !== undefined && wholeMs > 0 && (
        <progress className={css.bar} max={wholeMs} value={Math.min(wholeMs, leftMs)} aria-hidden />
      )}
    </span>
  )
}
