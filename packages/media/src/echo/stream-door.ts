import type { LegCounters } from '../engine/media-plane.ts'
import type { IceSession } from '../ice/ice-session.ts'
import type { IcePeer } from '../ice/shared-port.ts'
import type { IceDoor } from '../relay/leg-transport.ts'
import { AddressBudget } from './address-budget.ts'

/**
 * The way of one leg of somebody unknown through a port: notes what the leg itself is not told, and sends nobody more than they are due
 * ({@link AddressBudget}).
 */
export class StreamDoor implements IceDoor {
  #heard = false
  #trafficClass: number | undefined
  readonly #door: IceDoor
  readonly #port: { readonly trafficClass: number | undefined } | undefined
  readonly #budget = new AddressBudget()

  /** @param port where the traffic class of the datagram that is being received stands, if it is known */
  constructor(door: IceDoor, port?: { readonly trafficClass: number | undefined }) {
    this.#door = door
    this.#port = port
  }

  /** What came of the peer by this door. */
  figures(): Pick<LegCounters, 'heard' | 'trafficClass'> {
    return {
      heard: this.#heard,
      ...(this.#trafficClass !== undefined && { trafficClass: this.#trafficClass }),
    }
  }

  add(credentials: { readonly ufrag: string; readonly password: string }, peer: IcePeer): IceSession {
    return this.#door.add(credentials, {
      receive: (buffer, length, from, nowMs) => {
        this.#trafficClass = this.#port?.trafficClass
        this.#budget.received(from, buffer, length)
        peer.receive(buffer, length, from, nowMs)
      },
      onChecked: (nowMs) => {
        this.#heard = true
        peer.onChecked?.(nowMs)
      },
    })
  }

  remove(ufrag: string): void {
    this.#door.remove(ufrag)
  }

  send(session: IceSession, buffer: Uint8Array, length: number, nowMs: number): boolean {
    const destination = session.destination(nowMs)
    if (!destination || !this.#budget.maySend(destination, buffer, length)) return false
    return this.#door.send(session, buffer, length, nowMs)
  }
}
