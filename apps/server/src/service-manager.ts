import { execFile } from 'node:child_process'
import type { Clock, Logger, Timer } from '@vaxel/base'

/** The program of systemd that speaks its protocol; Node.js has no datagram sockets of the local kind. */
const notifier = 'systemd-notify'
/** How long a start may take from one word to the next. A large database is copied and changed for an upgrade in more than any fixed time. */
const startLimitMs = 120_000

/** Hands lines to the manager. */
type Notify = (lines: readonly string[], done: (error: Error | null) => void) => void

const notifySystemd: Notify = (lines, done) => void execFile(notifier, lines, (error) => done(error))

/**
 * Tells the service manager how the server is (sd_notify(3)): starting, ready, stopping, what it does, and that its main thread
 * still turns (WatchdogSec=). Does nothing where no manager started the server.
 */
export class ServiceManager {
  readonly #isThere: boolean
  readonly #clock: Clock
  readonly #log: Logger
  readonly #notify: Notify
  #watchdog: Timer | undefined
  #starting: Timer | undefined
  #hasFailed = false

  constructor({
    environment,
    clock,
    log,
    notify = notifySystemd,
  }: {
    environment: NodeJS.ProcessEnv
    clock: Clock
    log: Logger
    notify?: Notify
  }) {
    this.#notify = notify
    this.#isThere = (environment['NOTIFY_SOCKET'] ?? '') !== ''
    this.#clock = clock
    this.#log = log
    const limitMs = Number(environment['WATCHDOG_USEC'] ?? 0) / 1000
    // Half of the limit, as sd_watchdog_enabled(3) advises.
    if (this.#isThere && limitMs > 0) this.#feed(limitMs / 2)
    if (this.#isThere) this.#stillStarting()
  }

  ready(): void {
    this.#starting?.stop()
    this.#tell('READY=1', 'STATUS=Serving')
  }

  /** @param text shown by `systemctl status` */
  status(text: string): void {
    this.#tell(`STATUS=${text}`)
  }

  stopping(): void {
    this.#tell('STOPPING=1', 'STATUS=Ending')
  }

  close(): void {
    this.#starting?.stop()
    this.#watchdog?.stop()
  }

  #stillStarting(): void {
    this.#tell(`EXTEND_TIMEOUT_USEC=${startLimitMs * 1000}`)
    this.#starting = this.#clock.startTimer(startLimitMs / 4, () => this.#stillStarting())
  }

  #feed(everyMs: number): void {
    this.#tell('WATCHDOG=1')
    this.#watchdog = this.#clock.startTimer(everyMs, () => this.#feed(everyMs))
  }

  #tell(...lines: string[]): void {
    if (!this.#isThere) return
    this.#notify(lines, (error) => {
      if (!error || this.#hasFailed) return
      this.#hasFailed = true
      this.#log.warn('the service manager could not be told how the server is', { error: error.message })
    })
  }
}
