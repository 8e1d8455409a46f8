import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, it, type TestContext } from 'node:test'
import type { Principal } from '@vaxel/contract'
import { eventually } from '@vaxel/testkit'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { WebSocket } from 'ws'
import { eventStreamDoor } from './event-stream-door.ts'

const anna: Principal = { sessionId: 's', userId: 'u', companyId: 'c', role: 'administrator', isOperator: false }

/** A stream that Anna has opened, and whose rights are whatever `principal` says since. */
async function openStream(t: TestContext, more = 0) {
  const clock = new VirtualClock()
  const login = { principal: anna }
  const door = eventStreamDoor({ authenticate: () => login.principal, open: () => {}, clock })
  const server = createServer().on('upgrade', door)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const clients: WebSocket[] = []
  const connect = (): WebSocket => {
    const client = new WebSocket(`ws://127.0.0.1:${port}/api/v1/events`, ['vaxel.events.v1'], {
      headers: { authorization: 'Bearer token' },
    })
    clients.push(client.on('error', () => {}))
    return client
  }
  const client = connect()
  t.after(() => {
    for (const one of clients) one.terminate()
    door.close?.()
    server.close()
  })
  await once(client, 'open')
  for (let i = 0; i < more; i++) await once(connect(), 'open')
  return { clock, login, client, connect }
}

describe('the door of the event stream', () => {
  it('has room for others when one person opens stream upon stream', async (t) => {
    const { login, client, connect } = await openStream(t, 49)
    const [, refused] = (await once(connect(), 'unexpected-response')) as [unknown, IncomingMessage]
    assert.equal(refused.statusCode, 503)
    login.principal = { ...anna, userId: 'bo' }
    await once(connect(), 'open')
    login.principal = anna
    client.close()
    await eventually(
      'there is room again',
      () =>
        new Promise<boolean>((done) => {
          connect()
            .once('open', () => done(true))
            .once('unexpected-response', () => done(false))
        }),
    )
  })

  it('goes on while nothing changes', async (t) => {
    const { clock, client } = await openStream(t)
    const pinged = once(client, 'ping')
    clock.advance(30_000)
    await pinged
  })

  for (const [what, change] of [
    ['has become less', { role: 'user' }],
    ['has come to another company', { companyId: 'd' }],
    ['is an operator now', { isOperator: true }],
  ] as const)
    it(`is to be opened anew by who ${what}`, async (t) => {
      const { clock, login, client } = await openStream(t)
      const closed = once(client, 'close')
      login.principal = { ...anna, ...change }
      clock.advance(30_000)
      assert.equal((await closed)[0], 1012)
    })
})
