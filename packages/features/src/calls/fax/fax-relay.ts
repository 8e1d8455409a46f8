import { type CallId, type LegId, type Logger, TransientMap } from '@vaxel/base'
import type { CallLedger, CodecName, FaxData, LegRecord, MediaEngine } from '@vaxel/core'
import type { CallOwner } from '../call-owner.ts'
import type { SipLeg } from '../sip-leg.ts'
import type { FaxWish } from './fax-wish.ts'

interface Side {
  readonly leg: LegId
  readonly peer: FaxData
}

/** The other side is being asked to go over. */
interface Asking {
  readonly from: LegId
  /** It has asked by itself. */
  meet(theirs: FaxWish): void
}

const g711: ReadonlySet<CodecName | undefined> = new Set(['PCMA', 'PCMU'])

/**
 * Faxes within calls. As sound they need nothing but one codec on both sides, so that every packet is passed on as it came: no transcoding, no jitter
 * buffer. When one side asks for T.38, the other is asked, and both go over or neither does (docs/decisions/0106).
 */
export class FaxRelay {
  readonly #engine: MediaEngine
  readonly #ledger: CallLedger
  readonly #log: Logger
  readonly #relays = new TransientMap<CallId, readonly [Side, Side]>()

  readonly #asking = new TransientMap<CallId, Asking>()

  constructor(options: { engine: MediaEngine; ledger: CallLedger; log: Logger }) {
    this.#engine = options.engine
    this.#ledger = options.ledger
    this.#log = options.log
  }

  /** The media engine hears a fax machine at a leg's peer. */
  async detected(owner: CallOwner, from: LegId, tone: 'CNG' | 'CED'): Promise<void> {
    this.#note(owner, 'fax.detected', from, { tone })
    const pair = pairOf(owner, from)
    if (!pair) return
    // What is spoken, which may be another than what was offered first.
    const [codec, other] = await Promise.all(
      [pair.leg, pair.other].map(async ({ media }) => (await this.#engine.quality(media))?.codec),
    )
    if (!g711.has(codec) || other === undefined || other === codec || pair.other.isClosed) return
    await pair.other.reoffer('sendrecv', pair.leg.media)
  }

  /** A peer offers fax data in place of audio. */
  async offered(owner: CallOwner, from: LegId, wish: FaxWish): Promise<void> {
    const pair = pairOf(owner, from)
    if (!pair || !this.#engine.canRelayFax(pair.leg.media, pair.other.media)) return wish.refuse()
    const { leg, other } = pair
    const asking = this.#asking.get(owner.id)
    // Each would wait for the answer to its own question first.
    if (asking && asking.from !== from) return asking.meet(wish)
    const known = this.#relays.get(owner.id)?.find((side) => side.leg === other.id)
    const mine = this.#relays.get(owner.id)?.find((side) => side.leg === from)
    // A refresh of what goes on already asks nothing of the other side.
    const isRefresh = mine && mine.peer.port === wish.peer.port && mine.peer.address === wish.peer.address
    const answered = isRefresh && known ? known.peer : await this.#ask(owner.id, from, other, wish)
    if (typeof answered === 'number') {
      this.#note(owner, 'fax.relayRefused', other.id, { status: answered })
      return wish.refuse()
    }
    const isOver = await wish.accept(answered)
    // The call may have changed meanwhile.
    if (!isOver || pairOf(owner, from)?.other !== other) {
      if (!other.isClosed) void other.reoffer('sendrecv')
      return
    }
    this.#relays.set(owner.id, [
      { leg: from, peer: wish.peer },
      { leg: other.id, peer: answered },
    ])
    this.#engine.relayFax({ leg: leg.media, peer: wish.peer }, { leg: other.media, peer: answered })
    if (!isRefresh) this.#note(owner, 'fax.relayed', from)
  }

  /** What the other side says of its own fax data, or the status with which it will have none. */
  async #ask(call: CallId, from: LegId, other: SipLeg, wish: FaxWish): Promise<FaxData | number> {
    const met = Promise.withResolvers<FaxWish>()
    const asking = { from, meet: met.resolve }
    this.#asking.set(call, asking)
    const isWanted = () => this.#asking.get(call) === asking
    const theirs = await Promise.race([other.offerFax(wish.peer, isWanted), met.promise])
    if (isWanted()) this.#asking.delete(call)
    if (typeof theirs === 'number' || !('accept' in theirs)) return theirs
    return (await theirs.accept(wish.peer)) ? theirs.peer : 488
  }

  /** A leg has gone back to audio: the other one is asked to, too. */
  ended(owner: CallOwner, from: LegId): void {
    const sides = this.#relays.get(owner.id)
    if (!sides) return
    this.#relays.delete(owner.id)
    this.#note(owner, 'fax.relayEnded', from)
    const other = sides.find((side) => side.leg !== from)
    const leg = other && owner.legs.get(other.leg)
    if (leg && !leg.isClosed) void leg.reoffer('sendrecv')
  }

  forget(call: CallId): void {
    this.#relays.delete(call)
    this.#asking.delete(call)
  }

  #note(owner: CallOwner, kind: string, leg: LegRecord['id'], more: Readonly<Record<string, unknown>> = {}): void {
    const { companyId } = owner.state.call
    const event = { kind, atMs: owner.nowMs(), companyId, callId: owner.id, data: { leg, ...more } }
    this.#ledger.append({ events: [event], canWait: true }).catch((error: unknown) => {
      this.#log.error('the ledger refused an entry', { callId: owner.id, error: String(error) })
    })
  }
}

/** A leg that talks, and the one it talks with. */
function pairOf({ state, legs }: CallOwner, id: LegId): { leg: SipLeg; other: SipLeg } | undefined {
  if (state.name !== 'connected') return undefined
  const leg = legs.get(id)
  const other = legs.get(id === state.a ? state.b : state.a)
  return leg && other && (id === state.a || id === state.b) ? { leg, other } : undefined
}
