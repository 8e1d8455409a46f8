import type { Logger, SteadyClock, Timer } from '@vaxel/base'
import { loadOrCreateCertificates, type PlatformCertificates } from './platform-certificates.ts'

const checkEveryMs = 12 * 3_600_000

export interface CertificateKeeperOptions {
  readonly clock: Pick<SteadyClock, 'now' | 'startTimer' | 'onJump'>
  readonly log: Logger
  readonly folder: string
  readonly names: readonly string[]
  /** What is in use now. */
  readonly current: PlatformCertificates
  /** The server's certificate was made anew: hand it to every listener. */
  onRenewed(certificates: PlatformCertificates): void
}

/** Looks twice a day, and when the clock was set, whether a certificate ends soon, and makes it anew before it does. A failure is logged and tried again. */
export class CertificateKeeper {
  readonly #options: CertificateKeeperOptions
  #current: PlatformCertificates
  #timer: Timer | undefined
  #isStopped = false
  readonly #stopListening: () => void

  constructor(options: CertificateKeeperOptions) {
    this.#options = options
    this.#current = options.current
    this.#stopListening = options.clock.onJump(() => void this.check())
    this.#wait()
  }

  /** What is in use. */
  get current(): PlatformCertificates {
    return this.#current
  }

  stop(): void {
    this.#isStopped = true
    this.#stopListening()
    this.#timer?.stop()
  }

  /** Looks now. Never rejects. */
  async check(): Promise<void> {
    const { folder, names, clock, log, onRenewed } = this.#options
    try {
      const found = await loadOrCreateCertificates(folder, names, { nowMs: clock.now() })
      if (this.#isStopped || found.server.certPem === this.#current.server.certPem) return
      this.#current = found
      log.info('the server has another certificate')
      onRenewed(found)
    } catch (error) {
      log.error('the certificates could not be looked after', { error: (error as Error).message })
    }
  }

  #wait(): void {
    if (this.#isStopped) return
    this.#timer = this.#options.clock.startTimer(checkEveryMs, () => void this.check().then(() => this.#wait()))
  }
}
