import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, it, type TestContext } from 'node:test'
import type { Principal } from '@vaxel/contract'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { WebSocket } from 'ws'
import { eventStreamDoor } from './event-stream-door.ts'

const anna: Principal = { sessionId: 's', userId: 'u', companyId: 'c', role: 'administrator', isOperator: false }

/** A stream that Anna has opened, and whose rights are whatever `principal` says since. */
async function openStream(t: TestContext) {
  const clock = new VirtualClock()
  const login = { principal: anna }
  const door = eventStreamDoor({ authenticate: () => login.principal, open: () => {}, clock })
  const server = createServer().on('upgrade', door)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const client = new WebSocket(`ws://127.0.0.1:${port}/api/v1/events`, ['vaxel.events.v1'], {
    headers: { authorization: 'Bearer token' },
  })
  t.after(() => {
    client.terminate()
    door.close?.()
    server.close()
  })
  await once(client, 'open')
  return { clock, login, client }
}

describe('the door of the event stream', () => {
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
