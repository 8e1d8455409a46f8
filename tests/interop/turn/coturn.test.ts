import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { silentLogger, systemClock } from '@vaxel/base'
import { createHttpServer, type HttpServer, issueCertificate, makeAuthority, openStunListener } from '@vaxel/connect'
import { NotAuthenticated } from '@vaxel/contract'
import type { Endpoint } from '@vaxel/sip'
import { FreePorts, Program } from '@vaxel/testkit'
import { TurnCredentials } from '../../../packages/connect/src/net/turn/turn-credentials.ts'
import { TurnDoor } from '../../../packages/connect/src/net/turn/turn-door.ts'
import { TurnServer } from '../../../packages/connect/src/net/turn/turn-server.ts'

const clock = systemClock

/** Runs coturn's client: so many messages of 160 bytes to the peer and back, one each 20 ms. */
async function uclient(...args: string[]): Promise<{ output: string; lost: number; received: number }> {
  const client = Program.start('turnutils_uclient', ['-v', '-n', '50', '-l', '160', '-c', ...args, '127.0.0.1'])
  await Promise.race([client.ended, new Promise((resolve) => setTimeout(resolve, 30_000).unref())])
  await client.stop('SIGKILL')
  const { output } = client
  const received = /tot_recv_msgs=(\d+)/g
  const counts = [...output.matchAll(received)].map(([, count]) => Number(count))
  const lost = Number(/Total lost packets (\d+)/.exec(output)?.[1] ?? Number.NaN)
  return { output, lost, received: Math.max(0, ...counts) }
}

describe("coturn's client at our relay", () => {
  let peer: Program
  let http: HttpServer
  let user: readonly string[]
  let ports: FreePorts
  let [stun, https]: number[] = []
  let peerPort = 0
  const closes: (() => Promise<void> | void)[] = []

  before(async () => {
    ports = await FreePorts.claim()
    peerPort = await ports.port()
    peer = Program.start('turnutils_peer', ['-p', String(peerPort), '-L', '127.0.0.1', '-v'])
    // The client binds a channel to the port behind the peer's too, for RTCP that it does not send then.
    const isPeer = ({ address, port }: Endpoint) =>
      address === '127.0.0.1' && (port === peerPort || port === peerPort + 1)
    const targets = {
      isOwn: (address: string) => address === '127.0.0.1',
      resolve: (at: Endpoint) => (isPeer(at) ? at : undefined),
      has: (family: number) => family === 4,
      relayAddress: () => '127.0.0.1',
    }
    const credentials = new TurnCredentials({ secret: Buffer.alloc(32, 3), urlsFor: () => [] })
    const server = new TurnServer({ credentials, targets, wallMs: () => clock.now() })
    const door = new TurnDoor({ clock, server, targets, avoid: [1, 2] })
    const listener = await openStunListener({ address: '127.0.0.1', port: await ports.port() }, door)
    stun = listener.bound.port
    const times = { nowMs: Date.now(), lifetimeMs: 3_600_000 }
    const authority = await makeAuthority({ commonName: 'test', ...times })
    const keyed = await issueCertificate(authority, {
      commonName: 'a',
      names: ['127.0.0.1'],
      uses: ['serverAuth'],
      ...times,
    })
    http = await createHttpServer({
      clock,
      log: silentLogger,
      https: { address: '127.0.0.1', port: 0, ...keyed },
      handlers: [],
      authenticate: () => NotAuthenticated(),
      landing: { version: '1' },
    })
    http.onStun((socket) => door.acceptStream(socket, 'tls'))
    await http.listen()
    https = http.addresses.https!.port
    const { username, credential } = credentials.issue('anna', clock.now())
    user = ['-u', username, '-w', credential]
    closes.push(
      () => door.close(),
      () => listener.close(),
      () => http.close(),
      async () => void (await peer.stop('SIGKILL')),
      () => ports.release(),
    )
  })
  after(async () => {
    for (const close of closes) await close()
  })

  const way: Readonly<Record<string, readonly string[]>> = { UDP: [], TCP: ['-t'], 'TLS on the web port': ['-t', '-S'] }
  for (const [name, flags] of Object.entries(way))
    for (const [how, more] of Object.entries({ channels: [], indications: ['-s'] }))
      it(`has every message back over ${name} by ${how}`, async () => {
        const port = flags.includes('-S') ? https : stun
        const { output, received, lost } = await uclient(
          ...[...flags, ...more, ...user, '-p', String(port), '-e', '127.0.0.1', '-r', String(peerPort)],
        )
        assert.equal(received, 50, output.slice(-3000))
        assert.equal(lost, 0, output.slice(-1000))
      })

  it('asks for the ports of others and is refused', async () => {
    const { output, received } = await uclient(...user, '-p', String(stun), '-e', '127.0.0.1', '-r', '22')
    assert.equal(received, 0, output.slice(-1000))
    assert.match(output, /403/)
  })

  it('is let in by no wrong password', async () => {
    const { output } = await uclient(
      '-u',
      user[1]!,
      '-w',
      'x',
      '-p',
      String(stun),
      '-e',
      '127.0.0.1',
      '-r',
      String(peerPort),
    )
    assert.match(output, /401|Unauthorized|Cannot complete Allocation/i)
  })
})
