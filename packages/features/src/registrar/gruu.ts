import { createHmac, createSecretKey } from 'node:crypto'
import { type RandomBytes, randomToken } from '@vaxel/base'
import type { Binding } from '@vaxel/core/ports'
import { parseUri, type Uri } from '@vaxel/sip'
import { addressOfRecord } from './address-of-record.ts'

interface Temporary {
  readonly addressOfRecord: string
  readonly instanceId: string
  /** A temporary GRUU lives as long as registrations of that Call-ID go on (RFC 5627 §3.1.2). */
  readonly callId: string
}

/** Temporary addresses kept for one instance; older ones stop working. */
const keptPerInstance = 16
const prefix = 'tgruu.'

/** Makes and reads globally routable addresses of one phone of a user (RFC 5627). */
export class Gruus {
  readonly #random: RandomBytes
  readonly #instanceKey
  readonly #byToken = new Map<string, Temporary>()
  readonly #byInstance = new Map<string, string[]>()

  constructor(random: RandomBytes) {
    this.#random = random
    this.#instanceKey = createSecretKey(random(32))
  }

  /** `sip:201@demo.test;gr=…`: the same as long as phone and address are (§3.1.1). */
  publicOf(addressOfRecord: string, instanceId: string): string {
    const uri = parseUri(addressOfRecord)!
    uri.parameters.set('gr', instanceId)
    return uri.toString()
  }

  /** A new address that tells neither user nor phone (§3.1.2). */
  makeTemporary(addressOfRecord: string, instanceId: string, callId: string): string {
    const token = prefix + randomToken(20, this.#random)
    const key = this.#keyOf(addressOfRecord, instanceId)
    const tokens = (this.#byInstance.get(key) ?? []).filter((old) => {
      const keep = this.#byToken.get(old)?.callId === callId
      if (!keep) this.#byToken.delete(old)
      return keep
    })
    tokens.push(token)
    if (tokens.length > keptPerInstance) this.#byToken.delete(tokens.shift()!)
    this.#byInstance.set(key, tokens)
    this.#byToken.set(token, { addressOfRecord, instanceId, callId })
    const { host } = parseUri(addressOfRecord)!
    return `sip:${token}@${host};gr`
  }

  /** Forgets the temporary addresses of a phone that has no binding left. */
  forget(addressOfRecord: string, instanceId: string): void {
    const key = this.#keyOf(addressOfRecord, instanceId)
    for (const token of this.#byInstance.get(key) ?? []) this.#byToken.delete(token)
    this.#byInstance.delete(key)
  }

  /** Which phone of which address a URI names; undefined when it is no GRUU of ours. */
  read(uri: Uri): { addressOfRecord: string; instanceId: string } | undefined {
    if (!uri.parameters.has('gr') || uri.user === undefined) return undefined
    const instanceId = uri.parameters.get('gr')
    if (instanceId !== undefined && instanceId !== '')
      return { addressOfRecord: addressOfRecord(uri.user, uri.host), instanceId }
    return this.#byToken.get(uri.user)
  }

  /** A short name of fixed length, so that instance ids of any form cannot collide or grow the maps' keys. */
  #keyOf(addressOfRecord: string, instanceId: string): string {
    return createHmac('sha256', this.#instanceKey).update(`${addressOfRecord}\0${instanceId}`).digest('base64url')
  }
}

/** The bindings that a GRUU reaches: those of the phone, newest first (RFC 5627 §5). */
export const bindingsOfInstance = (bindings: readonly Binding[], instanceId: string): readonly Binding[] =>
  bindings.filter((binding) => binding.instanceId === instanceId).sort((a, b) => b.registeredAtMs - a.registeredAtMs)
