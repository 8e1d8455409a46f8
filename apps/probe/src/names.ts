import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'

const patienceMs = 8000
const mostAddresses = 8

/**
 * Finds addresses as every program of this machine does: hosts file, search list and DNS. Each name is asked once; what takes
 * too long is not found.
 */
export function machineNames(): (name: string) => Promise<readonly string[]> {
  const known = new Map<string, Promise<readonly string[]>>()
  return (name) => {
    if (isIP(name) !== 0) return Promise.resolve([name])
    const before = known.get(name)
    if (before) return before
    const asked = Promise.race([find(name), tooLate()])
    known.set(name, asked)
    return asked
  }
}

async function find(name: string): Promise<readonly string[]> {
  try {
    const found = await lookup(name, { all: true, order: 'verbatim' })
    return [...new Set(found.map(({ address }) => address))].slice(0, mostAddresses)
  } catch {
    return []
  }
}

const tooLate = (): Promise<readonly string[]> =>
  new Promise((resolve) => {
    setTimeout(() => resolve([]), patienceMs).unref()
  })
