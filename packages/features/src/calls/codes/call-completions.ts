import type { UserId } from '@vaxel/base'
import type { CallState } from '@vaxel/core'

interface Request {
  readonly callerId: UserId
  readonly calleeId: UserId
  readonly atMs: number
  /** The callee did not answer: they are there once they have used their phone. */
  readonly awaitsUse: boolean
}

/** As long as the subscription may last; who still wants it then, subscribes anew. */
const longestMs = 45 * 60_000
const mostRequests = 10_000

/**
 * Telephones that wait by themselves until somebody can be called (RFC 6910). Each request is a caller and a callee; the first one that
 * asked has its turn first, while its caller is free too.
 */
export class CallCompletions {
  readonly #requests = new Map<string, Request>()
  readonly #nowMs: () => number
  readonly #isFree: (userId: UserId) => boolean
  readonly #lastFailed: (caller: UserId, callee: UserId) => 'busy' | 'noAnswer' | undefined
  readonly #tell: (resource: string) => void

  constructor(options: {
    nowMs(): number
    isFree(userId: UserId): boolean
    /** How the caller's last call fared, if it was to the callee. */
    lastFailed(caller: UserId, callee: UserId): 'busy' | 'noAnswer' | undefined
    tell(resource: string): void
  }) {
    this.#nowMs = options.nowMs
    this.#isFree = options.isFree
    this.#lastFailed = options.lastFailed
    this.#tell = options.tell
  }

  /** A telephone subscribes, or refreshes. @returns the resource */
  ask(callerId: UserId, calleeId: UserId): string {
    const resource = `${callerId} ${calleeId}`
    if (!this.#live(resource)) {
      if (this.#requests.size >= mostRequests) this.#sweep()
      const awaitsUse = this.#lastFailed(callerId, calleeId) === 'noAnswer'
      this.#requests.set(resource, { callerId, calleeId, atMs: this.#nowMs(), awaitsUse })
    }
    return resource
  }

  /** Undefined: nobody waits (any more). */
  stateOf(resource: string): 'queued' | 'ready' | undefined {
    const request = this.#live(resource)
    if (!request) return undefined
    const { calleeId, awaitsUse } = request
    if (awaitsUse || !this.#isFree(calleeId)) return 'queued'
    for (const [other, { callerId, calleeId: theirs }] of this.#requests)
      if (theirs === calleeId && this.#live(other) && this.#isFree(callerId))
        return other === resource ? 'ready' : 'queued'
    return 'queued'
  }

  /** Something happened to a call: those who wait for its people are told, and who talks with the callee waits no more. */
  look({ name, call }: CallState): void {
    if (this.#requests.size === 0) return
    const people = new Map<UserId, boolean>()
    for (const { party, answeredAtMs } of call.legs.values())
      if (party.userId) people.set(party.userId, people.get(party.userId) === true || answeredAtMs !== undefined)
    for (const [resource, request] of this.#requests) {
      const { callerId, calleeId, awaitsUse } = request
      if (!people.has(callerId) && !people.has(calleeId)) continue
      const talked = people.get(callerId) === true && people.get(calleeId) === true
      if (talked) this.#requests.delete(resource)
      else if (awaitsUse && name === 'ended' && people.get(calleeId) === true)
        this.#requests.set(resource, { ...request, awaitsUse: false })
      this.#tell(resource)
    }
  }

  #live(resource: string): Request | undefined {
    const request = this.#requests.get(resource)
    if (!request || this.#nowMs() - request.atMs < longestMs) return request
    this.#requests.delete(resource)
    return undefined
  }

  #sweep(): void {
    for (const resource of [...this.#requests.keys()]) this.#live(resource)
    for (const oldest of this.#requests.keys()) {
      if (this.#requests.size < mostRequests) return
      this.#requests.delete(oldest)
    }
  }
}
