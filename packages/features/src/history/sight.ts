import type { CallId, CompanyId, UserId } from '@vaxel/base'
import { audienceOf, type Principal } from '@vaxel/contract'
import type { NumberedEvent } from '@vaxel/core'

/** How much of a company's ledger somebody sees. */
export interface Sight {
  readonly companyId: CompanyId
  readonly userId: UserId
  /** Everybody's calls, not only the own. */
  readonly seesCompany: boolean
  /** Configuration and logins too. */
  readonly seesAdministration: boolean
}

export function sightOf({ companyId, userId, role }: Principal): Sight {
  return {
    companyId: companyId as CompanyId,
    userId: userId as UserId,
    seesCompany: role === 'supervisor' || role === 'administrator',
    seesAdministration: role === 'administrator',
  }
}

/** Whether a user is in a conversation now. */
export type IsInConversation = (conversationId: string, userId: UserId) => boolean

/** Calls of one's own that are remembered, to know later events of theirs. */
const mostOwnCalls = 2000
const deepest = 4

/** Decides which events of the ledger somebody may see. Remembers which calls concern them, so events go in in order. */
export class EventSight {
  readonly #sight: Sight
  readonly #own = new Set<CallId>()
  readonly #isInConversation: IsInConversation

  constructor(sight: Sight, isInConversation: IsInConversation, ownCalls: Iterable<CallId> = []) {
    this.#sight = sight
    this.#isInConversation = isInConversation
    for (const callId of ownCalls) this.#remember(callId)
  }

  sees(event: NumberedEvent): boolean {
    const { companyId, userId, seesCompany, seesAdministration } = this.#sight
    if (event.companyId !== companyId) return false
    const audience = audienceOf(event.kind)
    if (audience === 'administrator') return seesAdministration
    if (audience === 'members') return this.#concerns(event)
    if (seesCompany) return true
    if (audience === 'supervisor') return false
    const { callId } = event
    if (mentions(event.data, userId, 0)) {
      if (callId !== undefined) this.#remember(callId)
      return true
    }
    return callId !== undefined && this.#own.has(callId)
  }

  /** What people say to each other is theirs, whatever the role of somebody else. Who was taken out is told so. */
  #concerns({ data }: NumberedEvent): boolean {
    const { userId } = this.#sight
    return this.#isInConversation(String(data.conversationId), userId) || mentions(data, userId, 0)
  }

  #remember(callId: CallId): void {
    this.#own.add(callId)
    if (this.#own.size <= mostOwnCalls) return
    for (const oldest of this.#own) {
      this.#own.delete(oldest)
      return
    }
  }
}

/** Whether a user stands in the data of an event as `userId`, at any depth within reason. */
function mentions(data: object, userId: UserId, depth: number): boolean {
  if (depth > deepest) return false
  for (const [key, value] of Object.entries(data)) {
    if (key === 'userId' && value === userId) return true
    if (typeof value === 'object' && value !== null && mentions(value, userId, depth + 1)) return true
  }
  return false
}
