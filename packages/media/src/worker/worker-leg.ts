import type { MediaLegId, Source } from '@vaxel/core'
import type { AudioSource } from '../audio/audio-source.ts'
import type { Hearing } from '../engine/media-plane.ts'
import type { AudioLeg } from '../relay/audio-leg.ts'
import { type Feed, hearNothing, sendSource } from '../relay/feeds.ts'
import { dtmfCadence } from '../tone/dtmf.ts'
import { ToneSource } from '../tone/tone-source.ts'

const mostWaitingTones = 64

/**
 * A leg with what it hears: the feed, and what is played over it (a source, or digits in band). While something is played,
 * the feed waits silently; afterwards it goes on.
 */
export class WorkerLeg {
  readonly id: MediaLegId
  readonly audio: AudioLeg
  hearing: Hearing = { kind: 'nothing' }
  readonly #onPlayEnded: () => void
  #feed: Feed
  #overlay: { readonly feed: Feed; readonly isPlay: boolean } | undefined
  #tones: { readonly digit: string; readonly durationMs: number }[] = []

  constructor(id: MediaLegId, audio: AudioLeg, onPlayEnded: () => void) {
    this.id = id
    this.audio = audio
    this.#onPlayEnded = onPlayEnded
    this.#feed = hearNothing(audio)
  }

  /** Puts another feed in the place of the one that is there. */
  hear(hearing: Hearing, feed: Feed): void {
    this.#feed.close()
    this.#feed = feed
    this.hearing = hearing
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

  stopPlay(): void {
    this.#overlay?.feed.close()
    this.#overlay = undefined
    this.audio.isOverlaid = false
  }

  /** By RFC 4733, else as sound. */
  sendDigit(digit: string, durationMs: number): void {
    if (this.audio.agreed?.sendEvents) this.audio.sendDigit(digit, durationMs)
    else if (this.#tones.length < mostWaitingTones) this.#tones.push({ digit, durationMs })
  }

  /** Every 20 ms. */
  tick(nowMs: number): void {
    this.audio.tick(nowMs)
    if (!this.#overlay && this.#tones.length > 0) this.#beginTone()
    if (!this.#overlay) this.#feed.tick?.()
    else if (this.#overlay.feed.tick?.() === false) this.#endOverlay()
  }

  close(nowMs: number): void {
    this.stopPlay()
    this.#feed.close()
    this.audio.close(nowMs)
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
    if (isPlay) this.#onPlayEnded()
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
