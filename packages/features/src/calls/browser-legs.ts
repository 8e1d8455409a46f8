import { type DeviceId, type FlowId, type LegId, TransientMap, type UserId } from '@vaxel/base'
import type { Binding, MediaLegId, OwnConnection } from '@vaxel/core'
import type { Flow } from '@vaxel/sip'
import type { CallOwner } from './call-owner.ts'
import type { SipLeg } from './sip-leg.ts'

/** How a leg over WebSocket is known outside of its dialog. */
interface Seat {
  readonly leg: SipLeg
  readonly deviceId: DeviceId
  /** Of the browser (RFC 5626 §4.1); unknown while its page has not registered over the leg's connection. */
  instanceId: string | undefined
  /** Over which it was offered. */
  readonly flowId: FlowId | undefined
  /** Call-ID of the page's registrations: another page of the same browser has another one (RFC 3261 §10.2.4). */
  page: string | undefined
}

export interface BrowserLegsOptions {
  /** Where a leg is now; undefined once its call has finished. */
  find(media: MediaLegId): { readonly owner: CallOwner; readonly leg: LegId } | undefined
  flowOf(binding: Binding): Promise<Flow | undefined>
  /** The device of a leg that rings is at this binding now. */
  ringAgain(owner: CallOwner, leg: LegId, binding: Binding): void
  /** How long a leg is waited for. */
  readonly reconnectMs: number
}

/**
 * Legs of browsers (SIP over WebSocket), which outlive their connections (docs/decisions/0052): finds by the registrations where
 * their pages went, and tells their calls what is seen of them.
 */
export class BrowserLegs {
  readonly #options: BrowserLegsOptions
  readonly #seats = new TransientMap<MediaLegId, Seat>()
  readonly #byDevice = new Map<DeviceId, Set<Seat>>()

  constructor(options: BrowserLegsOptions) {
    this.#options = options
  }

  /** @param binding where the leg's page is registered, if that is known */
  add(leg: SipLeg, deviceId: DeviceId, binding: Binding | undefined): void {
    const seat: Seat = {
      leg,
      deviceId,
      flowId: binding?.flow.id,
      instanceId: binding?.instanceId,
      page: binding?.callId,
    }
    this.#seats.set(leg.media, seat)
    const others = this.#byDevice.get(deviceId)
    if (others) others.add(seat)
    else this.#byDevice.set(deviceId, new Set([seat]))
  }

  remove(media: MediaLegId): void {
    const seat = this.#seats.get(media)
    if (!seat) return
    this.#seats.delete(media)
    const others = this.#byDevice.get(seat.deviceId)
    if (others?.delete(seat) && others.size === 0) this.#byDevice.delete(seat.deviceId)
  }

  /** A connection has closed: legs over it are unreachable until their page is back. */
  flowClosed(flow: Flow): void {
    for (const seat of this.#seats.values())
      if (seat.leg.usage?.flow?.id === flow.id) this.#tell(seat, { isConnected: false })
  }

  /** Registrations of one address have changed or were refreshed: pages may be reached by other connections now. */
  bindingsChanged(bindings: readonly Binding[]): void {
    for (const binding of bindings) {
      const isWebSocket = binding.flow.protocol === 'wss' || binding.flow.protocol === 'ws'
      if (isWebSocket) for (const seat of [...(this.#byDevice.get(binding.deviceId) ?? [])]) this.#follow(seat, binding)
    }
  }

  quiet(media: MediaLegId, quietMs: number): void {
    const seat = this.#seats.get(media)
    if (seat) this.#tell(seat, { quietMs })
  }

  heard(media: MediaLegId): void {
    this.quiet(media, 0)
  }

  /**
   * Whether an INVITE that takes a leg's place is its own browser coming back, and not another one of the same user taking the call
   * over. Who may do either is decided elsewhere.
   */
  isReturn(media: MediaLegId, deviceId: DeviceId | undefined, instanceId: string | undefined): boolean {
    const seat = this.#seats.get(media)
    if (!seat || seat.deviceId !== deviceId) return false
    const isOther = seat.instanceId !== undefined && instanceId !== undefined && seat.instanceId !== instanceId
    return !isOther || !isReachable(seat)
  }

  /** For the leg's owner alone. */
  own(media: MediaLegId): OwnConnection | undefined {
    const seat = this.#seats.get(media)
    const usage = seat?.leg.usage
    if (!seat || !usage) return undefined
    const { sipCallId, localTag, remoteTag = '0' } = usage
    return {
      sipCallId,
      replaces: `${sipCallId};to-tag=${localTag};from-tag=${remoteTag}`,
      ...(seat.instanceId === undefined ? {} : { instanceId: seat.instanceId }),
      isReachable: isReachable(seat),
    }
  }

  #follow(seat: Seat, binding: Binding): void {
    // A leg that is being offered has no dialog yet, but a way.
    const isSameFlow = (seat.leg.usage?.flow?.id ?? seat.flowId) === binding.flow.id
    if (isSameFlow) {
      seat.instanceId ??= binding.instanceId
      seat.page ??= binding.callId
      return
    }
    if (seat.instanceId === undefined || seat.instanceId !== binding.instanceId) return
    const found = this.#options.find(seat.leg.media)
    if (!found) return
    if (isRinging(found.owner, found.leg)) return this.#options.ringAgain(found.owner, found.leg, binding)
    // Another page of the same browser: the one that had the leg is gone, whatever its connection looks like.
    if (seat.page !== binding.callId) return this.#tell(seat, { isConnected: false })
    void this.#options.flowOf(binding).then((flow) => {
      if (!flow?.isOpen || this.#seats.get(seat.leg.media) !== seat) return
      seat.leg.usage?.moveTo(flow)
      this.#tell(seat, { isConnected: true })
    })
  }

  #tell(seat: Seat, signs: { isConnected: boolean } | { quietMs: number }): void {
    const { find, reconnectMs } = this.#options
    const found = find(seat.leg.media)
    found?.owner.dispatch({ kind: 'legSigns', leg: found.leg, patienceMs: reconnectMs, ...signs })
  }
}

const isReachable = ({ leg }: Seat): boolean => leg.usage?.flow?.isOpen ?? false

function isRinging({ state }: CallOwner, leg: LegId): boolean {
  return (state.name === 'alerting' || state.name === 'originating') && state.attempt.ringing.includes(leg)
}

/** Where the page behind an INVITE is registered: the binding over the same connection. */
export function bindingOver(bindings: readonly Binding[], flow: Flow, userId: UserId): Binding | undefined {
  return bindings.find((binding) => binding.userId === userId && binding.flow.id === flow.id)
}
