import type { RtpResult } from './rtp-bank.ts'
import type { StepResult } from './steps.ts'

/** Rates of a climb. */
export interface Climb {
  readonly first: number
  readonly factor: number
  readonly most: number
  readonly stepSeconds: number
  readonly maySeconds: number
}

/** What the load process is asked to do, with what it answers. */
export interface Orders {
  /** Opens the lines to one server; `trunkPort`: calls from there need no digest. */
  open: {
    order: {
      serverPort: number
      serverPid: number
      transport: 'UDP' | 'TLS'
      domain: string
      phonePort: number
      /** The users of this load begin with this number; 0 unless said otherwise. */
      firstUser?: number
      trunkPort?: number
      /** Calls have audio, plain or SRTP. */
      audio?: 'rtp' | 'srtp'
    }
    answer: null
  }
  /** Users one after another, each once, at a rate. */
  registerEach: { order: { from: number; to: number; rate: number }; answer: StepResult }
  registerAt: { order: { users: number; rate: number; seconds: number }; answer: StepResult }
  registerClimb: { order: Climb & { users: number }; answer: StepResult[] }
  callAt: {
    order: { users: number; rate: number; seconds: number; by: 'trunk' | 'phone' }
    answer: StepResult
  }
  callClimb: { order: Climb & { users: number; by: 'trunk' | 'phone' }; answer: StepResult[] }
  /** Sets up so many calls more, which stay. */
  hold: { order: { users: number; calls: number; rate: number; by: 'trunk' | 'phone' }; answer: StepResult }
  /** Sends and counts audio on all calls that stay. */
  talk: { order: { seconds: number }; answer: RtpResult }
  hangUp: { order: Record<string, never>; answer: StepResult }
  close: { order: Record<string, never>; answer: null }
}

export type OrderName = keyof Orders
