import type { TimerLetter } from './timing.ts'

export interface StartTimer {
  readonly do: 'start'
  readonly timer: TimerLetter
  readonly delayMs: number
}

export interface StopTimer {
  readonly do: 'stop'
  readonly timer: TimerLetter
}

export const start = (timer: TimerLetter, delayMs: number): StartTimer => ({ do: 'start', timer, delayMs })

const stops = new Map<TimerLetter, StopTimer>()

/** The same frozen value each time: stopping is on every hot path. */
export function stop(timer: TimerLetter): StopTimer {
  let effect = stops.get(timer)
  if (!effect) {
    effect = Object.freeze({ do: 'stop', timer })
    stops.set(timer, effect)
  }
  return effect
}
