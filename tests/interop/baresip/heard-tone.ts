import assert from 'node:assert/strict'
import { type Baresip, eventually, followTone, type ToneReport, type Wav } from '@vaxel/testkit'

/** The recording of what the phone heard, once its call has ended. */
export async function heardOf(phone: Baresip): Promise<Wav> {
  return await eventually(`recording of ${phone.user}`, () => phone.heard().find((wav) => wav.durationMs > 0))
}

/** Asserts that the phone heard the tone steadily: for at least so long, and with no gap over 40 ms in steady state. */
export async function assertHeard(phone: Baresip, toneHz: number, atLeastMs: number): Promise<ToneReport> {
  const wav = await heardOf(phone)
  const report = followTone(wav.channels[0]!, wav.rateHz, toneHz)
  const what = `${phone.user} at ${toneHz} Hz: ${JSON.stringify(report)} in ${Math.round(wav.durationMs)} ms`
  assert.ok(report.heardMs >= atLeastMs, `heard too little: ${what}`)
  assert.ok(report.longestGapMs <= 40, `a gap: ${what}`)
  return report
}

/** Lets people talk: audio needs real time. */
export const talk = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
