import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { findProgram } from '@vaxel/testkit'

/** The processors that the measurement may use, first to last. A child that is held on one of them itself still has to know the others. */
const processors = (process.env['VAXEL_BENCH_PROCESSORS'] ??= allowed().join()).split(',').map(Number)

/** The processor that servers are measured on, and that of the load; undefined where there is only one. */
export const serverProcessor: number | undefined = processors.length > 1 ? processors[0] : undefined
export const loadProcessor: number | undefined = processors.length > 1 ? processors[1] : undefined

/** A command line held on one processor by taskset (util-linux, on every Debian), threads and children included. */
export function pinned(processor: number | undefined, program: string, ...args: readonly string[]): string[] {
  const taskset = processor === undefined ? undefined : findProgram('taskset')
  if (processor !== undefined && taskset === undefined)
    throw new Error('taskset is not installed: apt-get install --no-install-recommends util-linux')
  return taskset === undefined ? [program, ...args] : [taskset, '-c', String(processor), program, ...args]
}

/** As the kernel says; by their number alone on other systems. */
function allowed(): number[] {
  try {
    const list = /^Cpus_allowed_list:\s*(\S+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]
    if (list) return processorsIn(list)
  } catch {
    // Not Linux.
  }
  return Array.from({ length: availableParallelism() }, (_, index) => index)
}

/** @param list as in `0-3,8` */
export function processorsIn(list: string): number[] {
  return list.split(',').flatMap((part) => {
    const [first = 0, last = first] = part.split('-').map(Number)
    return Array.from({ length: last - first + 1 }, (_, index) => first + index)
  })
}
