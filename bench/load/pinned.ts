import { availableParallelism } from 'node:os'
import { findProgram } from '@vaxel/testkit'

/** The processor that servers are measured on, and that of the load; undefined where there is only one. */
export const serverProcessor: number | undefined = availableParallelism() > 1 ? 0 : undefined
export const loadProcessor: number | undefined = availableParallelism() > 1 ? 1 : undefined

/** A command line held on one processor by taskset (util-linux, on every Debian), threads and children included. */
export function pinned(processor: number | undefined, program: string, ...args: readonly string[]): string[] {
  const taskset = processor === undefined ? undefined : findProgram('taskset')
  if (processor !== undefined && taskset === undefined)
    throw new Error('taskset is not installed: apt-get install --no-install-recommends util-linux')
  return taskset === undefined ? [program, ...args] : [taskset, '-c', String(processor), program, ...args]
}
