import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { type CompanyId, makeId, type UserId } from '@vaxel/base'
import { type CentreFact, makeDay, type QueueId, simulateDay, type WorkItemId } from '@vaxel/core'
import { runCommandLine } from '../../apps/cli/src/run-command-line.ts'
import { type ApiPlatform, startApi } from './api-platform.ts'
import type { CheckedClient } from './checked-client.ts'

const path = '/api/v1/centre/replays'

describe('a day of a contact centre once more, over the API', () => {
  let api: ApiPlatform
  let admin: CheckedClient
  let supervisor: CheckedClient
  let companyId: CompanyId
  let home: string
  let arrived = 0
  /** The virtual clock of the tests stands in this day. */
  let day: string
  let dayMs: number
  const idOf = (name: string): UserId => api.store.directory.userByAddress('demo.vaxel.test', name)!.id

  before(async () => {
    api = await startApi()
    admin = await api.client.logIn('201@demo.vaxel.test', 'demo-201')
    supervisor = await api.client.logIn('202@demo.vaxel.test', 'demo-202')
    companyId = api.store.directory.user(idOf('201'))!.companyId
    home = await mkdtemp(join(tmpdir(), 'vaxel-replay-'))
    day = new Date(api.clock.now()).toISOString().slice(0, 10)
    dayMs = Date.parse(`${day}T00:00:00Z`)
  })
  after(async () => {
    await api.close()
    await rm(home, { recursive: true, force: true })
  })

  it('is for supervisors, and says what is wrong with a wish', async () => {
    const agent = await api.client.logIn('205@demo.vaxel.test', 'demo-205')
    assert.equal((await agent.ask('POST', path, { day })).status, 403)
    const code = async (body: object): Promise<string> => (await supervisor.ask('POST', path, body)).body.code
    assert.equal(await code({ day: '2026-02-30' }), 'REPLAY_DAY_UNSOUND')
    assert.equal(await code({ day: '2999-01-01' }), 'REPLAY_DAY_UNSOUND')
    assert.equal(await code({ day, queueId: 'nowhere' }), 'QUEUE_NOT_THERE')
    assert.equal(await code({ day, draft: true }), 'REPLAY_NO_DRAFT')
    const empty = await supervisor.ask('POST', path, { day })
    assert.deepEqual([empty.status, empty.body.queues], [200, []])
  })

  it('says how the day would have been with more agents, beside how it was and beside Erlang C', async () => {
    const made = await admin.ask('POST', '/api/v1/centre/queues?language=en', {
      name: '=Sales',
      number: '310',
      userIds: ['205', '206', '207'].map(idOf),
      hours: 'always',
    })
    assert.equal(made.status, 201, JSON.stringify(made.body))
    await recordDay(made.body.queueId)
    const { status, body } = await supervisor.ask('POST', path, { day, agents: 3, queueId: made.body.queueId })
    assert.equal(status, 200, JSON.stringify(body))
    assert.deepEqual([body.agentsThen, body.agentsNow, body.arrivals], [3, 6, arrived])
    const [queue] = body.queues
    assert.equal(queue.name, '=Sales')
    assert.equal(queue.was.counts.arrived, arrived)
    assert.equal(queue.simulated.counts.arrived, arrived)
    assert.ok(queue.simulated.figures.serviceLevel > queue.was.figures.serviceLevel + 0.1, JSON.stringify(queue.was))
    assert.equal(queue.intervals.length, 48)
    const busy = queue.intervals.find(({ was }: { was: { counts: { arrived: number } } }) => was.counts.arrived > 10)
    assert.ok(busy.erlang.load > 1 && busy.erlang.needed > busy.erlang.load)
  })

  it('says it on the command line', async () => {
    const lines: string[] = []
    const notes: string[] = []
    const run = async (...argv: string[]): Promise<number> =>
      runCommandLine(argv, {
        out: { line: (text) => void lines.push(text), note: (text) => void notes.push(text) },
        environment: { XDG_CONFIG_HOME: home, VAXEL_URL: api.url, VAXEL_PASSWORD: 'demo-202' },
        signal: AbortSignal.timeout(20_000),
      })
    assert.equal(await run('login', '202@demo.vaxel.test'), 0, notes.join())
    assert.equal(
      await run('acd', 'replay', day, '--agents', '+2', '--queue', '=Sales', '--level', '90/10'),
      0,
      notes.join(),
    )
    const text = lines.join('\n')
    assert.match(text, /3 agents then, 5 now/)
    assert.match(text, /^=Sales: 90 % within 10 s$/m)
    assert.match(text, /^simulated, with the changes +\d+ /m)
    lines.length = 0
    assert.equal(await run('acd', 'replay', day, '--agents=-1', '--interval', '60', '--json'), 0, notes.join())
    assert.equal(JSON.parse(lines.join('\n')).agentsNow, 2)
    assert.equal(await run('acd', 'replay', 'last week'), 2)
    assert.match(notes.join(), /is no day\. Write it like 2026-11-21/)
  })

  /** Four hours with too few agents, as the ledger would have them. */
  async function recordDay(queueId: QueueId): Promise<void> {
    const { centre } = api.store.centres.published(companyId)!
    const facts: CentreFact[] = []
    const fromMs = dayMs + 8 * 3_600_000
    const traffic = [{ queueId, perHour: 60, handlingSeconds: 180, patienceSeconds: 200 }]
    const plan = makeDay({ seed: 2, centre, traffic, fromMs, hours: 4, answerMs: 4000 })
    const made = new Map(plan.arrivals.map(({ item }, n) => [item.id, makeId<WorkItemId>(fromMs + n)]))
    arrived = made.size
    const arrivals = plan.arrivals.map((one) => ({ ...one, item: { ...one.item, id: made.get(one.item.id)! } }))
    for (const day = simulateDay({ ...plan, arrivals }, { fact: (fact) => facts.push(fact) }); !day.next().done; );
    const items = arrivals.map(({ item }) => item)
    const told = facts.filter(({ kind }) => kind !== 'work.offered')
    for (let at = 0; at < told.length; at += 200)
      await api.store.work.record(companyId, { facts: told.slice(at, at + 200), items, released: [] })
  }
})
