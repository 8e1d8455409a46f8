import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CallId, isRefusal, makeId, silentLogger, systemClock, type UserId } from '@vaxel/base'
import type { OfferOutcome } from '@vaxel/core'
import { createContactCentre } from '@vaxel/features/contact-centre'
import { NoticeFan } from '@vaxel/features/history'
import { openStore } from '@vaxel/store'
import { EventStream } from '../packages/features/src/history/event-stream.ts'
import { agentCount, callsAnHour, publishCentre, queueCount } from './centre-of-bench.ts'
import type { Figure, Measurement } from './figure.ts'

const ringMs = 200
const talkMs = 500

/** From the moment at which a call comes to its queue, before any telephone rings, to the customer on its way to the agent's screen. */
export const screenPop: Measurement = {
  name: 'screen-pop',
  async run(progress, { isQuick }) {
    const seconds = isQuick ? 5 : 60
    const folder = await mkdtemp(join(tmpdir(), 'vaxel-screen-pop-'))
    const store = await openStore({ folder, clock: systemClock, log: silentLogger })
    try {
      const { companyId, agentIds, queues } = await publishCentre(store, {
        screenPop: { url: 'https://crm.example/{number}', at: 'alerting' },
      })
      const notices = new NoticeFan(silentLogger)
      const contactCentre = createContactCentre({
        ...store,
        log: silentLogger,
        notices,
        presence: { set: () => {} },
        live: { ofCall: () => [] },
        calls: { command: async (_, callId) => ({ callId }) },
        awayMs: 30_000,
      })
      await contactCentre.start()
      const came = new Map<string, number>()
      const sinceCame: number[] = []
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
          bytes += text.length
        }
      }
      contactCentre.workDesk.provide('call', {
        offer: async ({ item }): Promise<OfferOutcome> => {
          await new Promise((resolve) => setTimeout(resolve, ringMs))
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
            lapsed: () => undefined,
            onClosed: () => {},
            drained: async () => {},
          },
          principal: { sessionId: userId, userId, companyId, role: 'user', isOperator: false },
          log: silentLogger,
        }).run(store.feed.lastNumber)
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
      sinceCame.sort((a, b) => a - b)
      const p99 = sinceCame[Math.floor(sinceCame.length * 0.99)] ?? Number.NaN
      progress(`${sinceCame.length} of ${calls} calls shown, 99 of 100 within ${p99.toFixed(1)} ms of their coming`)
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
          ...figure('p99', 'screen pop after the call comes to its queue, 99 of 100', p99, 'ms'),
          aim: { most: 200 },
        },
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
