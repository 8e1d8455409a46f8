import type { Source } from '@vaxel/core'
import { type AudioSource, silentSource } from '../audio/audio-source.ts'
import { callProgressTone } from '../tone/call-progress.ts'
import { sineCadence, ToneSource } from '../tone/tone-source.ts'
import { FileSource } from './file-source.ts'
import { musicOnHold } from './music.ts'

/**
 * Opens what the media engine's port calls a source.
 * @param sampleRate of the codec that will encode it, or of the mix
 * @param options `onUnplayable` is told why a file cannot be played; the source is then over at once
 */
export function openSource(
  source: Source,
  sampleRate: number,
  options: { loop?: boolean; onUnplayable?: (reason: string) => void } = {},
): AudioSource {
  switch (source.kind) {
    case 'tone':
      return new ToneSource(callProgressTone(source.tone, source.country), sampleRate)
    case 'sine':
      return new ToneSource(sineCadence(source.rateHz, source.levelDbov), sampleRate)
    case 'music':
      return musicOnHold(sampleRate)
    case 'file': {
      const file = new FileSource(source.path, sampleRate, {
        isLooped: options.loop ?? false,
        ...(source.seal && { seal: source.seal }),
        ...(source.fromMs !== undefined && { fromMs: source.fromMs }),
      })
      void file.opened.then((reason) => reason !== undefined && options.onUnplayable?.(reason))
      return file
    }
    case 'silence':
      return silentSource
  }
}
