import { alawToLinear, mulawToLinear } from '../audio/g711.ts'
import { type FaxTone, FaxToneDetector } from '../tone/fax-tone-detector.ts'
import type { AudioLeg } from './audio-leg.ts'
import type { LegSink } from './leg-sinks.ts'

const sampleRate = 8000
/** One packet of so many is looked at; a tone lasts for dozens. */
const everyPackets = 4
/** A machine is heard in the first minute of a call, or there is none. */
const mostPackets = 3_000
const mostSamples = 240
/** The stretch that is looked at now, of whatever leg. */
const samples = new Int16Array(mostSamples)

/** What listens, until it has heard all or for a minute. */
export interface FaxEar {
  isDone(): boolean
  close(): void
}

/** Listens for a fax machine in what a leg's peer says, as far as that is G.711: through any other codec no fax goes. */
export function hearFax(leg: AudioLeg, onTone: (tone: FaxTone) => void): FaxEar {
  const detector = new FaxToneDetector(sampleRate, onTone)
  let packets = 0
  const sink: LegSink = {
    audio(packet, codec, isComfortNoise) {
      if (++packets % everyPackets !== 0 || packets > mostPackets || isComfortNoise) return
      const expand = codec === 'PCMA' ? alawToLinear : codec === 'PCMU' ? mulawToLinear : undefined
      if (!expand) return
      const { bytes, payloadStart, payloadEnd } = packet
      const count = Math.min(payloadEnd - payloadStart, mostSamples)
      for (let i = 0; i < count; i++) samples[i] = expand[bytes[payloadStart + i]!]!
      detector.receive(samples.subarray(0, count))
    },
  }
  leg.sinks.add(sink)
  return {
    isDone: () => detector.isDone || packets > mostPackets,
    close: () => leg.sinks.delete(sink),
  }
}
