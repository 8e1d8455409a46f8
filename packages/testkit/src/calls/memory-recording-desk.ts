import { makeId, type Refusal } from '@vaxel/base'
import type { MediaEngine, RecordableLeg, RecordingDesk, RecordingId, RecordingRule } from '@vaxel/core'
import type { VirtualClock } from '../virtual-clock.ts'
import type { MemoryLedger } from './memory-ledger.ts'

/** Keeps recordings in memory, by a rule that a test sets. */
export class MemoryRecordingDesk implements RecordingDesk {
  rule: RecordingRule = { mode: 'onDemand', tells: 'nobody', tellsBy: 'sentence', ifImpossible: 'goOn' }
  /** Another rule for a person or an address, by number. */
  readonly rules = new Map<string, RecordingRule>()
  /** Refuses every recording. */
  refusal: Refusal | undefined
  readonly begun: (RecordableLeg & { readonly id: RecordingId; readonly trigger: 'rule' | 'demand' })[] = []
  readonly marks: string[] = []
  readonly #clock: VirtualClock
  readonly #ledger: MemoryLedger

  constructor({ clock, ledger, engine }: { clock: VirtualClock; ledger: MemoryLedger; engine: MediaEngine }) {
    this.#clock = clock
    this.#ledger = ledger
    engine.onEvent((event) => {
      const leg = event.kind === 'recordingEnded' && this.begun.find(({ id }) => id === event.recording)
      if (leg) void this.#tell('recording.ended', leg, { recording: leg.id, leg: leg.legId })
    })
  }

  ruleFor({ party, isTrunk, isBetweenTrunks }: Parameters<RecordingDesk['ruleFor']>[0]): RecordingRule {
    return isTrunk && !isBetweenTrunks ? { ...this.rule, mode: 'off' } : (this.rules.get(party.number) ?? this.rule)
  }

  whyNoCall(): Refusal | undefined {
    return this.rule.ifImpossible === 'refuse' ? this.refusal : undefined
  }

  async begin(leg: RecordableLeg, trigger: 'rule' | 'demand'): ReturnType<RecordingDesk['begin']> {
    if (this.refusal) return this.refusal
    const id = makeId<RecordingId>(this.#clock.now())
    this.begun.push({ ...leg, id, trigger })
    await this.#tell('recording.started', leg, { recording: id, leg: leg.legId })
    return { id, path: `/recordings/${id}.vxs`, options: { seal: { key: new Uint8Array(32) } } }
  }

  failed(): void {}

  async paused(_: RecordingId, isPaused: boolean, atMs: number): Promise<void> {
    this.marks.push(`${isPaused ? 'paused' : 'resumed'} ${atMs}`)
  }

  async #tell(kind: string, { companyId, callId }: RecordableLeg, data: object): Promise<void> {
    await this.#ledger.append({ events: [{ kind, atMs: this.#clock.now(), companyId, callId, data: { ...data } }] })
  }
}
