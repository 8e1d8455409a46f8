import type { OpusDecoderHandle, OpusEncoderHandle } from 'libopus-wasm'
import type { Codec } from './codec.ts'
import type * as libopus from 'libopus-wasm'

/** Sampling rates at which libopus itself decodes and encodes; the packets are the same for all (RFC 6716 §2.1.3). */
export type OpusSampleRate = 8000 | 16000 | 48000

type Library = typeof libopus
let loading: Promise<Library> | undefined

/**
 * Loads libopus, once per worker; it takes some megabytes, so not before Opus is needed. A leg that may speak Opus begins the
 * loading when that is agreed; an {@link OpusCodec} that is made afterwards is ready at once.
 */
export async function loadOpus(): Promise<void> {
  await library()
}

/** Whether anything has asked for libopus yet. */
export function isOpusWanted(): boolean {
  return loading !== undefined
}

function library(): Promise<Library> {
  loading ??= import('libopus-wasm').then(async (loaded) => {
    await loaded.loadLibopus()
    return loaded
  })
  return loading
}

/**
 * Opus (RFC 6716, RTP by RFC 7587), mono, with in-band error correction and concealment. The only file that knows the library.
 * The library makes its coders asynchronously: until {@link OpusCodec.ready} (a few microtasks after {@link loadOpus}) the codec is silent.
 */
export class OpusCodec implements Codec {
  readonly name = 'opus'
  readonly clockRate = 48000
  readonly sampleRate: OpusSampleRate
  /** Resolves when sound passes; rejects if the library cannot make a coder. */
  readonly ready: Promise<void>
  #decoder: OpusDecoderHandle | undefined
  #encoder: OpusEncoderHandle | undefined
  #isClosed = false
  readonly #encodeOptions = { frameSize: 0, maxPacketBytes: 1275 }
  readonly #fecOptions = { decodeFec: true, frameSize: 0 }

  /** @param options `sampleRate` of our side, default 48000: take what the other side has, and no resampler is needed */
  constructor(options: { sampleRate?: OpusSampleRate; bitrate?: number } = {}) {
    this.sampleRate = options.sampleRate ?? 48000
    this.ready = this.#create(options.bitrate ?? (this.sampleRate === 8000 ? 20000 : 32000))
    this.ready.catch(() => {})
  }

  decode(payload: Uint8Array, out: Int16Array): number {
    const samples = opusSamples(payload, this.sampleRate)
    if (samples === 0 || samples > out.length) return 0
    if (this.#decoder === undefined) return silence(out, samples)
    try {
      return take(this.#decoder.decode(payload), out)
    } catch {
      return 0
    }
  }

  conceal(out: Int16Array, samples: number, next?: Uint8Array): number {
    const quantum = this.sampleRate / 400
    const frame = Math.floor(Math.min(samples, out.length, this.sampleRate * 0.12) / quantum) * quantum
    if (frame === 0) return 0
    if (this.#decoder === undefined) return silence(out, frame)
    try {
      if (next === undefined || next.length === 0) return take(this.#decoder.decodePacketLoss(frame), out)
      this.#fecOptions.frameSize = frame
      return take(this.#decoder.decode(next, this.#fecOptions), out)
    } catch {
      return silence(out, frame)
    }
  }

  encode(samples: Int16Array, out: Uint8Array): number {
    if (this.#encoder === undefined) return 0
    this.#encodeOptions.frameSize = samples.length
    this.#encodeOptions.maxPacketBytes = Math.min(1275, out.length)
    const packet = this.#encoder.encode(samples, this.#encodeOptions)
    out.set(packet)
    return packet.length
  }

  /** The library offers no reset; its decoder recovers within two frames of a new stream. */
  reset(): void {}

  close(): void {
    this.#isClosed = true
    this.#decoder?.free()
    this.#encoder?.free()
    this.#decoder = undefined
    this.#encoder = undefined
  }

  async #create(bitrate: number): Promise<void> {
    const { Application, createDecoder, createEncoder } = await library()
    const form = { channels: 1, sampleRate: this.sampleRate } as const
    const decoder = await createDecoder(form)
    const encoder = await createEncoder({
      ...form,
      application: Application.Voip,
      complexity: 5,
      bitrate,
      fec: true,
      packetLossPercent: 10,
    })
    this.#decoder = decoder
    this.#encoder = encoder
    if (this.#isClosed) this.close()
  }
}

/**
 * How long an Opus packet lasts, by its first bytes (RFC 6716 §3.1 and §3.2.5), without decoding it.
 * @returns samples at `sampleRate`; 0 for what is no Opus packet or is longer than 120 ms
 */
export function opusSamples(payload: Uint8Array, sampleRate: number): number {
  const toc = payload[0]
  if (toc === undefined) return 0
  const config = toc >> 3
  const quarterMs =
    config < 12 ? ([40, 80, 160, 240][config & 3] as number) : config < 16 ? 40 << (config & 1) : 10 << (config & 3)
  const code = toc & 3
  const frames = code === 0 ? 1 : code < 3 ? 2 : (payload[1] ?? 0) & 63
  return quarterMs * frames > 480 ? 0 : (quarterMs * frames * sampleRate) / 4000
}

function take(decoded: Int16Array, out: Int16Array): number {
  const count = Math.min(decoded.length, out.length)
  for (let i = 0; i < count; i++) out[i] = decoded[i] as number
  return count
}

function silence(out: Int16Array, samples: number): number {
  out.fill(0, 0, samples)
  return samples
}
