import { write, writeSync } from 'node:fs'
import { type Clock, systemClock, type Timer } from '@vaxel/base'

/** Kept while nobody takes it; later lines are left out and counted. */
const mostBytes = 1024 * 1024
const againMs = 1000
/** At the end a reader that is busy gets so many moments. */
const lastTries = 20
const momentMs = 10

/** Where the bytes go. */
export interface LogDoor {
  write(bytes: Buffer, done: (error: Error | null, count: number) => void): void
  writeSync(bytes: Buffer): number
}

const standardError: LogDoor = {
  write: (bytes, done) => write(2, bytes, 0, bytes.length, null, done),
  writeSync: (bytes) => writeSync(2, bytes),
}

/**
 * Takes the lines of the log to standard error without waiting for it. Where that cannot be written, as the disk of its file is full or its
 * reader has gone, lines wait, then are left out: no call ends for it, memory stays bounded, and the log says how many are missing.
 */
export class LogStream {
  readonly #door: LogDoor
  readonly #clock: Clock
  #lines: Buffer[] = []
  #bytes = 0
  /** On its way. */
  #rest: Buffer | undefined
  #isWriting = false
  #missing = 0
  #timer: Timer | undefined

  constructor({ door = standardError, clock = systemClock }: { door?: LogDoor; clock?: Clock } = {}) {
    this.#door = door
    this.#clock = clock
  }

  /** @param line with its end */
  write(line: string): void {
    const bytes = Buffer.from(line)
    if (this.#bytes + bytes.length > mostBytes) this.#missing++
    else this.#add(bytes)
    if (this.#timer === undefined) this.#go()
  }

  /** What is left, at once; for the end of the process, which waits for nobody. What is on its way gets there by itself. */
  end(): void {
    this.#timer?.stop()
    if (this.#isWriting) this.#rest = undefined
    let rest = this.#take()
    for (let tries = 0; rest.length > 0 && tries < lastTries; )
      try {
        rest = rest.subarray(this.#door.writeSync(rest))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return
        tries++
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, momentMs)
      }
  }

  #add(bytes: Buffer): void {
    this.#lines.push(bytes)
    this.#bytes += bytes.length
  }

  #take(): Buffer {
    const all = Buffer.concat([...(this.#rest ? [this.#rest] : []), ...this.#lines])
    this.#lines = []
    this.#rest = undefined
    this.#bytes = 0
    return all
  }

  #go(): void {
    if (this.#isWriting) return
    const bytes = this.#take()
    if (bytes.length === 0) return
    this.#rest = bytes
    this.#bytes = bytes.length
    this.#isWriting = true
    this.#door.write(bytes, (error, count) => {
      this.#isWriting = false
      if (error) return this.#wait()
      this.#rest = bytes.subarray(count)
      this.#bytes -= count
      this.#tellMissing()
      this.#go()
    })
  }

  #wait(): void {
    this.#timer = this.#clock.startTimer(againMs, () => {
      this.#timer = undefined
      this.#go()
    })
  }

  #tellMissing(): void {
    if (this.#missing === 0) return
    const told = { level: 40, time: new Date(this.#clock.now()).toISOString(), lines: this.#missing }
    this.#missing = 0
    this.#add(
      Buffer.from(`${JSON.stringify({ ...told, msg: 'lines of the log are missing: it could not be written' })}\n`),
    )
  }
}
