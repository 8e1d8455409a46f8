import type { Clock, LegId, Timer } from '@vaxel/base'
import { type CallLeg, languageOf, type MediaEngine, type RecordingRule } from '@vaxel/core'
import type { CallOwner } from './call-owner.ts'
import type { RecordedCalls } from './recorded-calls.ts'

/** As usual in telephony (47 CFR § 64.501). */
export const betweenBeepsMs = 15_000

/**
 * Tells those in a call that they are recorded: a sentence once to whoever talks with a recorded party, and a beep again and again. The
 * beep is heard together with the other side, and stands in the recording, which proves it.
 */
export class RecordingNotice {
  /** While a recording is paused nothing is to be told. */
  isQuiet = false
  readonly #clock: Clock
  readonly #engine: MediaEngine
  readonly #calls: RecordedCalls
  readonly #rule: RecordingRule
  readonly #told = new Set<LegId>()
  #owner: CallOwner | undefined
  #legs: readonly CallLeg[] = []
  #timer: Timer | undefined
  #isClosed = false

  constructor(options: { clock: Clock; engine: MediaEngine; calls: RecordedCalls; rule: RecordingRule }) {
    this.#clock = options.clock
    this.#engine = options.engine
    this.#calls = options.calls
    this.#rule = options.rule
  }

  /** These talk now. */
  follow(owner: CallOwner, legs: readonly CallLeg[]): void {
    this.#owner = owner
    this.#legs = legs
    if (this.#rule.tells === 'nobody') return
    if (this.#rule.tellsBy !== 'beep') this.#sayOnce(owner, legs)
    if (this.#rule.tellsBy !== 'sentence' && !this.#timer && !this.#isClosed) this.#next()
  }

  close(): void {
    this.#isClosed = true
    this.#timer?.stop()
  }

  /** Both sides hear the sentence when one of them is to be told: nobody then speaks into it. */
  #sayOnce(owner: CallOwner, legs: readonly CallLeg[]): void {
    const connected = legs.filter(({ connection }) => connection === 'connected')
    const news = connected.filter((leg) => this.#isTold(leg) && !this.#told.has(leg.id))
    if (news.length === 0) return
    for (const { id } of news) this.#told.add(id)
    const company = this.#calls.companyOf(owner.id)
    void this.#calls.soundOf('call-is-recorded', company ? languageOf(company) : 'en').then((path) => {
      for (const { id } of connected) {
        const media = owner.legs.get(id)?.media
        if (media && path !== undefined) this.#engine.play(media, { kind: 'file', path })
      }
    })
  }

  #isTold({ party }: CallLeg): boolean {
    return this.#rule.tells === 'everybody' || party.userId === undefined
  }

  #next(): void {
    this.#timer = this.#clock.startTimer(betweenBeepsMs, () => {
      if (this.#isClosed) return
      if (!this.isQuiet) this.#beep()
      this.#next()
    })
  }

  #beep(): void {
    const owner = this.#owner
    const told = this.#legs.filter((leg) => leg.connection === 'connected' && this.#isTold(leg))
    const media = told.flatMap(({ id }) => owner?.legs.get(id)?.media ?? [])
    for (const leg of media) this.#engine.playOver(leg, { kind: 'tone', tone: 'recorded', country: '' })
  }
}
