import { readdirSync, readFileSync } from 'node:fs'

export type ThreadTimes = ReadonlyMap<string, { readonly name: string; readonly seconds: number }>

/** CPU time so far of each thread of a process, seconds by thread number, with its name (proc(5)). */
export function threadTimes(pid: number): ThreadTimes {
  const times = new Map<string, { name: string; seconds: number }>()
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    try {
      const stat = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8')
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      const name = Number(thread) === pid ? 'main' : stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'))
      times.set(thread, { name, seconds: (Number(fields[11]) + Number(fields[12])) / 100 })
    } catch {
      // The thread has ended meanwhile.
    }
  }
  return times
}

/** CPU time that the whole machine has worked so far, seconds (proc(5), /proc/stat). */
export function machineSeconds(): number {
  const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n')
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = line.split(/\s+/).slice(1).map(Number)
  return (user + nice + system + irq + softirq + steal) / 100
}

/** What others took of the machine between two looks, in processors. */
export function othersBetween(before: MachineTime, after: MachineTime): number {
  const seconds = (after.atMs - before.atMs) / 1000
  const used = (time: MachineTime): number => time.machineSeconds - time.serverSeconds - time.loadSeconds
  return Number(Math.max(0, (used(after) - used(before)) / seconds).toFixed(2))
}

/** CPU time so far, and when that was. */
export interface MachineTime {
  readonly atMs: number
  readonly serverSeconds: number
  readonly serverThreads: ThreadTimes
  readonly loadSeconds: number
  /** All processors together, whatever they worked for. */
  readonly machineSeconds: number
}

/** What the busiest thread did between two looks, as a part of one processor. */
export interface Busiest {
  readonly thread: string
  readonly part: number
}

export function busiestBetween(before: MachineTime, after: MachineTime): Busiest {
  let busiest: Busiest = { thread: 'none', part: 0 }
  const seconds = (after.atMs - before.atMs) / 1000
  for (const [thread, { name, seconds: used }] of after.serverThreads) {
    const part = (used - (before.serverThreads.get(thread)?.seconds ?? 0)) / seconds
    if (part > busiest.part) busiest = { thread: name, part }
  }
  return { thread: busiest.thread, part: Number(busiest.part.toFixed(2)) }
}
