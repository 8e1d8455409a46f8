import type { Clock, Refusal } from '@vaxel/base'
import { NotFound, type Principal, type RepliedFile } from '@vaxel/contract'
import type { CallLedger, RecordingFiles } from '@vaxel/core'
import { sightOf } from './sight.ts'
import type { RecordingEntry, StoryService } from './story-service.ts'

/** Requests for parts of a recording that belong to one listening. */
const listeningMs = 60_000
const mostListening = 10_000

/** The sound of recordings, for those who may listen; every listening is told to the ledger. */
export class RecordingService {
  readonly #stories: StoryService
  readonly #files: RecordingFiles
  readonly #ledger: CallLedger
  readonly #clock: Clock
  readonly #listening = new Map<string, number>()

  constructor(options: { stories: StoryService; recordings: RecordingFiles; ledger: CallLedger; clock: Clock }) {
    this.#stories = options.stories
    this.#files = options.recordings
    this.#ledger = options.ledger
    this.#clock = options.clock
  }

  async audio(principal: Principal, callId: string, recordingId: string): Promise<RepliedFile | Refusal> {
    const found = await this.#stories.recordings(principal, callId)
    const recording = found?.find(({ id }) => id === recordingId)
    if (!recording) return NotFound()
    if (recording.durationMs === undefined) return NotFound('The recording goes on; listen when it has ended.')
    const file = await this.#files.open(recording.file)
    if (!file) return NotFound('The sound of this recording is not there any more.')
    await this.#note(principal, recording)
    return {
      mediaType: 'audio/wav',
      name: `${callId}.wav`,
      isInline: true,
      tag: recording.id,
      sizeBytes: file.sizeBytes,
      read: (start, end) => file.read(start, end),
    }
  }

  /** Nobody hears anything before the ledger has it. */
  async #note(principal: Principal, { id, callId }: RecordingEntry): Promise<void> {
    const { companyId, userId } = sightOf(principal)
    const key = `${userId} ${id}`
    const nowMs = this.#clock.monotonicMs()
    const before = this.#listening.get(key)
    this.#listening.delete(key)
    this.#listening.set(key, nowMs)
    if (this.#listening.size > mostListening) this.#listening.delete(this.#listening.keys().next().value ?? '')
    if (before !== undefined && nowMs - before < listeningMs) return
    const data = { recording: id, userId }
    await this.#ledger.append({
      events: [{ kind: 'recording.played', atMs: this.#clock.now(), companyId, callId, data }],
    })
  }
}
