import { type CallId, isRefusal, type Refusal, type UserId } from '@vaxel/base'
import { InvalidRequest, type OperationReply, type Principal, type replayFlow } from '@vaxel/contract'
import {
  type CallRecord,
  type Company,
  type CompiledFlow,
  compileFlow,
  flowWords,
  type KeptFlow,
  type Landing,
  type Language,
  languageOf,
  type NumberedEvent,
  type PassedNode,
  type PastCall,
  replayCall,
  landingThen,
  withheldNumber,
} from '@vaxel/core'
import type { FlowDependencies } from './dependencies.ts'
import { companyOf, findFlow } from './scope.ts'
import { type FlowGraph, fromGraph, numbersOf, toLandingView } from './views.ts'
import { asksForContact, nameOfUser } from './world.ts'

type ReplayView = OperationReply<typeof replayFlow>

const usualDays = 30
const mostCalls = 2000
const mostListed = 500
const pageSize = 500
/** After so many calls others get their turn. */
const atOnce = 100

interface Wish {
  readonly graph?: FlowGraph
  readonly from?: string
  readonly to?: string
  readonly numbers?: readonly string[]
}

/** Follows the calls of last month through a draft. */
export class ReplayService {
  readonly #parts: FlowDependencies

  constructor(parts: FlowDependencies) {
    this.#parts = parts
  }

  async replay(principal: Principal, flowId: string, wish: Wish, language: Language): Promise<ReplayView | Refusal> {
    const { flows, directory, clock } = this.#parts
    const flow = findFlow(flows, principal, flowId)
    if (isRefusal(flow)) return flow
    const company = companyOf(directory, principal)
    if (isRefusal(company)) return company
    const numbers = wish.numbers ?? numbersOf(directory, flow)
    const foreign = numbers.filter((number) => directory.number(company.id, number) === undefined)
    if (foreign.length > 0)
      return InvalidRequest(undefined, {
        mistakes: foreign.map((number) => ({ path: '/numbers', reason: `${number} is no number of the company` })),
      })
    const toMs = wish.to === undefined ? clock.now() : Date.parse(wish.to)
    const fromMs = wish.from === undefined ? toMs - usualDays * 86_400_000 : Date.parse(wish.from)
    const { calls, isCut } = await this.#callsTo(company, numbers, fromMs, toMs)
    const graph = wish.graph ? fromGraph(wish.graph) : flow.draft
    const elsewhere = await this.#follow(company, flow, compileFlow(graph), calls)
    return {
      calls: calls.length,
      elsewhere: elsewhere.length,
      isCut,
      text: flowWords[language].replayed({ calls: calls.length, elsewhere: elsewhere.length }),
      items: elsewhere.slice(0, mostListed).map(({ call, was, now }) => ({
        callId: call.id,
        at: new Date(call.startedAtMs).toISOString(),
        caller: call.caller.number,
        was: toLandingView(was, language),
        now: toLandingView(now, language),
      })),
    }
  }

  /** Latest first. */
  async #callsTo(company: Company, numbers: readonly string[], fromMs: number, toMs: number) {
    const calls = new Map<CallId, CallRecord>()
    let isCut = false
    for (const number of numbers) {
      let before: CallId | undefined
      for (;;) {
        const page = await this.#parts.history.calls({
          companyId: company.id,
          number,
          fromMs,
          toMs,
          limit: pageSize,
          ...(before === undefined ? {} : { before }),
        })
        for (const call of page) if (isTo(call, number)) calls.set(call.id, call)
        before = page.at(-1)?.id
        if (page.length < pageSize || before === undefined) break
        if (calls.size > mostCalls) break
      }
      if (calls.size > mostCalls) isCut = true
    }
    const latest = [...calls.values()].toSorted((a, b) => (a.id < b.id ? 1 : -1))
    return { calls: latest.slice(0, mostCalls), isCut }
  }

  async #follow(company: Company, flow: KeptFlow, draft: CompiledFlow, calls: readonly CallRecord[]) {
    const notes = Map.groupBy(await this.#parts.flows.notesOf(calls.map(({ id }) => id)), ({ callId }) => callId)
    const pasts = new PastCalls(this.#parts, company, flow, asksForContact(draft))
    const elsewhere: { call: CallRecord; was: Landing; now: Landing }[] = []
    for (const [i, call] of calls.entries()) {
      if (i % atOnce === atOnce - 1) await new Promise<void>((resolve) => setImmediate(resolve))
      const past = await pasts.of(call, notes.get(call.id) ?? [])
      const now = replayCall(draft, past)
      if (now) elsewhere.push({ call, was: past.was, now })
    }
    return elsewhere
  }
}

/** The history of a number also has calls from it. */
const isTo = ({ dialled, called }: CallRecord, number: string): boolean =>
  dialled === number || called.number === number

/** Calls of the past, as a replay wants them. */
class PastCalls {
  readonly #parts: FlowDependencies
  readonly #company: Company
  readonly #flow: KeptFlow
  readonly #asksForContact: boolean
  readonly #versions = new Map<number, Promise<CompiledFlow | undefined>>()
  readonly #contacts = new Map<string, Promise<boolean>>()

  constructor(parts: FlowDependencies, company: Company, flow: KeptFlow, asks: boolean) {
    this.#parts = parts
    this.#company = company
    this.#flow = flow
    this.#asksForContact = asks
  }

  async of(call: CallRecord, notes: readonly NumberedEvent[]): Promise<PastCall> {
    const { directory } = this.#parts
    const own = notes.filter(({ data }) => data.flow === this.#flow.id)
    const version = typeof own[0]?.data.version === 'number' ? await this.#version(own[0].data.version) : undefined
    const passed = own.flatMap(toPassed)
    const { caller } = call
    const number = caller.number === withheldNumber ? undefined : caller.number
    const given: PastCall['given'] = {
      ...(number === undefined ? {} : { caller: number }),
      ...(caller.name === undefined ? {} : { callerName: caller.name }),
      called: call.dialled,
      atMs: call.startedAtMs,
      language: (caller.userId && directory.user(caller.userId)?.language) ?? languageOf(this.#company),
      isInternal: caller.userId !== undefined,
      ...(this.#asksForContact && number !== undefined ? { isContact: await this.#isContact(number) } : {}),
      nameOf: (userId: UserId) => nameOfUser(directory, this.#company.id, userId),
    }
    const was = version ? landingThen(version, { given, passed }) : landedAt(call)
    return { given, was, passed, ...(version ? { version } : {}) }
  }

  #version(version: number): Promise<CompiledFlow | undefined> {
    const known = this.#versions.get(version)
    if (known) return known
    const read = this.#parts.flows
      .version(this.#flow.id, version)
      .then((found) => (found ? compileFlow(found.graph) : undefined))
    this.#versions.set(version, read)
    return read
  }

  #isContact(number: string): Promise<boolean> {
    const known = this.#contacts.get(number)
    if (known) return known
    const asked = this.#parts.isContact(this.#company.id, number).catch(() => false)
    this.#contacts.set(number, asked)
    return asked
  }
}

function toPassed({ data }: NumberedEvent): PassedNode[] {
  const { node, exit, digits } = data
  if (typeof node !== 'string') return []
  const keys = typeof digits === 'string' && /^[0-9*#]+$/.test(digits) ? { keys: digits } : {}
  return [{ nodeId: node, ...(typeof exit === 'string' ? { exit } : {}), ...keys }]
}

/** Where a call landed that no flow took: at whom it rang. */
function landedAt({ called }: CallRecord): Landing {
  return { kind: 'ring', target: called.userId ?? called.number, name: called.name ?? called.number }
}
