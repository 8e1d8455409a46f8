import { type DeviceId, TransientMap } from '@vaxel/base'
import type { Binding, MediaLegId } from '@vaxel/core'
import type { Flow } from '@vaxel/sip'
import type { SipLeg } from './sip-leg.ts'

interface Seat {
  readonly leg: SipLeg
  readonly deviceId: DeviceId
  /** Where the telephone is registered over the leg's connection, as far as that is known. */
  binding: Binding | undefined
}

/**
 * Legs of telephones over TCP or TLS, whose connection may break in mid-call. The telephone registers again over another one, and what the
 * server asks in its dialogs goes there from then on (RFC 5626 §5.3): behind a NAT nothing else leads to it, and a BYE that does not arrive leaves
 * it in a call with nobody.
 */
export class StreamLegs {
  readonly #flowOf: (binding: Binding) => Promise<Flow | undefined>
  readonly #seats = new TransientMap<MediaLegId, Seat>()
  readonly #byDevice = new TransientMap<DeviceId, Set<Seat>>()

  constructor(flowOf: (binding: Binding) => Promise<Flow | undefined>) {
    this.#flowOf = flowOf
  }

  add(leg: SipLeg, deviceId: DeviceId, binding: Binding | undefined): void {
    const seat: Seat = { leg, deviceId, binding }
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

  /** @param bindings all of one address, after a change */
  bindingsChanged(bindings: readonly Binding[]): void {
    if (this.#seats.size === 0) return
    for (const binding of bindings) {
      if (!isStream(binding.flow.protocol)) continue
      for (const seat of this.#byDevice.get(binding.deviceId) ?? []) this.#follow(seat, binding, bindings)
    }
  }

  #follow(seat: Seat, binding: Binding, all: readonly Binding[]): void {
    const { leg } = seat
    const flow = leg.usage?.flow
    if (!flow) return
    if (flow.id === binding.flow.id) {
      seat.binding = binding
      return
    }
    // The same registration over another connection: the one before is given up, also where nobody has noticed its end.
    const isSameBinding = seat.binding?.id === binding.id
    if (!isSameBinding && (flow.isOpen || !isSameTelephone(seat, binding, all))) return
    void this.#flowOf(binding).then((found) => {
      if (!found?.isOpen || leg.isClosed || leg.usage?.flow?.id !== flow.id) return
      seat.binding = binding
      leg.usage.moveTo(found)
    })
  }
}

export const isStream = (protocol: Flow['protocol']): boolean => protocol === 'tcp' || protocol === 'tls'

/** By its instance, where it says one; else a device that is registered from one place is there. */
function isSameTelephone({ binding: known }: Seat, binding: Binding, all: readonly Binding[]): boolean {
  if (known?.instanceId !== undefined || binding.instanceId !== undefined)
    return known === undefined || known.instanceId === binding.instanceId
  const places = all.filter(({ deviceId, flow }) => deviceId === binding.deviceId && flow.id !== known?.flow.id)
  return places.length === 1
}
