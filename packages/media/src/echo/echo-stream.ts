import type { Clock, Timer } from '@vaxel/base'
import type { EchoStreamFigures, MediaEvent } from '@vaxel/core'
import type { LegCounters, PlaneEvent, StreamCounters } from '../engine/media-plane.ts'

/** A stream whose audio has not come by then never comes. */
const startMs = 30_000
/** A peer that has been quiet so long has gone, without saying so. */
const goneMs = 15_000

/** Where a stream stands, and when it ends by itself. */
export class EchoStream {
  readonly checkId: string
  readonly port: number
  readonly #clock: Clock
  readonly #onOver: () => void
  #hasAudio = false
  #failure: string | undefined
  #isOver = false
  #timer: Timer | undefined
  /** As they were when it ended. */
  #last: LegCounters | undefined

  /** @param onOver told once, when nothing more is to be expected of it */
  constructor(parts: { checkId: string; port: number; clock: Clock; onOver: () => void }) {
    this.checkId = parts.checkId
    this.port = parts.port
    this.#clock = parts.clock
    this.#onOver = parts.onOver
    this.#await(startMs)
  }

  get isOver(): boolean {
    return this.#isOver
  }

  /** Takes an event of its leg. */
  see(event: { readonly kind: (PlaneEvent | MediaEvent)['kind']; readonly reason?: string }): void {
    if (this.#isOver) return
    if (event.kind === 'audioStarted') {
      this.#hasAudio = true
      this.#timer?.stop()
    } else if (event.kind === 'quiet') this.#await(goneMs)
    else if (event.kind === 'heard' && this.#hasAudio) this.#timer?.stop()
    else if (event.kind === 'failed') {
      this.#failure = event.reason ?? 'unknown'
      this.#over()
    }
  }

  /** Nothing more comes; these figures stay. */
  end(last: LegCounters | undefined): void {
    this.#isOver = true
    this.#timer?.stop()
    this.#last = last ?? this.#last
  }

  figures(now: LegCounters | undefined): EchoStreamFigures {
    const counters = now ?? this.#last
    const hasAudio = this.#hasAudio || (counters?.received.packets ?? 0) > 0
    const heard = hasAudio || counters?.heard === true
    const received = counters?.received ?? nothing
    const sent = counters?.sent ?? nothing
    const { roundTripMs, codec, trafficClass } = counters ?? {}
    return {
      state:
        this.#failure !== undefined
          ? 'failed'
          : this.#isOver
            ? 'ended'
            : hasAudio
              ? 'running'
              : heard
                ? 'keying'
                : 'waiting',
      ...(this.#failure !== undefined && { reason: this.#failure }),
      port: this.port,
      heard,
      packets: received.packets,
      lost: Math.round(received.packets / Math.max(0.001, 1 - received.lossRatio)) - received.packets,
      jitterMs: received.jitterMs,
      sent: sent.packets,
      sentLost: Math.round(sent.packets * sent.lossRatio),
      sentJitterMs: sent.jitterMs,
      ...(roundTripMs !== undefined && { roundTripMs }),
      ...(codec !== undefined && { codec }),
      ...(trafficClass !== undefined && { tos: trafficClass }),
    }
  }

  #await(delayMs: number): void {
    this.#timer?.stop()
    this.#timer = this.#clock.startTimer(delayMs, () => this.#over())
  }

  #over(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#timer?.stop()
    this.#onOver()
  }
}

const nothing: StreamCounters = { packets: 0, lossRatio: 0, jitterMs: 0 }
