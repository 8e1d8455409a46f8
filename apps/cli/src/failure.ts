/** Exit codes of the command line. */
export const exitCodes = { done: 0, failed: 1, usage: 2, notLoggedIn: 3, unreachable: 4 } as const

/** A reason to stop that is told to the person as it stands, if it says anything, with the exit code that goes with it. */
export class Failure extends Error {
  readonly exitCode: number
  /** The server's code of what it refused, if it did. */
  readonly code: string | undefined

  constructor(sentence: string, exitCode: number = exitCodes.failed, code?: string) {
    super(sentence)
    this.code = code
    this.name = 'Failure'
    this.exitCode = exitCode
  }
}
