import { join } from 'node:path'
import { Program } from '../program.ts'
import type { LineImpairment } from './impairment.ts'

/** A line between two interfaces that loses, delays, shakes, reorders and doubles packets as its seed says; netem for kernels without it. */
export class ImpairingLink {
  readonly #program: Program

  private constructor(program: Program) {
    this.#program = program
  }

  /** Makes both interfaces in this process's network; either may then be moved to another namespace. */
  static async start(near: string, far: string, line: LineImpairment): Promise<ImpairingLink> {
    const file = join(import.meta.dirname, 'impairing-link-program.ts')
    const program = Program.start(process.execPath, [file, near, far, JSON.stringify(line)])
    await program.waitForOutput(/^ready/m)
    return new ImpairingLink(program)
  }

  /** Both interfaces go with it. */
  async stop(): Promise<void> {
    await this.#program.stop('SIGKILL')
  }
}
