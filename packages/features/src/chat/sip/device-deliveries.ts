import type { DeviceId, Timer, UserId } from '@vaxel/base'
import type { Binding, BindingStore, ChatDelivery, ChatFile, ChatMessage, User } from '@vaxel/core'
import { splitText } from '@vaxel/core'
import type { Flow, SipStack } from '@vaxel/sip'
import type { ChatParts } from '../dependencies.ts'
import { fileLine } from './file-line.ts'

export interface DeviceDeliveriesOptions {
  readonly parts: ChatParts
  readonly bindings: BindingStore
  readonly stack: SipStack
  readonly flowOf: (binding: Binding) => Promise<Flow | undefined>
}

/** A MESSAGE over UDP stays below 1300 bytes with its header fields (RFC 3428 §8). */
const mostBodyBytes = 700
const atOnce = 50
const firstRetryMs = 30_000
const longestRetryMs = 15 * 60_000
const giveUpMs = 7 * 24 * 60 * 60 * 1000
/** A phone that had nothing waiting is not looked up again for so long, however often it registers. */
const emptyForMs = 60 * 60 * 1000

type Outcome = 'delivered' | 'never' | 'later'

/**
 * Gives phones what was said to their user, one message after another, oldest first. What cannot be given now stays in the
 * database and is tried when the phone registers, and after a while as long as it is registered; for a week.
 */
export class DeviceDeliveries {
  readonly #options: DeviceDeliveriesOptions
  readonly #running = new Set<DeviceId>()
  readonly #again = new Set<DeviceId>()
  readonly #retries = new Map<DeviceId, { timer: Timer; delayMs: number }>()
  /** Phones for which nothing waits, and until when that is taken for granted, on the monotonic clock. */
  readonly #empty = new Map<DeviceId, number>()
  /** Contacts that have said that they take no messages. */
  readonly #unable = new Set<string>()
  #isClosed = false

  constructor(options: DeviceDeliveriesOptions) {
    this.#options = options
  }

  /**
   * Phones of a user that should be given what is said: not browsers, which have the chat itself, and not those that have said
   * that they take no messages.
   */
  devicesOf(userId: UserId, except: DeviceId | undefined): readonly DeviceId[] {
    const { parts, bindings } = this.#options
    const known = bindings.ofUser(userId)
    return parts.directory
      .devicesOf(userId)
      .map(({ id }) => id)
      .filter((id) => {
        const own = known.filter(({ deviceId }) => deviceId === id)
        return id !== except && (own.length === 0 || own.some((binding) => this.#takesMessages(binding)))
      })
  }

  /** There is something new for these phones, or they may be reached again. */
  start(userId: UserId, deviceIds: readonly DeviceId[]): void {
    for (const deviceId of deviceIds) {
      this.#empty.delete(deviceId)
      void this.#run(userId, deviceId)
    }
  }

  /** Bindings of an address of record have changed. */
  bindingsChanged(bindings: readonly Binding[]): void {
    for (const binding of bindings)
      if (isPhone(binding) && !this.#isEmpty(binding.deviceId)) void this.#run(binding.userId, binding.deviceId)
  }

  /** Gives up what has waited for too long, and tries what waits since before the last start. */
  async sweep(): Promise<void> {
    const { chat, clock, directory } = this.#options.parts
    for (const id of this.#empty.keys()) if (!this.#isEmpty(id)) this.#empty.delete(id)
    await chat.removeDeliveriesBefore(clock.now() - giveUpMs)
    for (const id of await chat.waitingDevices()) {
      const device = directory.device(id)
      if (device) void this.#run(device.userId, id)
    }
  }

  close(): void {
    this.#isClosed = true
    for (const { timer } of this.#retries.values()) timer.stop()
    this.#retries.clear()
  }

  async #run(userId: UserId, deviceId: DeviceId): Promise<void> {
    if (this.#running.has(deviceId)) return void this.#again.add(deviceId)
    this.#running.add(deviceId)
    try {
      do {
        this.#again.delete(deviceId)
        await this.#deliverAll(userId, deviceId)
      } while (this.#again.has(deviceId) && !this.#isClosed)
    } catch (error) {
      this.#options.parts.log.error('messages could not be given to a phone', {
        device: deviceId,
        error: String(error),
      })
    } finally {
      this.#running.delete(deviceId)
    }
  }

  async #deliverAll(userId: UserId, deviceId: DeviceId): Promise<void> {
    const { chat } = this.#options.parts
    for (;;) {
      if (this.#isClosed || this.#reachable(userId, deviceId).length === 0) return
      const waiting = await chat.deliveriesOf(deviceId, atOnce)
      if (waiting.length === 0) {
        this.#empty.set(deviceId, this.#options.parts.clock.monotonicMs() + emptyForMs)
        return this.#forgetRetry(deviceId)
      }
      this.#empty.delete(deviceId)
      for (const delivery of waiting) {
        const outcome = await this.#deliver(userId, delivery)
        if (outcome === 'later') return this.#retryLater(userId, deviceId)
        await chat.removeDeliveries(outcome === 'never' ? waiting : [delivery])
        if (outcome === 'never') break
      }
    }
  }

  #isEmpty(deviceId: DeviceId): boolean {
    return (this.#empty.get(deviceId) ?? Number.NEGATIVE_INFINITY) > this.#options.parts.clock.monotonicMs()
  }

  async #deliver(userId: UserId, delivery: ChatDelivery): Promise<Outcome> {
    const { chat, directory } = this.#options.parts
    const message = await chat.message(delivery.conversationId, delivery.number)
    const member = chat.conversation(delivery.conversationId)?.members.find((one) => one.userId === userId)
    const receiver = directory.user(userId)
    const sender = message && directory.user(message.senderId)
    // Deleted, already read elsewhere, or nobody is left whom it is from or for.
    if (!message || message.goneAtMs !== undefined || !member || member.readNumber >= message.number) return 'delivered'
    if (!sender || !receiver) return 'delivered'
    const files = await chat.files(message.more.fileIds ?? [])
    const outcomes: Outcome[] = []
    for (const binding of this.#reachable(userId, delivery.deviceId))
      outcomes.push(await this.#send(binding, sender, receiver, partsOf(message, files, receiver)))
    if (outcomes.includes('delivered')) return 'delivered'
    return outcomes.length > 0 && outcomes.every((outcome) => outcome === 'never') ? 'never' : 'later'
  }

  async #send(binding: Binding, sender: User, receiver: User, texts: readonly string[]): Promise<Outcome> {
    const { stack, flowOf } = this.#options
    for (const text of texts) {
      const flow = await flowOf(binding)
      const outcome = await stack.request({
        method: 'MESSAGE',
        uri: binding.contact,
        from: `"${sender.displayName.replace(/["\\]/g, '')}" <sip:${sender.name}@${sender.domain}>`,
        to: `<sip:${receiver.name}@${receiver.domain}>`,
        routes: binding.path,
        body: { contentType: 'text/plain;charset=UTF-8', bytes: new TextEncoder().encode(text) },
        ...(flow ? { flow } : {}),
      })
      if (outcome.kind !== 'response') return 'later'
      const { status } = outcome.response
      if (status >= 200 && status < 300) continue
      if (!isForEver(status)) return 'later'
      if (this.#unable.size < 10_000) this.#unable.add(contactOf(binding))
      return 'never'
    }
    return 'delivered'
  }

  #reachable(userId: UserId, deviceId: DeviceId): Binding[] {
    const { parts, bindings } = this.#options
    const nowMs = parts.clock.now()
    return bindings
      .ofUser(userId)
      .filter((one) => one.deviceId === deviceId && one.expiresAtMs > nowMs && this.#takesMessages(one))
  }

  #takesMessages(binding: Binding): boolean {
    return isPhone(binding) && !this.#unable.has(contactOf(binding))
  }

  #retryLater(userId: UserId, deviceId: DeviceId): void {
    const before = this.#retries.get(deviceId)
    before?.timer.stop()
    if (this.#isClosed) return
    const delayMs = before ? Math.min(before.delayMs * 2, longestRetryMs) : firstRetryMs
    const timer = this.#options.parts.clock.startTimer(delayMs, () => void this.#run(userId, deviceId))
    this.#retries.set(deviceId, { timer, delayMs })
  }

  #forgetRetry(deviceId: DeviceId): void {
    this.#retries.get(deviceId)?.timer.stop()
    this.#retries.delete(deviceId)
  }
}

/** The same phone with new software is asked again. */
const contactOf = ({ deviceId, instanceId, contact, userAgent }: Binding): string =>
  [deviceId, instanceId ?? contact, userAgent].join(' ')

const isPhone = ({ flow }: Binding): boolean => flow.protocol !== 'ws' && flow.protocol !== 'wss'

/** Method or body are not known there: asking again changes nothing (RFC 3261 §21.4, RFC 3428 §4). */
const isForEver = (status: number): boolean => [405, 415, 488, 501, 513, 606].includes(status)

function partsOf(message: ChatMessage, files: readonly ChatFile[], receiver: User): string[] {
  const lines = files.map((file) => fileLine(file, receiver.language))
  return splitText([message.text ?? '', ...lines].filter(Boolean).join('\n'), mostBodyBytes)
}
