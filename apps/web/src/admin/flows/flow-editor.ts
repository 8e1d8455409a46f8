import type { Api, ReplyOf } from '../../api/api.ts'
import { ApiFault } from '../../api/api.ts'
import type { PageClock } from '../../app/app.ts'
import { Cell } from '../../base/cell.ts'
import { edited, type Flow, type Graph, type History, historyOf, redone, undone } from './flow-draft.ts'

export type Finding = ReplyOf<'checkFlow'>['findings'][number]
export type Path = ReplyOf<'simulateFlow'>
type Language = 'en' | 'sv' | 'fr'

/** How the draft stands to what the server keeps. `overtaken`: somebody else has changed it meanwhile. */
export type Saving = 'saved' | 'changed' | 'saving' | 'failed' | 'overtaken'

const saveAfterMs = 800
const checkAfterMs = 400
const againMs = 5000

/**
 * A flow while it is edited: what is drawn, what may be taken back, what is the matter with it. What is changed is kept by the
 * server shortly after; nothing of it is live before it is published. Closing keeps what is not kept yet.
 */
export class FlowEditor {
  readonly flow: Cell<Flow>
  readonly history: Cell<History>
  readonly chosen = new Cell<string | undefined>(undefined)
  readonly findings = new Cell<readonly Finding[]>([])
  readonly saving = new Cell<Saving>('saved')
  /** The way of the call that is tried. */
  readonly path = new Cell<Path | undefined>(undefined)
  readonly #api: Api
  readonly #clock: Pick<PageClock, 'startTimer'>
  readonly #language: Language
  #stopSaving: () => void = () => {}
  #stopChecking: () => void = () => {}
  #running: Promise<void> | undefined
  #checks = 0
  /** How many drafts have taken the place of another: what was asked for an earlier one says nothing of this one. */
  #taken = 0

  constructor(
    flow: Flow,
    { api, clock, language }: { api: Api; clock: Pick<PageClock, 'startTimer'>; language: Language },
  ) {
    this.flow = new Cell(flow)
    this.history = new Cell(historyOf(flow.draft))
    this.#api = api
    this.#clock = clock
    this.#language = language
    void this.#check()
  }

  get graph(): Graph {
    return this.history.get().now
  }

  edit(change: (graph: Graph) => Graph): void {
    this.#go((history) => edited(history, change(history.now)))
  }

  undo(): void {
    this.#go(undone)
  }

  redo(): void {
    this.#go(redone)
  }

  /** Another draft takes the place of this one: that of a version, or the server's. */
  take(flow: Flow): void {
    this.#stopSaving()
    this.#taken += 1
    this.flow.set(flow)
    this.history.set(historyOf(flow.draft))
    this.saving.set('saved')
    this.chosen.set(undefined)
    void this.#check()
  }

  /** Something else than the draft is new, such as which version is live. Our draft stays, and what it was drawn upon. */
  tell(flow: Flow): void {
    const { revision, draft } = this.flow.get()
    this.flow.set({ ...flow, revision, draft })
  }

  /** Resolves when the server keeps what is drawn. Rejects when it cannot: for good once somebody else was faster. */
  async keep(): Promise<void> {
    this.#stopSaving()
    // Whoever waits together with others finds that one of them has begun anew.
    while (this.#running) await this.#running
    if (this.saving.get() === 'saved') return
    if (this.saving.get() !== 'overtaken') {
      this.#running = this.#save().finally(() => {
        this.#running = undefined
      })
      await this.#running
    }
    if (this.saving.get() === 'failed' || this.saving.get() === 'overtaken') throw new Error(this.saving.get())
  }

  close(): void {
    this.#stopChecking()
    if (this.saving.get() === 'changed' || this.saving.get() === 'failed') void this.keep().catch(() => {})
    this.#stopSaving()
  }

  #go(step: (history: History) => History): void {
    const before = this.history.get()
    const after = step(before)
    if (after.now === before.now) return
    this.history.set(after)
    this.path.set(undefined)
    if (this.saving.get() !== 'overtaken') this.saving.set('changed')
    this.#stopSaving()
    this.#stopSaving = this.#clock.startTimer(saveAfterMs, () => void this.keep().catch(() => {}))
    this.#stopChecking()
    this.#stopChecking = this.#clock.startTimer(checkAfterMs, () => void this.#check())
  }

  async #save(): Promise<void> {
    const draft = this.graph
    this.saving.set('saving')
    const { id, revision } = this.flow.get()
    const taken = this.#taken
    try {
      const flow = await this.#api.call('putFlowDraft', { params: { flowId: id }, body: { revision, draft } })
      if (taken !== this.#taken) return
      this.flow.set(flow)
      this.saving.set(this.graph === draft ? 'saved' : 'changed')
    } catch (error) {
      if (taken !== this.#taken) return
      const isOvertaken = error instanceof ApiFault && error.code === 'FLOW_CHANGED_SINCE'
      this.saving.set(isOvertaken ? 'overtaken' : 'failed')
      if (!isOvertaken) this.#stopSaving = this.#clock.startTimer(againMs, () => void this.keep().catch(() => {}))
    }
  }

  async #check(): Promise<void> {
    const check = ++this.#checks
    try {
      const { findings } = await this.#api.call('checkFlow', {
        params: { flowId: this.flow.get().id },
        query: { language: this.#language },
        body: { graph: this.graph },
      })
      if (check === this.#checks) this.findings.set(findings)
    } catch {
      // It is checked again with the next change, and before it is published in any case.
    }
  }
}
