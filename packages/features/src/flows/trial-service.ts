import { isRefusal, makeId, type Refusal, type UserId } from '@vaxel/base'
import {
  type createFlowCase,
  FlowTooMany,
  InvalidRequest,
  NotFound,
  type OperationReply,
  type OperationRequest,
  type Principal,
  type runFlowCases,
} from '@vaxel/contract'
import {
  checkFlow,
  type Company,
  compileFlow,
  diffFlows,
  type Finding,
  type Flow,
  type FlowGiven,
  flowWords,
  isReady,
  type KeptFlow,
  type KeptFlowCase,
  languageOf,
  type Language,
  runCase,
  sayDifference,
  sayLanding,
  simulateFlow,
} from '@vaxel/core'
import type { FlowDependencies } from './dependencies.ts'
import { companyOf, findFlow } from './scope.ts'
import { type FlowGraph, fromGraph, type PathView, toFindingView, toPathView } from './views.ts'
import { asksForContact, nameOfUser, surroundingsOf } from './world.ts'

type CaseWish = OperationRequest<typeof createFlowCase>['body']
type CaseView = OperationReply<typeof createFlowCase>
type GivenView = CaseWish['given']
type CaseResultView = OperationReply<typeof runFlowCases>['results'][number]

const mostCases = 200

/** Tries drafts without a call: checks, simulations, kept cases, differences. */
export class TrialService {
  readonly #parts: FlowDependencies

  constructor(parts: FlowDependencies) {
    this.#parts = parts
  }

  findings(company: Company, flow: KeptFlow, graph: Flow): readonly Finding[] {
    return checkFlow(graph, surroundingsOf(this.#parts, company, flow.id))
  }

  /** How many errors what is live has come to have: what it rings and says may be removed after it was published. */
  liveErrors(flow: KeptFlow): number {
    const company = this.#parts.directory.company(flow.companyId)
    if (!flow.live || !company) return 0
    return this.findings(company, flow, flow.live.graph).filter(({ severity }) => severity === 'error').length
  }

  check(principal: Principal, flowId: string, graph: FlowGraph | undefined, language: Language) {
    const found = this.#find(principal, flowId)
    if (isRefusal(found)) return found
    const findings = this.findings(found.company, found.flow, graph ? fromGraph(graph) : found.flow.draft)
    return { findings: findings.map((one) => toFindingView(one, language)), isReady: isReady(findings) }
  }

  async simulate(
    principal: Principal,
    flowId: string,
    { graph, given }: { graph?: FlowGraph; given: GivenView },
    language: Language,
  ): Promise<PathView | Refusal> {
    const found = this.#find(principal, flowId)
    if (isRefusal(found)) return found
    const wrong = unknownNodes(graph ? fromGraph(graph) : found.flow.draft, given)
    if (wrong) return wrong
    const draft = graph ? fromGraph(graph) : found.flow.draft
    return toPathView(simulateFlow(compileFlow(draft), await this.given(found.company, draft, given)), language)
  }

  async cases(principal: Principal, flowId: string): Promise<{ items: CaseView[] } | Refusal> {
    const flow = findFlow(this.#parts.flows, principal, flowId)
    if (isRefusal(flow)) return flow
    return { items: (await this.#parts.flows.cases(flow.id)).map(toCaseView) }
  }

  async createCase(principal: Principal, flowId: string, wish: CaseWish): Promise<CaseView | Refusal> {
    const found = this.#find(principal, flowId)
    if (isRefusal(found)) return found
    const { flows, clock } = this.#parts
    if ((await flows.cases(found.flow.id)).length >= mostCases) return FlowTooMany()
    const kept = toCase(makeId<string & { readonly brand?: never }>(clock.now()), wish, found.company)
    await flows.putCase(found.flow.id, kept)
    return toCaseView(kept)
  }

  async changeCase(principal: Principal, flowId: string, caseId: string, wish: CaseWish): Promise<CaseView | Refusal> {
    const found = this.#find(principal, flowId)
    if (isRefusal(found)) return found
    if (!(await this.#case(found.flow, caseId))) return NotFound()
    const kept = toCase(caseId, wish, found.company)
    await this.#parts.flows.putCase(found.flow.id, kept)
    return toCaseView(kept)
  }

  async removeCase(principal: Principal, flowId: string, caseId: string): Promise<Refusal | undefined> {
    const found = this.#find(principal, flowId)
    if (isRefusal(found)) return found
    if (!(await this.#case(found.flow, caseId))) return NotFound()
    await this.#parts.flows.removeCase(found.flow.id, caseId)
    return undefined
  }

  async runCases(principal: Principal, flowId: string, graph: FlowGraph | undefined, language: Language) {
    const found = this.#find(principal, flowId)
    if (isRefusal(found)) return found
    const results = await this.tryCases(found.flow, graph ? fromGraph(graph) : found.flow.draft, language)
    const passed = results.filter((one) => one.passed).length
    return { results, passed, failed: results.length - passed }
  }

  /** Tries all kept cases of a flow against a graph. */
  async tryCases(flow: KeptFlow, graph: Flow, language: Language): Promise<CaseResultView[]> {
    const compiled = compileFlow(graph)
    const { flows, directory } = this.#parts
    const nameOf = (userId: UserId) => nameOfUser(directory, flow.companyId, userId)
    return (await flows.cases(flow.id)).map(({ id, name, given, expected }) => {
      const { path, hasLanded, missed } = runCase(compiled, { ...given, nameOf }, expected)
      const words = flowWords[language]
      const { kind, target } = expected.landing
      const wanted = sayLanding({ kind, target, name: nameOf(target as UserId) }, language)
      const nameOfNode = (nodeId: string): string => compiled.byId.get(nodeId)?.name ?? nodeId
      const texts = [
        ...(hasLanded ? [] : [words.caseLanded({ expected: wanted, found: sayLanding(path.landing, language) })]),
        ...(missed.length > 0 ? [words.caseMissed({ nodes: missed.map(nameOfNode).join(', ') })] : []),
      ]
      const result = { caseId: id, name, passed: texts.length === 0, path: toPathView(path, language) }
      return texts.length === 0 ? result : { ...result, text: texts.join(' ') }
    })
  }

  async differences(
    principal: Principal,
    flowId: string,
    wish: { before?: number; after?: number; graph?: FlowGraph },
    language: Language,
  ) {
    const found = this.#find(principal, flowId)
    if (isRefusal(found)) return found
    const { flow } = found
    const graphOf = async (version: number | undefined) =>
      version === undefined ? undefined : ((await this.#parts.flows.version(flow.id, version))?.graph ?? NotFound())
    const before = (await graphOf(wish.before)) ?? flow.live?.graph ?? { ...flow.draft, nodes: [] }
    const after = wish.graph ? fromGraph(wish.graph) : ((await graphOf(wish.after)) ?? flow.draft)
    if (isRefusal(before)) return before
    if (isRefusal(after)) return after
    return {
      items: diffFlows(before, after).map((one) => ({
        kind: one.kind,
        ...(one.nodeId === undefined ? {} : { nodeId: one.nodeId }),
        ...(one.field === undefined ? {} : { field: one.field }),
        text: sayDifference(one, language),
      })),
    }
  }

  /** What is given, as the machine wants it; what nobody said is as it is in the company. */
  async given(company: Company, graph: Flow, given: GivenView): Promise<FlowGiven> {
    const { directory, isContact } = this.#parts
    const kept = toGiven(given, company)
    const asks = given.isContact === undefined && kept.caller !== undefined && asksForContact(graph)
    const nameOf = (userId: UserId) => nameOfUser(directory, company.id, userId)
    return { ...kept, nameOf, ...(asks ? { isContact: await isContact(company.id, kept.caller!) } : {}) }
  }

  #find(principal: Principal, flowId: string): { flow: KeptFlow; company: Company } | Refusal {
    const flow = findFlow(this.#parts.flows, principal, flowId)
    if (isRefusal(flow)) return flow
    const company = companyOf(this.#parts.directory, principal)
    return isRefusal(company) ? company : { flow, company }
  }

  async #case(flow: KeptFlow, caseId: string): Promise<KeptFlowCase | undefined> {
    return (await this.#parts.flows.cases(flow.id)).find(({ id }) => id === caseId)
  }
}

function toGiven({ at, language, ...given }: GivenView, company: Company): KeptFlowCase['given'] {
  return { ...given, atMs: Date.parse(at), language: language ?? languageOf(company) } as KeptFlowCase['given']
}

const toCase = (id: string, { name, given, expected }: CaseWish, company: Company): KeptFlowCase => ({
  id,
  name,
  given: toGiven(given, company),
  expected,
})

function toCaseView({ id, name, given, expected }: KeptFlowCase): CaseView {
  const { atMs, ...rest } = given
  return { id, name, given: { ...rest, at: new Date(atMs).toISOString() }, expected } as CaseView
}

/** What is said of nodes that are not there would silently not count. */
function unknownNodes({ nodes }: Flow, { lookups = {}, outcomes = {} }: GivenView): Refusal | undefined {
  const known = new Set(nodes.map(({ id }) => id))
  const mistakes = [
    ...Object.keys(lookups).map((id) => ['lookups', id] as const),
    ...Object.keys(outcomes).map((id) => ['outcomes', id] as const),
  ]
    .filter(([, id]) => !known.has(id))
    .map(([where, id]) => ({ path: `/given/${where}/${id}`, reason: 'is no node of this flow' }))
  return mistakes.length === 0 ? undefined : InvalidRequest(undefined, { mistakes })
}
