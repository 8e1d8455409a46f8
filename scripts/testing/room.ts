import { cpus } from 'node:os'

/** What runs now, and what would. */
export interface Asked {
  /** Files that run. */
  readonly running: number
  /** Whether one of them, or the one that asks, listens to sound, or needs its time. */
  readonly isCareful: boolean
  /** Whether one of them, or the one that asks, measures what a line does to packets: each busy neighbour is part of the line. */
  readonly isMeasuring: boolean
  /** Whether one of them, or the one that asks, bears no neighbour: browsers on two processors are a line of their own. */
  readonly isAlone: boolean
  /** How much of the processors was idle lately, 0 to 1. */
  readonly idleRatio: number
  /** So many files run whatever the load is. */
  readonly usual: number
  /** Never more than this. */
  readonly most: number
}

const enoughIdle = 0.25
/** Most of one of two processors: a file that listens takes a quarter of one. */
const carefulIdle = 0.4

/**
 * Whether one more test file may start: many wait for sound in real time and leave the processors idle. Beyond the usual number only on idle
 * processors; one more at most, on more of them, when something careful runs, and none when something measures. What bears no neighbour has none.
 */
export function hasRoom({ running, isCareful, isMeasuring, isAlone, idleRatio, usual, most }: Asked): boolean {
  if (isAlone) return running === 0
  if (running < usual) return true
  if (isMeasuring) return false
  if (isCareful) return running < Math.min(most, usual + 1) && idleRatio >= carefulIdle
  return running < most && idleRatio >= enoughIdle
}

/** How idle the processors were since it was last asked. */
export class IdleMeter {
  #last = readTimes()

  read(): number {
    const now = readTimes()
    const [idle, total] = [now.idle - this.#last.idle, now.total - this.#last.total]
    this.#last = now
    return total <= 0 ? 0 : idle / total
  }
}

function readTimes(): { idle: number; total: number } {
  let [idle, total] = [0, 0]
  for (const { times } of cpus()) {
    idle += times.idle
    total += times.idle + times.user + times.sys + times.nice + times.irq
  }
  return { idle, total }
}
