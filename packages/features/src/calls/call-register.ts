import { type CallId, type LegId, TransientMap } from '@vaxel/base'
import type { CallSource, Company } from '@vaxel/core'
import type { InviteUsage, SipRequest } from '@vaxel/sip'
import type { CallOwner } from './call-owner.ts'
import type { CallUsage } from './call-usage.ts'
import type { MessageTrace, TracedDialog } from './message-trace.ts'
import type { Reach } from './reach.ts'
import type { SipLeg } from './sip-leg.ts'

/** What is kept of a call beside its machine. */
export interface CallContext {
  readonly owner: CallOwner
  readonly company: Company
  readonly domain: string
  readonly from: CallSource
  readonly reaches: Map<LegId, Reach>
  /** The INVITE that began it; privacy, diversion and hop count go on from it. */
  readonly request: SipRequest | undefined
  readonly isWithheld: boolean
  readonly usage: CallUsage
}

/** The calls that go on, found by what news of them name: the call, a leg's media, or its dialog. */
export class CallRegister {
  readonly #trace: Pick<MessageTrace, 'adopt' | 'forget'>
  readonly #contexts = new TransientMap<CallId, CallContext>()
  /** Of each call, by our tag. */
  readonly #dialogs = new TransientMap<CallId, Map<string, TracedDialog>>()
  readonly #legs = new TransientMap<string, { readonly owner: CallOwner; readonly leg: LegId }>()
  /** By our tag, which no other dialog has. */
  readonly #usages = new TransientMap<string, { readonly owner: CallOwner; readonly leg: SipLeg }>()

  /** @param trace is told whose dialogs are whose */
  constructor(trace: Pick<MessageTrace, 'adopt' | 'forget'>) {
    this.#trace = trace
  }

  get size(): number {
    return this.#contexts.size
  }

  add(context: CallContext): void {
    this.#contexts.set(context.owner.id, context)
    this.#dialogs.set(context.owner.id, new Map())
  }

  context(id: CallId): CallContext | undefined {
    return this.#contexts.get(id)
  }

  contexts(): IterableIterator<CallContext> {
    return this.#contexts.values()
  }

  /** News of this leg's media, and of its dialog if it has one, are news of this call from now on. */
  addLeg(owner: CallOwner, leg: SipLeg): void {
    this.#legs.set(leg.media, { owner, leg: leg.id })
    if (leg.usage) this.addDialog(owner, leg, leg.usage)
  }

  addDialog(owner: CallOwner, leg: SipLeg, usage: InviteUsage): void {
    const context = this.#contexts.get(owner.id)
    if (!context) return
    this.#usages.set(usage.localTag, { owner, leg })
    const { sipCallId, localTag } = usage
    const dialog = { sipCallId, localTag, callerTag: leg.isIncoming ? usage.remoteTag : undefined }
    this.#dialogs.get(owner.id)?.set(localTag, dialog)
    this.#trace.adopt(dialog, owner.id, context.company.id)
  }

  legOfMedia(media: string): { readonly owner: CallOwner; readonly leg: LegId } | undefined {
    return this.#legs.get(media)
  }

  legOfDialog(usage: InviteUsage): { readonly owner: CallOwner; readonly leg: SipLeg } | undefined {
    return this.#usages.get(usage.localTag)
  }

  /**
   * Forgets a call and whatever is still its own; legs that went over to another call stay there.
   * @returns its legs; undefined if it was forgotten before
   */
  remove(owner: CallOwner): readonly SipLeg[] | undefined {
    if (!this.#contexts.delete(owner.id)) return undefined
    const own = [...owner.legs.values()].filter(({ media }) => this.#legs.get(media)?.owner === owner)
    for (const { media } of own) this.#legs.delete(media)
    for (const [localTag, dialog] of this.#dialogs.get(owner.id) ?? []) {
      this.#trace.forget(dialog, owner.id)
      if (this.#usages.get(localTag)?.owner === owner) this.#usages.delete(localTag)
    }
    this.#dialogs.delete(owner.id)
    return own
  }
}
