import type { CodecName } from '@vaxel/core'
import type { Codec } from '../audio/codec.ts'
import { PeerVoice } from '../audio/peer-voice.ts'
import { DtmfDetector } from '../tone/dtmf-detector.ts'
import type { AudioLeg } from './audio-leg.ts'
import { type Feed, newCodec } from './feeds.ts'
import type { LegSink } from './leg-sinks.ts'

/** Digits have no higher frequency than 1633 Hz. */
const sampleRate = 8000

/**
 * Listens for digits in what a leg's peer says (ITU-T Q.24). It decodes every packet, so it is only for peers without
 * telephone events, while somebody waits for their digits.
 */
export function hearDigits(leg: AudioLeg, onDigit: (digit: string, durationMs: number) => void): Feed {
  const detector = new DtmfDetector(sampleRate, onDigit)
  const frame = new Int16Array(sampleRate / 50)
  let name: CodecName | undefined
  let codec: Codec | undefined
  let voice: PeerVoice | undefined
  const sink: LegSink = {
    audio(packet, spoken) {
      if (spoken !== name || !voice) {
        codec?.close()
        name = spoken
        codec = newCodec(spoken)
        voice = new PeerVoice(codec, sampleRate)
      }
      voice.packet(packet)
    },
  }
  leg.sinks.add(sink)
  return {
    tick() {
      if (!voice) return true
      voice.read(frame)
      detector.receive(frame)
      return true
    },
    close() {
      leg.sinks.delete(sink)
      codec?.close()
    },
  }
}
