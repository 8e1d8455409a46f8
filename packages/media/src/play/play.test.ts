import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import fc from 'fast-check'
import { encodeAlaw, encodeMulaw } from '../audio/g711.ts'
import { measureTone, meanPower } from '../tone/goertzel.ts'
import { FileSource } from './file-source.ts'
import { Music } from './music.ts'
import { openSource } from './open-source.ts'
import { promptLanguages, promptNames, promptPath } from './prompts.ts'
import { parseWavHeader } from './wav-format.ts'

const folder = mkdtempSync(join(tmpdir(), 'vaxel-play-'))
after(() => rmSync(folder, { recursive: true }))

interface Form {
  readonly format: number
  readonly bits: number
  readonly channels: number
  readonly rate: number
}

function header(form: Form, dataBytes: number): Buffer {
  const head = Buffer.alloc(44)
  const frame = (form.channels * form.bits) / 8
  head.write('RIFF', 0)
  head.writeUInt32LE((36 + dataBytes) >>> 0, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(form.format, 20)
  head.writeUInt16LE(form.channels, 22)
  head.writeUInt32LE(form.rate, 24)
  head.writeUInt32LE(form.rate * frame, 28)
  head.writeUInt16LE(frame, 32)
  head.writeUInt16LE(form.bits, 34)
  head.write('data', 36)
  head.writeUInt32LE(dataBytes >>> 0, 40)
  return head
}

/** A WAV file of a 500 Hz sine at −13 dBov. */
function sineFile(name: string, form: Form, ms: number): string {
  const samples = (form.rate * ms) / 1000
  const data = Buffer.alloc((samples * form.channels * form.bits) / 8)
  for (let i = 0; i < samples; i++) {
    const sample = Math.round(10000 * Math.sin((2 * Math.PI * 500 * i) / form.rate))
    for (let c = 0; c < form.channels; c++) {
      const at = i * form.channels + c
      if (form.bits === 16) data.writeInt16LE(sample, 2 * at)
      else
        data[at] =
          form.format === 6 ? encodeAlaw(sample) : form.format === 7 ? encodeMulaw(sample) : (sample >> 8) + 128
    }
  }
  const path = join(folder, name)
  writeFileSync(path, Buffer.concat([header(form, data.length), data]))
  return path
}

/** Reads a source to its end, letting the disk come along; at most `ms`. */
async function hear(source: FileSource, sampleRate: number, ms: number): Promise<Int16Array> {
  assert.equal(await source.opened, undefined)
  const heard: number[] = []
  const out = new Int16Array(sampleRate / 50)
  for (let at = 0; at < ms; at += 20) {
    const goesOn = source.read(out)
    heard.push(...out)
    if (!goesOn) break
    await source.settled()
  }
  source.close()
  return Int16Array.from(heard)
}

describe('a WAV file', () => {
  const forms: [string, Form][] = [
    ['PCM of 16 bits at 8 kHz', { format: 1, bits: 16, channels: 1, rate: 8000 }],
    ['PCM of 16 bits, stereo, at 44.1 kHz', { format: 1, bits: 16, channels: 2, rate: 44100 }],
    ['PCM of 8 bits at 11.025 kHz', { format: 1, bits: 8, channels: 1, rate: 11025 }],
    ['A-law at 8 kHz', { format: 6, bits: 8, channels: 1, rate: 8000 }],
    ['mu-law, stereo, at 16 kHz', { format: 7, bits: 8, channels: 2, rate: 16000 }],
    ['PCM of 16 bits at 48 kHz', { format: 1, bits: 16, channels: 1, rate: 48000 }],
  ]
  for (const [name, form] of forms) {
    it(`is played at its pitch and level: ${name}`, async () => {
      const path = sineFile('sine.wav', form, 800)
      for (const rate of [8000, 16000, 48000]) {
        const heard = await hear(new FileSource(path, rate), rate, 2000)
        assert.ok(Math.abs((heard.length * 1000) / rate - 800) <= 20, `${heard.length}`)
        const level = measureTone(heard.subarray(rate / 10, rate / 2), 500, rate)
        assert.ok(level.share > 0.98 && Math.abs(level.levelDbov + 13.3) < 0.3, `${level.share} ${level.levelDbov}`)
      }
    })
  }

  it('is looped without a gap when asked', async () => {
    const path = sineFile('loop.wav', { format: 1, bits: 16, channels: 1, rate: 8000 }, 200)
    const source = new FileSource(path, 8000, { isLooped: true })
    await source.opened
    const out = new Int16Array(160)
    for (let i = 0; i < 60; i++) {
      assert.equal(source.read(out), true)
      assert.ok(measureTone(out, 500, 8000).share > 0.99)
      await source.settled()
    }
    source.close()
  })

  it('that a recorder left without its sizes plays up to its end', () => {
    const form = { format: 1, bits: 16, channels: 2, rate: 8000 }
    const parsed = parseWavHeader(header(form, 0xffffffff), 1044)
    assert.ok(parsed.ok && parsed.format.dataEnd === 1044)
  })

  it('that is none, is cut off or has a coding we do not know is refused with its reason', async () => {
    const form = { format: 1, bits: 16, channels: 1, rate: 8000 }
    const refusals = [
      Buffer.from('hello'),
      header(form, 0).subarray(0, 30),
      header({ ...form, bits: 24 }, 0),
      header({ ...form, channels: 6 }, 0),
      header({ ...form, rate: 47999 }, 0),
      header({ ...form, format: 85 }, 0),
    ]
    for (const bytes of refusals) {
      const parsed = parseWavHeader(bytes, bytes.length)
      assert.ok(!parsed.ok && parsed.reason.length > 5)
    }
    for (const path of [join(folder, 'missing.wav'), folder]) {
      const source = new FileSource(path, 8000)
      assert.notEqual(await source.opened, undefined)
      const out = new Int16Array(160).fill(7)
      assert.equal(source.read(out), false)
      assert.equal(meanPower(out), 0)
    }
  })

  it('of any bytes is parsed in bounded time without a throw', () => {
    const base = header({ format: 1, bits: 16, channels: 1, rate: 8000 }, 100)
    const mutation = fc.array(fc.record({ at: fc.nat(43), value: fc.nat(255) }), { maxLength: 8 })
    fc.assert(
      fc.property(mutation, fc.nat(200), (changes, size) => {
        const bytes = Buffer.from(base)
        for (const change of changes) bytes[change.at] = change.value
        const parsed = parseWavHeader(bytes.subarray(0, size), size)
        if (parsed.ok) assert.ok(parsed.format.dataEnd >= parsed.format.dataStart || parsed.format.dataStart > size)
      }),
    )
  })
})

describe('the shipped prompts', () => {
  it('can all be played, are a few seconds long and under 60 kB', async () => {
    for (const language of promptLanguages) {
      for (const name of promptNames) {
        const path = promptPath(name, language)
        assert.ok(statSync(path).size < 60000)
        const source = new FileSource(path, 8000)
        assert.equal(await source.opened, undefined)
        const out = new Int16Array(4000)
        source.read(out)
        assert.ok(meanPower(out) > 1000)
        source.close()
      }
    }
  })

  it('are English for a language that is not spoken', () => {
    assert.equal(promptPath('number-not-in-use', 'xx'), promptPath('number-not-in-use', 'en-GB'))
    assert.match(promptPath('number-not-in-use', 'fr-CH'), /fr\/number-not-in-use\.wav$/)
  })
})

describe('music on hold', () => {
  it('is the same for each listener, never silent and never too loud', () => {
    const music = new Music(8000)
    const [first, second] = [music.listen(), music.listen()]
    const out = new Int16Array(160)
    const again = new Int16Array(160)
    let peak = 0
    let quietest = Number.POSITIVE_INFINITY
    for (let i = 0; i < 1300; i++) {
      assert.equal(first.read(out), true)
      second.read(again)
      if (i < 1100) assert.deepEqual(again, out)
      for (const sample of out) peak = Math.max(peak, Math.abs(sample))
      if (i > 5) quietest = Math.min(quietest, meanPower(out))
    }
    assert.ok(peak < 20000 && peak > 4000, `${peak}`)
    assert.ok(quietest > 1000, `${quietest}`)
  })
})

describe('a source of the media engine', () => {
  it('is opened by its kind', () => {
    const out = new Int16Array(1600)
    openSource({ kind: 'sine', rateHz: 700, levelDbov: -20 }, 16000).read(out)
    assert.ok(measureTone(out, 700, 16000).share > 0.98)
    openSource({ kind: 'tone', tone: 'dial', country: 'se' }, 16000).read(out)
    assert.ok(measureTone(out, 425, 16000).share > 0.9)
    openSource({ kind: 'silence' }, 16000).read(out)
    assert.equal(meanPower(out), 0)
    openSource({ kind: 'music' }, 16000).read(out)
    assert.ok(meanPower(out) > 0)
  })
})
