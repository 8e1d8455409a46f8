import { type CallId, type Clock, type LegId, type Logger, TransientMap } from '@vaxel/base'
import {
  type Company,
  type Directory,
  type Language,
  type LegFailure,
  LineGone,
  type MediaEngine,
  type MediaEvent,
  type MediaLegId,
  type MixManner,
  type SendOptions,
  type SentBack,
  type Service,
  type VoiceService,
} from '@vaxel/core'
import type { CallOwner } from '../call-owner.ts'
import type { SipLeg } from '../sip-leg.ts'
import { VoiceLine } from './voice-line.ts'

export interface VoiceLinesOptions {
  readonly clock: Clock
  readonly log: Logger
  readonly engine: MediaEngine
  readonly directory: Directory
  soundOf(prompt: string, language: Language): Promise<string | undefined>
  companyOf(call: CallId): Company | undefined
  joinMix(call: CallId, mix: string, media: MediaLegId, manner: MixManner): void
  leaveMix(call: CallId): void
}

/** A browser's keys may take as long; what is said before would be lost. */
const mostReadyMs = 2000

/** The lines of all calls that talk with a voice service, and the services by name. A service is provided once, when it is built. */
export class VoiceLines {
  readonly #options: VoiceLinesOptions
  readonly #services = new Map<Service, VoiceService>()
  readonly #lines = new TransientMap<CallId, { readonly line: VoiceLine; readonly service: Service }>()
  /** Lines that are gone, and whose service has not ended yet. */
  readonly #leaving = new Set<VoiceLine>()
  /** Those who wait until a browser is heard. */
  readonly #hearing = new TransientMap<string, () => void>()

  constructor(options: VoiceLinesOptions) {
    this.#options = options
  }

  /** From now on, this answers calls to the service. */
  provide(name: Service, service: VoiceService): void {
    this.#services.set(name, service)
  }

  /** Begins a service for a caller, or goes on with it on the leg that the caller has now. @returns false when nobody provides it */
  start(owner: CallOwner, leg: SipLeg, name: Service, number: string): boolean {
    const running = this.#lines.get(owner.id)
    if (running?.service === name && running.line.number === number) {
      running.line.seat(leg.id, leg.media)
      return true
    }
    running?.line.end('another service')
    const service = this.#services.get(name)
    const company = this.#options.companyOf(owner.id)
    if (!service || !company) return false
    const { legs, caller: first } = owner.state.call
    const caller = legs.get(leg.id)?.party ?? first
    const line = new VoiceLine({
      ...this.#options,
      call: owner,
      company,
      user: caller.userId === undefined ? undefined : this.#options.directory.user(caller.userId),
      legId: leg.id,
      media: leg.media,
      number,
      ready: this.#ready(leg),
      joinMix: (mix, media, manner) => this.#options.joinMix(owner.id, mix, media, manner),
      leaveMix: () => this.#options.leaveMix(owner.id),
    })
    this.#lines.set(owner.id, { line, service: name })
    void this.#run(owner, line, name, service)
    return true
  }

  resume(owner: CallOwner, failure: LegFailure): boolean {
    const running = this.#lines.get(owner.id)
    running?.line.sentBack(sentBackOf(failure))
    return running !== undefined
  }

  /** The call is over, or its caller talks with somebody else. */
  end(call: CallId, why: string): void {
    const running = this.#lines.get(call)
    this.#lines.delete(call)
    running?.line.end(why)
  }

  sendingOf(call: CallId): { readonly to: string; readonly options: SendOptions } | undefined {
    return this.#lines.get(call)?.line.takeSending()
  }

  keyPressed(call: CallId, leg: LegId, key: string): void {
    const line = this.#lines.get(call)?.line
    if (line?.legId === leg) line.keyPressed(key)
  }

  /** @returns whether the event was for a line */
  onMedia(call: CallId, event: Extract<MediaEvent, { kind: 'playEnded' | 'audioStarted' }>): boolean {
    const line = this.#lines.get(call)?.line
    if (event.kind === 'audioStarted') this.#hearing.get(event.leg)?.()
    else if (line?.media === event.leg) line.playEnded()
    return line !== undefined
  }

  recordingEnded({ recording, durationMs, reason }: Extract<MediaEvent, { kind: 'recordingEnded' }>): boolean {
    for (const { line } of this.#lines.values()) if (line.recordingEnded(recording, durationMs, reason)) return true
    for (const line of this.#leaving) if (line.recordingEnded(recording, durationMs, reason)) return true
    return false
  }

  recordingTroubled({ recording, reason }: Extract<MediaEvent, { kind: 'recordingTroubled' }>): void {
    for (const { line } of this.#lines.values()) if (line.recordingTroubled(recording, reason)) return
  }

  async #run(owner: CallOwner, line: VoiceLine, name: Service, service: VoiceService): Promise<void> {
    line.signal.addEventListener('abort', () => this.#leaving.add(line), { once: true })
    try {
      await service(line)
      if (!line.signal.aborted) owner.clear({ blame: 'nobody', reason: 'service-ended' })
    } catch (error) {
      if (error instanceof LineGone) return
      this.#options.log.error('a voice service failed', { callId: owner.id, service: name, error: String(error) })
      if (!line.signal.aborted) await this.#apologise(line).catch(() => {})
      const text = 'This service has failed; it is in the log.'
      if (!line.signal.aborted) owner.clear({ blame: 'us', reason: 'service-failed', text })
    } finally {
      line.end('the service has ended')
      this.#leaving.delete(line)
      if (this.#lines.get(owner.id)?.line === line) this.#lines.delete(owner.id)
    }
  }

  async #apologise(line: VoiceLine): Promise<void> {
    await line.say([{ kind: 'prompt', name: 'service-not-available' }], { isUninterruptible: true })
  }

  /** A phone hears at once; a browser once its keys are agreed, which its first packet tells. */
  #ready(leg: SipLeg): Promise<void> {
    if (!leg.isBrowser || leg.hasSentAudio) return Promise.resolve()
    return new Promise((resolve) => {
      const done = (): void => {
        timer.stop()
        this.#hearing.delete(leg.media)
        resolve()
      }
      const timer = this.#options.clock.startTimer(mostReadyMs, done)
      this.#hearing.set(leg.media, done)
    })
  }
}

const busyStatuses = new Set([486, 600, 603])

/** How nobody took the call, in the words of services. */
export function sentBackOf({ status, by, reason }: LegFailure): SentBack {
  const text = reason === undefined ? {} : { text: reason }
  if (by === 'peer' && busyStatuses.has(status)) return { kind: 'busy', status, ...text }
  if (by === 'us' && status === 486) return { kind: 'busy', status, ...text }
  if (by === 'timeout' && status === 480) return { kind: 'noAnswer', status, ...text }
  if (by === 'us' && status !== 480 && status < 500) return { kind: 'refused', status, ...text }
  if (by === 'peer' && status === 480) return { kind: 'noAnswer', status, ...text }
  return { kind: 'unreachable', status, ...text }
}
