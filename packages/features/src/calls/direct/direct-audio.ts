import { type CallId, type Clock, type Logger, type Timer, TransientMap } from '@vaxel/base'
import type { CallLeg, CallLedger, Company, MediaEngine } from '@vaxel/core'
import type { CallOwner } from '../call-owner.ts'
import type { SipLeg } from '../sip-leg.ts'
import { areInOneNetwork } from './same-network.ts'

/** Two who talk, and how far their audio is on its way past us. */
interface Way {
  readonly owner: CallOwner
  readonly a: SipLeg
  readonly b: SipLeg
  timer: Timer | undefined
  /** One of them has been asked. */
  hasBegun: boolean
  isDirect: boolean
  /** One of them would not, or it did not fit: they are not asked again while they are the two who talk. */
  isRefused: boolean
}

/** A call is left alone for so long before its audio goes direct: transfers and recordings begin in its first moments. */
const steadyMs = 1000
/** Some telephones offer anew after each offer; they would go to and fro for ever. */
const mostTries = 4
/** How often it is noted that calls go on whose audio is not seen here. */
const noteMs = 1000

/**
 * Audio between telephones of one site, which goes directly from one to the other while nothing needs it here (DESIGN 4): the company has listed the
 * network, both speak one codec without encryption, both talk, nobody records or listens. Each is asked by re-INVITE, and either both go or neither does.
 * Whatever needs the audio brings it back in the same manner.
 */
export class DirectAudio {
  readonly #clock: Clock
  readonly #log: Logger
  readonly #engine: MediaEngine
  readonly #ledger: CallLedger
  readonly #companyOf: (id: CallId) => Company | undefined
  readonly #ways = new TransientMap<CallId, Way>()
  readonly #tries = new TransientMap<CallId, number>()
  #isNoting = false

  constructor(options: {
    clock: Clock
    log: Logger
    engine: MediaEngine
    ledger: CallLedger
    companyOf: (id: CallId) => Company | undefined
  }) {
    this.#clock = options.clock
    this.#log = options.log
    this.#engine = options.engine
    this.#ledger = options.ledger
    this.#companyOf = options.companyOf
  }

  /** After each step of a call. */
  changed(owner: CallOwner): void {
    const networks = this.#companyOf(owner.id)?.directAudioNetworks
    const way = this.#ways.get(owner.id)
    if (!networks && !way) return
    const pair = networks && pairOf(owner, networks)
    if (way && (way.a !== pair?.a || way.b !== pair.b)) this.#leave(way)
    if (!pair || this.#ways.has(owner.id) || (this.#tries.get(owner.id) ?? 0) >= mostTries) return
    const next: Way = { owner, ...pair, timer: undefined, hasBegun: false, isDirect: false, isRefused: false }
    next.timer = this.#clock.startTimer(steadyMs, () => void this.#go(next))
    this.#ways.set(owner.id, next)
  }

  /** The engine needs audio that goes past it. */
  wanted(owner: CallOwner): void {
    const way = this.#ways.get(owner.id)
    if (!way || way.isRefused) return
    this.#leave(way)
    // It may go direct again when whatever needed it is over and the call changes.
    this.changed(owner)
  }

  forget(call: CallId): void {
    this.#ways.get(call)?.timer?.stop()
    this.#ways.delete(call)
    this.#tries.delete(call)
  }

  async #go(way: Way): Promise<void> {
    const { owner, a, b } = way
    way.hasBegun = true
    this.#tries.set(owner.id, (this.#tries.get(owner.id) ?? 0) + 1)
    const isOn =
      (await a.offerDirect(b.media)) &&
      this.#isCurrent(way) &&
      (await b.offerDirect(a.media)) &&
      this.#isCurrent(way) &&
      this.#engine.goDirect(a.media, b.media)
    if (isOn) {
      way.isDirect = true
      this.#note(way, 'audio.released')
      this.#noteTime()
    } else {
      way.isRefused = true
      await this.#anchor(way)
    }
  }

  #isCurrent(way: Way): boolean {
    return this.#ways.get(way.owner.id) === way
  }

  /** The audio of both comes back, if it was away. */
  #leave(way: Way): void {
    way.timer?.stop()
    this.#ways.delete(way.owner.id)
    if (way.hasBegun) void this.#anchor(way)
  }

  async #anchor(way: Way): Promise<void> {
    const wasDirect = way.isDirect
    way.isDirect = false
    if (wasDirect && way.owner.state.name !== 'ended') this.#note(way, 'audio.anchored')
    await Promise.all([way.a.anchor(), way.b.anchor()])
    for (const leg of [way.a, way.b])
      if (!leg.isClosed && this.#engine.isDirect(leg.media))
        this.#log.warn('the audio of a telephone could not be brought back', { callId: way.owner.id, leg: leg.id })
  }

  /** Calls whose audio is not seen go on for all that is known: their dialogs are refreshed (RFC 4028). */
  #noteTime(): void {
    if (this.#isNoting) return
    this.#isNoting = true
    this.#clock.startTimer(noteMs, () => {
      this.#isNoting = false
      const direct = [...this.#ways.values()].filter(({ isDirect }) => isDirect)
      this.#ledger.noteAudio(direct.map(({ owner }) => ({ callId: owner.id, atMs: owner.nowMs() })))
      if (direct.length > 0) this.#noteTime()
    })
  }

  #note({ owner }: Way, kind: string): void {
    const { companyId } = owner.state.call
    const event = { kind, atMs: owner.nowMs(), companyId, callId: owner.id, data: {} }
    this.#ledger.append({ events: [event], canWait: true }).catch((error: unknown) => {
      this.#log.error('the ledger refused an entry', { callId: owner.id, error: String(error) })
    })
  }
}

/** The two of a call that talk and whose audio could go directly, as far as signalling knows. */
function pairOf({ state, legs }: CallOwner, networks: readonly string[]): { a: SipLeg; b: SipLeg } | undefined {
  if (state.name !== 'connected' || state.call.isEmergency) return undefined
  const [a, b] = [state.a, state.b].map((id) => {
    const [leg, ofCall] = [legs.get(id), state.call.legs.get(id)]
    return leg && ofCall && mayGo(leg, ofCall) ? leg : undefined
  })
  const [from, to] = [a?.address, b?.address]
  if (!a || !b || from === undefined || to === undefined) return undefined
  return areInOneNetwork(networks, from, to) ? { a, b } : undefined
}

/** A telephone of our own people that talks. A browser's audio finds its way by ICE with us alone, a trunk's is its carrier's. */
function mayGo(leg: SipLeg, { connection, interruption, trunkId }: CallLeg): boolean {
  const talks = leg.isAnswered && !leg.isClosed && leg.summary?.peerDirection === 'sendrecv'
  return talks && connection === 'connected' && !interruption && trunkId === undefined && !leg.isBrowser
}
