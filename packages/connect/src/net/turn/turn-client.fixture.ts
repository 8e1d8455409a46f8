import { createHash, createSecretKey, randomBytes } from 'node:crypto'
import type { Endpoint } from '@vaxel/sip'
import { writeXorAddress } from '../xor-address.ts'
import type { TurnClient } from './allocation.ts'
import { attribute, method, readFrame, type StunFrame, valueOf, writeFrame } from './stun-codec.ts'
import type { TurnAction } from './turn-actions.ts'
import { TurnCredentials } from './turn-credentials.ts'
import { TurnServer } from './turn-server.ts'

export const media: Endpoint = { address: '192.0.2.9', port: 5004 }
export const wallMs = Date.UTC(2026, 10, 21)
type Attributes = readonly (readonly [number, Uint8Array])[]

export const udpTransport: Attributes = [[attribute.requestedTransport, Uint8Array.of(17, 0, 0, 0)]]

/** A server whose media is at {@link media}, without sockets. */
export function turnServer(
  limits = {},
  now = (): number => wallMs,
): { server: TurnServer; credentials: TurnCredentials } {
  const credentials = new TurnCredentials({ secret: Buffer.alloc(32, 7), urlsFor: () => [] })
  const targets = {
    isOwn: (address: string) => address === media.address,
    resolve: (peer: Endpoint) => (peer.address === media.address && peer.port === media.port ? peer : undefined),
    has: (family: number) => family === 4,
    relayAddress: () => media.address,
  }
  return { server: new TurnServer({ credentials, targets, limits, wallMs: now }), credentials }
}

/** A client that does as RFC 8656 says, message by message. */
export class FixtureClient {
  readonly at: TurnClient
  readonly #server: TurnServer
  readonly #name: string
  readonly #key
  nonce: Uint8Array | undefined

  constructor(
    server: TurnServer,
    who: { username: string; credential: string },
    port = 4000,
    transport: 'udp' | 'tcp' = 'udp',
  ) {
    const remote = { address: '198.51.100.7', port }
    this.at = { transport, remote, key: `${transport} ${port}` }
    this.#server = server
    this.#name = who.username
    this.#key = createSecretKey(createHash('md5').update(`${who.username}:vaxel:${who.credential}`).digest())
  }

  send(what: number, attributes: Attributes, nowMs = 0, id = randomBytes(12)): TurnAction {
    const proof: Attributes = this.nonce
      ? [
          [attribute.username, Buffer.from(this.#name)],
          [attribute.realm, Buffer.from('vaxel')],
          [attribute.nonce, this.nonce],
        ]
      : []
    const cookieAndId = Buffer.concat([Buffer.from('2112a442', 'hex'), id])
    const draft = { class: 'request' as const, method: what, cookieAndId, withFingerprint: true }
    const bytes = writeFrame({
      ...draft,
      attributes: [...attributes, ...proof],
      ...(this.nonce ? { key: this.#key } : {}),
    })
    return this.#server.receive(this.at, bytes, nowMs)
  }

  /** Code of the refusal, 200 for a success. */
  ask(what: number, attributes: Attributes, nowMs = 0): number {
    return codeOf(this.send(what, attributes, nowMs))
  }

  /** Learns realm and nonce. */
  greet(nowMs = 0): void {
    this.nonce = undefined
    this.nonce = valueOf(frameOf(this.send(method.allocate, udpTransport, nowMs)), attribute.nonce)
  }

  /** An allocation whose socket is at port 40000. */
  allocate(nowMs = 0): void {
    this.greet(nowMs)
    const action = this.send(method.allocate, udpTransport, nowMs)
    if (action.do !== 'bind') throw new Error(`refused: ${codeOf(action)}`)
    this.#server.relayBound(action, { address: media.address, port: 40_000 }, nowMs)
  }

  /** XOR-PEER-ADDRESS needs the transaction id. */
  askAbout(what: number, peer: Endpoint, more: Attributes = [], nowMs = 0): number {
    const id = randomBytes(12)
    const cookieAndId = Buffer.concat([Buffer.from('2112a442', 'hex'), id])
    return codeOf(this.send(what, [[attribute.xorPeerAddress, writeXorAddress(peer, cookieAndId)], ...more], nowMs, id))
  }

  indicate(peer: Endpoint, data: Uint8Array, nowMs = 0): TurnAction {
    const cookieAndId = Buffer.concat([Buffer.from('2112a442', 'hex'), randomBytes(12)])
    const attributes: Attributes = [
      [attribute.xorPeerAddress, writeXorAddress(peer, cookieAndId)],
      [attribute.data, data],
    ]
    return this.#server.receive(
      this.at,
      writeFrame({ class: 'indication', method: method.send, cookieAndId, attributes }),
      nowMs,
    )
  }
}

export function frameOf(action: TurnAction): StunFrame {
  const frame = action.do === 'reply' || action.do === 'deliver' ? readFrame(action.bytes) : undefined
  if (!frame) throw new Error(`no message: ${action.do}`)
  return frame
}

export function codeOf(action: TurnAction): number {
  const frame = frameOf(action)
  const error = valueOf(frame, attribute.errorCode)
  return error ? error[2]! * 100 + error[3]! : 200
}
