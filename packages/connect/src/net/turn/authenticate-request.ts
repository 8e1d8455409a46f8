import type { Allocation, TurnClient } from './allocation.ts'
import type { Nonces } from './nonces.ts'
import { attribute, hasIntegrity, type StunFrame, valueOf } from './stun-codec.ts'
import { fault, refuse, unknownValue } from './turn-answers.ts'
import { checkUser, relayRealm, type TurnCredentials } from './turn-credentials.ts'
import type { KeyObject } from 'node:crypto'

/** A request whose sender has proven who it is. */
export interface TurnRequest {
  readonly client: TurnClient
  readonly frame: StunFrame
  readonly username: string
  readonly userId: string
  readonly key: KeyObject
  readonly allocation: Allocation | undefined
  readonly nowMs: number
}

export interface Verifier {
  readonly credentials: TurnCredentials
  readonly nonces: Nonces
  /** Wall clock. */
  readonly wallMs: () => number
}

const longestUsername = 128

/**
 * The long-term credential mechanism (RFC 8489 §9.2.4, RFC 8656 §5). A credential that has expired makes no allocation, but keeps the
 * one that it made, so that no call ends with it; that of a check does not.
 * @returns the request, or the bytes that refuse it
 */
export function authenticateRequest(
  { credentials, nonces, wallMs }: Verifier,
  client: TurnClient,
  frame: StunFrame,
  allocation: Allocation | undefined,
  nowMs: number,
): TurnRequest | Buffer {
  const { address } = client.remote
  const challenge = (code: typeof fault.unauthenticated | typeof fault.staleNonce): Buffer =>
    refuse(frame, code, undefined, [
      [attribute.realm, Buffer.from(relayRealm)],
      [attribute.nonce, nonces.make(address, nowMs)],
    ])
  if (frame.integrityAt === undefined) return challenge(fault.unauthenticated)
  const [name, realm, nonce] = [attribute.username, attribute.realm, attribute.nonce].map((type) =>
    valueOf(frame, type),
  )
  if (!name || !realm || !nonce) return refuse(frame, fault.badRequest)
  if (!nonces.counts(nonce, address, nowMs)) return challenge(fault.staleNonce)
  const username = name.length > longestUsername ? '' : Buffer.from(name).toString('utf8')
  const read = credentials.read(username)
  if (read === undefined) return challenge(fault.unauthenticated)
  const key = allocation?.username === username ? allocation.key : credentials.keyOf(username)
  if (!hasIntegrity(frame, key)) return challenge(fault.unauthenticated)
  if (allocation && allocation.username !== username) return refuse(frame, fault.otherUser, key)
  const mayOutlive = allocation !== undefined && read.userId !== checkUser
  if (!mayOutlive && read.expiresAtMs <= wallMs()) return challenge(fault.unauthenticated)
  if (frame.unknown.length > 0)
    return refuse(frame, fault.unknownAttribute, key, [[attribute.unknownAttributes, unknownValue(frame.unknown)]])
  return { client, frame, username, userId: read.userId, key, allocation, nowMs }
}
