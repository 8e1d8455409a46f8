import type { Clock, Logger, Timer, UserId } from '@vaxel/base'
import type { Binding, BindingStore, Directory } from '@vaxel/core'
import { type Flow, type SipStack, writeMessageSummary } from '@vaxel/sip'

/** A telephone that has just registered may subscribe yet. */
const patienceMs = 2000
const mostRemembered = 50_000
/** Answers of a telephone that knows no such lamp (RFC 3261 §8.2.1, RFC 6665 §4.1.3). */
const isForEver = new Set([405, 489, 501])

export interface WaitingLampsOptions {
  readonly clock: Clock
  readonly log: Logger
  readonly directory: Directory
  readonly bindings: Pick<BindingStore, 'ofUser'>
  readonly stack: Pick<SipStack, 'request'>
  flowOf(binding: Binding): Promise<Flow | undefined>
  counts(userId: UserId): { readonly newMessages: number; readonly savedMessages: number }
  /** The telephone has subscribed, and is told by that way. */
  isSubscribed(binding: Binding): boolean
}

/**
 * The lamp of telephones that never subscribe (RFC 3842 §4 leaves it to the notifier to tell them all the same): a NOTIFY outside of a
 * dialog that begins no subscription, at each change, and after a registration where something waits.
 */
export class WaitingLamps {
  readonly #options: WaitingLampsOptions
  /** Registrations that have been looked at, by binding. */
  readonly #seen = new Map<string, string>()
  readonly #unable = new Set<string>()
  readonly #timers = new Set<Timer>()

  constructor(options: WaitingLampsOptions) {
    this.#options = options
  }

  changed(userId: UserId): void {
    for (const binding of this.#options.bindings.ofUser(userId)) this.#tell(binding)
  }

  /** @param now the bindings that an address of record has now */
  bindingsChanged(now: readonly Binding[]): void {
    for (const binding of now) {
      if (this.#seen.get(binding.id) === binding.callId) continue
      this.#seen.delete(binding.id)
      this.#seen.set(binding.id, binding.callId)
      if (this.#seen.size > mostRemembered) this.#seen.delete(this.#seen.keys().next().value!)
      const timer = this.#options.clock.startTimer(patienceMs, () => {
        this.#timers.delete(timer)
        if (this.#options.counts(binding.userId).newMessages > 0) this.#tell(binding)
      })
      this.#timers.add(timer)
    }
  }

  close(): void {
    for (const timer of this.#timers) timer.stop()
    this.#timers.clear()
  }

  #tell(binding: Binding): void {
    const { directory, clock, log, isSubscribed } = this.#options
    const isBrowser = directory.device(binding.deviceId)?.kind === 'browser'
    if (isBrowser || binding.expiresAtMs <= clock.now() || this.#unable.has(binding.contact)) return
    if (isSubscribed(binding)) return
    this.#send(binding).catch((error: unknown) => log.error('a lamp could not be told', { error: String(error) }))
  }

  async #send(binding: Binding): Promise<void> {
    const { directory, stack, flowOf, counts } = this.#options
    const user = directory.user(binding.userId)
    if (!user) return
    const { newMessages, savedMessages } = counts(user.id)
    const account = `sip:${user.name}@${user.domain}`
    const text = writeMessageSummary({ account, newMessages, oldMessages: savedMessages })
    const flow = await flowOf(binding)
    const outcome = await stack.request({
      method: 'NOTIFY',
      uri: binding.contact,
      from: `<${account}>`,
      to: `<${account}>`,
      routes: binding.path,
      headers: [
        ['Event', 'message-summary'],
        ['Subscription-State', 'terminated;reason=noresource'],
      ],
      body: { contentType: 'application/simple-message-summary', bytes: new TextEncoder().encode(text) },
      ...(flow ? { flow } : {}),
    })
    if (outcome.kind !== 'response' || !isForEver.has(outcome.response.status)) return
    if (this.#unable.size < mostRemembered) this.#unable.add(binding.contact)
  }
}
