import { type Clock, type CompanyId, isRefusal, type Logger, type Refusal, type Timer, TransientMap } from '@vaxel/base'
import type {
  MediaEngine,
  MixId,
  RecordableLeg,
  RecordedRoom,
  RecordingDesk,
  RecordingId,
  RecordingRule,
} from '@vaxel/core'
import { RecordingNotAllowed, RecordingNotSetUp } from './errors.ts'
import { betweenBeepsMs } from './recording-notice.ts'

interface Running {
  readonly companyId: CompanyId
  readonly ended: () => void
  beeps: Timer | undefined
}

/**
 * Recordings of whole conferences: what everybody hears, whoever comes and goes, until it is stopped or the conference ends. It belongs to
 * the connection of the moderator who was there when it began; that connection's rule says whether it may be.
 */
export class RoomRecordings {
  readonly #clock: Clock
  readonly #log: Logger
  readonly #engine: MediaEngine
  readonly #desk: RecordingDesk | undefined
  readonly #running = new TransientMap<RecordingId, Running>()

  constructor(options: { clock: Clock; log: Logger; engine: MediaEngine; desk: RecordingDesk | undefined }) {
    this.#clock = options.clock
    this.#log = options.log
    this.#engine = options.engine
    this.#desk = options.desk
    options.engine.onEvent((event) => {
      if (event.kind === 'recordingEnded') this.#ended(event.recording)
    })
  }

  countOf(companyId: CompanyId): number {
    return [...this.#running.values()].filter((running) => running.companyId === companyId).length
  }

  /** @param ended told once, however it ends */
  async start(leg: RecordableLeg, mix: MixId, ended: () => void): Promise<RecordedRoom | Refusal> {
    if (!this.#desk) return RecordingNotSetUp()
    const rule = this.#desk.ruleFor(leg)
    if (rule.mode === 'off') return RecordingNotAllowed()
    try {
      const begun = await this.#desk.begin(leg, 'demand')
      if (isRefusal(begun)) return begun
      const { id, path, options } = begun
      const running: Running = { companyId: leg.companyId, ended, beeps: undefined }
      this.#running.set(id, running)
      const refused = await this.#engine.startMixRecording(id, mix, path, options)
      if (isRefusal(refused)) {
        this.#running.delete(id)
        this.#desk.failed(id, refused.text)
        return refused
      }
      if (wantsBeeps(rule)) this.#beepLater(running, mix)
      return { stop: () => this.#engine.stopRecording(id) }
    } catch (error) {
      this.#log.error('a recording of a conference did not begin', { callId: leg.callId, error: String(error) })
      return RecordingNotSetUp('The recording could not begin; the server’s log says why.')
    }
  }

  #beepLater(running: Running, mix: MixId): void {
    running.beeps = this.#clock.startTimer(betweenBeepsMs, () => {
      this.#engine.playInMix(mix, { kind: 'tone', tone: 'recorded', country: '' })
      this.#beepLater(running, mix)
    })
  }

  #ended(id: RecordingId): void {
    const running = this.#running.get(id)
    this.#running.delete(id)
    running?.beeps?.stop()
    running?.ended()
  }
}

const wantsBeeps = ({ tells, tellsBy }: RecordingRule): boolean => tells !== 'nobody' && tellsBy !== 'sentence'
