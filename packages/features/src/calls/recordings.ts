import { mkdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { type CallId, type Clock, isRefusal, type LegId, type Logger, makeId, type Refusal } from '@vaxel/base'
import type { CallLedger, MediaEngine, RecordingId } from '@vaxel/core'
import type { CallOwner } from './call-owner.ts'
import { WrongState } from './errors.ts'
import type { SipLeg } from './sip-leg.ts'

interface Recording {
  readonly id: RecordingId
  readonly callId: CallId
  readonly companyId: CallOwner['state']['call']['companyId']
  readonly leg: LegId
}

/**
 * Recordings of legs on demand: one stereo file for each, that goes on through hold and transfer until it is stopped or
 * the leg ends. Start and end are in the ledger.
 */
export class Recordings {
  readonly #running = new Map<RecordingId, Recording>()
  readonly #clock: Clock
  readonly #log: Logger
  readonly #ledger: CallLedger
  readonly #engine: MediaEngine
  readonly #folder: string

  /** @param options `folder`: the data folder; files go to `recordings/COMPANY/` in it */
  constructor(options: { clock: Clock; log: Logger; ledger: CallLedger; engine: MediaEngine; folder: string }) {
    this.#clock = options.clock
    this.#log = options.log
    this.#ledger = options.ledger
    this.#engine = options.engine
    this.#folder = options.folder
    options.engine.onEvent((event) => {
      if (event.kind === 'recordingEnded') this.#ended(event.recording, event.path, event.durationMs)
    })
  }

  async start(owner: CallOwner, leg: SipLeg): Promise<Refusal | undefined> {
    if (this.#of(owner.id, leg.id)) return WrongState('This connection is being recorded already.')
    const { companyId } = owner.state.call
    const folder = join(this.#folder, 'recordings', companyId)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const recording: Recording = {
      id: makeId<RecordingId>(this.#clock.now()),
      callId: owner.id,
      companyId,
      leg: leg.id,
    }
    this.#running.set(recording.id, recording)
    const path = join(folder, `${owner.id}-${recording.id}.wav`)
    const refused = await this.#engine.startRecording(recording.id, leg.media, path)
    if (isRefusal(refused)) {
      this.#running.delete(recording.id)
      return refused
    }
    await this.#tell(recording, 'recording.started', { file: relative(this.#folder, path) })
    return undefined
  }

  /** A leg has taken the place of another one, whose recording goes on in a second file. */
  goOn(owner: CallOwner, old: LegId, leg: SipLeg): void {
    if (!this.#of(owner.id, old)) return
    void this.start(owner, leg).then((refused) => {
      if (refused) this.#log.error('a recording does not go on', { callId: owner.id, reason: refused.text })
    })
  }

  stop(owner: CallOwner, leg: LegId): Refusal | undefined {
    const recording = this.#of(owner.id, leg)
    if (!recording) return WrongState('This connection is not being recorded.')
    this.#engine.stopRecording(recording.id)
    return undefined
  }

  #of(callId: CallId, leg: LegId): Recording | undefined {
    for (const recording of this.#running.values())
      if (recording.callId === callId && recording.leg === leg) return recording
    return undefined
  }

  #ended(id: RecordingId, path: string, durationMs: number): void {
    const recording = this.#running.get(id)
    if (!recording) return
    this.#running.delete(id)
    void this.#tell(recording, 'recording.ended', { file: relative(this.#folder, path), durationMs })
  }

  async #tell(recording: Recording, kind: string, data: Readonly<Record<string, unknown>>): Promise<void> {
    const { id, callId, companyId, leg } = recording
    try {
      await this.#ledger.append({
        events: [{ kind, atMs: this.#clock.now(), companyId, callId, data: { recording: id, leg, ...data } }],
      })
    } catch (error) {
      this.#log.error('the ledger refused an entry', { callId, error: String(error) })
    }
  }
}
