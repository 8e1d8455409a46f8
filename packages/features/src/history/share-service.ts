import { createHash } from 'node:crypto'
import { type CallId, type Clock, makeId, type RandomBytes, type Refusal } from '@vaxel/base'
import {
  NotFound,
  type OperationReply,
  type Principal,
  type readSharedCall,
  ShareGone,
  TooManyRequests,
} from '@vaxel/contract'
import type { CallLedger, CallShare, CallShares, Directory, LedgerEvent } from '@vaxel/core'
import type { StoryService } from './story-service.ts'
import { sightOf } from './sight.ts'
import { hideIn, hideNumbers, partiesOf } from './story/hide-numbers.ts'
import { maskShared } from './story/mask-shared.ts'
import { toStoryView } from './story/story-view.ts'
import { toMessageView } from './views.ts'

const dayMs = 24 * 60 * 60 * 1000
const usualDays = 7
const tokenBytes = 32
/** Openings from one address in a minute; a person reads slower. */
const mostOpenings = 30
const windowMs = 60_000
const mostAddresses = 10_000
/** Links to one call that work at once. */
const mostOfOneCall = 50

type SharedCall = OperationReply<typeof readSharedCall>

/** Links that show the story of a call without login: unguessable, ending, revocable, audited. */
export class ShareService {
  readonly #shares: CallShares
  readonly #stories: StoryService
  readonly #ledger: CallLedger
  readonly #directory: Directory
  readonly #clock: Clock
  readonly #random: RandomBytes
  readonly #openings = new Map<string, { fromMs: number; count: number }>()

  constructor(options: {
    shares: CallShares
    stories: StoryService
    ledger: CallLedger
    directory: Directory
    clock: Clock
    random: RandomBytes
  }) {
    this.#shares = options.shares
    this.#stories = options.stories
    this.#ledger = options.ledger
    this.#directory = options.directory
    this.#clock = options.clock
    this.#random = options.random
  }

  async create(
    principal: Principal,
    callId: string,
    { days = usualDays, hidesNumbers = true }: { days?: number; hidesNumbers?: boolean },
  ): Promise<{ share: CallShare; token: string } | Refusal> {
    const { companyId, userId } = sightOf(principal)
    const whole = await this.#stories.whole(principal, callId)
    if (!whole) return NotFound()
    const nowMs = this.#clock.now()
    const working = (await this.#shares.ofCall(companyId, callId as CallId)).filter((one) => one.expiresAtMs > nowMs)
    if (working.length >= mostOfOneCall)
      return TooManyRequests(`${mostOfOneCall} links to this call work already; take some of them back.`)
    const share: CallShare = {
      id: makeId<string & { readonly brand?: never }>(nowMs),
      companyId,
      callId: callId as CallId,
      createdBy: userId,
      createdAtMs: nowMs,
      expiresAtMs: nowMs + days * dayMs,
      hidesNumbers,
    }
    const token = Buffer.from(this.#random(tokenBytes)).toString('base64url')
    const { id, expiresAtMs } = share
    const told = this.#event(share, 'call.shared', { share: id, userId, expiresAtMs, hidesNumbers })
    await this.#shares.create(share, hashOf(token), told)
    await this.#shares.removeExpired(nowMs)
    return { share, token }
  }

  async list(principal: Principal, callId: string): Promise<CallShare[] | Refusal> {
    const { companyId, userId, seesCompany } = sightOf(principal)
    if (!(await this.#stories.whole(principal, callId))) return NotFound()
    const nowMs = this.#clock.now()
    const shares = await this.#shares.ofCall(companyId, callId as CallId)
    return shares.filter((share) => share.expiresAtMs > nowMs && (seesCompany || share.createdBy === userId))
  }

  async remove(principal: Principal, callId: string, shareId: string): Promise<Refusal | undefined> {
    const shares = await this.list(principal, callId)
    const share = Array.isArray(shares) ? shares.find(({ id }) => id === shareId) : undefined
    if (!share) return NotFound()
    const { companyId, userId } = sightOf(principal)
    await this.#shares.remove(companyId, shareId, this.#event(share, 'call.shareEnded', { share: shareId, userId }))
    return undefined
  }

  /** What whoever has the link sees. The same refusal for links that never were, have ended, or were taken back. */
  async open(token: string, address: string): Promise<SharedCall | Refusal> {
    if (!this.#mayOpen(address)) return TooManyRequests('Too many links were opened from your address; wait a minute.')
    const share = await this.#shares.find(hashOf(token))
    const company = share && this.#directory.company(share.companyId)
    const maker = share && this.#directory.user(share.createdBy)
    // A link lives no longer than its maker's place in the company.
    if (!share || !company || !maker || share.expiresAtMs <= this.#clock.now()) return ShareGone()
    const whole = await this.#stories.read(share.companyId, share.callId)
    if (!whole) return ShareGone()
    await this.#ledger.append({
      events: [this.#event(share, 'call.shareOpened', { share: share.id, address })],
      canWait: true,
    })
    const told = toStoryView(whole.story)
    const story = share.hidesNumbers ? hideNumbers(told) : told
    const parties = partiesOf(told)
    const seesMessages = maker.role === 'supervisor' || maker.role === 'administrator'
    const hide = (text: string): string => (share.hidesNumbers ? hideIn(maskShared(text), parties) : maskShared(text))
    return {
      story,
      company: company.name,
      expiresAt: new Date(share.expiresAtMs).toISOString(),
      messages: seesMessages
        ? whole.messages.map(toMessageView).map((message) => ({ ...message, text: hide(message.text) }))
        : [],
    }
  }

  #mayOpen(address: string): boolean {
    const nowMs = this.#clock.monotonicMs()
    const seen = this.#openings.get(address)
    if (seen && nowMs - seen.fromMs < windowMs) return ++seen.count <= mostOpenings
    this.#openings.delete(address)
    if (this.#openings.size >= mostAddresses) this.#openings.delete(this.#openings.keys().next().value ?? '')
    this.#openings.set(address, { fromMs: nowMs, count: 1 })
    return true
  }

  #event({ companyId, callId }: CallShare, kind: string, data: LedgerEvent['data']): LedgerEvent {
    return { kind, atMs: this.#clock.now(), companyId, callId, data }
  }
}

/** Only hashes are kept: whoever reads the database cannot open a link. */
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')
