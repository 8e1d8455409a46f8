import type { Logger } from '@vaxel/base'
import type { Principal } from '@vaxel/contract'
import type { CountedFeed, HistoryReader, Notice, Notices, NumberedEvent } from '@vaxel/core'
import { EventSight, type IsInConversation, type Sight, sightOf } from './sight.ts'
import { isSpared } from './spare-events.ts'
import { briefText, noticeText, wholeText } from './stream-texts.ts'

/** A client of the stream, without its socket. */
export interface StreamClient {
  readonly bufferedBytes: number
  send(text: string): void
  close(code: number, reason: string): void
  /** How the stream is to end because its person's login or rights are not those any more that it began with; undefined while they are. */
  lapsed(): { readonly code: number; readonly reason: string } | undefined
  onClosed(listener: () => void): void
  /** Resolves when what was sent has left the process, or the client is gone. */
  drained(): Promise<void>
}

const pageSize = 500
/** A client that is this far behind is let go; it comes back with the number it has. */
const mostBufferedBytes = 1024 * 1024
const ownCallsKnown = 200
/** RFC 6455 §7.4.1: going away, policy, try again later. */
const sessionEnded = 1008
const tooSlow = 1013

/**
 * One client's stream: first what the ledger has after their number (backfill), then, without a gap or a repetition,
 * what becomes durable (live). The cut is made when backfill has reached the last number that the feed has told.
 */
export class EventStream {
  readonly #history: HistoryReader
  readonly #feed: CountedFeed
  readonly #notices: Notices | undefined
  readonly #client: StreamClient
  readonly #sight: Sight
  readonly #isInConversation: IsInConversation
  readonly #isBrief: boolean
  readonly #sessionId: string
  readonly #log: Logger
  #events: EventSight
  /** Last number that the client has been given or has been spared. */
  #at = 0
  #lastTold = 0
  #isLive = false
  #isClosed = false
  #stop = () => {}

  constructor(options: {
    history: HistoryReader
    feed: CountedFeed
    /** Where notices come from, for a client that wants them. */
    notices?: Notices
    client: StreamClient
    principal: Principal
    isInConversation?: IsInConversation
    /** As screens read it: see the contract's `eventStreamDescription`. */
    brief?: boolean
    log: Logger
  }) {
    this.#history = options.history
    this.#feed = options.feed
    this.#notices = options.notices
    this.#client = options.client
    this.#sight = sightOf(options.principal)
    this.#sessionId = options.principal.sessionId
    this.#log = options.log
    this.#isBrief = options.brief ?? false
    this.#isInConversation = options.isInConversation ?? (() => false)
    this.#events = new EventSight(this.#sight, this.#isInConversation)
  }

  /** @param after number of the last event that the client has; undefined: only what happens from now on */
  async run(after: number | undefined): Promise<void> {
    const unsubscribe = [
      this.#feed.subscribe((events) => this.#receive(events)),
      this.#notices?.subscribe((notice) => this.#receiveNotice(notice)),
    ]
    this.#stop = () => {
      for (const end of unsubscribe) end?.()
    }
    this.#client.onClosed(() => this.#close())
    // Not by the ledger: what is there already and about to be told happens after the client came.
    this.#at = after ?? this.#feed.lastNumber
    try {
      await this.#knowOwnCalls()
      await this.#backfill()
    } catch (error) {
      this.#log.error('an event stream failed', { error: String(error) })
      this.#end(1011, 'The server made a mistake.')
    }
  }

  async #knowOwnCalls(): Promise<void> {
    const { seesCompany, companyId, userId } = this.#sight
    if (seesCompany) return
    const own = await this.#history.calls({ companyId, userId, limit: ownCallsKnown })
    this.#events = new EventSight(
      this.#sight,
      this.#isInConversation,
      own.reverse().map(({ id }) => id),
    )
  }

  async #backfill(): Promise<void> {
    const { companyId } = this.#sight
    while (!this.#isClosed) {
      const page = await this.#history.events({ companyId, after: this.#at, limit: pageSize })
      for (const event of page) this.#give(event, page)
      this.#at = page.at(-1)?.number ?? this.#at
      if (page.length < pageSize && this.#at >= this.#lastTold) {
        this.#isLive = true
        return
      }
      await this.#client.drained()
    }
  }

  #receive(events: readonly NumberedEvent[]): void {
    for (const event of events) {
      const lapse = this.#isAboutRights(event) ? this.#client.lapsed() : undefined
      if (lapse) return this.#end(lapse.code, lapse.reason)
      if (event.companyId === this.#sight.companyId) {
        this.#lastTold = event.number
        if (this.#isLive && event.number > this.#at) {
          this.#at = event.number
          this.#give(event, events)
        }
      }
      if (event.kind === 'session.ended' && event.data.sessionId === this.#sessionId)
        this.#end(sessionEnded, 'The session has ended. Log in again.')
    }
    this.#refuseSlow()
  }

  #receiveNotice(notice: Notice): void {
    const { companyId, userId } = this.#sight
    if (this.#isClosed || notice.companyId !== companyId || (notice.to && !notice.to.includes(userId))) return
    this.#client.send(noticeText(notice))
    this.#refuseSlow()
  }

  /** The directory shows what an event tells before anybody is told. */
  #isAboutRights({ kind, data }: NumberedEvent): boolean {
    const isOfUser = kind === 'configuration.changed' && (data.object === 'user' || data.object === 'operator')
    return isOfUser && data.id === this.#sight.userId
  }

  #refuseSlow(): void {
    if (this.#isLive && this.#client.bufferedBytes > mostBufferedBytes)
      this.#end(tooSlow, `Too slow. Connect again with ?after= and the last number that you have.`)
  }

  /** @param together what became durable at the same time, or is read in one page */
  #give(event: NumberedEvent, together: readonly NumberedEvent[]): void {
    if (this.#isClosed || !this.#events.sees(event)) return
    if (!this.#isBrief) this.#client.send(wholeText(event))
    else if (!isSpared(event, together)) this.#client.send(briefText(event))
  }

  #end(code: number, reason: string): void {
    if (this.#isClosed) return
    this.#close()
    this.#client.close(code, reason)
  }

  #close(): void {
    this.#isClosed = true
    this.#stop()
  }
}
