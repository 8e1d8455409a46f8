import assert from 'node:assert/strict'
import { type Baresip, eventually, followTone, type ToneReport, type Wav } from '@vaxel/testkit'

/** The recording of what the phone heard in its first call, or a later one, once that has ended. */
export async function heardOf(phone: Baresip, call = 0): Promise<Wav> {
  return await eventually(`recording of ${phone.user}`, () => phone.heard().filter((wav) => wav.durationMs > 0)[call])
}

/** Asserts that the phone heard the tone steadily: for at least so long, and with no gap over 40 ms in steady state. */
export async function assertHeard(phone: Baresip, toneHz: number, atLeastMs: number, call = 0): Promise<ToneReport> {
  const wav = await heardOf(phone, call)
  const report = followTone(wav.channels[0]!, wav.rateHz, toneHz)
  const what = `${phone.user} at ${toneHz} Hz: ${JSON.stringify(report)} in ${Math.round(wav.durationMs)} ms`
  assert.ok(report.heardMs >= atLeastMs, `heard too little: ${what}`)
  assert.ok(report.longestGapMs <= 40, `a gap: ${what}`)
  return report
}

/** Lets people talk: audio needs real time. */
export const talk = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
