import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Program, temporaryFolder } from '@vaxel/testkit'

export interface Load {
  readonly scenario: string
  /** host:port */
  readonly remote: string
  readonly localPort: number
  readonly calls: number
  /** Calls a second; a scenario that waits for calls needs none. */
  readonly rate?: number
  readonly service?: string
  readonly login?: { readonly username: string; readonly password: string }
  readonly keys?: Readonly<Record<string, string>>
}

const limitSeconds = 120

/** A sipp that makes load and keeps no message, unlike the one for tests. */
export function sipp(load: Load): { succeed(): Promise<void>; stop(): Promise<void> } {
  const folder = temporaryFolder('load')
  const file = join(folder, 'scenario.xml')
  writeFileSync(file, load.scenario)
  const keys = Object.entries(load.keys ?? {}).flatMap(([name, value]) => ['-key', name, value])
  const rate = load.rate === undefined ? [] : ['-r', String(load.rate), '-l', '2000']
  const where = ['-i', '127.0.0.1', '-p', String(load.localPort), '-t', 'u1']
  const login = load.login ? ['-au', load.login.username, '-ap', load.login.password] : []
  const bounds = ['-m', String(load.calls), '-timeout', String(limitSeconds), '-timeout_error', '-nostdin']
  const program = Program.start(
    'sipp',
    [load.remote, '-sf', file, ...where, ...bounds, ...rate, '-s', load.service ?? 'service', ...login, ...keys],
    { cwd: folder, env: { TERM: 'dumb' } },
  )
  return {
    succeed: async () => {
      const { code } = await program.ended
      if (code !== 0) throw new Error(`sipp ended with ${code}: ${program.output.slice(-1200)}`)
    },
    stop: async () => void (await program.stop('SIGKILL')),
  }
}
