import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { before, describe, it } from 'node:test'
import { measureTone, meanPower } from '../tone/goertzel.ts'
import { sineCadence, ToneSource } from '../tone/tone-source.ts'
import type { Codec } from './codec.ts'
import { ComfortNoise } from './comfort-noise.ts'
import { createCodec } from './create-codec.ts'
import { alawToLinear, encodeAlaw, encodeMulaw, mulawToLinear } from './g711.ts'
import { G722Decoder, G722Encoder } from './g722.ts'
import { loadOpus, OpusCodec, opusSamples } from './opus.ts'

function sha256(samples: ArrayBufferView): string {
  const bytes = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)
  return createHash('sha256').update(bytes).digest('hex')
}

/** Signal to noise of a decoded sine, dB: what is at its frequency against all the rest. */
function signalToNoise(samples: Int16Array, hz: number, sampleRate: number): number {
  const { share } = measureTone(samples, hz, sampleRate)
  return 10 * Math.log10(share / Math.max(1e-9, 1 - share))
}

/** One second of a sine through encoder and decoder in frames of 20 ms. */
function through(codec: Codec, hz: number, levelDbov: number): Int16Array {
  const tone = new ToneSource(sineCadence(hz, levelDbov), codec.sampleRate)
  const frame = new Int16Array(codec.sampleRate / 50)
  const payload = new Uint8Array(1500)
  const out = new Int16Array(codec.sampleRate * 0.12)
  const heard: number[] = []
  for (let i = 0; i < 50; i++) {
    tone.read(frame)
    const bytes = codec.encode(frame, payload)
    const count = codec.decode(payload.subarray(0, bytes), out)
    assert.equal(count, frame.length)
    heard.push(...out.subarray(0, count))
  }
  return Int16Array.from(heard.slice(codec.sampleRate / 5))
}

describe('G.711', () => {
  it('expands all 256 codes of both laws to the values of the Recommendation', () => {
    assert.equal(sha256(alawToLinear), 'e04788d110e58ff8c70c93b8480190d973e3b67876b6119abbaec766cc75c174')
    assert.equal(sha256(mulawToLinear), '3dab54339e520bb2c924826e3b72a917a2b612e9fd12fc867500f1d983a75827')
    assert.deepEqual(
      [0xd5, 0x55, 0xaa, 0x2a].map((code) => alawToLinear[code]),
      [8, -8, 32256, -32256],
    )
    assert.deepEqual(
      [0xff, 0x7f, 0x80, 0x00].map((code) => mulawToLinear[code]),
      [0, 0, 32124, -32124],
    )
  })

  it('compresses what it expanded to the same code', () => {
    for (let code = 0; code < 256; code++) {
      assert.equal(encodeAlaw(alawToLinear[code] as number), code)
      if (code !== 0x7f) assert.equal(encodeMulaw(mulawToLinear[code] as number), code)
    }
  })

  it('is never further off than half a step, and louder samples never get quieter codes', () => {
    for (const law of [
      { encode: encodeAlaw, table: alawToLinear, least: 8 },
      { encode: encodeMulaw, table: mulawToLinear, least: 4 },
    ]) {
      let before = Number.NEGATIVE_INFINITY
      for (let sample = -32768; sample <= 32767; sample++) {
        const decoded = law.table[law.encode(sample)] as number
        assert.ok(decoded >= before)
        before = decoded
        // Half a step is a 32nd of where its segment begins (mu-law counts from −132); beyond the loudest code all is clipped.
        if (Math.abs(sample) < 32124)
          assert.ok(Math.abs(decoded - sample) <= Math.max(law.least, (Math.abs(sample) + 132) / 31))
      }
    }
  })

  for (const name of ['PCMA', 'PCMU'] as const) {
    it(`carries a sine with 35 dB of signal to noise over a range of 30 dB (${name})`, () => {
      for (const level of [-10, -25, -40]) {
        const heard = through(createCodec(name), 1000.5, level)
        assert.ok(signalToNoise(heard, 1000.5, 8000) > 33, `${level}`)
      }
    })
  }
})

/** Silence, then triangles in noise, then noise at full scale: integers alone, so that it is the same everywhere. */
function roughSignal(seed: { value: number }): Int16Array {
  return Int16Array.from({ length: 3000 }, (_, i) => {
    const noise = (next(seed) >> 16) - 16384
    const period = 20 + ((i >> 7) & 15)
    const triangle = Math.abs((i % period) * 2 - period) * ((i >> 3) % 900)
    const sample = i < 200 ? 0 : i < 2000 ? triangle - 8000 + (noise >> 4) : noise * 2
    return Math.max(-32768, Math.min(32767, sample))
  })
}

function next(seed: { value: number }): number {
  seed.value = (Math.imul(seed.value, 1103515245) + 12345) & 0x7fffffff
  return seed.value
}

describe('G.722', () => {
  // The digests are of what ffmpeg 5.1 makes of the same input.
  it('encodes and decodes bit by bit as ffmpeg does', () => {
    const seed = { value: 1 }
    const codes = new Uint8Array(1500)
    assert.equal(new G722Encoder().encode(roughSignal(seed), codes), 1500)
    assert.equal(sha256(codes), '6b0102ff669db42a8a96536197775f7840a73011410681576fea8dacaae861c1')
    const samples = new Int16Array(3000)
    assert.equal(new G722Decoder().decode(codes, samples), 3000)
    assert.equal(sha256(samples), '12aafb904deb0669eb2daab159da84fce4e87eef805d15d0f4d5f8a7d34f8481')
  })

  it('decodes codes that no encoder would send as ffmpeg does', () => {
    const seed = { value: 1 }
    roughSignal(seed)
    const codes = Uint8Array.from({ length: 2000 }, () => next(seed) >> 16)
    const samples = new Int16Array(4000)
    new G722Decoder().decode(codes, samples)
    assert.equal(sha256(samples), '67fcb080edfabc966f840292238eb94f6b5e362a7680bd0d860ebe33fc5480d3')
  })

  it('carries a sine in the lower and in the higher band', () => {
    for (const [hz, least] of [
      [440, 30],
      [1000, 30],
      [6000, 12],
    ] as const) {
      const heard = through(createCodec('G722'), hz, -15)
      assert.ok(Math.abs(measureTone(heard, hz, 16000).levelDbov + 15) < 0.7)
      assert.ok(signalToNoise(heard, hz, 16000) > least, `${hz}: ${signalToNoise(heard, hz, 16000)}`)
    }
  })
})

describe('Opus', () => {
  before(loadOpus)

  async function opus(sampleRate: 8000 | 16000 | 48000): Promise<OpusCodec> {
    const codec = new OpusCodec({ sampleRate })
    await codec.ready
    return codec
  }

  for (const sampleRate of [8000, 16000, 48000] as const) {
    it(`carries a sine at ${sampleRate} Hz`, async () => {
      const codec = await opus(sampleRate)
      const level = measureTone(through(codec, 800, -20), 800, sampleRate)
      assert.ok(Math.abs(level.levelDbov + 20) < 1.5 && level.share > 0.9, `${level.levelDbov} ${level.share}`)
      codec.close()
    })
  }

  it('takes frames of 10, 20, 40 and 60 ms', async () => {
    const codec = await opus(16000)
    const payload = new Uint8Array(1500)
    const out = new Int16Array(1920)
    for (const ms of [10, 20, 40, 60]) {
      const bytes = codec.encode(new Int16Array(16 * ms), payload)
      assert.equal(opusSamples(payload.subarray(0, bytes), 16000), 16 * ms)
      assert.equal(codec.decode(payload.subarray(0, bytes), out), 16 * ms)
    }
    codec.close()
  })

  it('recovers a lost packet from the one after it, and conceals where it cannot', async () => {
    const codec = await opus(16000)
    const tone = new ToneSource(sineCadence(500, -15), 16000)
    const frame = new Int16Array(320)
    const out = new Int16Array(1920)
    const packets: Uint8Array[] = []
    for (let i = 0; i < 40; i++) {
      tone.read(frame)
      const payload = new Uint8Array(1500)
      packets.push(payload.subarray(0, codec.encode(frame, payload)))
    }
    for (let i = 0; i < 30; i++) codec.decode(packets[i] as Uint8Array, out)
    assert.equal(codec.conceal(out, 320, packets[31]), 320)
    assert.ok(measureTone(out.subarray(0, 320), 500, 16000).levelDbov > -16)
    codec.decode(packets[31] as Uint8Array, out)
    assert.equal(codec.conceal(out, 320), 320)
    assert.ok(meanPower(out.subarray(0, 320)) > 1e6)
    codec.close()
  })

  it('refuses what is no Opus packet and lives on', async () => {
    const codec = await opus(48000)
    const out = new Int16Array(5760)
    for (const bytes of [[], [0xff, 0x3f], [0x03, 0x00], [0xfb, 0xff, 1, 2], [0x02, 0xfe]]) {
      assert.equal(codec.decode(Uint8Array.from(bytes), out), 0, `${bytes}`)
    }
    const seed = { value: 7 }
    for (let i = 0; i < 200; i++) {
      const payload = Uint8Array.from({ length: next(seed) % 200 }, () => next(seed) >> 16)
      assert.ok(codec.decode(payload, out) <= 5760)
    }
    assert.equal(through(codec, 500, -20).length, 48000 * 0.8)
    codec.close()
    codec.close()
    assert.equal(codec.encode(new Int16Array(960), new Uint8Array(1500)), 0)
  })
})

describe('concealment of a waveform codec', () => {
  for (const name of ['PCMA', 'G722'] as const) {
    it(`goes on with the pitch, fades within 60 ms and comes back without a click (${name})`, () => {
      const codec = createCodec(name)
      const frame = codec.sampleRate / 50
      const tone = new ToneSource(sineCadence(220, -15), codec.sampleRate)
      const samples = new Int16Array(frame)
      const payload = new Uint8Array(320)
      const out = new Int16Array(codec.sampleRate * 0.12)
      const heard: number[] = []
      for (let i = 0; i < 30; i++) {
        tone.read(samples)
        const bytes = codec.encode(samples, payload)
        const isLost = i === 10 || (i >= 20 && i < 25)
        const count = isLost ? codec.conceal(out, frame) : codec.decode(payload.subarray(0, bytes), out)
        heard.push(...out.subarray(0, count))
      }
      const sound = Int16Array.from(heard)
      const piece = (from: number, to: number) => sound.subarray(from * frame, to * frame)
      assert.ok(measureTone(piece(10, 11), 220, codec.sampleRate).levelDbov > -18)
      assert.equal(meanPower(piece(23, 25)), 0)
      const slope = (at: number) => Math.abs((sound[at] as number) - (sound[at - 1] as number))
      let steepest = 0
      for (let at = 5 * frame; at < sound.length; at++) steepest = Math.max(steepest, slope(at))
      const own = 32768 * Math.SQRT2 * 10 ** (-15 / 20) * ((2 * Math.PI * 220) / codec.sampleRate)
      assert.ok(steepest < 2.5 * own, `${steepest} of ${own}`)
    })
  }
})

describe('comfort noise (RFC 3389)', () => {
  it('has the level named, with and without a spectrum', () => {
    for (const payload of [[50], [30, 200, 90], [45, 60, 60, 160]]) {
      const noise = new ComfortNoise()
      noise.receive(Uint8Array.from(payload))
      const out = new Int16Array(32000)
      noise.fill(out, 0, out.length)
      const level = 10 * Math.log10(meanPower(out) / 32768 ** 2)
      assert.ok(Math.abs(level + (payload[0] as number)) < 1.5, `${level}`)
    }
  })

  it('stays within bounds for any payload', () => {
    const noise = new ComfortNoise()
    const out = new Int16Array(1600)
    noise.receive(Uint8Array.from([0, ...Array(40).fill(255)]))
    noise.fill(out, 0, 1600)
    noise.receive(Uint8Array.from([127]))
    noise.fill(out, 0, 1600)
    assert.equal(meanPower(out), 0)
  })
})
