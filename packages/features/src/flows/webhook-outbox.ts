import type { Clock, CompanyId, Logger, Timer } from '@vaxel/base'
import { type FlowEffect, type FlowStore, hostOf, type HttpDesk } from '@vaxel/core'
import { CompanyShare } from './company-share.ts'
import { authorizationFor } from './look-up.ts'

type Webhook = Extract<FlowEffect, { kind: 'callWebhook' }>

/** Waits before each further try; after the last one it is given up. */
const laterMs = [10_000, 60_000, 300_000, 600_000]
const timeLimitMs = 10_000
const mostWaiting = 1000
const mostAtOnce = 16
const mostOfCompany = 4

interface Waiting {
  readonly companyId: CompanyId
  readonly webhook: Webhook
  readonly tries: number
}

/** Tells other servers of calls, without the calls waiting for it (docs/decisions/0104). What is not delivered within a quarter of an hour is dropped. */
export class WebhookOutbox {
  readonly #http: HttpDesk
  readonly #flows: Pick<FlowStore, 'credential'>
  readonly #clock: Clock
  readonly #log: Logger
  readonly #waiting: Waiting[] = []
  readonly #share = new CompanyShare(mostOfCompany)
  readonly #timers = new Set<Timer>()
  readonly #running = new Set<Promise<void>>()
  readonly #closing = new AbortController()

  constructor(options: { http: HttpDesk; flows: Pick<FlowStore, 'credential'>; clock: Clock; log: Logger }) {
    this.#http = options.http
    this.#flows = options.flows
    this.#clock = options.clock
    this.#log = options.log
  }

  send(companyId: CompanyId, webhook: Webhook): void {
    this.#add({ companyId, webhook, tries: 0 })
  }

  /** Resolves when nothing is being sent; what waits is dropped. */
  async close(): Promise<void> {
    this.#closing.abort()
    for (const timer of this.#timers) timer.stop()
    this.#waiting.length = 0
    await Promise.allSettled(this.#running)
  }

  #add(waiting: Waiting): void {
    if (this.#closing.signal.aborted) return
    if (this.#waiting.length + this.#timers.size >= mostWaiting)
      return this.#log.warn('a webhook is dropped: too many wait', { host: hostOf(waiting.webhook.url) })
    this.#waiting.push(waiting)
    this.#next()
  }

  #next(): void {
    while (this.#running.size < mostAtOnce) {
      const next = this.#waiting.findIndex(({ companyId }) => this.#share.hasRoom(companyId))
      const [waiting] = next < 0 ? [] : this.#waiting.splice(next, 1)
      if (!waiting) return
      const running = this.#share
        .run(waiting.companyId, () => this.#try(waiting))
        .finally(() => {
          this.#running.delete(running)
          this.#next()
        })
      this.#running.add(running)
    }
  }

  async #try({ companyId, webhook, tries }: Waiting): Promise<void> {
    const why = await this.#post(companyId, webhook).catch((error: unknown) => String(error))
    if (why === undefined) return
    const host = hostOf(webhook.url)
    const waitMs = laterMs[tries]
    if (waitMs === undefined || this.#closing.signal.aborted)
      return this.#log.warn('a webhook could not be delivered and is dropped', { host, why })
    this.#log.info('a webhook could not be delivered; it is tried again', { host, why, waitMs })
    const timer = this.#clock.startTimer(waitMs, () => {
      this.#timers.delete(timer)
      this.#add({ companyId, webhook, tries: tries + 1 })
    })
    this.#timers.add(timer)
  }

  async #post(companyId: CompanyId, { url, credential, body }: Webhook): Promise<string | undefined> {
    const authorized = await authorizationFor(this.#flows, companyId, credential, url)
    if (!authorized) return 'the credential is gone, or for another host'
    const answer = await this.#http.ask({ url, body, timeLimitMs, signal: this.#closing.signal, ...authorized })
    return answer.kind === 'answered' ? undefined : answer.kind === 'failed' ? answer.reason : 'it took too long'
  }
}
