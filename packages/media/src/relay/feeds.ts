import type { CodecName } from '@vaxel/core'
import type { AgreedAudio } from '@vaxel/sip/sdp'
import type { AudioSource } from '../audio/audio-source.ts'
import { silentSource } from '../audio/audio-source.ts'
import type { Codec } from '../audio/codec.ts'
import { createCodec } from '../audio/create-codec.ts'
import { cuttableMs } from '../audio/frame-packer.ts'
import { PeerVoice } from '../audio/peer-voice.ts'
import { resampledSource } from '../audio/resampled-source.ts'
import { SourceSender } from '../audio/source-sender.ts'
import { Transcoder } from '../audio/transcoder.ts'
import type { Conference, ConferenceMember, HeardInMix } from '../mix/conference.ts'
import type { LegRecording } from '../record/leg-recording.ts'
import type { MixRecording } from '../record/mix-recording.ts'
import type { AudioLeg, Speaker } from './audio-leg.ts'
import type { AudioPacket } from './audio-sink.ts'
import type { LegSink } from './leg-sinks.ts'

/** What makes a leg's sound. Closing it undoes everything that it did to any leg. */
export interface Feed {
  /** Every 20 ms, less often while it rests. @returns false when it has come to its end */
  tick?(nowMs: number): boolean
  /** It makes no sound of its own now, and may be asked again in a tenth of a second. One without ticks always rests. */
  isResting?(): boolean
  /** Adds a short sound to what is heard, if this feed can: it is heard with the next packets. */
  addSound?(open: (sampleRate: number) => AudioSource): void
  /** Of a conference: which of the others hear it. */
  setHeard?(heard: HeardInMix): void
  /** Of a conference: its place there, once it has one. */
  member?(): ConferenceMember | undefined
  close(): void
}

/** Opus at wideband: what telephones can use, at a third of the cost. */
const opusRate = 16_000

export function newCodec(name: CodecName): Codec {
  return createCodec(name, opusRate)
}

/** A speaker that sends nothing for so long leaves the listener without packets; it then gets silence. */
const quietMs = 1_000

/**
 * One leg hears another: packets pass as they are where the codec is the same, else decoded and encoded anew. While the
 * speaker sends nothing (it holds), the listener gets silence, so that neither it nor a translator on the way takes us for gone.
 */
export function hearLeg(listener: AudioLeg, speaker: AudioLeg): Feed {
  const source = {}
  const silence = hearNothing(listener)
  /** Arrival of the speaker's last packet; of the first tick before there is one. A field that is always a number costs no memory when it changes. */
  const speech = { heardMs: Number.NaN }
  let isQuiet = false
  const frames = listener.frameSink('feed', true)
  let transcoder: { from: Codec; to: Codec; through: Transcoder } | undefined
  let added: ((sampleRate: number) => AudioSource) | undefined
  /** What was added while there was nothing to add it to. */
  let alone: Feed | undefined
  /** What the speaker spoke last. */
  let spoken: CodecName | undefined
  /** An agreement of the listener under which packets have come that are longer than it takes. */
  let cutFor: AgreedAudio | undefined
  const endAlone = () => {
    alone?.close()
    alone = undefined
  }
  const drop = () => {
    transcoder?.through.over?.close?.()
    transcoder?.from.close()
    transcoder?.to.close()
    transcoder = undefined
  }
  const transcode = (codec: CodecName, wanted: CodecName) => {
    if (transcoder?.from.name === codec && transcoder.to.name === wanted) return transcoder
    drop()
    const from = newCodec(codec)
    const to = newCodec(wanted)
    transcoder = { from, to, through: new Transcoder(from, to, frames) }
    return transcoder
  }
  const sink: LegSink = {
    audio(packet, codec, isComfortNoise) {
      const wanted = listener.agreed?.codec
      if (!wanted) return
      spoken = codec
      listener.setNow(packet.arrivalMs)
      const isAdding = added !== undefined || transcoder?.through.over !== undefined
      if (isTooLong(packet, codec, listener)) cutFor = listener.agreed
      const isRelayed = codec === wanted && !isAdding && cutFor !== listener.agreed && !(isComfortNoise && alone)
      if (!isComfortNoise) speech.heardMs = packet.arrivalMs
      // After comfort noise that the listener has too, the peer may pause for as long as it likes (RFC 3389).
      else if (isRelayed && listener.agreed?.comfortNoise) speech.heardMs = Number.POSITIVE_INFINITY
      if (isRelayed) {
        // A sound that was added is over: packets pass as they are again.
        drop()
        return listener.relay(source, packet, isComfortNoise)
      }
      const { to, through } = transcode(codec, wanted)
      if (added && !isComfortNoise) {
        through.over = added(to.sampleRate)
        added = undefined
      }
      through.packet(packet)
    },
    event(packet, clockRate) {
      speech.heardMs = Math.max(speech.heardMs, packet.arrivalMs)
      listener.setNow(packet.arrivalMs)
      listener.relayEvent(packet, clockRate)
    },
  }
  speaker.sinks.add(sink)
  return {
    tick(nowMs) {
      const isOver = speech.heardMs === Number.POSITIVE_INFINITY && isMute(speaker)
      if (isOver || Number.isNaN(speech.heardMs)) speech.heardMs = nowMs
      isQuiet = nowMs - speech.heardMs >= quietMs
      if (!isQuiet) {
        endAlone()
        return true
      }
      if (added) {
        endAlone()
        alone = sendSource(listener, 'feed', added)
        added = undefined
      }
      if (alone?.tick?.(nowMs) === false) endAlone()
      else if (!alone) silence.tick?.(nowMs)
      return true
    },
    isResting: () => !isQuiet,
    addSound(open) {
      added = open
      // Within a second there is something to add it to, or it is heard alone.
      if (speech.heardMs === Number.POSITIVE_INFINITY) speech.heardMs = Number.NaN
      const wanted = listener.agreed?.codec
      // Made ahead of the next packet: a codec may need a moment before it is ready.
      if (spoken && wanted) transcode(spoken, wanted)
    },
    close() {
      speaker.sinks.delete(sink)
      silence.close()
      endAlone()
      drop()
    },
  }
}

/**
 * Sends a source, made for the sampling rate of the leg's first codec; it goes on in whatever codec comes later. Its time
 * also passes while nothing may be sent to the leg, so that it comes to its end.
 */
export function sendSource(
  leg: AudioLeg,
  speaker: Speaker,
  open: (sampleRate: number) => AudioSource,
  onClose?: () => void,
): Feed {
  const frames = leg.frameSink(speaker)
  let opened: { source: AudioSource; sampleRate: number } | undefined
  let current: { codec: Codec; sender: SourceSender } | undefined
  return {
    tick() {
      const name = leg.agreed?.codec
      if (!name) return true
      if (current?.codec.name !== name) {
        current?.codec.close()
        const codec = newCodec(name)
        opened ??= { source: open(codec.sampleRate), sampleRate: codec.sampleRate }
        const source = resampledSource(opened.source, opened.sampleRate, codec.sampleRate)
        current = { codec, sender: new SourceSender(codec, source, frames) }
      }
      return current.sender.tick()
    },
    close() {
      opened?.source.close?.()
      current?.codec.close()
      opened = undefined
      current = undefined
      onClose?.()
    },
  }
}

/** Silence, so that the peer and the address translators on the way see that we are still there. */
export function hearNothing(leg: AudioLeg): Feed {
  return sendSource(leg, 'feed', () => silentSource)
}

/** The leg hears itself, through its jitter buffer. */
export function hearEcho(leg: AudioLeg): Feed {
  let voice: { codec: Codec; source: PeerVoice } | undefined
  let sampleRate = 8000
  const drop = () => {
    voice?.codec.close()
    voice = undefined
  }
  const sink: LegSink = {
    audio(packet, name) {
      if (voice?.codec.name !== name) {
        drop()
        const codec = newCodec(name)
        voice = { codec, source: new PeerVoice(codec, sampleRate) }
      }
      voice.source.packet(packet)
    },
  }
  const own: AudioSource = {
    read(out) {
      if (voice) return voice.source.read(out)
      out.fill(0)
      return true
    },
  }
  leg.sinks.add(sink)
  return sendSource(
    leg,
    'feed',
    (rate) => {
      if (rate !== sampleRate) drop()
      sampleRate = rate
      return own
    },
    () => {
      leg.sinks.delete(sink)
      drop()
    },
  )
}

/**
 * The leg takes part in a conference, whose owner ticks it. Its peer may send another codec than it gets. A peer that holds is not heard:
 * the music of its own system is not for the others.
 */
export function joinConference(leg: AudioLeg, conference: Conference, begin: HeardInMix): Feed {
  let heard = begin
  const frames = leg.frameSink('feed')
  /** What it says is in `saidIn`; `others` are the codecs for that besides the one that it hears, one of each name. */
  let current: { codec: Codec; member: ConferenceMember; saidIn: CodecName; others: Map<CodecName, Codec> } | undefined
  const drop = () => {
    if (!current) return
    conference.leave(current.member)
    current.codec.close()
    for (const codec of current.others.values()) codec.close()
    current = undefined
  }
  const ensure = () => {
    const name = leg.agreed?.codec
    if (!name || current?.codec.name === name) return
    drop()
    const codec = newCodec(name)
    current = { codec, member: conference.join(codec, frames, heard), saidIn: name, others: new Map() }
  }
  const sink: LegSink = {
    audio(packet, name) {
      if (!current || isHolding(leg)) return
      if (current.saidIn !== name) {
        const codec = current.codec.name === name ? current.codec : (current.others.get(name) ?? newCodec(name))
        if (codec !== current.codec) current.others.set(name, codec)
        current.member.hearIn(codec)
        current.saidIn = name
      }
      current.member.packet(packet)
    },
  }
  leg.sinks.add(sink)
  ensure()
  return {
    tick() {
      ensure()
      return true
    },
    setHeard(now) {
      heard = { ...heard, ...now, heardBy: now.heardBy }
      current?.member.setHeard(heard)
    },
    member: () => current?.member,
    close() {
      leg.sinks.delete(sink)
      drop()
    },
  }
}

/** Longer than the listener says that it takes (RFC 8866 §6.4). */
function isTooLong({ payloadStart, payloadEnd }: AudioPacket, codec: CodecName, { agreed }: AudioLeg): boolean {
  const mostMs = agreed?.sendMaxPtimeMs
  return mostMs !== undefined && cuttableMs(codec, payloadEnd - payloadStart) > mostMs
}

function isHolding({ agreed }: AudioLeg): boolean {
  return agreed?.peerDirection === 'sendonly' || agreed?.peerDirection === 'inactive'
}

function isMute({ agreed }: AudioLeg): boolean {
  return agreed?.peerDirection === 'recvonly' || agreed?.peerDirection === 'inactive'
}

/** Hands what all in a conference hear to a recording, after each tick of the conference. */
export function recordMix(conference: Conference, recording: MixRecording): Feed {
  return {
    tick() {
      recording.write(conference.heardByAll)
      return true
    },
    close() {},
  }
}

/** Hands a leg's directions to a recording, those that it wants. */
export function recordLeg(leg: AudioLeg, recording: LegRecording): Feed {
  const track = (receive: (codec: Codec) => { packet(packet: AudioPacket): void }): LegSink => {
    let name: CodecName | undefined
    let into: { packet(packet: AudioPacket): void } | undefined
    return {
      audio(packet, codec) {
        if (codec !== name) {
          name = codec
          into = receive(newCodec(codec))
        }
        into?.packet(packet)
      },
    }
  }
  const said = track((codec) => recording.receiveSaid(codec))
  const heard = track((codec) => recording.receiveHeard(codec))
  leg.sinks.add(said)
  if (recording.isOfBoth) leg.monitors.add(heard)
  return {
    tick() {
      recording.tick()
      return true
    },
    close() {
      leg.sinks.delete(said)
      leg.monitors.delete(heard)
    },
  }
}
