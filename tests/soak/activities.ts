// What a server goes through in an hour, each kind of it as one small step that is done again and again.
import { createSocket } from 'node:dgram'
import { connect } from 'node:net'
import { type Platform, type SeededRandom, within } from '@vaxel/testkit'
import type { NetPhone } from '@vaxel/testkit/peers/net-phone'

export interface SoakWorld {
  readonly platform: Platform
  /** Registered phones of the demo company; the first half calls, the second is called. */
  readonly phones: readonly NetPhone[]
  readonly random: SeededRandom
}

export interface Activity {
  readonly name: string
  /** How many a second, at rate 1. */
  readonly perSecond: number
  /** Does it once; @throws when the server did something else than it should. */
  run(world: SoakWorld): Promise<void>
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

function pick<T>(world: SoakWorld, from: readonly T[]): T {
  return from[world.random.between(0, from.length - 1)]!
}

const callers = (world: SoakWorld) => world.phones.slice(0, world.phones.length / 2)
const callees = (world: SoakWorld) => world.phones.slice(world.phones.length / 2)

function expect(is: boolean, what: string): void {
  if (!is) throw new Error(what)
}

/** Calls a number, talks for a while, hangs up. */
async function talk(world: SoakWorld, number: string, leastPackets: number): Promise<void> {
  const phone = pick(world, callers(world))
  const call = await phone.call(number)
  await call.isAnswered()
  await wait(world.random.between(500, 4000))
  call.hangUp()
  await call.isOver()
  phone.calls.splice(phone.calls.indexOf(call), 1)
  for (const callee of callees(world)) removeEnded(callee)
  expect(call.talker.receivedPackets >= leastPackets, `${number} was heard with ${call.talker.receivedPackets} packets`)
}

function removeEnded(phone: NetPhone): void {
  for (let i = phone.calls.length - 1; i >= 0; i--) if (phone.calls[i]!.end) phone.calls.splice(i, 1)
}

/** Sends bytes over UDP from a port of nobody, and goes away. */
async function stranger(world: SoakWorld, message: string | Uint8Array): Promise<void> {
  const socket = createSocket('udp4')
  await new Promise<void>((resolve, reject) =>
    socket.send(message, world.platform.ports.sip, '127.0.0.1', (error) => (error ? reject(error) : resolve())),
  )
  await wait(50)
  socket.close()
}

let strangers = 0
function strangeRequest(method: string, number: string): string {
  const id = `soak${process.pid}x${strangers++}`
  return [
    `${method} sip:${number}@demo.vaxel.test SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bK${id};rport`,
    'Max-Forwards: 70',
    `From: <sip:${id}@demo.vaxel.test>;tag=${id}`,
    `To: <sip:${number}@demo.vaxel.test>`,
    `Call-ID: ${id}`,
    `CSeq: 1 ${method}`,
    `Contact: <sip:${id}@127.0.0.1:9>`,
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n')
}

/** Opens a connection, writes that much, and breaks it off without a word. */
async function abort(port: number, bytes: string): Promise<void> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  await within('a connection', new Promise<void>((resolve) => socket.once('connect', () => resolve())), 5000)
  if (bytes !== '') socket.write(bytes, 'latin1')
  await wait(20)
  socket.resetAndDestroy()
}

/** All of them. A kind is added here when something new can grow. */
export const activities: readonly Activity[] = [
  {
    name: 'registrations',
    perSecond: 2,
    run: async (world) => expect((await pick(world, world.phones).register(600)) === 200, 'REGISTER was refused'),
  },
  {
    name: 'calls',
    perSecond: 1,
    run: (world) => talk(world, pick(world, callees(world)).user, 10),
  },
  { name: 'echo', perSecond: 0.1, run: (world) => talk(world, '600', 5) },
  { name: 'conferences', perSecond: 0.2, run: (world) => talk(world, '400', 0) },
  {
    name: 'cancelled calls',
    perSecond: 0.3,
    run: async (world) => {
      const phone = pick(world, callers(world))
      // A user without a phone, and a number that nobody has.
      const call = await phone.call(pick(world, ['219', '299']))
      await wait(world.random.between(0, 30))
      call.hangUp()
      await call.isOver()
      phone.calls.splice(phone.calls.indexOf(call), 1)
    },
  },
  {
    name: 'subscriptions',
    perSecond: 0.5,
    run: async (world) => {
      const phone = pick(world, world.phones)
      const headers = [
        ['Event', 'reg'],
        // Some are fetched once, the others run out by themselves.
        ['Expires', pick(world, ['0', '60'])],
        ['Contact', `<sip:${phone.user}@127.0.0.1:${phone.sipPort}>`],
      ] as const
      const status = await phone.ask('SUBSCRIBE', phone.user, headers)
      expect(status === 200 || status === 423, `SUBSCRIBE: ${status}`)
    },
  },
  {
    name: 'options',
    perSecond: 2,
    run: async (world) => {
      const status = await pick(world, world.phones).ask('OPTIONS', pick(world, ['201', '600']))
      expect(status === 200, `OPTIONS: ${status}`)
    },
  },
  {
    name: 'refused strangers',
    perSecond: 3,
    run: (world) => stranger(world, strangeRequest(pick(world, ['REGISTER', 'INVITE', 'SUBSCRIBE', 'OPTIONS']), '201')),
  },
  {
    name: 'noise',
    perSecond: 2,
    run: (world) => stranger(world, world.random.bytes(world.random.between(1, 1400))),
  },
  {
    name: 'aborted SIP connections',
    perSecond: 1,
    run: ({ platform, random }) => {
      const request = strangeRequest('OPTIONS', '201')
      return abort(platform.ports.sip, request.slice(0, random.between(0, request.length)))
    },
  },
  { name: 'aborted TLS handshakes', perSecond: 0.5, run: ({ platform }) => abort(platform.ports.sips, '\x16\x03\x01') },
  {
    name: 'aborted WebSockets',
    perSecond: 0.5,
    run: ({ platform }) =>
      abort(
        platform.ports.http,
        'GET /sip HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: sip\r\n\r\n',
      ),
  },
  {
    name: 'web',
    perSecond: 0.5,
    run: async ({ platform }) => {
      const reply = await fetch(`${platform.url}/healthz`)
      expect(reply.status === 200, `healthz: ${reply.status}`)
      await reply.text()
    },
  },
]
