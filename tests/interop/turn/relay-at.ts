import { silentLogger, systemClock } from '@vaxel/base'
import { createHttpServer, issueCertificate, makeAuthority, openStunListener } from '@vaxel/connect'
import { NotAuthenticated } from '@vaxel/contract'
import type { Endpoint } from '@vaxel/sip'
import { FreePorts, Program } from '@vaxel/testkit'
import { TurnCredentials } from '../../../packages/connect/src/net/turn/turn-credentials.ts'
import { TurnDoor } from '../../../packages/connect/src/net/turn/turn-door.ts'
import { TurnServer } from '../../../packages/connect/src/net/turn/turn-server.ts'

const clock = systemClock
/** The client's messages of 160 bytes as the relay brings them back: a Data indication and ChannelData. */
const messageBytes = [196, 164]

/** Our relay on one address, with coturn's peer behind it, which sends back what comes. */
export interface RelayAt {
  /** Of UDP and TCP, of TLS on the web's own port, and of the peer. */
  readonly ports: { readonly stun: number; readonly https: number; readonly peer: number }
  /** Arguments of coturn's client that let it in. */
  readonly user: readonly string[]
  /** Runs coturn's client: so many messages of 160 bytes to the peer and back, one each 20 ms. */
  uclient(...args: readonly string[]): Promise<{ output: string; lost: number; received: number }>
  close(): Promise<void>
}

/** Over TLS the client takes what it reads at once for one message, and misses the second of two that were written at once on a busy machine. */
function joinedMessages(output: string): number {
  const read = [...output.matchAll(/response received: size=(\d+)/g)].map(([, size]) => Number(size))
  const more = read.map(
    (size) => messageBytes.map((one) => size / one - 1).find((count) => Number.isInteger(count)) ?? 0,
  )
  return more.reduce((sum, count) => sum + count, 0)
}

export async function startRelayAt(address: '127.0.0.1' | '::1'): Promise<RelayAt> {
  const free = await FreePorts.claim()
  // The peer takes the port behind its own too.
  const peerPort = (await free.range(2))[0]!
  // The client binds a channel to the port behind the peer's too, for RTCP that it does not send then.
  const isPeer = (at: Endpoint) => at.address === address && (at.port === peerPort || at.port === peerPort + 1)
  const targets = {
    isOwn: (own: string) => own === address,
    resolve: (at: Endpoint) => (isPeer(at) ? at : undefined),
    has: (family: number) => family === (address === '::1' ? 6 : 4),
    relayAddress: () => address,
  }
  const credentials = new TurnCredentials({ secret: Buffer.alloc(32, 3), urlsFor: () => [] })
  const server = new TurnServer({ credentials, targets, wallMs: () => clock.now() })
  const door = new TurnDoor({ clock, server, targets, avoid: [1, 2] })
  const listener = await openStunListener({ address, port: await free.port() }, door)
  const times = { nowMs: Date.now(), lifetimeMs: 3_600_000 }
  const authority = await makeAuthority({ commonName: 'test', ...times })
  const keyed = await issueCertificate(authority, { commonName: 'a', names: [address], uses: ['serverAuth'], ...times })
  const http = await createHttpServer({
    clock,
    log: silentLogger,
    https: { address, port: 0, ...keyed },
    handlers: [],
    authenticate: () => NotAuthenticated(),
    landing: { version: '1' },
  })
  http.onStun((socket) => door.acceptStream(socket, 'tls'))
  await http.listen()
  const peer = Program.start('turnutils_peer', ['-p', String(peerPort), '-L', address, '-v'])
  const { username, credential } = credentials.issue('anna', clock.now())
  return {
    ports: { stun: listener.bound.port, https: http.addresses.https!.port, peer: peerPort },
    user: ['-u', username, '-w', credential],
    async uclient(...args) {
      const client = Program.start('turnutils_uclient', ['-v', '-n', '50', '-l', '160', '-c', ...args, address])
      await Promise.race([client.ended, new Promise((resolve) => setTimeout(resolve, 30_000).unref())])
      await client.stop('SIGKILL')
      const { output } = client
      const counts = [...output.matchAll(/tot_recv_msgs=(\d+)/g)].map(([, count]) => Number(count))
      const lost = Number(/Total lost packets (\d+)/.exec(output)?.[1] ?? Number.NaN)
      const joined = joinedMessages(output)
      return { output, lost: lost - joined, received: Math.max(0, ...counts) + joined }
    },
    async close() {
      door.close()
      await listener.close()
      await http.close()
      await peer.stop('SIGKILL')
      free.release()
    },
  }
}
