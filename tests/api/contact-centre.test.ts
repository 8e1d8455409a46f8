import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type CompanyId, isRefusal, localTime, type UserId } from '@vaxel/base'
import { type Centre, defaultCapacity, emptyCentre, type Notice, type Queue, type QueueId } from '@vaxel/core'
import { type ApiPlatform, startApi } from './api-platform.ts'
import type { CheckedClient } from './checked-client.ts'

const queueId = 'web' as QueueId
const queue: Queue = {
  id: queueId,
  name: 'Website',
  channels: ['chat', 'mail', 'call'],
  selection: 'longestIdle',
  needs: [],
  priority: 5,
  offerSeconds: 30,
  missedMakesNotReady: true,
  wrapUp: { seconds: 60, needsCode: true },
  serviceLevel: { seconds: 20, percent: 80 },
  shortAbandonSeconds: 5,
  overflow: { closed: { kind: 'goodbye' }, full: { kind: 'goodbye' } },
  voice: { saysPosition: true, saysWait: true, everySeconds: 60 },
}

const siteWish = {
  queueId,
  origins: ['https://shop.example'],
  asks: 'nothing',
  consent: '',
  greeting: '',
  offersVoice: false,
  offlineMail: 'shop@example.com',
  keepDays: 30,
}
const firstWords = {
  hasAgreed: true,
  text: 'Do you have one?',
  language: 'en',
  name: 'Kim',
  address: 'kim@example.com',
}

describe('agents and visitors over the API', () => {
  let platform: ApiPlatform
  let companyId: CompanyId
  let anna: UserId
  let agent: CheckedClient
  let admin: CheckedClient
  let stranger: CheckedClient
  let visitor: CheckedClient
  let siteId: string
  let key: string
  let chatId: string
  let itemId: string
  /** Until what was asked for is durable and told. */
  const settle = async () => {
    await platform.store.check()
    await platform.clock.advanceAsync(50)
    await platform.store.check()
  }

  before(async () => {
    platform = await startApi()
    const { store, clock } = platform
    companyId = [...store.directory.companies()][0]!.id
    anna = store.directory.userByAddress('demo.vaxel.test', '204')?.id ?? store.directory.usersOf(companyId)[0]!.id
    const centre: Centre = {
      ...emptyCentre,
      queues: [queue],
      agents: [
        { userId: anna, skills: [], queues: [{ queueId }], capacity: defaultCapacity, line: { kind: 'devices' } },
      ],
      reasons: [{ id: 'lunch', name: 'Lunch', isWork: false }],
      wrapUpCodes: [{ id: 'sold', name: 'Sold' }],
    }
    const version = (store.centres.published(companyId)?.version ?? 0) + 1
    await store.centres.publish(
      { companyId, version, publishedAtMs: clock.now(), centre },
      { kind: 'centre.published', atMs: clock.now(), companyId, data: { version, changes: 1 } },
    )
    await settle()
    agent = await platform.client.logIn('204@demo.vaxel.test', 'demo-204')
    stranger = await platform.client.logIn('206@demo.vaxel.test', 'demo-206')
    admin = await platform.client.logIn('201@demo.vaxel.test', 'demo-201')
    visitor = platform.client.as(undefined)
  })

  after(() => platform.close())

  it('is written by administrators alone, and shown where its pages are', async () => {
    const site = { ...siteWish, name: 'Shop' }
    assert.equal((await agent.ask('POST', '/api/v1/chat-sites', site)).status, 403)
    const made = await admin.ask('POST', '/api/v1/chat-sites', site)
    assert.equal(made.status, 201)
    siteId = made.body.id
    assert.equal((await admin.ask('POST', '/api/v1/chat-sites', { ...site, queueId: 'none' })).status, 404)
    assert.equal(
      (await admin.ask('POST', '/api/v1/chat-sites', { ...site, origins: ['javascript:alert(1)'] })).status,
      400,
    )
    const seen = await visitor.ask('GET', `/api/v1/visitor/sites/${siteId}?language=sv`)
    assert.equal(seen.body.isOpen, true)
    assert.match(seen.body.consent, /sparas/)
    assert.equal((await visitor.ask('GET', '/api/v1/visitor/sites/nothing')).status, 404)
  })

  it('shows what waits in all queues to whoever puts callers through, and to nobody else who is no agent', async () => {
    const waiting = (client: CheckedClient, query = '') => client.ask('GET', `/api/v1/agent/waiting${query}`)
    assert.equal((await waiting(stranger)).body.code, 'NOT_AN_AGENT')
    const told = new Promise<Notice>((resolve) => {
      const stop = platform.notices.subscribe((notice) => {
        if (notice.kind !== 'work.waitingChanged') return
        stop()
        resolve(notice)
      })
    })
    const item = await platform.contactCentre.workDesk.add({ companyId, queueId, channel: 'mail', customer: {} })
    assert.ok(!isRefusal(item))
    const { to, data } = await told
    const users = [...platform.store.directory.usersOf(companyId)]
    assert.deepEqual(data, { queueIds: [queueId] })
    assert.ok(users.filter(({ role }) => role !== 'user').every(({ id }) => to?.includes(id)))
    assert.ok(!users.some(({ id, role }) => role === 'user' && to?.includes(id)), 'nobody is logged in')
    assert.deepEqual(
      (await waiting(admin)).body.items.map(({ id }: { id: string }) => id),
      [item.id],
    )
    assert.deepEqual((await waiting(admin, '?channel=call')).body.items, [])
    const receivers = (client: CheckedClient, query = '') =>
      client.ask('GET', `/api/v1/work/${item.id}/receivers${query}`)
    assert.equal((await receivers(stranger)).body.code, 'WORK_GONE')
    assert.equal((await receivers(agent)).body.code, 'WORK_GONE', 'whose it is not')
    const [receiver] = (await receivers(admin)).body.items
    assert.deepEqual([receiver.userId, receiver.state, receiver.queueId], [anna, 'loggedOff', queueId])
    assert.deepEqual((await receivers(admin, '?text=nobody')).body.items, [])
    const given = { queueId: receiver.queueId, agentId: receiver.userId }
    assert.equal((await admin.ask('POST', `/api/v1/work/${item.id}/commands/move`, given)).status, 204)
    assert.equal(platform.contactCentre.workDesk.item(companyId, item.id)?.onlyAgentId, anna)
    await platform.contactCentre.workDesk.closeItem(companyId, item.id, 'test')
  })

  it('keeps nothing without consent, and offers the conversation to an agent', async () => {
    const begin = (more: object) =>
      visitor.ask('POST', `/api/v1/visitor/sites/${siteId}/chats`, { ...firstWords, ...more })
    assert.equal((await begin({ hasAgreed: false })).body.code, 'WEB_CHAT_CONSENT')
    const begun = await begin({})
    assert.equal(begun.status, 201)
    key = begun.body.key
    assert.equal(begun.body.chat.state, 'waiting')
    assert.equal((await agent.ask('POST', '/api/v1/agent/state', { to: 'logIn' })).body.agent.state, 'notReady')
    const ready = await agent.ask('POST', '/api/v1/agent/state', { to: 'ready' })
    assert.equal(ready.body.agent.state, 'ready')
    await settle()
    const desk = (await agent.ask('GET', '/api/v1/agent')).body.desk
    assert.equal(desk.offers[0].item.channel, 'chat')
    assert.equal(desk.offers[0].isByTelephone, false)
    chatId = desk.offers[0].item.reference
    itemId = desk.offers[0].item.id
    const taken = await agent.ask('POST', `/api/v1/agent/offers/${desk.offers[0].id}/accept`, {})
    assert.equal(taken.status, 200)
    await settle()
    const now = await visitor.ask('GET', `/api/v1/visitor/chats/${key}`)
    assert.deepEqual([now.body.state, now.body.messages.at(-1).code], ['talking', 'joined'])
  })

  it('carries what is written both ways, once, and to nobody else', async () => {
    const write = () =>
      visitor.ask('POST', `/api/v1/visitor/chats/${key}/messages`, { once: 'once-0001', text: 'Is it blue?' })
    const [first, again] = [await write(), await write()]
    assert.equal(first.body.number, again.body.number)
    const answer = await agent.ask('POST', `/api/v1/web-chats/${chatId}/messages`, {
      once: 'once-0002',
      text: 'It is.',
    })
    assert.equal(answer.status, 201)
    const read = await agent.ask('GET', `/api/v1/web-chats/${chatId}`)
    assert.deepEqual(
      read.body.messages.map(({ text, code }: { text?: string; code?: string }) => text ?? code),
      ['Do you have one?', 'joined', 'Is it blue?', 'It is.'],
    )
    assert.equal((await stranger.ask('GET', `/api/v1/web-chats/${chatId}`)).status, 404)
    assert.equal(
      (await admin.ask('POST', `/api/v1/web-chats/${chatId}/messages`, { once: 'once-0003', text: 'Hi' })).status,
      403,
    )
    assert.equal((await visitor.ask('GET', `/api/v1/visitor/chats/${'0'.repeat(32)}`)).status, 404)
  })

  it('waits for news, and is told of them', async () => {
    const { version, last } = (await visitor.ask('GET', `/api/v1/visitor/chats/${key}`)).body
    const waiting = visitor.ask('GET', `/api/v1/visitor/chats/${key}?after=${last}&seen=${version}`)
    await agent.ask('POST', `/api/v1/web-chats/${chatId}/commands/typing`, {})
    assert.equal((await waiting).body.isAgentTyping, true)
  })

  it('ends with the agent’s note, a transcript by mail, and a figure', async () => {
    assert.equal((await agent.ask('POST', `/api/v1/work/${itemId}/commands/finish`, {})).status, 204)
    await settle()
    assert.equal((await visitor.ask('GET', `/api/v1/visitor/chats/${key}`)).body.state, 'ended')
    const refused = await agent.ask('POST', `/api/v1/work/${itemId}/commands/wrapUp`, {})
    assert.equal(refused.body.code, 'WRAP_UP_CODE_NEEDED')
    assert.equal((await agent.ask('PUT', `/api/v1/work/${itemId}/note`, { text: 'Wants bl' })).status, 204)
    const done = await agent.ask('POST', `/api/v1/work/${itemId}/commands/wrapUp`, {
      codeId: 'sold',
      note: 'Wants blue.',
    })
    assert.equal(done.status, 204)
    await settle()
    const work = (await agent.ask('GET', `/api/v1/work/${itemId}`)).body
    assert.deepEqual([work.item, work.history[0].code, work.history[0].note], [undefined, 'Sold', 'Wants blue.'])
    const figures = (await agent.ask('GET', '/api/v1/agent/figures')).body
    assert.equal(figures.accepted, 1)
    const mailed = await visitor.ask('POST', `/api/v1/visitor/chats/${key}/transcript`, { address: 'kim@example.com' })
    assert.equal(mailed.status, 204)
    assert.equal(
      (await visitor.ask('POST', `/api/v1/visitor/chats/${key}/messages`, { once: 'once-0009', text: 'More' })).body
        .code,
      'WEB_CHAT_OVER',
    )
  })

  it('begins once for each name that a page has made, however often and at whatever moment it asks', async () => {
    const begin = (once: string) =>
      visitor.ask('POST', `/api/v1/visitor/sites/${siteId}/chats`, { ...firstWords, once })
    const before = (await platform.store.webChats.open()).length
    const once = '01234567-89ab-4cde-8f01-23456789abcd'
    const begun = await Promise.all([begin(once), begin(once)])
    const last = await begin(once)
    assert.deepEqual(
      [...begun, last].map(({ status }) => status),
      [201, 201, 201],
    )
    assert.equal(new Set([...begun, last].map(({ body }) => body.key)).size, 1)
    assert.equal((await platform.store.webChats.open()).length, before + 1)
    const other = await begin('f1234567-89ab-4cde-8f01-23456789abcd')
    assert.notEqual(other.body.key, last.body.key)
    for (const { body } of [last, other])
      assert.equal((await visitor.ask('POST', `/api/v1/visitor/chats/${body.key}/end`)).status, 204)
    const ended = await begin(once)
    assert.deepEqual([ended.body.key, ended.body.chat.state], [last.body.key, 'ended'])
  })

  it('lets nobody in while the queue is closed', async () => {
    await platform.contactCentre.agentDesk.setQueue({ companyId, userId: anna }, queueId, 'closed')
    const seen = await visitor.ask('GET', `/api/v1/visitor/sites/${siteId}`)
    assert.equal(seen.body.isOpen, false)
    const begun = await visitor.ask('POST', `/api/v1/visitor/sites/${siteId}/chats`, firstWords)
    assert.equal(begun.body.code, 'WEB_CHAT_CLOSED')
    const left = { name: 'Kim', address: 'kim@example.com', text: 'Call me.' }
    assert.equal((await visitor.ask('POST', `/api/v1/visitor/sites/${siteId}/messages`, left)).status, 204)
  })
})

describe('the hours of a queue', () => {
  it('go by the clocks of the company from the moment on in which it names others', async (t) => {
    const platform = await startApi()
    t.after(() => platform.close())
    const { store, clock } = platform
    const companyId = [...store.directory.companies()][0]!.id
    const settle = async () => {
      await store.check()
      await clock.advanceAsync(50)
      await store.check()
    }
    // Open now and for an hour by the clocks of Tokyo, seven or eight hours before those of Stockholm.
    const { weekday, minutes } = localTime('Asia/Tokyo', clock.now())
    const hour = (more: number) => `${String((Math.floor(minutes / 60) + more) % 24).padStart(2, '0')}:00`
    const open = [{ days: [weekday], from: hour(0), to: hour(2) }]
    const centre: Centre = {
      ...emptyCentre,
      schedules: [{ id: 'hours', name: 'Hours', open, ownDays: [] }],
      queues: [{ ...queue, scheduleId: 'hours' }],
    }
    const version = (store.centres.published(companyId)?.version ?? 0) + 1
    await store.centres.publish(
      { companyId, version, publishedAtMs: clock.now(), centre },
      { kind: 'centre.published', atMs: clock.now(), companyId, data: { version, changes: 1 } },
    )
    await settle()
    const admin = await platform.client.logIn('201@demo.vaxel.test', 'demo-201')
    const site = await admin.ask('POST', '/api/v1/chat-sites', { ...siteWish, name: 'Shop' })
    const visitor = platform.client.as(undefined)
    const isOpen = async () => (await visitor.ask('GET', `/api/v1/visitor/sites/${site.body.id}`)).body.isOpen
    assert.equal(await isOpen(), false)
    await admin.ask('PATCH', `/api/v1/companies/${companyId}`, { timeZone: 'Asia/Tokyo' })
    await settle()
    assert.equal(await isOpen(), true)
    await admin.ask('PATCH', `/api/v1/companies/${companyId}`, { timeZone: null })
    await settle()
    assert.equal(await isOpen(), false)
  })
})
