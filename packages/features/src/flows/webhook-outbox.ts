import { type CallId, type Clock, type CompanyId, type Logger, makeId, type Timer } from '@vaxel/base'
import { type FlowEffect, type FlowStore, hostOf, type HttpDesk, type LedgerEvent, type OwedStore } from '@vaxel/core'
import { CompanyShare } from './company-share.ts'
import { authorizationFor } from './look-up.ts'

export type Webhook = Pick<Extract<FlowEffect, { kind: 'callWebhook' }>, 'url' | 'credential' | 'body'>

/** Waits before each further try; after the last one it is given up. */
const laterMs = [10_000, 60_000, 300_000, 600_000]
const timeLimitMs = 10_000
/** A late word about a call misleads, also when the process was away meanwhile. */
const keptMs = 20 * 60_000
const mostWaiting = 1000
/** A server that is gone takes no place from those of other companies. */
const mostWaitingOfCompany = 250
const mostAtOnce = 16
const mostOfCompany = 4

interface Waiting {
  readonly id: string
  readonly companyId: CompanyId
  /** Of the call that it tells of. */
  readonly callId: CallId
  readonly webhook: Webhook
  readonly tries: number
  readonly untilMs: number
}

/** What is kept of one. */
type Kept = Pick<Waiting, 'callId' | 'webhook' | 'tries'>

/**
 * Tells other servers of calls, without the calls waiting for it (docs/decisions/0104). Each is kept before it is sent, and until it is
 * delivered; what is not delivered within twenty minutes is dropped, and the call's entries in the ledger say so. It may come twice when the process was
 * killed between its delivery and the note of that: `delivery` in it is the same then.
 */
export class WebhookOutbox {
  readonly #http: HttpDesk
  readonly #flows: Pick<FlowStore, 'credential'>
  readonly #owed: OwedStore
  readonly #clock: Clock
  readonly #log: Logger
  readonly #waiting: Waiting[] = []
  readonly #share = new CompanyShare(mostOfCompany)
  readonly #timers = new Map<Timer, CompanyId>()
  readonly #running = new Set<Promise<void>>()
  readonly #closing = new AbortController()

  constructor(options: {
    http: HttpDesk
    flows: Pick<FlowStore, 'credential'>
    owed: OwedStore
    clock: Clock
    log: Logger
  }) {
    this.#http = options.http
    this.#flows = options.flows
    this.#owed = options.owed
    this.#clock = options.clock
    this.#log = options.log
  }

  /** Takes up what another process has left. */
  async resume(): Promise<void> {
    for (const { id, companyId, untilMs, value } of await this.#owed.all('webhook')) {
      const waiting = { id, companyId, untilMs, ...(value as unknown as Kept) }
      if (untilMs <= this.#clock.now()) await this.#drop(waiting, 'the platform was away for too long')
      else this.#add(waiting)
    }
  }

  /** Resolves when it is kept, or cannot be; it is sent after that, and the call need not wait. */
  async send(companyId: CompanyId, callId: CallId, webhook: Webhook): Promise<void> {
    const nowMs = this.#clock.now()
    const id = makeId(nowMs)
    const { url, credential, body } = webhook
    const named = { url, ...(credential === undefined ? {} : { credential }), body: { ...body, delivery: id } }
    const waiting: Waiting = { id, companyId, callId, webhook: named, tries: 0, untilMs: nowMs + keptMs }
    if (this.#isFull(companyId)) {
      this.#log.warn('a webhook is dropped: too many wait', { host: hostOf(url) })
      return this.#drop(waiting, 'too many wait')
    }
    await this.#keep(waiting)
    this.#add(waiting)
  }

  /** Resolves when nothing is being sent; what waits is sent after the next start. */
  async close(): Promise<void> {
    this.#closing.abort()
    for (const timer of this.#timers.keys()) timer.stop()
    this.#waiting.length = 0
    await Promise.allSettled(this.#running)
  }

  /** What the disk does not take is sent all the same, as well as can be. */
  async #keep({ id, companyId, untilMs, callId, webhook, tries }: Waiting): Promise<void> {
    const kept: Kept = { callId, webhook, tries }
    await this.#owed
      .put({ id, companyId, kind: 'webhook', untilMs, value: { ...kept } })
      .catch((error: unknown) => this.#log.error('a webhook could not be kept', { error: String(error) }))
  }

  /** One that is tried again has its place already. */
  #isFull(companyId: CompanyId): boolean {
    if (this.#waiting.length + this.#timers.size >= mostWaiting) return true
    const own = [...this.#waiting.map((one) => one.companyId), ...this.#timers.values()]
    return own.filter((one) => one === companyId).length >= mostWaitingOfCompany
  }

  #add(waiting: Waiting): void {
    if (this.#closing.signal.aborted) return
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

  async #try(waiting: Waiting): Promise<void> {
    const { id, companyId, webhook, tries } = waiting
    const why = await this.#post(companyId, webhook).catch((error: unknown) => String(error))
    if (why === undefined) return this.#settle(id)
    // It was cut off by the end of the process: it is owed still.
    if (this.#closing.signal.aborted) return
    const host = hostOf(webhook.url)
    const waitMs = laterMs[tries]
    if (waitMs === undefined) {
      this.#log.warn('a webhook could not be delivered and is dropped', { host, why })
      return this.#drop(waiting, why)
    }
    this.#log.info('a webhook could not be delivered; it is tried again', { host, why, waitMs })
    const again = { ...waiting, tries: tries + 1 }
    const timer = this.#clock.startTimer(waitMs, () => {
      this.#timers.delete(timer)
      this.#add(again)
    })
    this.#timers.set(timer, companyId)
    await this.#keep(again)
  }

  async #post(companyId: CompanyId, { url, credential, body }: Webhook): Promise<string | undefined> {
    const authorized = await authorizationFor(this.#flows, companyId, credential, url)
    if (!authorized) return 'the credential is gone, or for another host'
    const answer = await this.#http.ask({ url, body, timeLimitMs, signal: this.#closing.signal, ...authorized })
    return answer.kind === 'answered' ? undefined : answer.kind === 'failed' ? answer.reason : 'it took too long'
  }

  async #settle(id: string, event?: LedgerEvent): Promise<void> {
    await this.#owed.settle(id, event).catch((error: unknown) => {
      this.#log.error('a webhook could not be struck out', { error: String(error) })
    })
  }

  #drop({ id, companyId, callId, webhook, tries }: Waiting, why: string): Promise<void> {
    const data = { host: hostOf(webhook.url), tries, why }
    return this.#settle(id, { kind: 'webhook.dropped', atMs: this.#clock.now(), companyId, callId, data })
  }
}
