import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ComfortNoise } from '../audio/comfort-noise.ts'
import { callProgressTone, toneCountries } from './call-progress.ts'
import { continuous, repeat } from './cadence.ts'
import { dtmfCadence } from './dtmf.ts'
import { DtmfDetector } from './dtmf-detector.ts'
import { measureTone, meanPower } from './goertzel.ts'
import { sineCadence, ToneSource } from './tone-source.ts'

function listen(source: { read(out: Int16Array): boolean }, ms: number, sampleRate: number): Int16Array {
  const out = new Int16Array((ms * sampleRate) / 1000)
  for (let at = 0; at < out.length; at += sampleRate / 50) source.read(out.subarray(at, at + sampleRate / 50))
  return out
}

describe('a tone', () => {
  for (const sampleRate of [8000, 16000, 48000]) {
    it(`has the frequency and the level asked for, at ${sampleRate} Hz`, () => {
      const sound = listen(new ToneSource(sineCadence(1000, -20), sampleRate), 1000, sampleRate)
      const level = measureTone(sound, 1000, sampleRate)
      assert.ok(Math.abs(level.levelDbov + 20) < 0.1, `${level.levelDbov}`)
      assert.ok(level.share > 0.99)
      assert.ok(measureTone(sound, 1100, sampleRate).levelDbov < -50)
    })
  }

  it('swells and fades without a click', () => {
    const sound = listen(new ToneSource(repeat([425], 0.1, 0.1), 8000), 1000, 8000)
    let most = 0
    for (let i = 1; i < sound.length; i++)
      most = Math.max(most, Math.abs((sound[i] as number) - (sound[i - 1] as number)))
    assert.ok(most < 32768 * Math.SQRT2 * 10 ** (-16 / 20) * 0.34 * 1.05, `${most}`)
  })

  it('stays exact for hours', () => {
    const source = new ToneSource(continuous(425), 8000)
    const hour = new Int16Array(8000)
    for (let i = 0; i < 30; i++) source.read(hour)
    assert.ok(measureTone(hour, 425, 8000).share > 0.999)
  })
})

describe('call progress tones (ITU-T E.180)', () => {
  it('give ringback in Sweden one second in six', () => {
    const sound = listen(new ToneSource(callProgressTone('ringback', 'se'), 8000), 12000, 8000)
    for (const second of [0, 6]) {
      assert.ok(measureTone(sound.subarray(second * 8000, (second + 1) * 8000), 425, 8000).levelDbov > -17)
      assert.equal(meanPower(sound, (second + 1) * 8000, (second + 6) * 8000), 0)
    }
  })

  it('give two frequencies together in Great Britain and the United States', () => {
    const sound = listen(new ToneSource(callProgressTone('dial', 'US'), 8000), 1000, 8000)
    assert.ok(Math.abs(measureTone(sound, 350, 8000).share - 0.5) < 0.02)
    assert.ok(Math.abs(measureTone(sound, 440, 8000).share - 0.5) < 0.02)
    assert.ok(toneCountries.includes('gb'))
  })

  it('follow the recommendation where a country is unknown', () => {
    assert.deepEqual(callProgressTone('busy', 'constructor').steps[0], { frequenciesHz: [425], durationMs: 500 })
  })
})

describe('DTMF in the sound (ITU-T Q.23, Q.24)', () => {
  for (const sampleRate of [8000, 16000]) {
    it(`is heard as it was sent, at ${sampleRate} Hz`, () => {
      const heard: string[] = []
      const detector = new DtmfDetector(sampleRate, (digit, durationMs) => {
        assert.ok(durationMs >= 39 && durationMs <= 91)
        heard.push(digit)
      })
      const source = new ToneSource(dtmfCadence('1234567890*#ABCDx', 70), sampleRate)
      detector.receive(listen(source, 3000, sampleRate))
      assert.equal(heard.join(''), '1234567890*#ABCD')
    })
  }

  it('is heard in noise of 20 dB less', () => {
    const sound = listen(new ToneSource(dtmfCadence('0815', 60), 8000), 800, 8000)
    const noise = new Int16Array(sound.length)
    const generator = new ComfortNoise()
    generator.setLevel(-31)
    generator.fill(noise, 0, noise.length)
    const heard: string[] = []
    new DtmfDetector(8000, (digit) => heard.push(digit)).receive(
      sound.map((sample, i) => sample + (noise[i] as number)),
    )
    assert.equal(heard.join(''), '0815')
  })

  it('is not heard in noise, in a dial tone or in a blip of 20 ms', () => {
    const detector = new DtmfDetector(8000, (digit) => assert.fail(digit))
    const noise = new Int16Array(80000)
    const generator = new ComfortNoise()
    generator.setLevel(-12)
    generator.fill(noise, 0, noise.length)
    detector.receive(noise)
    detector.receive(listen(new ToneSource(callProgressTone('dial', 'us'), 8000), 1000, 8000))
    detector.receive(listen(new ToneSource(dtmfCadence('5', 20), 8000), 200, 8000))
  })
})
