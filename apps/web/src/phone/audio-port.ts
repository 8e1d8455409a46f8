import type { AudioStream } from './sip-phone.ts'

/** What rings: an own call that is not answered yet, a second call while one goes on, the other side. */
export type Ringing = 'none' | 'call' | 'waiting' | 'ringback'

/** Microphone, speakers and tones of the page. */
export interface AudioPort {
  /** Opens the chosen microphone, or gives the open one. Rejects with a DOMException whose name tells why. */
  microphone(): Promise<AudioStream>
  /** Nobody speaks any more. */
  releaseMicrophone(): void
  play(callId: string, stream: AudioStream): void
  stop(callId: string): void
  ring(ringing: Ringing): void
}
