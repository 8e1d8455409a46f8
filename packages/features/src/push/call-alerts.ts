import { type CallId, type CompanyId, TransientMap, type UserId } from '@vaxel/base'
import type { Directory, Language, NumberedEvent, UserSettings } from '@vaxel/core'
import type { PushDesk } from './push-desk.ts'

interface Followed {
  readonly companyId: CompanyId
  /** Who waits for an answer. */
  caller: string
  /** Who was called, and is told when nobody answers. */
  readonly called: Set<UserId>
  isAnswered: boolean
  /** Nobody took it, and it is about to ring at whoever had it before. */
  comesBack?: boolean
}

/** What services note when a call comes back to whoever had it; `who` names who waits. */
const comingBack: readonly unknown[] = ['transfer-recall', 'park-recall']

/** Calls that are followed at once; the oldest are forgotten. */
const mostFollowed = 20_000

const texts: Readonly<
  Record<Language, { readonly calls: (who: string) => string; readonly missed: string; readonly incoming: string }>
> = {
  en: { calls: (who) => `${who} is calling`, missed: 'Missed call', incoming: 'Incoming call' },
  sv: { calls: (who) => `${who} ringer`, missed: 'Missat samtal', incoming: 'Inkommande samtal' },
  fr: { calls: (who) => `${who} vous appelle`, missed: 'Appel manqué', incoming: 'Appel entrant' },
}

/** Tells people's browsers of calls that come and of calls that they missed, from the ledger. */
export class CallAlerts {
  readonly #directory: Directory
  readonly #settings: UserSettings
  readonly #desk: PushDesk
  readonly #calls = new TransientMap<CallId, Followed>()

  constructor(options: { directory: Directory; userSettings: UserSettings }, desk: PushDesk) {
    this.#directory = options.directory
    this.#settings = options.userSettings
    this.#desk = desk
  }

  see({ kind, callId, companyId, data }: NumberedEvent): void {
    if (callId === undefined) return
    if (kind === 'call.originated') return this.#begin(callId, companyId, data)
    const call = this.#calls.get(callId)
    if (!call) return
    if (kind === 'call.routed' && typeof data.userId === 'string') this.#rings(callId, call, data.userId as UserId)
    else if (kind === 'service.noted' && comingBack.includes(data.code))
      Object.assign(call, { caller: String(data.who ?? call.caller), isAnswered: false, comesBack: true })
    else if (kind === 'call.established') this.#answered(call, data)
    else if (kind === 'call.ended') this.#end(callId, call)
  }

  #begin(callId: CallId, companyId: CompanyId, data: Readonly<Record<string, unknown>>): void {
    if (this.#calls.size >= mostFollowed) {
      const [oldest] = this.#calls.keys()
      if (oldest !== undefined) this.#calls.delete(oldest)
    }
    const caller = String(data.name ?? data.number ?? '')
    this.#calls.set(callId, { companyId, caller, called: new Set(), isAnswered: false })
  }

  #rings(callId: CallId, call: Followed, userId: UserId): void {
    if (call.called.has(userId) && !call.comesBack) return
    call.comesBack = false
    call.called.add(userId)
    if (this.#desk.of(userId).length === 0 || this.#wishes(userId)?.incomingCalls === false) return
    const { calls, incoming } = this.#textsOf(userId)
    this.#desk.send(userId, call.companyId, {
      title: incoming,
      body: calls(call.caller),
      tag: `call ${callId}`,
      path: '/phone',
      isUrgent: true,
    })
  }

  /** The caller's own leg is established too when a service answers; a called user's answer is what counts. */
  #answered(call: Followed, data: Readonly<Record<string, unknown>>): void {
    if (typeof data.userId === 'string' && call.called.has(data.userId as UserId)) call.isAnswered = true
  }

  #end(callId: CallId, call: Followed): void {
    this.#calls.delete(callId)
    if (call.isAnswered) return
    for (const userId of call.called) {
      if (this.#desk.of(userId).length === 0 || this.#wishes(userId)?.missedCalls === false) continue
      // The same tag: it takes the place of the call that rang.
      const { missed } = this.#textsOf(userId)
      this.#desk.send(userId, call.companyId, {
        title: missed,
        body: call.caller,
        tag: `call ${callId}`,
        path: '/calls',
      })
    }
  }

  #wishes(userId: UserId) {
    return this.#settings.get(userId, 'notifications')
  }

  #textsOf(userId: UserId) {
    return texts[this.#directory.user(userId)?.language ?? 'en']
  }
}
