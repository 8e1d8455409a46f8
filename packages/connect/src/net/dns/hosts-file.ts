import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '@vaxel/base'
import { familyOf } from '../ip-address.ts'

const keptMs = 10_000
const largestBytes = 1_048_576

export interface HostAddresses {
  readonly 4: readonly string[]
  readonly 6: readonly string[]
}

/** Where the system keeps its table of hosts. */
export const systemHostsPath =
  process.platform === 'win32'
    ? join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'drivers', 'etc', 'hosts')
    : '/etc/hosts'

/**
 * The system's table of hosts, which goes before DNS. Read here and not by the system's own look-up, which would hold one of the
 * few threads that files and keys need for as long as a dead DNS server lasts. A missing file has no hosts.
 */
export class HostsFile {
  readonly #path: string
  readonly #clock: Clock
  #hosts: Promise<ReadonlyMap<string, HostAddresses>> | undefined
  #untilMs = Number.NEGATIVE_INFINITY

  constructor(path: string, clock: Clock) {
    this.#path = path
    this.#clock = clock
  }

  /** Never rejects. */
  async find(name: string): Promise<HostAddresses | undefined> {
    const now = this.#clock.monotonicMs()
    if (this.#hosts === undefined || now >= this.#untilMs) {
      this.#untilMs = now + keptMs
      this.#hosts = readFile(this.#path, 'utf8').then(parseHosts, () => new Map())
    }
    return (await this.#hosts).get(name.toLowerCase())
  }
}

/** @example parseHosts('192.0.2.1 pbx pbx.example # the old one').get('pbx') // { 4: ['192.0.2.1'], 6: [] } */
export function parseHosts(text: string): ReadonlyMap<string, HostAddresses> {
  const hosts = new Map<string, { 4: string[]; 6: string[] }>()
  if (text.length > largestBytes) return hosts
  for (const line of text.split('\n')) {
    const [address = '', ...names] = line.split('#', 1)[0]!.trim().split(/\s+/)
    const family = familyOf(address)
    if (family === 0) continue
    for (const name of names) {
      const known = hosts.get(name.toLowerCase()) ?? { 4: [], 6: [] }
      known[family].push(address)
      hosts.set(name.toLowerCase(), known)
    }
  }
  return hosts
}
