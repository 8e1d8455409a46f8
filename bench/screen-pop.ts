import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CallId, isRefusal, makeId, silentLogger, systemClock, type UserId } from '@vaxel/base'
import { type Agent, defaultCapacity, emptyCentre, type OfferOutcome } from '@vaxel/core'
import { createContactCentre } from '@vaxel/features/contact-centre'
import { NoticeFan } from '@vaxel/features/history'
import { loadDemoCompany, openStore } from '@vaxel/store'
import { EventStream } from '../packages/features/src/history/event-stream.ts'
import { makeAgents, queueOf } from './centre-of-bench.ts'
import type { Figure, Measurement } from './figure.ts'

const agentCount = 500
const queueCount = 20
const callsAnHour = 20_000
const ringMs = 200
const talkMs = 500

/** From the moment at which a call comes to its queue, and at which the telephone begins to ring, to the customer on the agent's screen. */
export const screenPop: Measurement = {
  name: 'screen-pop',
  async run(progress, { isQuick }) {
    const seconds = isQuick ? 5 : 60
    const folder = await mkdtemp(join(tmpdir(), 'vaxel-screen-pop-'))
    const store = await openStore({ folder, clock: systemClock, log: silentLogger })
    try {
      await loadDemoCompany(store)
      const companyId = [...store.directory.companies()][0]!.id
      const agentIds = await makeAgents(store, companyId, agentCount)
      const queues = Array.from({ length: queueCount }, (_, i) => queueOf(i))
      const agents: Agent[] = agentIds.map((userId, i) => ({
        userId,
        skills: [],
        queues: [{ queueId: queues[i % queueCount]!.id }],
        capacity: defaultCapacity,
        line: { kind: 'devices' },
      }))
      const centre = {
        ...emptyCentre,
        queues,
        agents,
        screenPop: { url: 'https://crm.example/{number}', at: 'alerting' as const },
      }
      await store.centres.publish(
        { companyId, version: 1_000_000, publishedAtMs: systemClock.now(), centre },
        { kind: 'centre.published', atMs: systemClock.now(), companyId, data: {} },
      )
      const notices = new NoticeFan(silentLogger)
      const contactCentre = createContactCentre({
        ...store,
        log: silentLogger,
        notices,
        presence: { set: () => {} },
        live: { ofCall: () => [] },
        calls: { command: async (_, callId) => ({ callId }) },
      })
      await contactCentre.start()
      const came = new Map<string, number>()
      const rang = new Map<string, number>()
      const sinceCame: number[] = []
      const sinceRang: number[] = []
      let bytes = 0
      const popped = (text: string): void => {
        if (!text.includes('"offers":[{')) return
        const { data } = JSON.parse(text) as { data: { desk: { offers: { item: { callId: string } }[] } } }
        const nowMs = performance.now()
        for (const { item } of data.desk.offers) {
          const cameMs = came.get(item.callId)
          if (cameMs === undefined) continue
          came.delete(item.callId)
          sinceCame.push(nowMs - cameMs)
          const rangMs = rang.get(item.callId)
          // Told before the telephone rings: the screen does not wait for it.
          sinceRang.push(rangMs === undefined ? 0 : nowMs - rangMs)
          bytes += text.length
        }
      }
      contactCentre.workDesk.provide('call', {
        offer: async ({ item }): Promise<OfferOutcome> => {
          rang.set(item.callId!, performance.now())
          await new Promise((resolve) => setTimeout(resolve, ringMs))
          rang.delete(item.callId!)
          setTimeout(() => void contactCentre.workDesk.finished(companyId, item.id, 'customer'), talkMs)
          return { kind: 'accepted' }
        },
      })
      const openScreen = async (userId: UserId): Promise<void> =>
        new EventStream({
          ...store,
          history: store.history,
          feed: store.feed,
          notices,
          isInConversation: () => false,
          client: {
            bufferedBytes: 0,
            send: popped,
            close: () => {},
            onClosed: () => {},
            drained: async () => {},
          },
          principal: { sessionId: userId, userId, companyId, role: 'user', isOperator: false },
          log: silentLogger,
        }).run(await store.history.lastEventNumber())
      for (const userId of agentIds) {
        await openScreen(userId)
        const by = { companyId, userId }
        await contactCentre.agentDesk.logIn(by, userId)
        await contactCentre.agentDesk.ready(by, userId)
      }
      progress(`${agentCount} agents with a screen each, ${callsAnHour} calls an hour, for ${seconds} s`)
      const startedMs = performance.now()
      let calls = 0
      while (performance.now() < startedMs + seconds * 1000) {
        const due = ((performance.now() - startedMs) / 3_600_000) * callsAnHour
        for (; calls < due; calls++) {
          const callId = makeId<CallId>(systemClock.now())
          came.set(callId, performance.now())
          const { id: queueId } = queues[calls % queueCount]!
          const customer = { name: 'Kim Example', number: `+4670${String(calls).padStart(7, '0')}` }
          const item = await contactCentre.workDesk.add({ companyId, queueId, channel: 'call', customer, callId })
          if (isRefusal(item)) throw new Error(item.text)
        }
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
      await new Promise((resolve) => setTimeout(resolve, ringMs + talkMs + 500))
      contactCentre.close()
      for (const waits of [sinceCame, sinceRang]) waits.sort((a, b) => a - b)
      const at = (waits: readonly number[], share: number) => waits[Math.floor(waits.length * share)] ?? Number.NaN
      progress(
        `${sinceCame.length} of ${calls} calls shown, 99 of 100 within ${at(sinceCame, 0.99).toFixed(1)} ms of their coming`,
      )
      const note = `${agentCount} agents, ${callsAnHour.toLocaleString('en')} calls an hour, claimed in the embedded database first, without the sockets`
      const figure = (id: string, what: string, value: number, unit: string): Figure => ({
        id: `screen-pop.${id}`,
        what,
        system: 'vaxel',
        value,
        unit,
        note,
      })
      return [
        {
          ...figure('p99', 'screen pop after the telephone begins to ring, 99 of 100', at(sinceRang, 0.99), 'ms'),
          aim: { most: 200 },
        },
        figure('came', 'screen pop after the call comes to its queue, 99 of 100', at(sinceCame, 0.99), 'ms'),
        {
          ...figure('bytes', 'told to the agent’s screen, a call', bytes / sinceCame.length, 'bytes'),
          aim: { most: 2048 },
        },
      ]
    } finally {
      await store.close()
      await rm(folder, { recursive: true, force: true })
    }
  },
}
