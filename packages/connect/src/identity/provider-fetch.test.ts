import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { afterEach, describe, it } from 'node:test'
import { providerFetch } from './provider-fetch.ts'

const running = new Set<Server>()

/** Asks a server that answers with these bytes, whatever it is asked, and hangs up. */
async function ask(answer: string): Promise<Response> {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => socket.end(answer, 'latin1'))
  })
  running.add(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return providerFetch(true)(`http://127.0.0.1:${port}/`, { method: 'GET', headers: {}, body: undefined })
}

describe('what a login provider answers', () => {
  afterEach(() => {
    for (const server of running) server.close()
    running.clear()
  })

  it('is read with its status and fields', async () => {
    const answer = await ask('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}')
    assert.deepEqual([answer.status, answer.headers.get('content-type')], [200, 'application/json'])
    assert.deepEqual(await answer.json(), {})
  })

  it('may have a status that says that there is nothing more', async () => {
    for (const status of [204, 205, 304]) {
      const answer = await ask(`HTTP/1.1 ${status} Nothing\r\nContent-Length: 0\r\n\r\n`)
      assert.equal(answer.status, status)
    }
  })

  it('is a fault of that provider alone when its status is none of HTTP', async () => {
    for (const status of [600, 999])
      await assert.rejects(ask(`HTTP/1.1 ${status} No\r\nContent-Length: 2\r\n\r\n{}`), /127\.0\.0\.1/)
  })

  it('fails when it ends in the middle', async () => {
    await assert.rejects(ask('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{}'))
  })
})
