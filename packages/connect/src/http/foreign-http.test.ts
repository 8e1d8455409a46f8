import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { systemClock } from '@vaxel/base'
import { ForeignHttp } from './foreign-http.ts'
import { InnerAddresses, isNetwork } from './inner-addresses.ts'

describe('a question to a server of somebody else', () => {
  let server: Server
  let url: string
  let port: number
  const seen: {
    method: string | undefined
    path: string | undefined
    authorization: string | undefined
    body: string
  }[] = []
  const held: ServerResponse[] = []
  const guarded = new ForeignHttp({ allowedNetworks: [], clock: systemClock })
  const open = new ForeignHttp({ allowedNetworks: ['127.0.0.0/8', '::1'], clock: systemClock })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    seen.push({ method: request.method, path: request.url, authorization: request.headers.authorization, body })
    if (request.url === '/slow') return void held.push(response)
    if (request.url === '/half') {
      held.push(response)
      return void response.write('{ "agent":')
    }
    if (request.url === '/away') return void response.writeHead(302, { location: `${url}/json` }).end()
    if (request.url === '/long') return void response.end('x'.repeat(70_000))
    if (request.url === '/text') return void response.end('hello')
    response.end('{ "agent": { "name": "Anna" } }')
  }

  before(async () => {
    server = createServer((request, response) => void answer(request, response))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    port = (server.address() as AddressInfo).port
    url = `http://127.0.0.1:${port}`
  })
  after(() => {
    for (const response of held) response.destroy()
    guarded.close()
    open.close()
    server.closeAllConnections()
    server.close()
  })
  const ask = (path: string, more: object = {}) => open.ask({ url: `${url}${path}`, timeLimitMs: 5000, ...more })

  it('brings the JSON of the answer', async () => {
    assert.deepEqual(await ask('/json', { authorization: 'Bearer x' }), {
      kind: 'answered',
      status: 200,
      body: { agent: { name: 'Anna' } },
    })
    assert.deepEqual(seen.at(-1), { method: 'GET', path: '/json', authorization: 'Bearer x', body: '' })
    await ask('/json', { body: { caller: '+46' } })
    assert.deepEqual([seen.at(-1)?.method, seen.at(-1)?.body], ['POST', '{"caller":"+46"}'])
    assert.deepEqual(await ask('/text'), { kind: 'answered', status: 200, body: undefined })
  })

  it('finds names in the table of hosts, and says when one is not known', async () => {
    assert.equal((await open.ask({ url: `http://localhost:${port}/json`, timeLimitMs: 5000 })).kind, 'answered')
    const { kind } = await open.ask({ url: 'http://nobody.invalid/', timeLimitMs: 5000 })
    assert.equal(kind, 'failed')
  })

  it('ends by its limit of time, when it is given up, and when the answer is too long', async () => {
    assert.deepEqual(await ask('/slow', { timeLimitMs: 50 }), { kind: 'timeOut' })
    assert.deepEqual(await ask('/half', { timeLimitMs: 100 }), { kind: 'timeOut' })
    const gone = new AbortController()
    const asked = ask('/slow', { signal: gone.signal })
    gone.abort()
    assert.equal((await asked).kind, 'failed')
    assert.deepEqual(await ask('/long'), { kind: 'failed', reason: 'the answer is longer than 64 KiB' })
  })

  it('follows no redirection', async () => {
    assert.deepEqual(await ask('/away'), { kind: 'failed', reason: 'status 302' })
    assert.equal(seen.at(-1)?.path, '/away')
  })

  it('never reaches this machine, by address or by name, in any way of writing it', async () => {
    const before = seen.length
    for (const host of ['127.0.0.1', 'localhost', '2130706433', '0x7f.1', '[::1]', '[::ffff:127.0.0.1]', '0.0.0.0'])
      assert.equal((await guarded.ask({ url: `http://${host}:${port}/`, timeLimitMs: 2000 })).kind, 'failed', host)
    for (const other of ['file:///etc/passwd', 'ftp://127.0.0.1/', 'nonsense'])
      assert.equal((await guarded.ask({ url: other, timeLimitMs: 2000 })).kind, 'failed', other)
    assert.equal(seen.length, before)
  })
})

describe('addresses that are asked', () => {
  const inner = new InnerAddresses(['10.1.0.0/16', 'fd00:1::/32'])

  it('are those of the internet, and what the operator allows', () => {
    for (const address of ['8.8.8.8', '192.36.125.2', '2a00:1450:4001::1', '10.1.2.3', 'fd00:1::5', '::ffff:8.8.8.8'])
      assert.equal(inner.isRefused(address), false, address)
    for (const address of [
      '10.2.0.1',
      '169.254.169.254',
      '192.168.1.1',
      '100.64.0.1',
      '255.255.255.255',
      'fe80::1',
      'fd00:2::5',
      '64:ff9b::7f00:1',
      '::ffff:127.0.0.1',
      '::ffff:7f00:1',
      '::',
      'nonsense',
    ])
      assert.equal(inner.isRefused(address), true, address)
  })

  it('are written as an address or a network', () => {
    assert.deepEqual(['10.0.0.0/8', '10.0.0.1', 'fd00::/8', '10.0.0.0/33', '10.0.0.0/8/8', 'crm'].map(isNetwork), [
      true,
      true,
      true,
      false,
      false,
      false,
    ])
  })
})
