import type { Socket } from 'node:net'
import { plainAddress } from '../net/ip-address.ts'
import { type Place, Places } from '../net/places.ts'
import type { HttpLimits } from './http-limits.ts'
import { isLoopback } from './is-loopback.ts'
import type { Proxies } from './proxies.ts'

/** The places of the connections of one web server, found again by what speaks on them: TLS lays a socket of its own over the one that came in. */
export class WebPlaces {
  readonly #places: Places
  readonly #isLoopbackLimited: boolean
  readonly #proxies: Proxies
  readonly #byEnds = new Map<string, Place>()

  /** @param proxies those have no limit of their own, as they ask for many */
  constructor(limits: HttpLimits, proxies: Proxies) {
    this.#proxies = proxies
    this.#places = new Places(limits)
    this.#isLoopbackLimited = limits.loopbackLimited !== 0
  }

  /** Gives a connection that came in a place, or ends it. */
  admit(socket: Socket): void {
    const { remoteAddress } = socket
    if (this.#proxies.isTrusted(remoteAddress)) return
    if (!this.#isLoopbackLimited && isLoopback(remoteAddress)) return
    const ends = endsOf(socket)
    const place = this.#places.admit(plainAddress(remoteAddress ?? ''), () => socket.destroy())
    if (place === undefined) return void socket.destroy()
    this.#byEnds.set(ends, place)
    socket.once('close', () => {
      place.leave()
      if (this.#byEnds.get(ends) === place) this.#byEnds.delete(ends)
    })
  }

  /** Undefined for loopback and for trusted proxies, which need none. */
  of(socket: Socket): Place | undefined {
    return this.#byEnds.get(endsOf(socket))
  }
}

const endsOf = ({ remoteAddress, remotePort, localAddress, localPort }: Socket): string =>
  `${remoteAddress} ${remotePort} ${localAddress} ${localPort}`
