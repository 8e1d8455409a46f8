import { type CallId, type CompanyId, type Refusal, TransientMap, type UserId } from '@vaxel/base'
import { NothingToMonitor } from '@vaxel/contract'
import type { CallMonitor, CallState, MixManner, Monitoring, MonitorMode, ServiceLine } from '@vaxel/core'
import { agentIsThere } from './call-parties.ts'
import type { CustomerCall } from './customer-call.ts'
import { numbersOf, type QueueVoiceParts } from './parts.ts'
import { prompt } from './spoken.ts'

/** How long a supervisor's devices ring. */
const ringMs = 30_000

const modes: Readonly<Record<string, MonitorMode>> = { '1': 'listen', '2': 'whisper', '3': 'barge' }

const mannerOf: Readonly<Record<MonitorMode, MixManner>> = {
  listen: { isMuted: true, heardBy: 'agent' },
  whisper: { heardBy: 'agent' },
  barge: {},
}

interface Visit {
  monitoring: Monitoring
  line: ServiceLine | undefined
}

/**
 * Supervisors who listen to agents' calls, help them or join in. Their own device is called; whoever answers hears the two, and changes the mode by
 * key or by command. The agent is shown it where the company wants it so, and each mode is in the audit.
 */
export class MonitorDesk implements CallMonitor {
  readonly #parts: QueueVoiceParts
  readonly #customers: ReadonlyMap<CallId, CustomerCall>
  readonly #visits = new TransientMap<CallId, Visit>()

  constructor(parts: QueueVoiceParts, customers: ReadonlyMap<CallId, CustomerCall>) {
    this.#parts = parts
    this.#customers = customers
  }

  monitor: CallMonitor['monitor'] = async ({ companyId, by, fromDeviceId, callId: ofCallId, mode }) => {
    const { clock, desk, directory, outgoing } = this.#parts
    const agentId = this.#agentIn(companyId, ofCallId, by)
    const supervisor = directory.user(by)
    if (agentId === undefined || supervisor?.companyId !== companyId) return NothingToMonitor()
    const queue = this.#customers.get(ofCallId)?.queue
    const agent = directory.user(agentId)
    const number = queue && desk.queue(companyId, queue.id) ? numbersOf(this.#parts, companyId, queue).inner : undefined
    let failed: Refusal | undefined
    const visit: { now: Visit | undefined } = { now: undefined }
    const callId = await outgoing.call(
      {
        companyId,
        to: { kind: 'devices', userId: by, ...(fromDeviceId ? { deviceId: fromDeviceId } : {}) },
        caller: { number: supervisor.extension ?? supervisor.name, name: supervisor.displayName, userId: by },
        number: number ?? agent?.extension ?? agent?.name ?? '',
        ...(agent ? { label: agent.displayName } : {}),
        ringMs,
      },
      {
        serve: async (line) => {
          if (visit.now) await this.#serve(visit.now, line)
        },
        ended: ({ text }) => {
          failed = NothingToMonitor(text ?? 'Your telephone was not answered.')
          if (visit.now) this.#visits.delete(visit.now.monitoring.callId)
        },
      },
    )
    if (failed) return failed
    const sinceMs = clock.now()
    visit.now = { monitoring: { callId, companyId, by, ofCallId, agentId, mode, sinceMs }, line: undefined }
    this.#visits.set(callId, visit.now)
    return { callId }
  }

  setMode: CallMonitor['setMode'] = async ({ companyId, by, callId, mode }) => {
    const visit = this.#visits.get(callId)
    if (visit?.monitoring.companyId !== companyId || visit.monitoring.by !== by)
      return NothingToMonitor('You are not with this call.')
    await this.#setMode(visit, mode)
    return undefined
  }

  monitorings: CallMonitor['monitorings'] = (companyId) =>
    [...this.#visits.values()].map(({ monitoring }) => monitoring).filter((one) => one.companyId === companyId)

  /** The call that is heard is over, or its agent is in it no longer. */
  changed(state: CallState): void {
    if (this.#visits.size === 0) return
    for (const { monitoring, line } of this.#visits.values()) {
      if (monitoring.ofCallId !== state.call.id || this.#goesOn(monitoring)) continue
      if (line) line.cut()
      else this.#parts.calls.end(monitoring.callId, { blame: 'nobody', reason: 'recalled' })
    }
  }

  async #serve(visit: Visit, line: ServiceLine): Promise<void> {
    const { calls, directory } = this.#parts
    const { by, ofCallId, agentId, mode } = visit.monitoring
    line.language = directory.user(by)?.language ?? line.language
    const own = this.#customers.get(ofCallId)?.mix
    const mix = own ?? calls.openMix(ofCallId, agentId)
    if (mix === undefined) return await line.say([prompt('queue-monitor-over')])
    visit.line = line
    try {
      line.joinMix(mix, mannerOf[mode])
      await this.#began(visit, mode)
      while (this.#goesOn(visit.monitoring)) {
        const { keys } = await line.readKeys({ most: 1, firstMs: 3_600_000 })
        const wanted = modes[keys]
        if (wanted) await this.#setMode(visit, wanted)
      }
      line.leaveMix()
    } finally {
      visit.line = undefined
      this.#show(visit.monitoring, 'left')
      if (own === undefined) calls.closeMix(ofCallId)
    }
    await line.say([prompt('queue-monitor-over')])
  }

  async #setMode(visit: Visit, mode: MonitorMode): Promise<void> {
    const { line, monitoring } = visit
    if (monitoring.mode === mode) return
    visit.monitoring = { ...monitoring, mode }
    if (!line) return
    const { isMuted = false, heardBy } = mannerOf[mode]
    // Never heard by more than are meant to, not for a moment.
    line.muteInMix(true)
    line.heardInMix(heardBy)
    line.muteInMix(isMuted)
    await this.#began(visit, mode)
    line.say([prompt(`queue-monitor-${mode}`)]).catch(() => {})
  }

  /** To the audit, and to the agent. */
  async #began({ monitoring, line }: Visit, mode: MonitorMode): Promise<void> {
    const { clock, ledger, directory } = this.#parts
    const { companyId, by, agentId, ofCallId } = monitoring
    const agent = directory.user(agentId)?.displayName ?? ''
    line?.note(`queue.monitor-${mode}`, `is with a call of ${agent}: ${mode}`, { name: agent })
    const atMs = clock.now()
    const data = { by, agentId, callId: ofCallId, mode }
    await ledger.append({ events: [{ kind: 'agent.monitored', atMs, companyId, callId: ofCallId, data }] })
    this.#show(monitoring, mode)
  }

  /** To the agent, unless the company does not want so. */
  #show({ companyId, ofCallId, agentId, by }: Monitoring, mode: MonitorMode | 'left'): void {
    const { clock, notices, tellsMonitored, directory } = this.#parts
    if (!tellsMonitored(companyId)) return
    const name = directory.user(by)?.displayName ?? ''
    const data = { callId: ofCallId, mode, name }
    notices.publish({ companyId, kind: 'call.monitored', data, atMs: clock.now(), to: [agentId] })
  }

  #goesOn({ ofCallId, agentId }: Monitoring): boolean {
    const customer = this.#customers.get(ofCallId)
    if (customer?.mix !== undefined) return customer.agentId === agentId
    const state = this.#parts.calls.state(ofCallId)
    return state?.name === 'connected' && agentIsThere(state, agentId)
  }

  /** The agent who talks in a call: the queue's, else the one of the two who is an agent of the centre. */
  #agentIn(companyId: CompanyId, callId: CallId, by: UserId): UserId | undefined {
    const { agents, calls } = this.#parts
    const state = calls.state(callId)
    if (state?.call.companyId !== companyId) return undefined
    const own = this.#customers.get(callId)?.agentId
    if (own !== undefined) return own === by ? undefined : own
    if (state.name !== 'connected') return undefined
    return [...state.call.legs.values()]
      .flatMap(({ party: { userId }, endedAtMs }) => (userId && endedAtMs === undefined ? [userId] : []))
      .find((userId) => userId !== by && agents.agent(companyId, userId) !== undefined)
  }
}
