import assert from 'node:assert/strict'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer as createHttp, type RequestListener } from 'node:http'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { temporaryFolder } from '@vaxel/testkit/temporary-folder'
import { runProbeCommand } from './probe-command.ts'

const servers: Server[] = []
const sockets = new Set<Socket>()

async function opened(server: Server): Promise<number> {
  servers.push(server)
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('error', () => {}).on('close', () => sockets.delete(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

const raw = (greet: (socket: Socket) => void): Promise<number> => opened(createServer(greet))
const web = (answer: RequestListener): Promise<number> => opened(createHttp(answer))
const json =
  (status: number, body: string): RequestListener =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(body)
  }

/** A session as the server gives it, with fields of a stranger's making. */
const session = (more: object): string =>
  JSON.stringify({
    checkId: '0123456789abcdef',
    expiresAt: '2026-11-21T13:00:00Z',
    echo: { id: '0123456789abcdef', key: 'A'.repeat(43) },
    catalogue: { id: 'vaxel', version: '2026112101' },
    address: '127.0.0.1',
    names: [],
    ports: { webTls: 1, sip: 1, sips: 1, stun: 1, media: 1, mediaRange: { from: 1, to: 2 }, sample: [1] },
    stun: [],
    turn: { urls: [] },
    thresholds: { oneWayDelayMs: 150, jitterMs: 20, packetLossPercent: 1 },
    limits: { packetsPerSecond: 1, packets: 1, hellos: 1, longestPacketBytes: 1 },
    yourAddress: '127.0.0.1',
    ...more,
  })

async function run(
  target: string | undefined,
  options: Record<string, string | true> = {},
): Promise<{ code: number; said: string }> {
  const said: string[] = []
  const code = await runProbeCommand(
    { ...(target !== undefined && { target }), options: { language: 'en', ...options } },
    {
      line: (text) => said.push(text),
      note: (text) => said.push(text),
      environment: {},
      version: '0',
      signal: new AbortController().signal,
    },
  )
  return { code, said: said.join('\n') }
}

describe('a probe among servers that answer nonsense', { concurrency: true }, () => {
  after(() => {
    for (const socket of sockets) socket.destroy()
    for (const server of servers) server.close()
  })

  const hostile: readonly (readonly [string, () => Promise<string>, RegExp])[] = [
    [
      'speaks SSH instead of TLS',
      async () => `127.0.0.1:${await raw((socket) => void socket.write('SSH-2.0-x\r\n'))}`,
      /not with TLS/,
    ],
    [
      'speaks SSH instead of HTTP',
      async () => `http://127.0.0.1:${await raw((socket) => void socket.write('SSH-2.0-x\r\n'))}`,
      /no Vaxel server/,
    ],
    [
      'sends random bytes',
      async () => `127.0.0.1:${await raw((socket) => void socket.write(Buffer.alloc(5000, 0xa7)))}`,
      /not with TLS/,
    ],
    [
      'cuts the connection',
      async () => `127.0.0.1:${await raw((socket) => void socket.destroy())}`,
      /not with TLS|No connection/,
    ],
    [
      'never ends its header',
      async () =>
        `http://127.0.0.1:${await raw((socket) => {
          socket.write('HTTP/1.1 201 Created\r\n')
          socket.write(`x: ${'y'.repeat(100_000)}\r\n`.repeat(4))
        })}`,
      /no Vaxel server/,
    ],
    [
      'never ends its answer',
      async () =>
        `http://127.0.0.1:${await web((_, response) => {
          const more = (): void => {
            while (!response.destroyed && response.write('x'.repeat(65_536)));
          }
          response.on('drain', more)
          more()
        })}`,
      /no Vaxel server/,
    ],
    [
      'answers a page',
      async () => `http://127.0.0.1:${await web((_, response) => void response.end('<html>log in'))}`,
      /HTTP 200/,
    ],
    ['answers no JSON', async () => `http://127.0.0.1:${await web(json(201, '{'))}`, /no JSON/],
    ['answers a list', async () => `http://127.0.0.1:${await web(json(201, '[]'))}`, /no object/],
    [
      'answers with steering characters',
      async () =>
        `http://127.0.0.1:${await web((_, response) => void response.writeHead(503, { 'content-type': 'application/problem+json' }).end('{"title":"\\u001b[31mred\\u202e"}'))}`,
      /would not take part/,
    ],
    [
      'gives ports that are none',
      async () => `http://127.0.0.1:${await web(json(201, session({ ports: { webTls: 99_999, sample: 'all' } })))}`,
      /make no sense: ports/,
    ],
    [
      'gives limits that are none',
      async () => `http://127.0.0.1:${await web(json(201, session({ limits: { packetsPerSecond: -1 } })))}`,
      /make no sense: limits/,
    ],
    [
      'gives a key that is none',
      async () => `http://127.0.0.1:${await web(json(201, session({ echo: { id: 'x', key: '' } })))}`,
      /make no sense: echo/,
    ],
    [
      'gives a catalogue that is none',
      async () =>
        `http://127.0.0.1:${await web((request, response) => json(request.method === 'POST' ? 201 : 200, request.method === 'POST' ? session({}) : '{"format":1,"id":"\\u001b"}')(request, response))}`,
      /line 1: \/format/,
    ],
  ]
  for (const [what, start, words] of hostile)
    it(`that ${what}: clear words and 3`, async () => {
      const { code, said } = await run(await start())
      assert.equal(code, 3, said)
      assert.match(said, words)
      assert.match(said, /^VAXEL NOT PROVEN - /m)
      for (const sign of ['\u001b', '\u202e']) assert.ok(!said.includes(sign), JSON.stringify(said))
    })

  it('tells every mistake of a command line and its files at once', async () => {
    const file = join(temporaryFolder('probe-input'), 'profile.json')
    writeFileSync(file, '{"format":"vaxel-site-profile/1","people":{"softphone":-1},"connection":"carrier pigeon"}')
    const { code, said } = await run('ftp://x', {
      minutes: 'long',
      profile: file,
      merge: '/nowhere/report.json',
      only: 'everything',
    })
    assert.equal(code, 3)
    for (const part of [
      'ftp://x is no server',
      '--minutes',
      '--only',
      '/people/softphone',
      '/connection',
      '/name',
      '/nowhere/report.json',
    ])
      assert.ok(said.includes(part), `${part} is not in:\n${said}`)
  })

  it('asks for a target when there is none, and knows which catalogues it brings', async () => {
    assert.match((await run(undefined)).said, /Name the server to check/)
    assert.match(
      (await run(undefined, { catalogue: 'no-such' })).said,
      /There is no catalogue no-such.*telia-touchpoint-plus/,
    )
  })
})
