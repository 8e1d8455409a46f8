import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CompanyId, isRefusal, silentLogger, systemClock, startOfDay } from '@vaxel/base'
import { loadDemoCompany, openStore, type Store } from '@vaxel/store'
import { DatabaseSync } from 'node:sqlite'
import { Reports, type ReportWish } from '../packages/features/src/centre-figures/reports.ts'
import type { Figure, Measurement } from './figure.ts'

const date = '2026-11-20'
const outcomes = [
  'answered',
  'answered',
  'answered',
  'answered',
  'answered',
  'answered',
  'abandoned',
  'overflowed',
] as const

/** A day of calls as the ledger leaves it, written past the ledger: it would take an hour. */
function writeDay(folder: string, companyId: CompanyId, count: number): void {
  const database = new DatabaseSync(join(folder, 'vaxel.db'))
  const fromMs = startOfDay('Europe/Stockholm', date)
  const add = database.prepare(
    `insert into work_items (id, company_id, queue_id, arrived_at_ms, channel, state, call_id, customer_name, customer_key, agent_id,
      accepted_at_ms, waited_ms, is_in_level, is_short, finished_at_ms, handled_ms, wrap_ms, code_id, outcome, missed, priority, more)
     values (?, ?, ?, ?, 'call', 'over', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 5, ?)`,
  )
  const spell = database.prepare(
    'insert into agent_spells (company_id, from_ms, agent_id, state, reason, for_ms) values (?, ?, ?, ?, ?, ?)',
  )
  database.exec('begin')
  for (let i = 0; i < count; i++) {
    const atMs = fromMs + Math.floor((i / count) * 86_000_000)
    const outcome = outcomes[(i * 31) % 8]!
    const isAnswered = outcome === 'answered'
    const agentId = `agent-${(i * 13) % 500}`
    const waitedMs = (i * 7919) % 60_000
    const id = `item${String(i).padStart(18, '0')}`
    add.run(
      id,
      companyId,
      `queue-${(i * 7) % 20}`,
      atMs,
      `call${id}`,
      'Somebody Known',
      `+4670${1_000_000 + (i % 8_999_999)}`,
      isAnswered ? agentId : null,
      isAnswered ? atMs + waitedMs : null,
      waitedMs,
      isAnswered ? Number(waitedMs < 20_000) : null,
      outcome === 'abandoned' ? Number(waitedMs < 5000) : null,
      isAnswered ? atMs + waitedMs + 180_000 : null,
      isAnswered ? 180_000 : null,
      isAnswered ? 20_000 : null,
      isAnswered ? `code-${i % 9}` : null,
      outcome,
      Number(i % 40 === 0),
      '{"customer":{"number":"+46701234567"},"sinceMs":0,"needs":[]}',
    )
    if (isAnswered) {
      spell.run(companyId, atMs, agentId, 'busy', null, 100_000)
      spell.run(
        companyId,
        atMs + 100_000,
        agentId,
        i % 3 === 0 ? 'notReady' : 'ready',
        i % 3 === 0 ? 'lunch' : null,
        20_000,
      )
    }
  }
  database.exec('commit')
  database.close()
}

const wishes: readonly (readonly [id: string, what: string, wish: Omit<ReportWish, 'from' | 'to'>])[] = [
  ['queues', 'by queue and quarter of an hour', { interval: 'quarter', by: ['queue'] }],
  ['whole', 'by queue', { by: ['queue'] }],
  ['agents', 'by agent', { by: ['agent'] }],
  ['codes', 'by queue, channel and wrap-up code', { by: ['queue', 'channel', 'code'] }],
]

/** Reports of one day with a million calls. */
export const reports: Measurement = {
  name: 'reports',
  async run(progress, { isQuick }) {
    const count = isQuick ? 20_000 : 1_000_000
    const folder = await mkdtemp(join(tmpdir(), 'vaxel-reports-'))
    const open = () => openStore({ folder, clock: systemClock, log: silentLogger })
    let store: Store = await open()
    try {
      await loadDemoCompany(store)
      const companyId = [...store.directory.companies()][0]!.id
      await store.close()
      progress(`writing a day of ${count.toLocaleString('en')} calls`)
      writeDay(folder, companyId, count)
      store = await open()
      const service = new Reports({ ...store, clock: systemClock })
      const figures: Figure[] = []
      const note = `${count.toLocaleString('en')} calls, 20 queues, 500 agents, embedded database, the better of two`
      const time = async (id: string, what: string, ask: () => Promise<unknown>): Promise<void> => {
        const times: number[] = []
        for (let round = 0; round < 2; round++) {
          const startedMs = performance.now()
          await ask()
          times.push(performance.now() - startedMs)
        }
        const value = Math.min(...times) / 1000
        progress(`${what}: ${value.toFixed(2)} s`)
        figures.push({
          id: `reports.${id}`,
          what: `a day's report ${what}`,
          system: 'vaxel',
          value,
          unit: 's',
          aim: { most: 2 },
          note,
        })
      }
      for (const [id, what, wish] of wishes)
        await time(id, what, async () => {
          const report = await service.work(companyId, { from: date, to: date, ...wish })
          if (isRefusal(report) || report.total.counts.arrived !== count) throw new Error('the report is not whole')
        })
      await time('times', 'of the time of agents', async () => {
        const report = await service.agents(companyId, { from: date, to: date })
        if (isRefusal(report) || report.rows.length < 500) throw new Error('the report is not whole')
      })
      return figures
    } finally {
      await store.close()
      await rm(folder, { recursive: true, force: true })
    }
  },
}
