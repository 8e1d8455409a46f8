import type { CallId, CompanyId, DeviceId, Refusal, UserId } from '@vaxel/base'

/** `listen`: hears both, nobody hears it. `whisper`: the agent alone hears it too. `barge`: everybody does. */
export type MonitorMode = 'listen' | 'whisper' | 'barge'

/** A supervisor who is with a call of an agent. */
export interface Monitoring {
  /** The supervisor's own call. */
  readonly callId: CallId
  readonly companyId: CompanyId
  readonly by: UserId
  /** The call that is heard. */
  readonly ofCallId: CallId
  readonly agentId: UserId
  readonly mode: MonitorMode
  readonly sinceMs: number
}

/**
 * Listening to calls of agents, helping them, and joining in. The supervisor's own device is called; whoever answers is with the call in the
 * mode that was asked for, and changes it by key (`1` listen, `2` whisper, `3` barge) or by command. It ends with the call, and when the
 * supervisor hangs up. Each mode that begins is in the audit (`agent.monitored`).
 */
export interface CallMonitor {
  /**
   * Who may is decided before. Refused when the call is none of an agent that goes on, or when no device of the supervisor can be rung.
   * @returns the supervisor's own call
   */
  monitor(wish: {
    readonly companyId: CompanyId
    readonly by: UserId
    readonly fromDeviceId?: DeviceId
    readonly callId: CallId
    readonly mode: MonitorMode
  }): Promise<{ readonly callId: CallId } | Refusal>
  /** @param wish `callId`: the supervisor's own */
  setMode(wish: {
    readonly companyId: CompanyId
    readonly by: UserId
    readonly callId: CallId
    readonly mode: MonitorMode
  }): Promise<Refusal | undefined>
  /** Those who are with a call now, or are being called for it. */
  monitorings(companyId: CompanyId): readonly Monitoring[]
}
