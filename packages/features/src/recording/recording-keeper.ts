import {
  type Clock,
  type CompanyId,
  type LegId,
  type Logger,
  makeId,
  type Refusal,
  type Timer,
  TransientMap,
} from '@vaxel/base'
import type {
  CallLedger,
  Directory,
  KeptRecording,
  LedgerEvent,
  MediaEngine,
  MediaEvent,
  RecordableLeg,
  RecordingDesk,
  RecordingFolder,
  RecordingId,
  RecordingRule,
  RecordingStore,
} from '@vaxel/core'
import { NoRecordingNoCall } from './errors.ts'
import { isAlways, modeOf, tellingOf } from './rules.ts'

const dayMs = 86_400_000
/** How often the room on the disk is looked at. */
const lookMs = 10_000
const mostRemembered = 10_000

/**
 * Keeps recordings while they are made: an own key and row for each before its first word, its marks, its end with hash and link in the
 * chain. What a process left running when it ended is closed at the next start with what is in the file.
 */
export class RecordingKeeper implements RecordingDesk {
  readonly #store: RecordingStore
  readonly #folder: RecordingFolder
  readonly #ledger: CallLedger
  readonly #directory: Directory
  readonly #clock: Clock
  readonly #log: Logger
  readonly #leastFreeBytes: number
  readonly #running = new TransientMap<RecordingId, KeptRecording>()
  readonly #endedListeners: ((recording: KeptRecording) => void)[] = []
  /** Connections of which it was told that they are not recorded. */
  readonly #unrecorded = new Set<LegId>()
  #freeBytes: number | undefined
  #isDiskFull = false
  #isClosed = false
  #timer: Timer | undefined
  /** Changes of one recording are written one after another. */
  #writing: Promise<unknown> = Promise.resolve()

  constructor(options: {
    store: RecordingStore
    folder: RecordingFolder
    ledger: CallLedger
    directory: Directory
    engine: Pick<MediaEngine, 'onEvent'>
    clock: Clock
    log: Logger
    /** With less room than this nothing new is recorded. */
    leastFreeBytes: number
  }) {
    this.#store = options.store
    this.#folder = options.folder
    this.#ledger = options.ledger
    this.#directory = options.directory
    this.#clock = options.clock
    this.#log = options.log
    this.#leastFreeBytes = options.leastFreeBytes
    options.engine.onEvent((event) => {
      if (event.kind === 'recordingEnded') this.#ended(event)
      if (event.kind === 'recordingTroubled') this.#troubled(event.recording, event.reason)
    })
  }

  /** Closes what another process left, and begins to watch the disk. @returns how many were closed */
  async start(): Promise<number> {
    const left = await this.#store.running()
    for (const recording of left) await this.#closeLeft(recording)
    await this.#look()
    return left.length
  }

  /** Resolves when all that has ended is kept. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#timer?.stop()
    await this.#writing
  }

  /** @param listener told after each recording that has ended and is durable */
  onEnded(listener: (recording: KeptRecording) => void): void {
    this.#endedListeners.push(listener)
  }

  get disk(): { readonly freeBytes?: number; readonly isFull: boolean } {
    return { isFull: this.#isDiskFull, ...(this.#freeBytes === undefined ? {} : { freeBytes: this.#freeBytes }) }
  }

  /** What is wrong although the server works, a sentence each. */
  warnings(): readonly string[] {
    return this.#isDiskFull
      ? ['The disk of the data folder is full: calls are not recorded. Make room, or give the folder a larger disk.']
      : []
  }

  ruleFor(
    leg: Pick<RecordableLeg, 'companyId' | 'party' | 'called' | 'dialled' | 'isTrunk' | 'isBetweenTrunks'>,
  ): RecordingRule {
    const policy = this.#store.policy(leg.companyId)
    const country = this.#directory.company(leg.companyId)?.country ?? ''
    return { mode: modeOf(policy, leg), ...tellingOf(policy, country), ifImpossible: policy.ifImpossible }
  }

  whyNoCall(companyId: CompanyId): Refusal | undefined {
    if (!this.#isDiskFull) return undefined
    const { mode, exceptions, ifImpossible } = this.#store.policy(companyId)
    const isAny = [mode, ...exceptions.map((one) => one.mode)].some(isAlways)
    return ifImpossible === 'refuse' && isAny ? NoRecordingNoCall() : undefined
  }

  async begin(leg: RecordableLeg, trigger: 'rule' | 'demand'): ReturnType<RecordingDesk['begin']> {
    const { callId, companyId, legId, party, other, direction } = leg
    if (this.#isDiskFull) {
      // Once for each connection, however often it is tried.
      if (!this.#unrecorded.has(legId))
        await this.#tell({ ...leg }, 'recording.failed', { leg: legId, reason: 'the disk is full' })
      this.#unrecorded.add(legId)
      if (this.#unrecorded.size > mostRemembered) this.#unrecorded.clear()
      return NoRecordingNoCall()
    }
    const startedAtMs = this.#clock.now()
    const id = makeId<RecordingId>(startedAtMs)
    const { file, path } = await this.#folder.place(
      companyId,
      `${new Date(startedAtMs).toISOString().slice(0, 10)}-${id}`,
    )
    const recording: KeptRecording = {
      id,
      companyId,
      callId,
      legId,
      party,
      other,
      direction,
      trigger,
      startedAtMs,
      file,
      state: 'running',
      pauses: [],
    }
    const data = { recording: id, leg: legId, file, trigger }
    const key = await this.#store.begin(recording, this.#event(recording, 'recording.started', data))
    this.#running.set(id, recording)
    return { id, path, options: { seal: { key } } }
  }

  failed(id: RecordingId, reason: string): void {
    const recording = this.#running.get(id)
    if (!recording) return
    void this.#tell(recording, 'recording.failed', { recording: id, leg: recording.legId, reason })
    this.#finish({ ...recording, durationMs: 0, end: 'failed' })
  }

  async paused(id: RecordingId, isPaused: boolean, atMs: number): Promise<void> {
    const recording = this.#running.get(id)
    if (!recording) return
    const pauses = isPaused
      ? [...recording.pauses, { fromMs: atMs }]
      : recording.pauses.map((pause) => (pause.toMs === undefined ? { ...pause, toMs: atMs } : pause))
    const changed = { ...recording, pauses }
    this.#running.set(id, changed)
    const data = { recording: id, leg: recording.legId, atMs: Math.round(atMs) }
    const event = this.#event(recording, isPaused ? 'recording.paused' : 'recording.resumed', data)
    await this.#inTurn(() => this.#store.put(changed, event))
  }

  #ended(event: MediaEvent & { kind: 'recordingEnded' }): void {
    const recording = this.#running.get(event.recording)
    if (!recording) return
    const { durationMs, reason: end, sha256, lostMs } = event
    this.#finish({
      ...recording,
      durationMs: Math.round(durationMs),
      end,
      ...(sha256 === undefined ? {} : { sha256 }),
      ...(lostMs === undefined ? {} : { lostMs }),
    })
  }

  #finish(recording: KeptRecording): void {
    this.#running.delete(recording.id)
    void this.#inTurn(async () => {
      const finished = await this.#store.finish(await this.#complete(recording), (one) => this.#endEvent(one))
      for (const listener of this.#endedListeners) listener(finished)
    })
  }

  /** What the engine could not say of a file is read from it. */
  async #complete(recording: KeptRecording): Promise<KeptRecording> {
    const { companyId, trigger, startedAtMs, durationMs = 0 } = recording
    const { keepDays, keepDaysOnDemand = keepDays } = this.#store.policy(companyId)
    const days = trigger === 'demand' ? keepDaysOnDemand : keepDays
    const dated =
      days === undefined ? recording : { ...recording, expiresAtMs: startedAtMs + durationMs + days * dayMs }
    if (dated.sha256 !== undefined) return dated
    const key = await this.#store.keyOf(dated)
    const found = key && (await this.#folder.inspect(dated.file, key))
    if (!found) return { ...dated, durationMs: 0, end: dated.end === 'failed' ? 'failed' : 'lost' }
    return { ...dated, sha256: found.sha256, durationMs: found.durationMs }
  }

  async #closeLeft(recording: KeptRecording): Promise<void> {
    const complete = await this.#complete({ ...recording, end: 'cut' })
    const finished = await this.#store.finish(complete, (one) => this.#endEvent(one))
    for (const listener of this.#endedListeners) listener(finished)
  }

  #troubled(id: RecordingId, reason: string): void {
    const recording = this.#running.get(id)
    if (!recording) return
    if (/ENOSPC|no space|EDQUOT/.test(reason)) this.#isDiskFull = true
    this.#log.error('a recording loses sound', { callId: recording.callId, recording: id, reason })
    void this.#tell(recording, 'recording.troubled', { recording: id, leg: recording.legId, reason })
  }

  async #look(): Promise<void> {
    this.#freeBytes = await this.#folder.freeBytes()
    const wasFull = this.#isDiskFull
    this.#isDiskFull = this.#freeBytes !== undefined && this.#freeBytes < this.#leastFreeBytes
    if (this.#isDiskFull && !wasFull) this.#log.error('the disk is full: calls are not recorded')
    if (!this.#isClosed) this.#timer = this.#clock.startTimer(lookMs, () => void this.#look())
  }

  #endEvent(recording: KeptRecording): LedgerEvent {
    const { id, legId, file, durationMs = 0, end, lostMs, sha256, chain } = recording
    return this.#event(recording, 'recording.ended', {
      recording: id,
      leg: legId,
      file,
      durationMs,
      end,
      ...(lostMs === undefined ? {} : { lostMs }),
      ...(sha256 === undefined ? {} : { sha256 }),
      ...chain,
    })
  }

  #event(of: Pick<KeptRecording, 'companyId' | 'callId'>, kind: string, data: LedgerEvent['data']): LedgerEvent {
    return { kind, atMs: this.#clock.now(), companyId: of.companyId, callId: of.callId, data }
  }

  async #tell(of: Pick<KeptRecording, 'companyId' | 'callId'>, kind: string, data: LedgerEvent['data']): Promise<void> {
    await this.#ledger
      .append({ events: [this.#event(of, kind, data)] })
      .catch((error: unknown) => this.#log.error('the ledger refused an entry', { kind, error: String(error) }))
  }

  #inTurn(write: () => Promise<unknown>): Promise<unknown> {
    this.#writing = this.#writing.then(write).catch((error: unknown) =>
      // It is still running in the database, and closed from its file at the next start.
      this.#log.error('a recording could not be written to the database', { error: String(error) }),
    )
    return this.#writing
  }
}
