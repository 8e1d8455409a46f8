import { useEffect, useState } from 'react'
import { useApp } from './use-app.ts'

/** The time by the page's clock, anew each second. */
export function useSecond(): number {
  const { clock } = useApp()
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
  return nowMs
}
