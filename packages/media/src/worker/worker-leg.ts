import type { MediaLegId, Source } from '@vaxel/core'
import type { AgreedAudio } from '@vaxel/sip/sdp'
import type { AudioSource } from '../audio/audio-source.ts'
import type { Hearing } from '../engine/media-plane.ts'
import type { ConferenceMember } from '../mix/conference.ts'
import type { AudioLeg } from '../relay/audio-leg.ts'
import { hearDigits } from '../relay/digits-in-sound.ts'
import { type FaxEar, hearFax } from '../relay/fax-in-sound.ts'
import { type Feed, hearNothing, sendSource } from '../relay/feeds.ts'
import { dtmfCadence } from '../tone/dtmf.ts'
import type { FaxTone } from '../tone/fax-tone-detector.ts'
import { ToneSource } from '../tone/tone-source.ts'
import type { Ticked, TickTable } from './tick-table.ts'

const mostWaitingTones = 64
/** A leg whose packets only pass has nothing to do by itself but reports, and noticing that nothing comes: neither is in a hurry. */
const restMs = 100

/** What a leg's owner is told of. */
export interface WorkerLegListener {
  playEnded(): void
  /** A digit was heard in the sound of a peer that has no telephone events. */
  digit(digit: string, durationMs: number): void
  /** A fax machine is heard at the peer. */
  fax(tone: FaxTone): void
}

/**
 * A leg with what it hears: the feed, and what is played over it (a source, or digits in band). While something is played,
 * the feed waits silently; afterwards it goes on.
 */
export class WorkerLeg implements Ticked {
  readonly id: MediaLegId
  /** Counted from the first of its worker. */
  readonly number: number
  readonly audio: AudioLeg
  hearing: Hearing = { kind: 'nothing' }
  /** Who hears it. */
  readonly listeners = new Set<WorkerLeg>()
  readonly #listener: WorkerLegListener
  #feed: Feed
  #speaker: WorkerLeg | undefined
  #digits: Feed | undefined
  /** `done`: it was listened for a fax machine long enough. */
  #fax: FaxEar | 'done' | undefined
  #overlay: { readonly feed: Feed; readonly isPlay: boolean } | undefined
  readonly #ticks: TickTable
  place = -1
  #tones: { readonly digit: string; readonly durationMs: number }[] = []

  constructor(parts: {
    id: MediaLegId
    number: number
    audio: AudioLeg
    listener: WorkerLegListener
    ticks: TickTable
  }) {
    this.id = parts.id
    this.number = parts.number
    this.audio = parts.audio
    this.#listener = parts.listener
    this.#ticks = parts.ticks
    this.#feed = hearNothing(parts.audio)
    this.#ticks.add(this)
  }

  /** Puts another feed in the place of the one that is there. */
  hear(hearing: Hearing, feed: Feed, speaker?: WorkerLeg): void {
    this.#feed.close()
    this.#feed = feed
    this.hearing = hearing
    this.#speaker?.listeners.delete(this)
    this.#speaker = speaker
    speaker?.listeners.add(this)
    this.wake()
  }

  /** In the conference that it hears: which of the others hear it from now on. @returns false when it is in none of that name */
  changeInMix(hearing: Hearing): boolean {
    const now = this.hearing
    if (hearing.kind !== 'mix' || now.kind !== 'mix' || now.mix !== hearing.mix || !this.#feed.setHeard) return false
    this.hearing = hearing
    this.#feed.setHeard(hearing)
    return true
  }

  /** Its place in the conference that it hears. */
  get member(): ConferenceMember | undefined {
    return this.#feed.member?.()
  }

  /** @param open opens the source at a sampling rate; also to begin anew, when it is looped */
  play(source: Source, isLooped: boolean, open: (sampleRate: number) => AudioSource): void {
    this.stopPlay()
    const feed = sendSource(this.audio, 'overlay', (sampleRate) => {
      const opened = open(sampleRate)
      return isLooped && source.kind !== 'file' ? repeat(opened, () => open(sampleRate)) : opened
    })
    this.#overlay = { feed, isPlay: true }
    this.audio.isOverlaid = true
  }

  /** A short sound together with what is heard; instead of it where it cannot be added. What is played already goes on alone. */
  playOver(open: (sampleRate: number) => AudioSource): void {
    if (this.#overlay) return
    if (this.#feed.addSound) return this.#feed.addSound(open)
    this.#overlay = { feed: sendSource(this.audio, 'overlay', open), isPlay: false }
    this.audio.isOverlaid = true
  }

  stopPlay(): void {
    this.#overlay?.feed.close()
    this.#overlay = undefined
    this.audio.isOverlaid = false
  }

  /** Digits that waited go on as sound where the peer does not take them by RFC 4733 any more. */
  configure(agreed: AgreedAudio, nowMs: number): void {
    for (const { digit, durationMs } of this.audio.configure(agreed, nowMs)) this.sendDigit(digit, durationMs)
  }

  /** By RFC 4733, else as sound. */
  sendDigit(digit: string, durationMs: number): void {
    if (this.audio.agreed?.sendEvents) this.audio.sendDigit(digit, durationMs)
    else if (this.#tones.length < mostWaitingTones) this.#tones.push({ digit, durationMs })
  }

  /** Something is wanted of it: it rests no longer. */
  wake(): void {
    this.#ticks.wake(this)
  }

  /** Every 20 ms, less often while there is nothing to do. */
  tick(nowMs: number): number {
    if (this.audio.isBroken) return nowMs + restMs
    try {
      this.#pass(nowMs)
    } catch (error) {
      this.audio.broke(error)
    }
    return this.#mayRest() ? nowMs + restMs : 0
  }

  #pass(nowMs: number): void {
    this.audio.tick(nowMs)
    this.#listenForDigits(nowMs)
    this.#listenForFax()
    if (!this.#overlay && this.#tones.length > 0) this.#beginTone()
    if (!this.#overlay) this.#feed.tick?.(nowMs)
    else if (this.#overlay.feed.tick?.(nowMs) === false) this.#endOverlay()
  }

  #mayRest(): boolean {
    if (this.#overlay || this.#digits || this.#tones.length > 0 || !this.audio.mayRest) return false
    return this.#feed.tick === undefined || this.#feed.isResting?.() === true
  }

  close(nowMs: number): void {
    this.#ticks.remove(this)
    this.stopPlay()
    this.#feed.close()
    this.#speaker?.listeners.delete(this)
    this.#digits?.close()
    if (this.#fax !== 'done') this.#fax?.close()
    this.audio.close(nowMs)
  }

  /**
   * Only while the peer talks with the platform itself: to another leg the digit passes as sound, and told besides, it
   * would be dialled twice.
   */
  #listenForDigits(nowMs: number): void {
    const { agreed } = this.audio
    const isOurs = this.hearing.kind === 'nothing' || this.hearing.kind === 'mix' || this.#overlay?.isPlay
    const isWanted = agreed?.receiveEvents.length === 0 && isOurs
    if (isWanted)
      this.#digits ??= hearDigits(this.audio, (digit, durationMs) => this.#listener.digit(digit, durationMs))
    else if (this.#digits) {
      this.#digits.close()
      this.#digits = undefined
    }
    this.#digits?.tick?.(nowMs)
  }

  /** From when it talks with somebody else. */
  #listenForFax(): void {
    if (this.#fax === 'done' || (this.#fax === undefined && this.hearing.kind !== 'leg')) return
    this.#fax ??= hearFax(this.audio, (tone) => this.#listener.fax(tone))
    if (!this.#fax.isDone()) return
    this.#fax.close()
    this.#fax = 'done'
  }

  #beginTone(): void {
    const { digit, durationMs } = this.#tones.shift()!
    const bounded = Math.min(5000, Math.max(40, durationMs))
    const feed = sendSource(this.audio, 'overlay', (rate) => new ToneSource(dtmfCadence(digit, bounded), rate))
    this.#overlay = { feed, isPlay: false }
    this.audio.isOverlaid = true
  }

  #endOverlay(): void {
    const isPlay = this.#overlay?.isPlay
    this.stopPlay()
    if (isPlay) this.#listener.playEnded()
  }
}

/** A source that begins anew at its end, at the next frame. */
function repeat(first: AudioSource, reopen: () => AudioSource): AudioSource {
  let source = first
  return {
    read(out) {
      if (!source.read(out)) {
        source.close?.()
        source = reopen()
      }
      return true
    },
    close: () => source.close?.(),
  }
}
