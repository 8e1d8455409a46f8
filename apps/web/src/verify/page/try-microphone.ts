import type { DevicesFound } from '../found.ts'
import type { PageSound } from './page-sound.ts'

const listenMs = 4000
const lookMs = 100
/** Quieter is the noise of a cable. */
const leastLevel = 0.02

/** Asks for the microphone, shows how loud it is for some seconds, and lets go of it. */
export async function tryMicrophone(
  sound: PageSound,
  show: (level: number) => void,
): Promise<NonNullable<DevicesFound['microphone']>> {
  const devices = (navigator as { mediaDevices?: MediaDevices }).mediaDevices
  if (!devices) return { kind: 'forbidden' }
  let stream: MediaStream
  try {
    stream = await devices.getUserMedia({ audio: true })
  } catch (error) {
    return { kind: error instanceof Error && /NotFound|DevicesNotFound/.test(error.name) ? 'none' : 'forbidden' }
  }
  const name = stream.getAudioTracks()[0]?.label ?? ''
  let most = 0
  try {
    const level = sound.meter(stream)
    for (let waited = 0; waited < listenMs; waited += lookMs) {
      await new Promise((resolve) => window.setTimeout(resolve, lookMs))
      most = Math.max(most, level())
      show(level())
    }
  } finally {
    for (const track of stream.getTracks()) track.stop()
  }
  return { kind: most >= leastLevel ? 'heard' : 'silent', name }
}
