import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeId, silentLogger, systemClock, systemRandom, type UserId } from '@vaxel/base'
import { type AgentState, type CentreFact, type OfferId, type WorkItemId } from '@vaxel/core'
import { NoticeFan } from '@vaxel/features/history'
import { openStore } from '@vaxel/store'
import { LiveFigures } from '../packages/features/src/centre-figures/live-figures.ts'
import { EventStream } from '../packages/features/src/history/event-stream.ts'
import { agentCount, callsAnHour, publishCentre, queueCount } from './centre-of-bench.ts'
import type { Figure, Measurement } from './figure.ts'

const screens = 20

/** From the moment at which something is told to the ledger to the moment at which it is on its way to a supervisor's screen. */
export const wallboard: Measurement = {
  name: 'wallboard',
  async run(progress, { isQuick }) {
    const seconds = isQuick ? 5 : 60
    const folder = await mkdtemp(join(tmpdir(), 'vaxel-wallboard-'))
    const store = await openStore({ folder, clock: systemClock, log: silentLogger })
    try {
      const { companyId, agentIds, queues } = await publishCentre(store)
      const notices = new NoticeFan(silentLogger)
      const live = new LiveFigures({
        ...store,
        clock: systemClock,
        log: silentLogger,
        notices,
        desk: { queueState: () => ({ isOpen: true, isByHand: false }) },
      })
      await live.start()
      const watcher = store.directory.usersOf(companyId).find(({ role }) => role === 'supervisor')!
      const waits: number[] = []
      const told = new Map<string, number>()
      let bytes = 0
      for (let i = 0; i < screens; i++)
        await new EventStream({
          ...store,
          history: store.history,
          feed: store.feed,
          notices,
          isInConversation: () => false,
          client: {
            bufferedBytes: 0,
            send: (text) => {
              if (!text.includes('centre.figuresChanged')) return
              bytes += text.length
              // The last screen of all sees it last.
              if (i < screens - 1) return
              const { data } = JSON.parse(text) as {
                data: { agents: { agentId: string; since: string; state: string }[] }
              }
              const nowMs = performance.now()
              for (const { agentId, since, state } of data.agents) {
                const key = `${agentId} ${Date.parse(since)} ${state}`
                const toldAtMs = told.get(key)
                if (toldAtMs === undefined) continue
                waits.push(nowMs - toldAtMs)
                told.delete(key)
              }
            },
            close: () => {},
            lapsed: () => undefined,
            onClosed: () => {},
            drained: async () => {},
          },
          principal: { sessionId: `s${i}`, userId: watcher.id, companyId, role: 'supervisor', isOperator: false },
          log: silentLogger,
        }).run(store.feed.lastNumber)
      progress(
        `${agentCount} agents, ${queueCount} queues, ${callsAnHour} calls an hour, ${screens} screens, for ${seconds} s`,
      )
      const state = new Map<UserId, { is: AgentState; sinceMs: number }>()
      const change = (agentId: UserId, to: AgentState): CentreFact => {
        const atMs = systemClock.now()
        const before = state.get(agentId) ?? { is: 'loggedOff', sinceMs: atMs }
        state.set(agentId, { is: to, sinceMs: atMs })
        told.set(`${agentId} ${atMs} ${to}`, performance.now())
        return { kind: 'agent.stateChanged', atMs, agentId, from: before.is, forMs: atMs - before.sinceMs, to }
      }
      const record = (...facts: CentreFact[]) => store.work.record(companyId, { facts })
      const cpu = process.cpuUsage()
      let calls = 0
      const running = new Set<Promise<void>>()
      const call = async (): Promise<void> => {
        const i = calls++
        const agentId = agentIds[(i * 7) % agentCount]!
        const queueId = queues[i % queueCount]!.id
        const itemId = makeId<WorkItemId>(systemClock.now(), systemRandom)
        const offerId = makeId<OfferId>(systemClock.now(), systemRandom)
        const of = () => ({ atMs: systemClock.now(), itemId, queueId, channel: 'call' as const })
        const why = {
          rule: 'longestIdle',
          waitedMs: 0,
          priority: 5,
          idleMs: 0,
          needs: [],
          others: [],
          more: 0,
          olderItems: [],
        } as const
        await record({
          kind: 'work.arrived',
          ...of(),
          customer: {},
          priority: 5,
          sinceMs: systemClock.now(),
          needs: [],
        })
        await record({ kind: 'work.offered', ...of(), agentId, offerId, untilMs: systemClock.now() + 20_000, why })
        await record(
          { kind: 'work.accepted', ...of(), agentId, offerId, waitedMs: 10, askedMs: 5, isInLevel: true },
          change(agentId, 'busy'),
        )
        await new Promise((resolve) => setTimeout(resolve, 500))
        await record(
          { kind: 'work.finished', ...of(), agentId, handledMs: 500, by: 'customer' },
          change(agentId, 'workingAfterCall'),
        )
        await record({ kind: 'work.wrappedUp', ...of(), agentId, wrapMs: 1, isForced: false }, change(agentId, 'ready'))
      }
      const startedMs = performance.now()
      const until = startedMs + seconds * 1000
      while (performance.now() < until) {
        const due = ((performance.now() - startedMs) / 3_600_000) * callsAnHour
        while (calls < due) {
          const going: Promise<void> = call().finally(() => running.delete(going))
          running.add(going)
        }
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
      await Promise.all(running)
      await new Promise((resolve) => setTimeout(resolve, 500))
      const { user, system } = process.cpuUsage(cpu)
      live.close()
      waits.sort((a, b) => a - b)
      const p99 = waits[Math.floor(waits.length * 0.99)] ?? Number.NaN
      const median = waits[Math.floor(waits.length / 2)] ?? Number.NaN
      progress(
        `${waits.length} changes of agents, half within ${median.toFixed(1)} ms, 99 of 100 within ${p99.toFixed(1)} ms`,
      )
      const note = `${agentCount} agents, ${callsAnHour.toLocaleString('en')} calls an hour, ${screens} screens, written to the embedded database first, without the sockets`
      const figure = (id: string, what: string, value: number, unit: string): Figure => ({
        id: `wallboard.${id}`,
        what,
        system: 'vaxel',
        value,
        unit,
        note,
      })
      return [
        { ...figure('p99', 'from an event to every wallboard, 99 of 100', p99, 'ms'), aim: { most: 200 } },
        figure('median', 'from an event to every wallboard, half', median, 'ms'),
        figure('cpu', 'contact centre’s ledger and wallboards, CPU a call', (user + system) / 1000 / calls, 'ms'),
        figure('bytes', 'told to one wallboard a second', bytes / screens / seconds, 'bytes'),
      ]
    } finally {
      await store.close()
      await rm(folder, { recursive: true, force: true })
    }
  },
}
