import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { exitCodes, Failure } from './failure.ts'

/** VAXEL_PASSWORD, else the terminal without an echo, else the first line of standard input. */
export async function readPassword(question: string, environment: NodeJS.ProcessEnv): Promise<string> {
  return environment.VAXEL_PASSWORD || (await readSecret(question))
}

/** The terminal without an echo, else the first line of standard input. */
export async function readSecret(question: string): Promise<string> {
  const isTerminal = process.stdin.isTTY === true
  if (isTerminal) process.stderr.write(question)
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: isTerminal })
  try {
    for await (const line of lines) return line
  } finally {
    lines.close()
    if (isTerminal) process.stderr.write('\n')
  }
  throw new Failure('No password was given.', exitCodes.usage)
}
