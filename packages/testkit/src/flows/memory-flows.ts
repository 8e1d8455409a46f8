import type { CallId, CompanyId } from '@vaxel/base'
import type {
  Flow,
  FlowId,
  FlowStore,
  KeptFlow,
  KeptFlowCase,
  KeptFlowCredential,
  KeptFlowSound,
  LedgerEvent,
  NumberedEvent,
  PublishedFlow,
} from '@vaxel/core'

/** Flows in memory. */
export class MemoryFlows implements FlowStore {
  readonly events: LedgerEvent[] = []
  readonly notes: NumberedEvent[] = []
  readonly #flows = new Map<string, KeptFlow>()
  readonly #versions = new Map<FlowId, PublishedFlow[]>()
  readonly #cases = new Map<FlowId, KeptFlowCase[]>()
  readonly #sounds = new Map<string, KeptFlowSound>()
  readonly #credentials = new Map<string, KeptFlowCredential & { readonly value: string }>()

  /** A flow that is live at once, as its next version. */
  addLive(companyId: CompanyId, id: string, graph: Flow): KeptFlow {
    const versions = this.#versions.get(id as FlowId) ?? []
    const live = { version: versions.length + 1, publishedAtMs: 0, graph }
    this.#versions.set(id as FlowId, [live, ...versions])
    const flow = { id: id as FlowId, companyId, name: id, revision: 1, changedAtMs: 0, draft: graph, live }
    this.#flows.set(id, flow)
    return flow
  }

  flow(companyId: CompanyId, id: string): KeptFlow | undefined {
    const flow = this.#flows.get(id)
    return flow?.companyId === companyId ? flow : undefined
  }

  flowsOf = (companyId: CompanyId) => [...this.#flows.values()].filter((flow) => flow.companyId === companyId)

  async put(flow: KeptFlow, event?: LedgerEvent): Promise<void> {
    this.#flows.set(flow.id, flow)
    if (event) this.events.push(event)
  }

  async publish(flow: KeptFlow & { readonly live: PublishedFlow }, event: LedgerEvent): Promise<void> {
    this.#versions.set(flow.id, [flow.live, ...(this.#versions.get(flow.id) ?? [])])
    await this.put(flow, event)
  }

  async remove({ id }: KeptFlow, event: LedgerEvent): Promise<void> {
    this.#flows.delete(id)
    this.#versions.delete(id)
    this.events.push(event)
  }

  versions = async (id: FlowId, limit: number) => (this.#versions.get(id) ?? []).slice(0, limit)
  version = async (id: FlowId, version: number) => this.#versions.get(id)?.find((one) => one.version === version)
  cases = async (id: FlowId) => this.#cases.get(id) ?? []

  async putCase(id: FlowId, kept: KeptFlowCase): Promise<void> {
    this.#cases.set(id, [...(await this.cases(id)).filter((one) => one.id !== kept.id), kept])
  }

  async removeCase(id: FlowId, caseId: string): Promise<void> {
    this.#cases.set(id, [...(await this.cases(id)).filter((one) => one.id !== caseId)])
  }

  soundsOf = (companyId: CompanyId) => [...this.#sounds.values()].filter((sound) => sound.companyId === companyId)

  sound(companyId: CompanyId, id: string): KeptFlowSound | undefined {
    const sound = this.#sounds.get(id)
    return sound?.companyId === companyId ? sound : undefined
  }

  async putSound(sound: KeptFlowSound, _: Uint8Array, event: LedgerEvent): Promise<void> {
    this.#sounds.set(sound.id, sound)
    this.events.push(event)
  }

  async removeSound({ id }: KeptFlowSound, event: LedgerEvent): Promise<void> {
    this.#sounds.delete(id)
    this.events.push(event)
  }

  soundPath = ({ id }: KeptFlowSound) => `/sounds/${id}.wav`

  async *readSound(): AsyncIterable<Uint8Array> {}

  credentialsOf = (companyId: CompanyId) =>
    [...this.#credentials.values()].filter((one) => one.companyId === companyId).map(({ value: _, ...shown }) => shown)

  async putCredential(credential: KeptFlowCredential, value: string, event: LedgerEvent): Promise<void> {
    this.#credentials.set(credential.name, { ...credential, value })
    this.events.push(event)
  }

  async removeCredential({ name }: KeptFlowCredential, event: LedgerEvent): Promise<void> {
    this.#credentials.delete(name)
    this.events.push(event)
  }

  async credential(companyId: CompanyId, name: string): Promise<{ host: string; value: string } | undefined> {
    const kept = this.#credentials.get(name)
    return kept?.companyId === companyId ? kept : undefined
  }

  notesOf = async (callIds: readonly CallId[]) =>
    this.notes.filter(({ callId }) => callId !== undefined && callIds.includes(callId))
}
