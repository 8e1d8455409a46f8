import { randomBytes } from 'node:crypto'
import {
  cutTurn,
  dataIndication,
  errorOf,
  readTurn,
  successOf,
  turnAttributes,
  turnKey,
  turnMethods,
  writeTurn,
  xorPeerAddress,
} from './turn-message.ts'

/** A way to the relay: datagrams, or whole messages on a stream. */
export interface RelayWay {
  send(bytes: Uint8Array): void
  /** Takes the place of the listener before. */
  onBytes(listener: (bytes: Uint8Array) => void): void
  /** Messages arrive in any pieces. */
  readonly isStream: boolean
}

export interface RelayQuestion {
  readonly username: string
  readonly password: string
  /** Where data is to be relayed to, what, and how its answer is known. */
  readonly peer: {
    readonly address: string
    readonly port: number
    readonly bytes: Uint8Array
    isAnswer(bytes: Uint8Array): boolean
  }
  readonly signal: AbortSignal
}

/** `unreached`: no answer at all. `refused`: an error of the relay. `silent`: allocated, but nothing came back through it. */
export type RelayFound =
  | { readonly kind: 'works'; readonly tookMs: number }
  | { readonly kind: 'unreached' }
  | { readonly kind: 'refused'; readonly code: number }
  | { readonly kind: 'silent' }

const waitsMs = [300, 600, 1200]
const streamWaitMs = 4000

type Attributes = ReadonlyMap<number, Uint8Array>

/** Allocates an address at the relay (RFC 8656 §7), lets one peer send to it, and sends something there that comes back. */
export async function askRelay(
  way: RelayWay,
  { username, password, peer, signal }: RelayQuestion,
): Promise<RelayFound> {
  const startMs = performance.now()
  const talk = new Talk(way, signal)
  const transport: readonly [number, Uint8Array] = [turnAttributes.requestedTransport, Uint8Array.of(17, 0, 0, 0)]
  const first = await talk.ask(turnMethods.allocate, () => [transport])
  if (!first) return { kind: 'unreached' }
  const [realm, nonce] = [first.attributes.get(turnAttributes.realm), first.attributes.get(turnAttributes.nonce)]
  if (!realm || !nonce) return { kind: 'refused', code: codeOf(first.attributes) }
  const key = turnKey(username, Buffer.from(realm).toString(), password)
  const credentials: readonly (readonly [number, Uint8Array])[] = [
    [turnAttributes.username, Buffer.from(username)],
    [turnAttributes.realm, realm],
    [turnAttributes.nonce, nonce],
  ]
  const allocated = await talk.ask(turnMethods.allocate, () => [transport, ...credentials], key)
  if (!allocated) return { kind: 'unreached' }
  if (!allocated.isGood) return { kind: 'refused', code: codeOf(allocated.attributes) }
  try {
    const toPeer = (id: Uint8Array): readonly [number, Uint8Array] => [
      turnAttributes.xorPeerAddress,
      xorPeerAddress(peer.address, peer.port, id),
    ]
    const permitted = await talk.ask(turnMethods.createPermission, (id) => [toPeer(id), ...credentials], key)
    if (!permitted) return { kind: 'unreached' }
    if (!permitted.isGood) return { kind: 'refused', code: codeOf(permitted.attributes) }
    const isBack = await talk.sendUntil(
      () => {
        const transactionId = randomBytes(12)
        return writeTurn({
          type: turnMethods.send,
          transactionId,
          attributes: [toPeer(transactionId), [turnAttributes.data, peer.bytes]],
        })
      },
      (type, attributes) => {
        const data = attributes.get(turnAttributes.data)
        return type === dataIndication && data !== undefined && peer.isAnswer(data)
      },
    )
    return isBack ? { kind: 'works', tookMs: Math.round(performance.now() - startMs) } : { kind: 'silent' }
  } finally {
    // Nobody waits for the answer: an allocation that is not given back ends by itself.
    const lifetime: readonly [number, Uint8Array] = [turnAttributes.lifetime, new Uint8Array(4)]
    way.send(
      writeTurn(
        { type: turnMethods.refresh, transactionId: randomBytes(12), attributes: [lifetime, ...credentials] },
        key,
      ),
    )
  }
}

function codeOf(attributes: Attributes): number {
  const value = attributes.get(turnAttributes.errorCode)
  return value && value.length >= 4 ? (value[2]! & 7) * 100 + value[3]! : 0
}

class Talk {
  readonly #way: RelayWay
  readonly #signal: AbortSignal
  #rest: Buffer = Buffer.alloc(0)

  constructor(way: RelayWay, signal: AbortSignal) {
    this.#way = way
    this.#signal = signal
  }

  /** A request until its answer comes. */
  async ask(
    method: number,
    attributesFor: (id: Uint8Array) => readonly (readonly [number, Uint8Array])[],
    key?: Uint8Array,
  ): Promise<{ isGood: boolean; attributes: Attributes } | undefined> {
    const transactionId = randomBytes(12)
    const bytes = writeTurn({ type: method, transactionId, attributes: attributesFor(transactionId) }, key)
    let found: { isGood: boolean; attributes: Attributes } | undefined
    await this.sendUntil(
      () => bytes,
      (type, attributes, id) => {
        if (!transactionId.equals(id) || (type !== successOf(method) && type !== errorOf(method))) return false
        found = { isGood: type === successOf(method), attributes }
        return true
      },
    )
    return found
  }

  /** Sends again and again, on a stream once, until something comes that is meant. */
  async sendUntil(
    make: () => Uint8Array,
    isMeant: (type: number, attributes: Attributes, transactionId: Uint8Array) => boolean,
  ): Promise<boolean> {
    let isDone = false
    let wake = (): void => {}
    const look = (bytes: Uint8Array): void => {
      const message = readTurn(bytes)
      if (!message || !isMeant(message.type, message.attributes, message.transactionId)) return
      isDone = true
      wake()
    }
    this.#way.onBytes((bytes) => {
      if (!this.#way.isStream) return look(bytes)
      const { messages, rest } = cutTurn(Buffer.concat([this.#rest, bytes]))
      this.#rest = rest.length > 65_536 ? Buffer.alloc(0) : Buffer.from(rest)
      for (const message of messages) look(message)
    })
    for (const waitMs of this.#way.isStream ? [streamWaitMs] : waitsMs) {
      if (isDone || this.#signal.aborted) break
      this.#way.send(make())
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, waitMs)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
        this.#signal.addEventListener('abort', wake, { once: true })
      })
    }
    return isDone
  }
}
