import { isRefusal, makeId, type Refusal, type UserId } from '@vaxel/base'
import { FlowChangedSince, FlowNotReady, FlowTooMany, NotFound, type Principal, StillInUse } from '@vaxel/contract'
import {
  type Company,
  type Flow,
  type FlowId,
  isReady,
  type KeptFlow,
  type Language,
  type PublishedFlow,
  sayFinding,
  timeZoneOf,
} from '@vaxel/core'
import type { FlowDependencies } from './dependencies.ts'
import { InTurn } from './in-turn.ts'
import { companyIdOf, companyOf, findFlow, flowEvent } from './scope.ts'
import type { TrialService } from './trial-service.ts'
import {
  type FlowGraph,
  type FlowView,
  fromGraph,
  hasDraft,
  numbersOf,
  toView,
  toVersionView,
  type VersionView,
} from './views.ts'

const mostFlows = 500
const mostVersions = 200

/** Flows of a company: drafts, publications, what was live before. */
export class FlowService {
  readonly #parts: FlowDependencies
  readonly #trials: TrialService
  readonly #turns = new InTurn()

  constructor(parts: FlowDependencies, trials: TrialService) {
    this.#parts = parts
    this.#trials = trials
  }

  read(principal: Principal, flowId: string): FlowView | Refusal {
    const flow = this.#find(principal, flowId)
    return isRefusal(flow) ? flow : this.#view(flow)
  }

  async create(principal: Principal, name: string, draft: FlowGraph | undefined): Promise<FlowView | Refusal> {
    const { flows, clock, directory } = this.#parts
    const company = companyOf(directory, principal)
    if (isRefusal(company)) return company
    if (flows.flowsOf(company.id).length >= mostFlows) return FlowTooMany()
    const flow: KeptFlow = {
      id: makeId<FlowId>(clock.now()),
      companyId: company.id,
      name,
      revision: 1,
      changedAtMs: clock.now(),
      draft: draft ? fromGraph(draft) : firstDraft(company),
    }
    await flows.put(flow, flowEvent(flow, 'flow.made', principal, clock.now()))
    return this.#view(flow)
  }

  rename(principal: Principal, flowId: string, name: string): Promise<FlowView | Refusal> {
    return this.#change(principal, flowId, async (flow) => this.#keep({ ...flow, name }))
  }

  putDraft(
    principal: Principal,
    flowId: string,
    { revision, draft }: { revision: number; draft: FlowGraph },
  ): Promise<FlowView | Refusal> {
    return this.#change(principal, flowId, async (flow) => {
      if (flow.revision !== revision) return FlowChangedSince()
      return this.#keep({ ...flow, revision: revision + 1, draft: fromGraph(draft) })
    })
  }

  /** @param revision of the draft that is meant; whichever there is if absent */
  dropDraft(principal: Principal, flowId: string, revision?: number): Promise<FlowView | Refusal> {
    return this.#change(principal, flowId, async (flow) => {
      if (revision !== undefined && flow.revision !== revision) return FlowChangedSince()
      const company = companyOf(this.#parts.directory, principal)
      if (isRefusal(company)) return company
      return this.#keep({ ...flow, revision: flow.revision + 1, draft: flow.live?.graph ?? firstDraft(company) })
    })
  }

  remove(principal: Principal, flowId: string): Promise<Refusal | undefined> {
    const { flows, clock, directory } = this.#parts
    return this.#turns.run(turnOf(principal, flowId), async () => {
      const flow = this.#find(principal, flowId)
      if (isRefusal(flow)) return flow
      const numbers = numbersOf(directory, flow)
      if (numbers.length > 0)
        return StillInUse(`${numbers.join(', ')} lead to this flow. Let them reach something else first.`)
      await flows.remove(flow, flowEvent(flow, 'flow.removed', principal, clock.now()))
      return undefined
    })
  }

  publish(
    principal: Principal,
    flowId: string,
    { revision, note }: { revision: number; note?: string },
    language: Language,
  ): Promise<FlowView | Refusal> {
    return this.#change(principal, flowId, async (flow) => {
      if (flow.revision !== revision) return FlowChangedSince()
      // Pressed twice, it would be a version that differs in nothing, and taking it back would change nothing.
      if (!hasDraft(flow)) return flow
      const refused = await this.#whyNot(principal, flow, flow.draft, language, true)
      return refused ?? this.#publish(principal, flow, flow.draft, { ...(note === undefined ? {} : { note }) })
    })
  }

  restore(principal: Principal, flowId: string, version: number, language: Language): Promise<FlowView | Refusal> {
    return this.#change(principal, flowId, async (flow) => {
      const earlier = await this.#parts.flows.version(flow.id, version)
      if (!earlier) return NotFound()
      const refused = await this.#whyNot(principal, flow, earlier.graph, language, false)
      return refused ?? this.#publish(principal, flow, earlier.graph, { restored: version })
    })
  }

  async versions(principal: Principal, flowId: string): Promise<{ items: VersionView[] } | Refusal> {
    const flow = this.#find(principal, flowId)
    if (isRefusal(flow)) return flow
    const versions = await this.#parts.flows.versions(flow.id, mostVersions)
    return { items: versions.map((one) => toVersionView(one, flow.live?.version, this.#parts.directory)) }
  }

  async version(principal: Principal, flowId: string, version: number) {
    const flow = this.#find(principal, flowId)
    if (isRefusal(flow)) return flow
    const found = await this.#parts.flows.version(flow.id, version)
    if (!found) return NotFound()
    const view = toVersionView(found, flow.live?.version, this.#parts.directory)
    return { version: view, graph: found.graph as unknown as FlowGraph }
  }

  #find(principal: Principal, flowId: string): KeptFlow | Refusal {
    return findFlow(this.#parts.flows, principal, flowId)
  }

  #view(flow: KeptFlow): FlowView {
    return toView(flow, this.#parts.directory, this.#trials.liveErrors(flow))
  }

  #change(
    principal: Principal,
    flowId: string,
    change: (flow: KeptFlow) => Promise<KeptFlow | Refusal>,
  ): Promise<FlowView | Refusal> {
    return this.#turns.run(turnOf(principal, flowId), async () => {
      const flow = this.#find(principal, flowId)
      if (isRefusal(flow)) return flow
      const changed = await change(flow)
      return isRefusal(changed) ? changed : this.#view(changed)
    })
  }

  async #keep(flow: KeptFlow): Promise<KeptFlow> {
    const kept = { ...flow, changedAtMs: this.#parts.clock.now() }
    await this.#parts.flows.put(kept)
    return kept
  }

  async #whyNot(
    principal: Principal,
    flow: KeptFlow,
    graph: Flow,
    language: Language,
    withCases: boolean,
  ): Promise<Refusal | undefined> {
    const company = companyOf(this.#parts.directory, principal)
    if (isRefusal(company)) return company
    const findings = this.#trials.findings(company, flow, graph)
    const mistakes = findings
      .filter(({ severity }) => severity === 'error')
      .map((finding) => {
        const at = graph.nodes.findIndex(({ id }) => id === finding.nodeId)
        return { path: at < 0 ? '/draft' : `/draft/nodes/${at}`, reason: sayFinding(finding, language) }
      })
    if (!isReady(findings)) return FlowNotReady(undefined, { mistakes })
    if (!withCases) return undefined
    const results = await this.#trials.tryCases(flow, graph, language)
    const failed = results.filter(({ passed }) => !passed)
    if (failed.length === 0) return undefined
    return FlowNotReady(undefined, {
      mistakes: failed.map(({ caseId, name, text = '' }) => ({ path: `/cases/${caseId}`, reason: `${name}: ${text}` })),
    })
  }

  async #publish(
    principal: Principal,
    flow: KeptFlow,
    graph: Flow,
    more: { readonly note?: string; readonly restored?: number },
  ): Promise<KeptFlow> {
    const { flows, clock } = this.#parts
    const latest = (await flows.versions(flow.id, 1))[0]?.version ?? 0
    const live: PublishedFlow = {
      version: latest + 1,
      publishedAtMs: clock.now(),
      by: principal.userId as UserId,
      ...(more.note === undefined ? {} : { note: more.note }),
      graph,
    }
    const published = { ...flow, live }
    await flows.publish(
      published,
      flowEvent(flow, 'flow.published', principal, clock.now(), { version: live.version, ...more }),
    )
    return published
  }
}

const turnOf = (principal: Principal, flowId: string): string => `${companyIdOf(principal)} ${flowId}`

/** Says that nobody is here yet: what a new flow looks like. */
function firstDraft(company: Company): Flow {
  return {
    start: 'welcome',
    timeZone: timeZoneOf(company),
    mostStaySeconds: 900,
    nodes: [
      {
        id: 'welcome',
        kind: 'announce',
        say: [{ kind: 'prompt', name: 'flow-welcome' }],
        at: { x: 0, y: 0 },
        exits: { next: 'end' },
      },
      { id: 'end', kind: 'hangUp', at: { x: 0, y: 160 }, exits: {} },
    ],
  }
}
