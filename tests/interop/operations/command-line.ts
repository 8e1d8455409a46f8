import { join } from 'node:path'
import { Program, temporaryFolder } from '@vaxel/testkit'

const entry = join(import.meta.dirname, '../../../apps/cli/src/main.ts')

export interface Ran {
  readonly code: number | null
  readonly output: string
}

type Environment = Readonly<Record<string, string | undefined>>

/** `npx vaxel …` as a process of its own, without the settings of whoever runs the test. */
export function startVaxel(args: readonly string[], environment: Environment = {}): Program {
  const program = Program.start(process.execPath, [entry, ...args], {
    env: { VAXEL_DATA: undefined, VAXEL_DATABASE_URL: undefined, HOME: temporaryFolder('home'), ...environment },
  })
  program.closeInput()
  return program
}

/** Runs it to its end. */
export async function vaxel(args: readonly string[], environment: Environment = {}): Promise<Ran> {
  const program = startVaxel(args, environment)
  const { code } = await program.ended
  return { code, output: program.output }
}
