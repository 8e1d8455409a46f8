import { readdirSync, readFileSync } from 'node:fs'

/** One measured figure of one system. */
export interface Figure {
  /** What was measured, e.g. `calls set up and cleared`. */
  readonly what: string
  readonly system: string
  readonly value: number
  readonly unit: string
  /** Short and stable, `registrations.cpu`: how docs/scale.md asks for it. */
  readonly id?: string
  /** What this project set itself; of its own figures alone. */
  readonly aim?: { readonly most: number } | { readonly least: number }
  /** What a reader must know to compare: rate, count, allocator, transport. */
  readonly note?: string
}

/** How long a measurement may take its time. */
export interface Effort {
  /** Short steps and small counts: shows that everything runs, and figures of the right size. */
  readonly isQuick: boolean
}

/** Something that `npm run bench` measures; progress lines go to the callback. */
export interface Measurement {
  readonly name: string
  run(progress: (line: string) => void, effort: Effort): Promise<readonly Figure[]>
}

/** CPU time of a process and all its threads since it started, seconds (proc(5), fields 14 to 17). */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}

/** Resident memory of a process, bytes. */
export function residentBytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024
}

/** CPU time of a process and its children, which some servers work in, seconds. */
export function familySeconds(pid: number): number {
  let sum = cpuSeconds(pid)
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8')
      if (Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === pid) sum += familySeconds(Number(entry))
    } catch {
      // The process has ended meanwhile.
    }
  }
  return sum
}
