import type { CallId, CompanyId } from '@vaxel/base'
import type { Principal } from '@vaxel/contract'
import type { Directory, HistoryReader, LegRecord, Party, RecordingId, TracedMessage } from '@vaxel/core'
import { sightOf } from './sight.ts'
import { type Story, tellStory, type WholeCall } from './story/story.ts'

/** A recording, from the ledger's entries. */
export interface RecordingEntry {
  readonly id: RecordingId
  readonly callId: CallId
  readonly legId: string
  readonly party?: Party
  readonly startedAtMs: number
  readonly durationMs?: number
  /** Relative to the data folder. */
  readonly file: string
}

/** What happened to calls, for those whose calls they are. */
export class StoryService {
  readonly #history: HistoryReader
  readonly #directory: Directory
  readonly #mayHearOwn: (companyId: CompanyId) => boolean

  /** @param parts `mayHearOwn`: whether people of a company hear recordings of their own connections; they do if absent */
  constructor(parts: {
    history: HistoryReader
    directory: Directory
    mayHearOwn?: (companyId: CompanyId) => boolean
  }) {
    const { history, directory, mayHearOwn = () => true } = parts
    this.#mayHearOwn = mayHearOwn
    this.#history = history
    this.#directory = directory
  }

  /** A call that somebody may see, whole; undefined when there is none for them. */
  async whole(principal: Principal, callId: string): Promise<WholeCall | undefined> {
    const { companyId, userId, seesCompany } = sightOf(principal)
    const found = await this.#history.call(callId as CallId, companyId)
    if (!found || seesCompany) return found
    const { call, legs } = found
    const parties = [call.caller, call.called, ...legs.map(({ party }) => party)]
    return parties.some((party) => party.userId === userId) ? found : undefined
  }

  async story(principal: Principal, callId: string): Promise<Story | undefined> {
    const whole = await this.whole(principal, callId)
    return whole && tellStory(whole, (leg) => this.#placeOf(leg))
  }

  /** The story of a call of this company, whoever asks. */
  async read(
    companyId: CompanyId,
    callId: CallId,
  ): Promise<{ story: Story; messages: readonly TracedMessage[] } | undefined> {
    const whole = await this.#history.call(callId, companyId)
    return whole && { story: tellStory(whole, (leg) => this.#placeOf(leg)), messages: whole.messages }
  }

  /** Recordings that somebody may listen to: of their own connection; supervisors and administrators, all of the company. */
  async recordings(principal: Principal, callId: string): Promise<RecordingEntry[] | undefined> {
    const whole = await this.whole(principal, callId)
    if (!whole) return undefined
    const { companyId, userId, seesCompany } = sightOf(principal)
    if (!seesCompany && !this.#mayHearOwn(companyId)) return []
    const gone = new Set(
      whole.events.filter(({ kind }) => kind === 'recording.deleted').map(({ data }) => data.recording),
    )
    const legs = new Map(whole.legs.map((leg) => [leg.id as string, leg]))
    const ended = new Map(
      whole.events.filter(({ kind }) => kind === 'recording.ended').map(({ data }) => [data.recording, data]),
    )
    return whole.events
      .filter(({ kind, data }) => kind === 'recording.started' && !gone.has(data.recording))
      .flatMap(({ atMs, data }): RecordingEntry[] => {
        const leg = legs.get(String(data.leg))
        if (!seesCompany && leg?.party.userId !== userId) return []
        const durationMs = ended.get(data.recording)?.durationMs
        return [
          {
            id: data.recording as RecordingId,
            callId: whole.call.id,
            legId: String(data.leg),
            startedAtMs: atMs,
            file: String(data.file),
            ...(leg ? { party: leg.party } : {}),
            ...(typeof durationMs === 'number' ? { durationMs } : {}),
          },
        ]
      })
  }

  #placeOf(leg: LegRecord | undefined): string | undefined {
    if (leg?.trunkId !== undefined) return this.#directory.trunk(leg.trunkId)?.name
    return leg?.deviceId === undefined ? undefined : this.#directory.device(leg.deviceId)?.label
  }
}
