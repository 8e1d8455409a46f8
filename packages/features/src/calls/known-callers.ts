import { type CallId, type Clock, TransientMap, type UserId } from '@vaxel/base'
import {
  asksForContacts,
  type CallerNames,
  type Company,
  type Directory,
  type Party,
  resolveNumber,
  type UserSettings,
  withheldNumber,
} from '@vaxel/core'

/** A call does not wait longer to learn whether its caller is a contact. */
const patienceMs = 500
/** People asked about for one call. */
const mostAsked = 20

/** Whom a call may reach, and who makes it. */
export interface CallerQuestion {
  readonly callId: CallId
  readonly company: Company
  readonly domain: string
  readonly caller: Party
  readonly dialled: string
}

/**
 * Whether callers from outside are among the contacts of whom they call, as far as those have rules that ask for it. Routing decides
 * in one go, so it is learnt before; what is not known in time stays unknown, and no rule fits by it.
 */
export class KnownCallers {
  readonly #clock: Clock
  readonly #directory: Directory
  readonly #settings: Pick<UserSettings, 'get'> | undefined
  readonly #names: CallerNames | undefined
  readonly #ofCall = new TransientMap<CallId, Map<UserId, boolean>>()

  constructor(options: {
    clock: Clock
    directory: Directory
    settings?: Pick<UserSettings, 'get'>
    callerNames?: CallerNames
  }) {
    this.#clock = options.clock
    this.#directory = options.directory
    this.#settings = options.settings
    this.#names = options.callerNames
  }

  isContact(callId: CallId, userId: UserId): boolean | undefined {
    return this.#ofCall.get(callId)?.get(userId)
  }

  /** Learns it for the people whom a number reaches; undefined when nobody wants to know. */
  learn(question: CallerQuestion): Promise<void> | undefined {
    const { caller, callId, company } = question
    const names = this.#names
    if (!names || caller.userId !== undefined || caller.number === withheldNumber) return undefined
    const known = this.#ofCall.get(callId) ?? new Map<UserId, boolean>()
    const asked = this.#peopleAt(question)
      .filter((userId) => this.#wantsToKnow(userId) && !known.has(userId))
      .slice(0, mostAsked)
    if (asked.length === 0) return undefined
    this.#ofCall.set(callId, known)
    const all = asked.map(async (userId) => {
      const name = await names.nameOf(company.id, userId, caller.number)
      known.set(userId, name !== undefined)
    })
    return this.#atMost(Promise.allSettled(all))
  }

  forget(callId: CallId): void {
    this.#ofCall.delete(callId)
  }

  #peopleAt({ company, domain, dialled }: CallerQuestion): readonly UserId[] {
    const resolved = resolveNumber(this.#directory, company, domain, dialled)
    if (resolved.kind === 'user') return [resolved.user.id]
    const target = resolved.kind === 'own' ? resolved.number.target : undefined
    if (target?.kind === 'user') return [target.userId]
    return target?.kind === 'group' || target?.kind === 'shared' ? target.userIds : []
  }

  #wantsToKnow(userId: UserId): boolean {
    const rules = this.#settings?.get(userId, 'handling')?.rules ?? []
    const filter = this.#settings?.get(userId, 'filter')
    const kinds = filter?.isOn ? (filter.allowed.kinds ?? []) : []
    return rules.some(asksForContacts) || kinds.some((kind) => kind === 'contact' || kind === 'stranger')
  }

  async #atMost(work: Promise<unknown>): Promise<void> {
    const patience = Promise.withResolvers<void>()
    const timer = this.#clock.startTimer(patienceMs, patience.resolve)
    await Promise.race([work, patience.promise])
    timer.stop()
  }
}
