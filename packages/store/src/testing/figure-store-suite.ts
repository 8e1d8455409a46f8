import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { type CompanyId, silentLogger, type UserId } from '@vaxel/base'
import {
  addCounts,
  type CentreFact,
  CentreFold,
  faultsOf,
  noCounts,
  quarterMs,
  type QueueId,
  type WorkCounts,
  type WorkSum,
} from '@vaxel/core'
import { loadDemoCompany } from '../demo/load-demo-company.ts'
import { openStore, type Store } from '../open-store.ts'
import type { StoreEngine } from './store-engine.ts'

/**
 * What figures, mailed reports, alarms and scores promise, on any engine.
 * @param makeFacts some hundred facts of agents that exist, by chance, from then on
 */
export function testFigureStore(
  engine: StoreEngine,
  makeFacts: (fromMs: number, agentIds: readonly UserId[]) => Iterable<CentreFact>,
): void {
  describe(`figures of contact centres (${engine.name})`, () => {
    const fromMs = Date.UTC(2026, 10, 21)
    const clock = engine.newClock(fromMs)
    let folder: string
    let store: Store
    let companyId: CompanyId
    let databaseUrl: string | undefined
    let fold: CentreFold
    let lastMs = fromMs
    const open = () => openStore({ folder, clock, log: silentLogger, ...(databaseUrl ? { databaseUrl } : {}) })
    const day = () => ({ companyId, fromMs, toMs: fromMs + 86_400_000 })
    const total = (sums: readonly WorkSum[]): WorkCounts =>
      sums.reduce((sum, { counts }) => addCounts(sum, counts), noCounts())
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'vaxel-figures-'))
      databaseUrl = await engine.newDatabase()
      store = await open()
      await loadDemoCompany(store)
      companyId = [...store.directory.companies()][0]!.id
      const agentIds = [...store.directory.usersOf(companyId)].slice(0, 5).map(({ id }) => id)
      fold = new CentreFold(fromMs, { items: [], agents: [] })
      const facts: CentreFact[] = []
      for (const fact of makeFacts(fromMs, agentIds)) {
        fold.see(fact)
        facts.push(fact)
      }
      for (let i = 0; i < facts.length; i += 50) await store.work.record(companyId, { facts: facts.slice(i, i + 50) })
      lastMs = facts.at(-1)!.atMs
    })
    after(async () => {
      await store.close()
      await rm(folder, { recursive: true, force: true })
    })

    it('are the same in a report as on the wallboard, for each queue and channel', async () => {
      const sums = await store.figures.work(day(), ['queue', 'channel'])
      assert.ok(sums.length >= 9)
      for (const { queueId, channel, counts } of sums)
        assert.deepEqual(
          { ...counts, longestMs: 0 },
          { ...fold.queue(queueId as QueueId).counts(channel!), longestMs: 0 },
          `${queueId} ${channel}`,
        )
      const wall = [...fold.queues.values()].reduce((sum, queue) => addCounts(sum, queue.total()), noCounts())
      assert.deepEqual({ ...total(sums), longestMs: 0 }, { ...wall, longestMs: 0 })
    })

    it('add up, whatever tells the rows apart', async () => {
      const whole = (await store.figures.work(day(), []))[0]!.counts
      assert.deepEqual(faultsOf(whole), [])
      for (const by of [
        ['quarter'],
        ['queue', 'quarter'],
        ['agent'],
        ['agent', 'quarter'],
        ['channel', 'code'],
      ] as const) {
        const sums = await store.figures.work(day(), by)
        assert.deepEqual(total(sums), whole, by.join(' '))
        for (const { counts } of sums) assert.deepEqual(faultsOf(counts), [])
      }
      const half = { ...day(), toMs: fromMs + 6 * 3_600_000 }
      const rest = { ...day(), fromMs: half.toMs }
      assert.deepEqual(total([...(await store.figures.work(half, [])), ...(await store.figures.work(rest, []))]), whole)
    })

    it('count for an agent what the agent answered and missed', async () => {
      const sums = await store.figures.work(day(), ['agent'])
      for (const agent of fold.agents.values()) {
        const counts = sums.find(({ agentId }) => agentId === agent.id)?.counts ?? noCounts()
        assert.equal(counts.answered, agent.today.answered)
        assert.equal(counts.handledMs, agent.today.handledMs)
      }
      const missed = await store.figures.missed(day(), false)
      const byQuarter = await store.figures.missed(day(), true)
      for (const { agentId, missed: count } of missed) {
        assert.equal(count, fold.agent(agentId).today.missed)
        assert.equal(
          byQuarter.filter((row) => row.agentId === agentId).reduce((sum, row) => sum + row.missed, 0),
          count,
        )
      }
      assert.ok(missed.length > 0)
    })

    it('give agents the same time in each state as the wallboard, in one piece and by quarter', async () => {
      const nowMs = lastMs + 60_000
      const times = await store.figures.times(day(), false, nowMs)
      const quarters = await store.figures.times(day(), true, nowMs)
      for (const agent of fold.agents.values())
        for (const { state, reason, ms } of agent.times(nowMs, fromMs)) {
          const own = (rows: typeof times) =>
            rows
              .filter((row) => row.agentId === agent.id && row.state === state && row.reason === reason)
              .reduce((sum, row) => sum + row.ms, 0)
          assert.equal(own(times), ms, `${agent.id} ${state} ${reason}`)
          assert.equal(own(quarters), ms)
        }
      assert.ok(quarters.every(({ ms }) => ms <= quarterMs))
    })

    it('lead to the items behind them, page by page', async () => {
      const whole = (await store.figures.work(day(), []))[0]!.counts
      const found: string[] = []
      let last: { atMs: number; id: string } | undefined
      for (;;) {
        const page = await store.figures.items({
          ...day(),
          outcome: 'abandoned',
          limit: 7,
          ...(last ? { before: last } : {}),
        })
        found.push(...page.map(({ id }) => id))
        const end = page.at(-1)
        if (page.length < 7 || !end) break
        last = { atMs: end.arrivedAtMs, id: end.id }
      }
      assert.equal(found.length, whole.abandoned)
      assert.equal(new Set(found).size, whole.abandoned)
    })

    it('are what a wallboard has that begins anew in the middle of the day', async () => {
      const dayFromMs = Math.floor((fromMs + (lastMs - fromMs) / 2) / quarterMs) * quarterMs
      const anew = new CentreFold(dayFromMs, await store.figures.standing(companyId, dayFromMs))
      await store.work.facts(companyId, dayFromMs, lastMs + 1, (events) => {
        for (const { kind, atMs, data } of events) anew.see({ ...data, kind, atMs } as unknown as CentreFact)
      })
      for (const queue of fold.queues.values()) {
        const [own] = await store.figures.work(
          { companyId, fromMs: dayFromMs, toMs: fromMs + 86_400_000, queueIds: [queue.id] },
          [],
        )
        assert.deepEqual({ ...anew.queue(queue.id).total(), longestMs: 0 }, { ...own!.counts, longestMs: 0 })
        const count = (of: CentreFold) =>
          of
            .queue(queue.id)
            .waiting()
            .reduce((sum, now) => sum + now.count, 0)
        assert.equal(count(anew), count(fold))
      }
      for (const agent of fold.agents.values()) {
        const { state, reason, sinceMs } = anew.agent(agent.id)
        assert.deepEqual(
          { state, reason, sinceMs },
          { state: agent.state, reason: agent.reason, sinceMs: agent.sinceMs },
        )
      }
    })

    it('keep a mail of a report that is there already as it is', async () => {
      const mail = {
        id: 'key-of-report',
        companyId,
        to: 'boss@demo.vaxel.test',
        subject: 'Every day',
        text: 'Attached.',
        messageId: '<key-of-report@host>',
        state: 'waiting',
        tries: 0,
        createdAtMs: fromMs,
        atMs: fromMs,
      } as const
      await store.mails.add(mail)
      await store.mails.put({ ...mail, state: 'sent', tries: 1 })
      await store.mails.add(mail)
      assert.deepEqual(await store.mails.find(companyId, mail.id), { ...mail, state: 'sent', tries: 1 })
    })

    it('keep alarms, mailed reports, forms and scores over a restart', async () => {
      const by = [...store.directory.usersOf(companyId)][0]!.id as UserId
      const event = (kind: string) => ({ kind, atMs: clock.now(), companyId, data: {} })
      const alarm = { companyId, alarmId: 'long', sinceMs: fromMs, value: 12.5 }
      await store.figures.alarmBegan(alarm, event('alarm.raised'))
      const report = {
        id: 'report',
        companyId,
        name: 'Every day',
        wish: { by: ['queue'] },
        every: 'day',
        atHour: 6,
        to: ['boss@demo.vaxel.test'],
        language: 'sv',
        by,
      } as const
      await store.figures.putMailedReport(report)
      const question = { id: 'greeting', text: 'Greets by name', weight: 10, most: 1 }
      const form = { id: 'form', companyId, name: 'Calls', questions: [question], isActive: true }
      await store.quality.putForm(form, event('quality.formChanged'))
      const score = {
        id: 'score',
        companyId,
        formId: 'form',
        formName: 'Calls',
        agentId: by,
        by,
        atMs: fromMs + 5,
        itemId: 'item-1' as never,
        queueId: 'queue-1' as QueueId,
        answers: [{ ...question, points: 1 }],
        percent: 100,
      }
      await store.quality.putScore(score, event('quality.scored'))
      await store.quality.putScore({ ...score, id: 'second', percent: 50 }, event('quality.scored'))
      await store.close()
      store = await open()
      assert.deepEqual(await store.figures.openAlarms(companyId), [alarm])
      assert.deepEqual(store.figures.mailedReports(companyId), [report])
      assert.deepEqual(await store.quality.forms(companyId), [form])
      assert.deepEqual(await store.quality.score(companyId, 'score'), score)
      assert.deepEqual(await store.quality.averages(companyId, fromMs, fromMs + 10), [
        { agentId: by, percent: 75, scores: 2 },
      ])
      await store.figures.alarmEnded(companyId, 'long', event('alarm.cleared'))
      await store.figures.removeMailedReport(companyId, 'report', event('report.changed'))
      assert.deepEqual(await store.figures.openAlarms(companyId), [])
      assert.deepEqual(store.figures.mailedReports(companyId), [])
      assert.equal((await store.quality.scores({ companyId, limit: 10 })).length, 2)
      await store.quality.removeScore(companyId, 'second', event('quality.scoreRemoved'))
      assert.equal((await store.quality.scores({ companyId, agentId: by, limit: 10 })).length, 1)
    })
  })
}
