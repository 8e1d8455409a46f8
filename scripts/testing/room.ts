import { cpus } from 'node:os'

/**
 * How a test file bears others beside it. An `easy` one gives way to the others, a `careful` one listens to sound or needs its time, a `measuring`
 * one holds what a line does to packets (each busy neighbour is part of the line), and an `alone` one bears no neighbour at all.
 */
export type FileKind = 'easy' | 'careful' | 'measuring' | 'alone'

/** What runs now, and what would. */
export interface Asked {
  readonly kind: FileKind
  readonly running: readonly FileKind[]
  readonly lately: Load
  /** So many files that do not give way run whatever the load is. */
  readonly usual: number
  /** Never more files than this, of all kinds. */
  readonly most: number
}

/** What the processors did, as parts of all their time. */
export interface Load {
  readonly idleRatio: number
  /** What those took that give way: {@link easyPriority}. */
  readonly easyRatio: number
}

/** As `nice` has it: beside one that does not give way, an easy file has a quarter of a processor. */
export const easyPriority = 5
const enoughIdle = 0.15
/** Most of one of two processors: a file that listens takes a quarter of one. */
const carefulIdle = 0.4

/**
 * Whether one more test file may start: many wait for sound in real time and leave the processors idle. Files that give way fill what is idle; the
 * others see them as idle, and are one more than usual at most. Beside what measures there are no more than usual of any kind.
 */
export function hasRoom({ kind, running, lately, usual, most }: Asked): boolean {
  const all = [kind, ...running]
  if (all.includes('alone')) return running.length === 0
  if (running.length < usual) return true
  if (all.includes('measuring') || running.length >= most) return false
  if (kind === 'easy') return lately.idleRatio >= enoughIdle
  const firm = running.filter((one) => one !== 'easy').length
  return firm < usual || (firm === usual && lately.idleRatio + lately.easyRatio >= carefulIdle)
}

/** What the processors did since it was last asked. */
export class LoadMeter {
  #last = readTimes()

  read(): Load {
    const now = readTimes()
    const total = now.total - this.#last.total
    const ratioOf = (what: 'idle' | 'easy') => (total <= 0 ? 0 : (now[what] - this.#last[what]) / total)
    const load = { idleRatio: ratioOf('idle'), easyRatio: ratioOf('easy') }
    this.#last = now
    return load
  }
}

function readTimes(): { idle: number; easy: number; total: number } {
  let [idle, easy, total] = [0, 0, 0]
  for (const { times } of cpus()) {
    idle += times.idle
    easy += times.nice
    total += times.idle + times.user + times.sys + times.nice + times.irq
  }
  return { idle, easy, total }
}
