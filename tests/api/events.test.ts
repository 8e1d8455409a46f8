import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { WebSocket } from 'ws'
import { type ApiPlatform, startApi } from './api-platform.ts'
import { recordCall } from './platform/record-call.ts'

interface Told {
  readonly number: number
  readonly kind: string
  readonly callId?: string
}

/** A client of the stream that waits for what must come. */
function follow(api: ApiPlatform, token: string | undefined, query: string) {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
  const socket = new WebSocket(`${api.url.replace('http', 'ws')}/api/v1/events${query}`, { headers })
  const told: Told[] = []
  let wake = () => {}
  socket.on('message', (text: Buffer) => {
    told.push(JSON.parse(text.toString()))
    wake()
  })
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }))
  })
  const refused = new Promise<number>((resolve) => {
    socket.on('unexpected-response', (_, response) => resolve(response.statusCode ?? 0))
  })
  return {
    socket,
    told,
    closed,
    refused,
    opened: new Promise<void>((resolve) => socket.on('open', () => resolve())),
    async until(enough: (told: readonly Told[]) => boolean) {
      while (!enough(told))
        await new Promise<void>((resolve) => {
          wake = resolve
        })
    },
  }
}

describe('the event stream', () => {
  let api: ApiPlatform
  before(async () => {
    api = await startApi()
  })
  after(() => api.close())

  it('tells what is not kept only to whom it is for, and to who asked for it', async () => {
    const { client, store, clock, notices } = api
    const { token } = await client.logIn('202@demo.vaxel.test', 'demo-202')
    const user = store.directory.userByAddress('demo.vaxel.test', '202')!
    const other = store.directory.userByAddress('demo.vaxel.test', '203')!
    const asked = follow(api, token, '?notices=1')
    const plain = follow(api, token, '')
    const brief = follow(api, token, '?brief=1')
    await Promise.all([asked.opened, plain.opened, brief.opened])
    const notice = { companyId: user.companyId, kind: 'test.told', atMs: clock.now() }
    notices.publish({ ...notice, data: { for: 'another' }, to: [other.id] })
    notices.publish({ ...notice, companyId: 'elsewhere' as typeof user.companyId, data: { for: 'elsewhere' } })
    notices.publish({ ...notice, data: { for: 'all' } })
    await recordCall(store, '202', '203', clock.now())
    await asked.until((told) => told.some(({ kind }) => kind === 'call.ended'))
    await plain.until((told) => told.some(({ kind }) => kind === 'call.ended'))
    const noticesIn = (told: readonly object[]) => told.filter((message) => 'notice' in message)
    assert.deepEqual(noticesIn(asked.told), [
      { notice: 'test.told', at: new Date(notice.atMs).toISOString(), data: { for: 'all' } },
    ])
    assert.deepEqual(noticesIn(plain.told), [])
    await brief.until((told) => told.some(({ kind }) => kind === 'call.ended'))
    const dataOf = (told: readonly object[]) =>
      (told as readonly { kind?: string; data: object }[]).filter(({ kind }) => kind === 'call.ended')[0]?.data
    assert.deepEqual(dataOf(brief.told), { answered: true })
    assert.deepEqual(Object.keys(dataOf(plain.told)!), ['termination', 'answered'])
    for (const { socket } of [asked, plain, brief]) socket.close()
  })

  it('gives what was missed, then what happens, without a gap or a repetition', async () => {
    const admin = await api.client.logIn('201@demo.vaxel.test', 'demo-201')
    const stream = follow(api, admin.token, '?after=0')
    // Written while the stream is being filled from the ledger.
    const written = Array.from({ length: 50 }, (_, i) => recordCall(api.store, '210', '211', api.clock.now() + i))
    const ids = await Promise.all(written)
    const last = api.store.feed.lastNumber
    await stream.until((told) => told.at(-1)?.number === last)
    assert.deepEqual(
      stream.told.map(({ number }) => number),
      Array.from({ length: last }, (_, i) => i + 1),
    )
    const live = await recordCall(api.store, '212', '213', api.clock.now() + 1000)
    await stream.until((told) => told.at(-1)?.number === last + 3)
    assert.equal(stream.told.at(-1)?.callId, live)
    assert.ok(ids.length === 50)
    stream.socket.close()
  })

  it('tells a user only their own calls, whole ones', async () => {
    const user = await api.client.logIn('214@demo.vaxel.test', 'demo-214')
    const start = api.store.feed.lastNumber
    const stream = follow(api, user.token, `?after=${start}`)
    await stream.opened
    await recordCall(api.store, '215', '216', api.clock.now() + 2000)
    const own = await recordCall(api.store, '215', '214', api.clock.now() + 3000)
    await stream.until((told) => told.some(({ kind }) => kind === 'call.ended'))
    assert.ok(stream.told.every(({ callId }) => callId === own))
    stream.socket.close()
  })

  it('begins with now when no number is given', async () => {
    const admin = await api.client.logIn('201@demo.vaxel.test', 'demo-201')
    const before = api.store.feed.lastNumber
    const stream = follow(api, admin.token, '')
    await stream.opened
    // When exactly "now" was, only the stream knows: calls are recorded until one is told.
    for (let i = 0; stream.told.length === 0; i++) await recordCall(api.store, '217', '218', api.clock.now() + 4000 + i)
    assert.ok(stream.told[0]!.number > before)
    stream.socket.close()
  })

  it('is refused without a token and ends with the session', async () => {
    assert.equal(await follow(api, undefined, '').refused, 401)
    const admin = await api.client.logIn('201@demo.vaxel.test', 'demo-201')
    assert.equal(await follow(api, admin.token, '?after=x').refused, 400)
    const stream = follow(api, admin.token, '?after=0')
    await stream.until((told) => told.length > 0)
    await admin.ask('DELETE', '/api/v1/sessions/current')
    assert.equal((await stream.closed).code, 1008)
  })

  it('says goodbye when the server stops', async () => {
    const other = await startApi()
    const admin = await other.client.logIn('201@demo.vaxel.test', 'demo-201')
    const stream = follow(other, admin.token, '?after=0')
    await stream.until((told) => told.length > 0)
    await other.close()
    assert.deepEqual(await stream.closed, { code: 1001, reason: 'The server stops.' })
  })

  it('takes the token of a browser as a subprotocol', async () => {
    const admin = await api.client.logIn('201@demo.vaxel.test', 'demo-201')
    const socket = new WebSocket(`${api.url.replace('http', 'ws')}/api/v1/events?after=0`, [
      'vaxel.events.v1',
      `bearer.${admin.token}`,
    ])
    await new Promise<void>((resolve, reject) => socket.on('message', () => resolve()).on('error', reject))
    assert.equal(socket.protocol, 'vaxel.events.v1')
    socket.close()
  })
})
