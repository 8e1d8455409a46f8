import { execFileSync } from 'node:child_process'
import { cpus, release, totalmem } from 'node:os'
import { findProgram } from '@vaxel/testkit'

/** What the figures were measured on. */
export interface MachineDescription {
  readonly processor: string
  readonly cores: number
  readonly memoryGib: number
  readonly kernel: string
  readonly node: string
  /** Version of each peer that is there. */
  readonly peers: Readonly<Record<string, string>>
}

export function describeMachine(): MachineDescription {
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGib: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    node: process.version,
    peers: { kamailio: versionOf('kamailio', '-v'), rtpengine: versionOf('rtpengine', '--version') },
  }
}

/** One line for a person. */
export const machineLine = ({ processor, cores, memoryGib, kernel, node, peers }: MachineDescription): string =>
  `${processor}, ${cores} cores, ${memoryGib} GiB, Linux ${kernel}, Node.js ${node}; ${Object.entries(peers)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ')}`

function versionOf(name: string, option: string): string {
  const program = findProgram(name)
  if (program === undefined) return 'not installed'
  try {
    // rtpengine prints to standard error, Kamailio to standard output.
    const text = execFileSync('sh', ['-c', `"$0" ${option} 2>&1`, program], { encoding: 'utf8', timeout: 5_000 })
    return /\d+(\.\d+)+/.exec(text)?.[0] ?? 'unknown'
  } catch {
    return 'unknown'
  }
}
