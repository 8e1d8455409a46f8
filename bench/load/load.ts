import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { OrderName, Orders } from './orders.ts'
import { pinned } from './pinned.ts'

const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** A load in a process of its own, on a processor of its own where there are several. */
export class Load {
  readonly #child: ChildProcess
  readonly #waiting = new Map<number, { resolve: (answer: never) => void; reject: (error: Error) => void }>()
  #id = 0

  private constructor(child: ChildProcess) {
    this.#child = child
    running.add(child)
    child.on('message', ({ id, answer, error }: { id: number; answer: never; error?: string }) => {
      const waiting = this.#waiting.get(id)
      this.#waiting.delete(id)
      if (error === undefined) waiting?.resolve(answer)
      else waiting?.reject(new Error(`the load: ${error}`))
    })
    const gone = () => {
      running.delete(child)
      for (const { reject } of this.#waiting.values()) reject(new Error('the load has ended'))
      this.#waiting.clear()
    }
    child.on('exit', gone)
    child.on('error', gone)
  }

  /** @param processor its number, as taskset counts; undefined: any */
  static start(processor: number | undefined): Load {
    const file = fileURLToPath(new URL('generator.ts', import.meta.url))
    const [program, ...args] = pinned(processor, process.execPath, file)
    return new Load(spawn(program!, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }))
  }

  /** Resolves with the answer; rejects when the load cannot do it or has ended. */
  async ask<Name extends OrderName>(name: Name, order: Orders[Name]['order']): Promise<Orders[Name]['answer']> {
    return await new Promise((resolve, reject) => {
      const id = this.#id++
      this.#waiting.set(id, { resolve, reject })
      if (this.#child.connected) this.#child.send({ id, name, order })
      else reject(new Error('the load has ended'))
    })
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const ended = new Promise((resolve) => this.#child.once('exit', resolve))
    this.#child.kill('SIGKILL')
    await ended
  }
}
