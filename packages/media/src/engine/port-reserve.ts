import type { MediaPlane } from './media-plane.ts'
import type { PortPool } from './port-pool.ts'

/** Pairs kept open ahead at one place, and one for so many of the whole pool: where ports are few, none lies idle. */
const mostAhead = 16
const poolShare = 64

/** Where pairs are kept: one plane, one of its addresses. */
interface Place {
  readonly home: number
  readonly address: string
  readonly ports: number[]
  coming: number
}

/**
 * Port pairs that are bound before a call needs them, so that its set-up waits for no thread. A place is filled up again
 * after each taking; where the pool runs dry, pairs that lie idle at other places are given back to it.
 */
export class PortReserve {
  readonly #pool: PortPool
  readonly #planeAt: (home: number) => MediaPlane | undefined
  readonly #places = new Map<string, Place>()
  readonly #ahead: number
  #isClosed = false

  constructor(pool: PortPool, planeAt: (home: number) => MediaPlane | undefined) {
    this.#pool = pool
    this.#planeAt = planeAt
    this.#ahead = Math.min(mostAhead, Math.floor(pool.available / poolShare))
  }

  /** An open pair at that place, if one is at hand. */
  take(home: number, address: string): number | undefined {
    if (this.#ahead === 0 || this.#isClosed) return undefined
    const key = `${home} ${address}`
    let place = this.#places.get(key)
    if (!place) {
      place = { home, address, ports: [], coming: 0 }
      this.#places.set(key, place)
    }
    const port = place.ports.shift()
    for (let missing = this.#ahead - place.ports.length - place.coming; missing > 0; missing--) void this.#fetch(place)
    return port
  }

  /** Closes one idle pair and gives it back to the pool; resolves with whether there was one. */
  async giveBack(): Promise<number | undefined> {
    for (const { home, address, ports } of this.#places.values()) {
      const rtpPort = ports.pop()
      if (rtpPort === undefined) continue
      await this.#planeAt(home)?.unreserve({ address, rtpPort })
      return rtpPort
    }
    return undefined
  }

  /**
   * Somebody speaks to an idle pair: a phone of a call that is over, and does not know it (this server was killed in mid-call, say). The pair rests
   * as after a call, or the next one would hear that phone.
   */
  async setAside(rtpPort: number): Promise<void> {
    for (const { home, address, ports } of this.#places.values()) {
      const at = ports.indexOf(rtpPort)
      if (at < 0) continue
      ports.splice(at, 1)
      await this.#planeAt(home)?.unreserve({ address, rtpPort })
      return this.#pool.release(rtpPort)
    }
  }

  /** The plane's sockets are gone. */
  planeDied(home: number): void {
    for (const place of this.#places.values())
      if (place.home === home) for (const port of place.ports.splice(0)) this.#pool.release(port)
  }

  close(): void {
    this.#isClosed = true
  }

  async #fetch(place: Place): Promise<void> {
    const rtpPort = this.#pool.take()
    if (rtpPort === undefined) return
    place.coming++
    const plane = this.#planeAt(place.home)
    const opened = await plane?.reserve({ address: place.address, rtpPort })
    place.coming--
    if (opened === 'opened' && !this.#isClosed && this.#planeAt(place.home) === plane) place.ports.push(rtpPort)
    else this.#pool.release(rtpPort)
  }
}
