import { type CallId, type Clock, type CompanyId, isRefusal, type Refusal, type UserId } from '@vaxel/base'
import { NotFound, type Principal, RecordingHeld, RecordingRuns, type RepliedFile } from '@vaxel/contract'
import type { CallLedger, KeptRecording, LedgerEvent, RecordingFolder, RecordingId, RecordingStore } from '@vaxel/core'
import { measurePeaks, type Peaks } from './measure-peaks.ts'

/** Requests for parts of a recording that belong to one listening. */
const listeningMs = 60_000
const mostListening = 10_000
const mostOfOneCall = 1000

/** What somebody looks for; see `findRecordings`. */
export interface RecordingQuery {
  readonly from?: string
  readonly to?: string
  readonly text?: string
  readonly callId?: string
  readonly userId?: string
  readonly trigger?: KeptRecording['trigger']
  readonly held?: 'yes' | 'no'
  readonly deleted?: 'yes'
  readonly limit?: number
  readonly before?: string
}

/** Recordings for those who may see and hear them; whoever listens, saves, holds or deletes stands in the ledger first. */
export class LibraryService {
  readonly #store: RecordingStore
  readonly #folder: RecordingFolder
  readonly #ledger: CallLedger
  readonly #clock: Clock
  readonly #listening = new Map<string, number>()
  /** Peaks are measured once for each, however many ask. */
  readonly #measuring = new Map<RecordingId, Promise<Peaks | undefined>>()

  /** Changes come one after another, each on what the one before left: who deletes sees the hold of a moment ago. */
  #changing: Promise<unknown> = Promise.resolve()

  constructor(options: { store: RecordingStore; folder: RecordingFolder; ledger: CallLedger; clock: Clock }) {
    this.#store = options.store
    this.#folder = options.folder
    this.#ledger = options.ledger
    this.#clock = options.clock
  }

  /** Whether somebody hears all recordings of the company, those of their own connections, or none. */
  sightOf({ companyId, role }: Principal): 'company' | 'own' | 'none' {
    if (role === 'supervisor' || role === 'administrator') return 'company'
    return this.#store.policy(companyId as CompanyId).ownMayListen ? 'own' : 'none'
  }

  async list(principal: Principal, query: RecordingQuery): Promise<readonly KeptRecording[]> {
    const sight = this.sightOf(principal)
    if (sight === 'none') return []
    const { from, to, text, callId, userId, trigger, held, deleted, limit = 50, before } = query
    const own = principal.userId as UserId
    if (sight === 'own' && userId !== undefined && userId !== own) return []
    const of = sight === 'own' ? own : (userId as UserId | undefined)
    return this.#store.list({
      companyId: principal.companyId as CompanyId,
      limit,
      ...(of === undefined ? {} : { userId: of }),
      ...(from === undefined ? {} : { fromMs: Date.parse(from) }),
      ...(to === undefined ? {} : { toMs: Date.parse(to) }),
      ...(text === undefined ? {} : { text }),
      ...(callId === undefined ? {} : { callId: callId as CallId }),
      ...(trigger === undefined ? {} : { trigger }),
      ...(held === undefined ? {} : { isHeld: held === 'yes' }),
      ...(deleted === undefined ? {} : { withDeleted: true }),
      ...(before === undefined ? {} : { before: before as RecordingId }),
    })
  }

  async find(principal: Principal, id: string): Promise<KeptRecording | Refusal> {
    const sight = this.sightOf(principal)
    const found = await this.#store.find(principal.companyId as CompanyId, id as RecordingId)
    const isSeen = sight === 'company' || (sight === 'own' && found?.party.userId === principal.userId)
    return found && isSeen ? found : NotFound()
  }

  async audio(principal: Principal, id: string, isDownload: boolean): Promise<RepliedFile | Refusal> {
    const recording = await this.find(principal, id)
    if (isRefusal(recording)) return recording
    const unheard = whyUnheard(recording)
    if (unheard) return unheard
    const file = await this.#folder.open(recording.file).catch(() => undefined)
    if (!file) return NotFound('The sound of this recording is not there any more, or was changed.')
    await this.#noteListening(principal, recording, isDownload)
    return {
      mediaType: 'audio/wav',
      name: `${new Date(recording.startedAtMs).toISOString().slice(0, 16).replace(/\D/g, '')}-${recording.party.number}-${recording.other.number}.wav`,
      isInline: !isDownload,
      tag: recording.id,
      sizeBytes: file.sizeBytes,
      read: (start, end) => file.read(start, end),
    }
  }

  async peaks(principal: Principal, id: string): Promise<(Peaks & { durationMs: number }) | Refusal> {
    const recording = await this.find(principal, id)
    if (isRefusal(recording)) return recording
    const unheard = whyUnheard(recording)
    if (unheard) return unheard
    const peaks = recording.peaks ?? (await this.#measure(recording))
    if (!peaks) return NotFound('The sound of this recording is not there any more, or was changed.')
    return { ...peaks, durationMs: recording.durationMs ?? 0 }
  }

  hold(principal: Principal, id: string, reason: string): Promise<KeptRecording | Refusal> {
    return this.#inTurn(async () => {
      const recording = await this.find(principal, id)
      if (isRefusal(recording)) return recording
      if (recording.state !== 'ended') return recording.state === 'running' ? RecordingRuns() : NotFound()
      const by = principal.userId as UserId
      const held: KeptRecording = { ...recording, hold: { atMs: this.#clock.now(), by, reason } }
      await this.#store.put(held, this.#event(held, 'recording.held', { userId: by, reason }))
      return held
    })
  }

  release(principal: Principal, id: string): Promise<Refusal | undefined> {
    return this.#inTurn(async () => {
      const recording = await this.find(principal, id)
      if (isRefusal(recording)) return recording
      if (!recording.hold) return NotFound('This recording is not on hold.')
      const { hold: _, ...released } = recording
      await this.#store.put(released, this.#event(released, 'recording.released', { userId: principal.userId }))
      return undefined
    })
  }

  remove(principal: Principal, id: string, reason: string): Promise<KeptRecording | Refusal> {
    return this.#inTurn(async () => {
      const recording = await this.find(principal, id)
      if (isRefusal(recording)) return recording
      return this.#destroy(recording, reason, principal.userId as UserId)
    })
  }

  /** What is past its time goes, unless somebody holds it by now. */
  expire({ companyId, id }: KeptRecording): Promise<KeptRecording | Refusal> {
    return this.#inTurn(async () => {
      const recording = await this.#store.find(companyId, id)
      return recording ? this.#destroy(recording, 'retention') : NotFound()
    })
  }

  /** All recordings of a call, because somebody wishes to be forgotten. */
  async eraseOf(companyId: CompanyId, callId: CallId, by: UserId): Promise<{ erased: number; kept: number }> {
    const found = await this.#store.list({ companyId, callId, limit: mostOfOneCall })
    let erased = 0
    for (const { id } of found) {
      const outcome = await this.#inTurn(async () => {
        const recording = await this.#store.find(companyId, id)
        return recording ? this.#destroy(recording, 'erasure', by) : NotFound()
      })
      if (!isRefusal(outcome)) erased++
    }
    return { erased, kept: found.length - erased }
  }

  /** What {@link eraseOf} would do. */
  async erasableOf(companyId: CompanyId, callId: CallId): Promise<{ erased: number; kept: number }> {
    const found = await this.#store.list({ companyId, callId, limit: mostOfOneCall })
    const kept = found.filter(({ hold, state }) => hold !== undefined || state === 'running').length
    return { erased: found.length - kept, kept }
  }

  /** The key and the entry first: from then on nobody can open the file, wherever a copy of it lies. */
  async #destroy(recording: KeptRecording, reason: string, by?: UserId): Promise<KeptRecording | Refusal> {
    if (recording.hold) return RecordingHeld()
    if (recording.state === 'running') return RecordingRuns()
    if (recording.state === 'deleted') return NotFound('This recording was deleted before.')
    const { sha256, chain, peaks: _, expiresAtMs: __, ...rest } = recording
    const deletion = { atMs: this.#clock.now(), reason, ...(by === undefined ? {} : { by }) }
    const deleted: KeptRecording = {
      ...rest,
      ...(sha256 === undefined ? {} : { sha256 }),
      ...(chain ? { chain } : {}),
      state: 'deleted',
      deletion,
    }
    const data = { userId: by, reason, sha256, hash: chain?.hash }
    await this.#store.destroy(deleted, this.#event(deleted, 'recording.deleted', data))
    await this.#folder.remove(recording.file)
    return deleted
  }

  #measure(recording: KeptRecording): Promise<Peaks | undefined> {
    const running = this.#measuring.get(recording.id)
    if (running) return running
    const measured = this.#folder
      .open(recording.file)
      .then((file) => file && measurePeaks(file))
      .then((peaks) => {
        if (!peaks) return undefined
        // Whoever held it meanwhile must not be undone.
        return this.#inTurn(async () => {
          const now = await this.#store.find(recording.companyId, recording.id)
          if (now?.state === 'ended') await this.#store.put({ ...now, peaks })
          return peaks
        })
      })
      .catch(() => undefined)
      .finally(() => this.#measuring.delete(recording.id))
    this.#measuring.set(recording.id, measured)
    return measured
  }

  #inTurn<T>(change: () => Promise<T>): Promise<T> {
    const changed = this.#changing.then(change)
    this.#changing = changed.catch(() => {})
    return changed
  }

  /** Nobody hears anything before the ledger has it. */
  async #noteListening({ userId }: Principal, recording: KeptRecording, isDownload: boolean): Promise<void> {
    const key = `${userId} ${recording.id} ${isDownload}`
    const nowMs = this.#clock.monotonicMs()
    const before = this.#listening.get(key)
    this.#listening.delete(key)
    this.#listening.set(key, nowMs)
    if (this.#listening.size > mostListening) this.#listening.delete(this.#listening.keys().next().value ?? '')
    if (before !== undefined && nowMs - before < listeningMs) return
    const kind = isDownload ? 'recording.downloaded' : 'recording.played'
    await this.#ledger.append({ events: [this.#event(recording, kind, { userId })] })
  }

  #event({ id, companyId, callId }: KeptRecording, kind: string, data: object): LedgerEvent {
    return { kind, atMs: this.#clock.now(), companyId, callId, data: { recording: id, ...data } }
  }
}

function whyUnheard({ state, deletion }: KeptRecording): Refusal | undefined {
  if (state === 'running') return NotFound('The recording goes on; listen when it has ended.')
  return deletion ? NotFound('This recording was deleted.') : undefined
}
