import { TransientMap } from '@vaxel/base'
import type { CodecName, MediaEvent, MediaLegId, MixId, RecordingId } from '@vaxel/core'
import type { WatchedConference } from '../mix/watched-conference.ts'
import { LegRecording } from '../record/leg-recording.ts'
import { MixRecording } from '../record/mix-recording.ts'
import { blockMs } from '../record/stereo-recorder.ts'
import { type Feed, recordLeg, recordMix } from '../relay/feeds.ts'
import type { RecordingReply, WorkerCommand, WorkerMessage } from './protocol.ts'
import { tellTrouble } from './tell-trouble.ts'
import type { WorkerLeg } from './worker-leg.ts'

interface Recording {
  /** What ends it when it goes. */
  readonly of: MediaLegId | MixId
  readonly path: string
  /** Undefined while the file is being made. */
  running?: { readonly recording: LegRecording | MixRecording; readonly feed: Feed }
  /** Why it was stopped, once it was. */
  stopped?: RecordingEnd
}

type RecordingEnd = (MediaEvent & { kind: 'recordingEnded' })['reason']

/** As wide as what will be heard; where that is not known yet, wide enough for whatever comes. */
function recordingRate(codec: CodecName | undefined): 8000 | 16_000 {
  return codec === 'PCMA' || codec === 'PCMU' ? 8000 : 16_000
}

/** The recordings that a worker writes: each ends when it is stopped, when what it records goes, or when its file has had enough. */
export class WorkerRecordings {
  readonly #legs: ReadonlyMap<MediaLegId, WorkerLeg>
  readonly #mixes: ReadonlyMap<MixId, WatchedConference>
  readonly #tell: (message: WorkerMessage) => void
  readonly #recordings = new TransientMap<RecordingId, Recording>()

  constructor(parts: {
    legs: ReadonlyMap<MediaLegId, WorkerLeg>
    mixes: ReadonlyMap<MixId, WatchedConference>
    tell: (message: WorkerMessage) => void
  }) {
    this.#legs = parts.legs
    this.#mixes = parts.mixes
    this.#tell = parts.tell
  }

  get isIdle(): boolean {
    return this.#recordings.size === 0
  }

  tick(nowMs: number): void {
    for (const [id, { running }] of this.#recordings) {
      try {
        running?.feed.tick?.(nowMs)
        if (running?.recording.due) void this.stop(id, running.recording.due)
      } catch {
        this.stop(id, 'failed').catch(() => {})
      }
    }
  }

  async startOfLeg(command: WorkerCommand & { do: 'startRecording' }): Promise<RecordingReply> {
    const { leg, path, options } = command
    if (!this.#legs.has(leg)) return 'the leg is gone'
    const form = { coding: 'pcm16', sampleRate: recordingRate(this.#legs.get(leg)?.audio.agreed?.codec) } as const
    return await this.#record(command.recording, leg, path, async (onTrouble) => {
      const recording = await LegRecording.create(path, form, { ...options, onTrouble })
      const audio = this.#legs.get(leg)?.audio
      return { recording, feed: audio && recordLeg(audio, recording) }
    })
  }

  async startOfMix(command: WorkerCommand & { do: 'startMixRecording' }): Promise<RecordingReply> {
    const { mix, path, options } = command
    const sampleRate = this.#mixes.get(mix)?.sampleRate
    if (sampleRate === undefined) return 'the conference is over'
    return await this.#record(command.recording, mix, path, async (onTrouble) => {
      const onItsWayMs = () => this.#mixes.get(mix)?.heldMs ?? 0
      const recording = await MixRecording.create(path, sampleRate, { ...options, onItsWayMs, onTrouble })
      const conference = this.#mixes.get(mix)
      return { recording, feed: conference && recordMix(conference, recording) }
    })
  }

  /** @returns milliseconds of sound in the file until here; undefined without such a recording */
  pause(id: RecordingId, isPaused: boolean): number | undefined {
    const recording = this.#recordings.get(id)?.running?.recording
    return isPaused ? recording?.pause() : recording?.resume()
  }

  /** Resolves when the file is complete, and that has been told. */
  async stop(id: RecordingId, why: RecordingEnd = 'stopped'): Promise<void> {
    const entry = this.#recordings.get(id)
    if (!entry) return
    entry.stopped ??= why
    if (!entry.running) return
    this.#recordings.delete(id)
    const { recording, feed } = entry.running
    feed.close()
    try {
      await recording.close()
    } finally {
      const { path } = entry
      const { durationMs, sha256, isWhole, droppedBlocks } = recording
      const reason = isWhole ? entry.stopped : 'failed'
      const more = {
        ...(sha256 !== undefined && { sha256 }),
        ...(droppedBlocks > 0 && { lostMs: droppedBlocks * blockMs }),
      }
      this.#tell({
        tell: 'event',
        event: { kind: 'recordingEnded', recording: id, path, durationMs, reason, ...more },
      })
    }
  }

  /** What was recorded is no more. */
  endOf(gone: MediaLegId | MixId): void {
    for (const [id, { of }] of this.#recordings) if (of === gone) void this.stop(id, 'gone')
  }

  /** Stops all; resolves when their files are complete. */
  async close(): Promise<void> {
    await Promise.all([...this.#recordings.keys()].map((id) => this.stop(id)))
  }

  /** @param open makes the file, and what fills it; without a feed, what was to be recorded is gone */
  async #record<Made extends LegRecording | MixRecording>(
    id: RecordingId,
    of: MediaLegId | MixId,
    path: string,
    open: (onTrouble: (reason: string) => void) => Promise<{ recording: Made; feed: Feed | undefined }>,
  ): Promise<RecordingReply> {
    if (this.#recordings.has(id)) return 'the recording runs already'
    const entry: Recording = { of, path }
    this.#recordings.set(id, entry)
    try {
      const { recording, feed } = await open((reason) => {
        tellTrouble(this.#tell, of, 'a recording lost sound', path, reason)
        this.#tell({ tell: 'event', event: { kind: 'recordingTroubled', recording: id, reason } })
      })
      entry.running = { recording, feed: feed ?? { close() {} } }
      if (entry.stopped || !feed) await this.stop(id, 'gone')
      return undefined
    } catch (error) {
      this.#recordings.delete(id)
      return error instanceof Error ? error.message : String(error)
    }
  }
}
