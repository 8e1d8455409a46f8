import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type CompanyId, isRefusal } from '@vaxel/base'
import type { Notice, NumberedEvent, OfferOutcome, QueueId, SkillId, WorkItem } from '@vaxel/core'
import { type ApiPlatform, startApi } from './api-platform.ts'
import type { CheckedClient } from './checked-client.ts'

const path = '/api/v1/centre'
const day = '2026-01-01'

describe('supervising a contact centre over the API', () => {
  let api: ApiPlatform
  let admin: CheckedClient
  let supervisor: CheckedClient
  let agent: CheckedClient
  let colleague: CheckedClient
  let companyId: CompanyId
  let queueId: string
  /** What agents answer to offers of calls; the next offer takes the first. */
  const answers: OfferOutcome['kind'][] = []
  const idOf = (name: string) => api.store.directory.userByAddress('demo.vaxel.test', name)!.id
  const now = async () => (await supervisor.ask('GET', `${path}/now`)).body
  const queueNow = async () => (await now()).queues.find(({ id }: { id: string }) => id === queueId).now
  const agentNow = async (name: string) => (await now()).agents.find(({ id }: { id: string }) => id === idOf(name)).now
  const report = async (query: string) => {
    const { status, body } = await supervisor.ask('GET', `${path}/reports/work?from=${day}&to=${day}&${query}`)
    assert.equal(status, 200, JSON.stringify(body))
    return body
  }
  /** Resolves with the next entry of a kind, as soon as it is durable. */
  const next = (kind: string) =>
    new Promise<NumberedEvent>((resolve) => {
      const stop = api.store.feed.subscribe((events) => {
        const found = events.find((event) => event.kind === kind)
        if (!found) return
        stop()
        resolve(found)
      })
    })
  const call = async (): Promise<WorkItem> => {
    const item = await api.contactCentre.workDesk.add({
      companyId,
      queueId: queueId as QueueId,
      channel: 'call',
      customer: { number: '+46701234567', name: 'Eva' },
    })
    assert.ok(!isRefusal(item))
    return item
  }
  const setState = async (client: CheckedClient, to: string) =>
    assert.equal((await client.ask('POST', '/api/v1/agent/state', { to })).status, 200)

  before(async () => {
    api = await startApi()
    admin = await api.client.logIn('201@demo.vaxel.test', 'demo-201')
    supervisor = await api.client.logIn('202@demo.vaxel.test', 'demo-202')
    agent = await api.client.logIn('205@demo.vaxel.test', 'demo-205')
    colleague = await api.client.logIn('206@demo.vaxel.test', 'demo-206')
    companyId = api.store.directory.user(idOf('201'))!.companyId
    api.contactCentre.workDesk.provide('call', {
      offer: async () => ({ kind: answers.shift() ?? 'accepted' }) as OfferOutcome,
    })
    const made = await admin.ask('POST', `${path}/queues?language=en`, {
      name: '=Sales',
      number: '310',
      userIds: [idOf('205'), idOf('206')],
      hours: 'always',
    })
    assert.equal(made.status, 201, JSON.stringify(made.body))
    queueId = made.body.queueId
    const { editor } = api.centreConfiguration
    const refused = await editor.change(companyId, idOf('201'), 'For the test', (centre) => ({
      ...centre,
      skills: [...centre.skills, { id: 'sv' as SkillId, name: 'Swedish' }],
      reasons: [...centre.reasons, { id: 'coaching', name: 'Coaching', isWork: true }],
      alarms: [
        {
          id: 'waiting',
          name: 'Somebody waits',
          queueId: queueId as QueueId,
          figure: 'waiting',
          is: 'over',
          value: 0,
          forSeconds: 10,
          byMail: ['boss@demo.vaxel.test'],
          byPush: true,
        },
      ],
      queues: centre.queues.map((queue) =>
        queue.id === queueId
          ? {
              ...queue,
              shortAbandonSeconds: 5,
              serviceLevel: { seconds: 20, percent: 80 },
              wrapUp: { seconds: 0, needsCode: false },
            }
          : queue,
      ),
    }))
    assert.equal(refused, undefined, JSON.stringify(refused))
  })
  after(() => api.close())

  it('shows who is there before anything has happened, and nobody else may look', async () => {
    const view = await now()
    assert.equal(view.day, day)
    assert.equal(view.timeZone, 'Europe/Stockholm')
    const queue = view.queues.find(({ id }: { id: string }) => id === queueId)
    assert.equal(queue.levelSeconds, 20)
    assert.equal(queue.now.isOpen, true)
    assert.equal((await agentNow('205')).state, 'loggedOff')
    for (const asked of ['now', `reports/work?from=${day}&to=${day}`, 'quality-forms', 'mailed-reports'])
      assert.equal((await agent.ask('GET', `${path}/${asked}`)).status, 403, asked)
  })

  it('counts what happens at once, and reports the same', async () => {
    const told: Notice[] = []
    const stop = api.notices.subscribe((notice) => {
      if (notice.kind === 'centre.figuresChanged') told.push(notice)
    })
    // Missed by 205, answered after 10 s by 206; then two leave, one of them at once.
    await setState(agent, 'logIn')
    await setState(agent, 'ready')
    answers.push('missed')
    const missed = next('work.missed')
    const first = await call()
    await missed
    api.clock.advance(10_000)
    assert.equal((await queueNow()).waiting[0].count, 1)
    assert.equal((await queueNow()).waiting[0].oldestItemId, first.id)
    await setState(agent, 'logOff')
    const accepted = next('work.accepted')
    await setState(colleague, 'logIn')
    await setState(colleague, 'ready')
    await accepted
    assert.equal((await agentNow('206')).items[0]?.itemId, first.id)
    api.clock.advance(60_000)
    await api.contactCentre.workDesk.finished(companyId, first.id, 'customer')
    await setState(colleague, 'logOff')
    const second = await call()
    const third = await call()
    api.clock.advance(2000)
    await api.contactCentre.workDesk.left(companyId, second.id)
    api.clock.advance(20_000)
    await api.contactCentre.workDesk.left(companyId, third.id)
    const live = await queueNow()
    const { counts, figures } = live
    assert.deepEqual(
      [counts.arrived, counts.answered, counts.inLevel, counts.abandoned, counts.short, counts.open, counts.missed],
      [3, 1, 1, 2, 1, 0, 1],
    )
    assert.deepEqual(
      [figures.serviceLevel, figures.averageWaitMs, figures.averageHandlingMs, counts.longestMs],
      [0.5, 10_000, 60_000, 22_000],
    )
    const byQueue = await report('by=queue')
    const own = byQueue.rows.find((row: { queueId: string }) => row.queueId === queueId)
    assert.deepEqual({ counts: own.counts, figures: own.figures }, { counts, figures })
    // The last thing that screens were told of the queue is what a new screen gets.
    api.clock.advance(100)
    const last = told
      .flatMap(({ data }) => data.queues as { queueId: string }[])
      .findLast((one) => one.queueId === queueId)
    assert.deepEqual(last, live)
    assert.ok(told.every(({ to }) => to?.includes(idOf('202')) && !to.includes(idOf('205'))))
    stop()
  })

  it('adds up whatever rows are told apart by, and gives the same for a spreadsheet', async () => {
    const { total } = await report('')
    for (const query of [
      'by=queue',
      'by=agent',
      'by=queue,agent,channel,code&interval=quarter',
      'interval=hour',
      'interval=day',
    ]) {
      const { rows, total: own } = await report(query)
      assert.deepEqual(own, total, query)
      for (const name of ['arrived', 'answered', 'abandoned', 'waitedMs'])
        assert.equal(
          rows.reduce((sum: number, row: { counts: Record<string, number> }) => sum + row.counts[name]!, 0),
          total.counts[name],
          `${query} ${name}`,
        )
    }
    const { body } = await supervisor.ask('GET', `${path}/reports/work-export?from=${day}&to=${day}&by=queue`)
    assert.match(body.csv, /^from \(Europe\/Stockholm\),queue,.*service level %/)
    assert.match(body.csv, /\r\n,"'=Sales",,,,3,1,1,2,1,/)
    assert.match(body.csv, /\r\n,total,/)
  })

  it('tells how an agent spent the day', async () => {
    const { body } = await supervisor.ask('GET', `${path}/reports/agents?from=${day}&to=${day}`)
    const rowOf = (name: string) => body.rows.find(({ agentId }: { agentId: string }) => agentId === idOf(name))
    const row = rowOf('206')
    assert.deepEqual([row.busyMs, row.loggedInMs, row.answered, row.missed], [60_000, 60_000, 1, 0])
    assert.equal(row.occupancy, 1)
    const other = rowOf('205')
    assert.deepEqual([other.notReadyMs, other.loggedInMs, other.answered, other.missed], [10_000, 10_000, 0, 1])
    assert.deepEqual(other.reasons, [{ reason: 'missedOffer', isWork: false, ms: 10_000 }])
    assert.equal(other.occupancy, undefined)
    const csv = await supervisor.ask('GET', `${path}/reports/agents-export?from=${day}&to=${day}&interval=hour`)
    assert.match(csv.body.csv, /not ready: missedOffer s/)
  })

  it('leads to the items behind a figure', async () => {
    const query = `from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z&queueId=${queueId}`
    const { body } = await supervisor.ask('GET', `${path}/items?${query}&outcome=abandoned&limit=1`)
    assert.equal(body.items.length, 1)
    assert.equal(body.items[0].customer, 'Eva')
    const rest = await supervisor.ask('GET', `${path}/items?${query}&outcome=abandoned&before=${body.next}`)
    assert.equal(rest.body.items.length, 1)
    assert.equal(rest.body.next, undefined)
    const found = await supervisor.ask('GET', `${path}/items?${query}&text=eva&outcome=answered`)
    assert.equal(found.body.items[0].agentId, idOf('206'))
  })

  it('refuses days that are none, and reports that nobody can read', async () => {
    const ask = async (query: string) => (await supervisor.ask('GET', `${path}/reports/work?${query}`)).body.code
    assert.equal(await ask('from=2026-02-30&to=2026-03-01'), 'REPORT_DAYS_UNSOUND')
    assert.equal(await ask('from=2026-03-02&to=2026-03-01'), 'REPORT_DAYS_UNSOUND')
    assert.equal(await ask('from=2026-01-01&to=2026-03-01&interval=quarter'), 'REPORT_TOO_LARGE')
  })

  it('logs agents in and off and makes them ready or not, and they see by whom and why', async () => {
    const command = (verb: string, body: object = {}) =>
      supervisor.ask('POST', `${path}/agents/${idOf('205')}/commands/${verb}`, body)
    assert.equal((await command('notReady', { reason: 'coaching' })).body.code, 'AGENT_LOGGED_OFF')
    assert.equal((await command('logIn')).status, 204)
    const changed = next('agent.stateChanged')
    assert.equal((await command('notReady', { reason: 'coaching' })).status, 204)
    assert.equal((await changed).data.by, idOf('202'))
    const own = (await agent.ask('GET', '/api/v1/agent')).body.desk.agent
    assert.deepEqual([own.state, own.reason.name], ['notReady', 'Coaching'])
    assert.equal(own.by, api.store.directory.user(idOf('202'))!.displayName)
    const seen = await agentNow('205')
    assert.deepEqual([seen.state, seen.reason.name, seen.by], ['notReady', 'Coaching', own.by])
    assert.equal((await command('notReady', { reason: 'no such' })).body.code, 'REASON_NOT_THERE')
    assert.equal(
      (await supervisor.ask('POST', `${path}/agents/${idOf('204')}/commands/logIn`, {})).body.code,
      'NOT_AN_AGENT',
    )
    assert.equal((await agent.ask('POST', `${path}/agents/${idOf('206')}/commands/logIn`, {})).status, 403)
    assert.equal((await command('logOff')).status, 204)
  })

  it('changes what an agent can do, as a version of its own', async () => {
    const put = (skills: object[]) => supervisor.ask('PUT', `${path}/agents/${idOf('205')}/skills`, { skills })
    const published = next('centre.published')
    assert.equal((await put([{ skillId: 'sv', level: 7 }])).status, 204)
    assert.equal((await published).data.by, `user:${idOf('202')}`)
    const { skills } = (await now()).agents.find(({ id }: { id: string }) => id === idOf('205'))
    assert.deepEqual(skills, [{ skillId: 'sv', level: 7 }])
    assert.equal((await put([{ skillId: 'none', level: 1 }])).body.code, 'AGENT_SKILLS_UNSOUND')
    assert.equal(
      (
        await put([
          { skillId: 'sv', level: 1 },
          { skillId: 'sv', level: 2 },
        ])
      ).body.code,
      'AGENT_SKILLS_UNSOUND',
    )
  })

  it('closes a queue now, and lets it go by its hours again', async () => {
    const set = (to: string) => supervisor.ask('PUT', `${path}/queues/${queueId}/state`, { to })
    const closed = next('queue.closed')
    assert.equal((await set('closed')).status, 204)
    assert.equal((await closed).data.by, idOf('202'))
    assert.deepEqual([(await queueNow()).isOpen, (await queueNow()).isByHand], [false, true])
    assert.equal((await set('schedule')).status, 204)
    assert.deepEqual([(await queueNow()).isOpen, (await queueNow()).isByHand], [true, false])
    assert.equal(
      (await supervisor.ask('PUT', `${path}/queues/none/state`, { to: 'open' })).body.code,
      'QUEUE_NOT_THERE',
    )
  })

  it('raises an alarm once when it has lasted, and clears it once', async () => {
    // Somebody has waited in tests before.
    if ((await now()).alarms.length > 0) {
      const over = next('alarm.cleared')
      for (let second = 0; second < 15; second++) api.clock.advance(1000)
      await over
    }
    const seen: string[] = []
    const stop = api.store.feed.subscribe((events) => {
      for (const { kind } of events) if (kind.startsWith('alarm.')) seen.push(kind)
    })
    const item = await call()
    for (let second = 0; second < 8; second++) api.clock.advance(1000)
    assert.deepEqual((await now()).alarms, [])
    const raised = next('alarm.raised')
    for (let second = 0; second < 5; second++) api.clock.advance(1000)
    assert.deepEqual(
      { ...(await raised).data },
      {
        alarmId: 'waiting',
        name: 'Somebody waits',
        queueId,
        figure: 'waiting',
        is: 'over',
        limit: 0,
        value: 1,
      },
    )
    const [open] = (await now()).alarms
    assert.deepEqual([open.alarmId, open.value], ['waiting', 1])
    const cleared = next('alarm.cleared')
    await api.contactCentre.workDesk.left(companyId, item.id)
    for (let second = 0; second < 30; second++) api.clock.advance(1000)
    await cleared
    assert.deepEqual((await now()).alarms, [])
    assert.deepEqual(seen, ['alarm.raised', 'alarm.cleared'])
    stop()
    const mails = (await api.store.mails.list(companyId, 10)).filter(({ to }) => to === 'boss@demo.vaxel.test')
    assert.deepEqual(
      new Set(mails.map(({ subject }) => subject)),
      new Set(['Larm: Somebody waits', 'Över: Somebody waits']),
    )
    assert.ok(mails.some(({ text }) => text.includes('=Sales: antal väntande är 1 (över 0).')))
  })

  it('scores a conversation by a form, and shows the agent their own scores alone', async () => {
    const questions = [
      { id: 'name', text: 'Greets by name', weight: 10, most: 1 },
      { id: 'help', text: 'Helps', weight: 30, most: 5 },
      { id: 'sale', text: 'Sells', weight: 10, most: 1 },
    ]
    const made = await supervisor.ask('POST', `${path}/quality-forms`, { name: 'Calls', questions, isActive: true })
    assert.equal(made.status, 201, JSON.stringify(made.body))
    const query = `from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z`
    const [item] = (await supervisor.ask('GET', `${path}/items?${query}&outcome=answered`)).body.items
    const [left] = (await supervisor.ask('GET', `${path}/items?${query}&outcome=abandoned`)).body.items
    const score = (itemId: string, points: number, questionId = 'help') =>
      supervisor.ask('POST', `${path}/quality-scores`, {
        itemId,
        formId: made.body.id,
        answers: [
          { questionId: 'name', points: 1 },
          { questionId, points },
        ],
        comment: 'Well done',
      })
    assert.equal((await score(left.id, 1)).body.code, 'QUALITY_NOT_SCORABLE')
    assert.equal((await score(item.id, 6)).body.code, 'QUALITY_ANSWERS_UNSOUND')
    assert.equal((await score(item.id, 1, 'none')).body.code, 'QUALITY_ANSWERS_UNSOUND')
    const scored = await score(item.id, 4)
    assert.equal(scored.body.percent, 85, 'of 40 points by weight 34: the third did not apply')
    const own = (await colleague.ask('GET', '/api/v1/me/quality-scores')).body.items
    assert.deepEqual(own, [scored.body])
    assert.deepEqual((await agent.ask('GET', '/api/v1/me/quality-scores')).body.items, [])
    const { body } = await supervisor.ask('GET', `${path}/reports/agents?from=${day}&to=${day}&agentId=${idOf('206')}`)
    assert.deepEqual([body.rows[0].scorePercent, body.rows[0].scores], [85, 1])
    assert.equal((await supervisor.ask('DELETE', `${path}/quality-forms/${made.body.id}`)).status, 204)
    assert.equal((await supervisor.ask('GET', `${path}/quality-scores?itemId=${item.id}`)).body.items.length, 1)
    assert.equal((await supervisor.ask('DELETE', `${path}/quality-scores/${scored.body.id}`)).status, 204)
    assert.equal((await supervisor.ask('DELETE', `${path}/quality-scores/${scored.body.id}`)).status, 404)
  })

  it('mails a report when its day is over, once, though it was not noted at first, with what it says then', async (t) => {
    const fields = {
      name: 'Sales yesterday',
      kind: 'work',
      interval: 'none',
      by: ['queue'],
      every: 'day',
      atHour: 6,
      to: ['boss@demo.vaxel.test'],
      language: 'en',
    }
    const made = await supervisor.ask('POST', `${path}/mailed-reports`, fields)
    assert.equal(made.status, 201, JSON.stringify(made.body))
    assert.equal(made.body.next, '2026-01-01T05:00:00.000Z')
    const changed = await supervisor.ask('PUT', `${path}/mailed-reports/${made.body.id}`, { ...fields, atHour: 7 })
    assert.equal(changed.body.atHour, 7)
    const of = async () =>
      (await api.store.mails.list(companyId, 50)).filter(({ subject }) => subject.startsWith('Sales yesterday'))
    const queued = next('report.queued')
    // As when the process dies between the mail and the note of it.
    const died = Promise.withResolvers<void>()
    const dies = async (): Promise<never> => {
      died.resolve()
      throw new Error('killed')
    }
    const put = t.mock.method(api.store.figures, 'putMailedReport', dies, { times: 1 })
    api.clock.setWallClock(31 * 3_600_000)
    api.clock.advance(60_000)
    // What is due is looked for every minute, one look after another.
    await now()
    api.clock.advance(60_000)
    await died.promise
    await now()
    api.clock.advance(60_000)
    assert.deepEqual((await queued).data, { reportId: made.body.id, name: 'Sales yesterday', from: day, to: day })
    api.clock.advance(60_000)
    const mails = await of()
    assert.equal(put.mock.callCount(), 1)
    assert.equal(mails.length, 1)
    assert.equal(mails[0]!.subject, 'Sales yesterday, 1 January 2026')
    const csv = await api.centreFigures.attachment(companyId, mails[0]!.attachments![0]!.reference)
    assert.match(new TextDecoder().decode(csv), /"'=Sales",,,,4,1,1,3,1,/)
    assert.equal((await supervisor.ask('DELETE', `${path}/mailed-reports/${made.body.id}`)).status, 204)
    assert.deepEqual((await supervisor.ask('GET', `${path}/mailed-reports`)).body.items, [])
  })

  it('counts the new day from nothing', async () => {
    const view = await now()
    assert.equal(view.day, '2026-01-02')
    assert.equal((await queueNow()).counts.arrived, 0)
  })
})
