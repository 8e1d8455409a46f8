import type { Api } from '../api/api.ts'
import type { PageClock } from '../app/app.ts'
import { type HeldCall, isConnected, keptOf, settled } from './held-call.ts'
import type { KeptCall, KeptCalls } from './kept-calls.ts'
import type { SipAccount, SipCall, SipPhone } from './sip-phone.ts'

/** What the return of calls needs of the telephone. */
export interface ReturnDependencies {
  readonly phone: Pick<SipPhone, 'call' | 'reconnect'>
  readonly api: Api
  readonly clock: PageClock
  /** Of this browser profile. */
  readonly instanceId: string
  readonly keptCalls: KeptCalls
  /** By id. */
  readonly calls: ReadonlyMap<string, HeldCall>
  readonly account: () => SipAccount | undefined
  /** Whether this page is still the one that telephones. */
  readonly isHere: () => boolean
  /** Undefined where there is none to be had. */
  readonly microphone: () => Promise<unknown>
  readonly add: (call: SipCall, more: HeldCall['more']) => HeldCall
  /** Forgets a call here without a word to the server, which keeps it. */
  readonly drop: (held: HeldCall) => void
  readonly changed: () => void
}

const takeBackAgainMs = 1000
const brokenPathMs = 1000
const notThere = 481

/**
 * How calls come back after something happened to the page or its network: by new candidates on the same dialog where it is still
 * there (RFC 8445 §2.4), else by a new call that replaces the own leg, which the server keeps meanwhile (RFC 3891).
 */
export class ReturningCalls {
  readonly #around: ReturnDependencies

  constructor(dependencies: ReturnDependencies) {
    this.#around = dependencies
  }

  /** Another connection to the server, then another way for each call. */
  async moveOver(): Promise<void> {
    const { clock, phone, calls, changed } = this.#around
    const sinceMs = clock.nowMs()
    const connected = [...calls.values()].filter(isConnected)
    for (const held of connected) held.more = { ...held.more, returningSinceMs: sinceMs }
    changed()
    await phone.reconnect()
    await Promise.all(connected.map((held) => this.#repair(held, sinceMs)))
  }

  pathChanged(held: HeldCall): void {
    if (held.call.isPathFine.get() || !isConnected(held)) return
    this.#around.clock.startTimer(brokenPathMs, () => {
      if (!held.call.isPathFine.get() && this.#around.calls.has(held.call.id)) void this.#repair(held)
    })
  }

  /** What this browser was in before the page was loaded: by what it kept, and by what the server knows. */
  async takeAllBack(): Promise<void> {
    const { clock, keptCalls } = this.#around
    const sinceMs = clock.nowMs()
    const kept = new Map(keptCalls.read().map((call) => [call.sipCallId, call]))
    const started = [...kept.values()].map((call) => this.takeBack(call, sinceMs))
    for (const call of await this.#liveOwn()) if (!kept.has(call.sipCallId)) started.push(this.takeBack(call, sinceMs))
    await Promise.all(started)
  }

  /** Takes the place of an own leg that the server keeps; tries again while it is there. */
  async takeBack(kept: KeptCall, sinceMs = this.#around.clock.nowMs()): Promise<void> {
    const { phone, clock, isHere } = this.#around
    const microphone = await this.#around.microphone()
    if (microphone === undefined || !isHere()) return
    const account = this.#around.account()
    const own = account?.extension ?? account?.address.replace(/^sips?:/, '') ?? ''
    const held = this.#around.add(phone.call(own, microphone, kept.replaces), {
      returningSinceMs: sinceMs,
      number: kept.number,
      direction: kept.direction,
      ...(kept.name === undefined ? {} : { name: kept.name }),
    })
    held.replaces = kept.replaces
    const taken = await settled(held.call)
    if (taken === 'connected') {
      this.#hasReturned(held, sinceMs)
      if (kept.isMuted) held.call.mute(true)
      // The server kept the other side on hold: both are to know it.
      if (kept.isHeld) held.call.hold()
      return this.#around.changed()
    }
    const longestMs = (this.#around.account()?.reconnectSeconds ?? 30) * 1000
    if (taken === notThere || taken === 'us' || clock.nowMs() - sinceMs > longestMs) return
    await new Promise<void>((resolve) => clock.startTimer(takeBackAgainMs, resolve))
    const isThere = (await this.#liveOwn()).some(({ sipCallId }) => sipCallId === kept.sipCallId)
    if (isThere) await this.takeBack(kept, sinceMs)
  }

  /** New candidates on the same dialog; where that cannot be, the call is taken back as by a new page. */
  async #repair(held: HeldCall, sinceMs = this.#around.clock.nowMs()): Promise<void> {
    const { calls, changed, drop } = this.#around
    held.more = { ...held.more, returningSinceMs: sinceMs }
    changed()
    const isDone = await held.call.restartIce().catch(() => false)
    if (!calls.has(held.call.id)) return
    if (isDone) {
      this.#hasReturned(held, sinceMs)
      return changed()
    }
    if (held.replaces === undefined) return
    drop(held)
    await this.takeBack({ ...keptOf(held), replaces: held.replaces }, sinceMs)
  }

  #hasReturned(held: HeldCall, sinceMs: number): void {
    const { returningSinceMs: _, ...more } = held.more
    held.more = { ...more, returnedAfterMs: this.#around.clock.nowMs() - sinceMs }
  }

  /** Own calls of this browser that the server holds and no page has. */
  async #liveOwn(): Promise<readonly KeptCall[]> {
    const { api, instanceId, calls } = this.#around
    const { items } = await api.call('listLiveCalls').catch(() => ({ items: [] }))
    // One that came and was answered here while the server was asked.
    const isHere = (sipCallId: string) => [...calls.values()].some(({ call }) => call.dialog()?.callId === sipCallId)
    return items.flatMap(({ caller, called, connections, answeredAt }) =>
      connections.flatMap(({ own, state, legId }): KeptCall[] => {
        const isMine = own && own.instanceId?.includes(instanceId) && (state === 'connected' || state === 'hold')
        if (!isMine || isHere(own.sipCallId)) return []
        const other = connections.find((connection) => connection.legId !== legId)?.party ?? called
        return [
          {
            replaces: own.replaces,
            sipCallId: own.sipCallId,
            number: other.number,
            ...(other.name === undefined ? {} : { name: other.name }),
            direction: other === caller ? 'in' : 'out',
            ...(state === 'hold' ? { isHeld: true } : {}),
            ...(answeredAt === undefined ? {} : { connectedAtMs: Date.parse(answeredAt) }),
          },
        ]
      }),
    )
  }
}
