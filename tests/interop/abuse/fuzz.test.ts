import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { connect, type Socket } from 'node:net'
import { once } from 'node:events'
import { after, before, describe, it } from 'node:test'
import { type Platform, startPlatform } from '@vaxel/testkit'
import { askUntilAnswered } from './ask-until-answered.ts'
import { fuzzedMessage, keptSeeds } from './fuzzed-message.ts'

/** `FUZZ_FROM` and `FUZZ_COUNT` make it longer: another range of seeds by hand or over night. */
const from = Number(process.env['FUZZ_FROM'] ?? 10_000)
const count = Number(process.env['FUZZ_COUNT'] ?? 3000)
const seeds = [...keptSeeds, ...Array.from({ length: count }, (_, i) => from + i)]

const probe = (via: string, id: string): string =>
  [
    'OPTIONS sip:127.0.0.1 SIP/2.0',
    `Via: SIP/2.0/${via} 127.0.0.1:9;branch=z9hG4bK${id};rport`,
    'Max-Forwards: 70',
    `From: <sip:a@127.0.0.1>;tag=${id}`,
    'To: <sip:b@127.0.0.1>',
    `Call-ID: alive-${id}`,
    'CSeq: 1 OPTIONS',
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n')

/** A client frame as RFC 6455 §5.2 has it, masked by zeros. */
function frame(payload: Buffer, opcode: number, isLast: boolean): Buffer {
  const head = payload.length < 126 ? Buffer.alloc(6) : Buffer.alloc(8)
  head[0] = (isLast ? 0x80 : 0) | opcode
  head[1] = 0x80 | (payload.length < 126 ? payload.length : 126)
  if (payload.length >= 126) head.writeUInt16BE(payload.length, 2)
  return Buffer.concat([head, payload])
}

/** Resolves once the text has come, or with what came when the connection is closed. */
async function receivedOf(socket: Socket, text: string): Promise<string> {
  let all = ''
  return new Promise((resolve) => {
    const take = (bytes: Buffer): void => {
      all += bytes.toString('latin1')
      if (all.includes(text)) resolve(all)
    }
    socket.on('data', take)
    socket.once('close', () => resolve(all))
  })
}

describe(`a real server and ${seeds.length} messages gone wrong`, () => {
  let platform: Platform
  before(async () => {
    platform = await startPlatform({ environment: { VAXEL_LIMITS: 'requestsPerSecond=1000000,requestsBurst=1000000' } })
  })
  after(() => platform?.stop())

  /** Connections that the server closes on what cannot be framed are opened anew. */
  const dial = async (port: number): Promise<Socket> => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    socket.on('error', () => {})
    socket.setMaxListeners(0)
    await once(socket, 'connect')
    return socket
  }

  /** The server answers in order, so that the probe's answer comes when all before it was read; and nothing failed within. */
  async function assertSound(): Promise<void> {
    assert.ok(platform.program.isRunning)
    const id = `u${Math.random().toString(36).slice(2)}`
    assert.match(await askUntilAnswered(probe('UDP', id), platform.ports.sip), /^SIP\/2\.0 200 /)
    assert.doesNotMatch(
      platform.program.output,
      /failed on|step of the SIP stack failed|TypeError|RangeError|unhandled/i,
    )
  }

  it('over UDP', { timeout: 200_000 }, async () => {
    const socket = createSocket('udp4')
    socket.bind(0, '127.0.0.1')
    await once(socket, 'listening')
    for (const [i, seed] of seeds.entries()) {
      socket.send(fuzzedMessage(seed).subarray(0, 60_000), platform.ports.sip, '127.0.0.1')
      if (i % 100 === 99) await assertSound()
    }
    socket.close()
    await assertSound()
  })

  it('over TCP, several in one write, and each of the kept ones split at every byte', {
    timeout: 200_000,
  }, async () => {
    const port = platform.ports.sip
    for (let i = 0; i < seeds.length; i += 10) {
      const socket = await dial(port)
      socket.resume()
      socket.end(Buffer.concat(seeds.slice(i, i + 10).map(fuzzedMessage)))
      await once(socket, 'close')
    }
    await assertSound()
    for (const seed of keptSeeds) {
      const socket = await dial(port)
      const id = `t${seed}`
      const answered = receivedOf(socket, `alive-${id}`)
      for (const byte of Buffer.from(probe('TCP', id))) socket.write(Buffer.of(byte))
      assert.match(await answered, new RegExp(`alive-${id}`))
      // What cannot be framed ends the connection, and a reset takes with it what was not read yet.
      for (const byte of fuzzedMessage(seed)) if (!socket.destroyed) socket.write(Buffer.of(byte))
      await new Promise<void>((resolve) => socket.end(() => resolve()))
      socket.destroy()
    }
    await assertSound()
  })

  it('over WebSocket, whole, and each of the kept ones in frames of one byte', { timeout: 200_000 }, async () => {
    const upgraded = async (): Promise<Socket> => {
      const socket = await dial(platform.ports.http)
      const done = receivedOf(socket, '\r\n\r\n')
      socket.write(
        'GET /sip HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: sip\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n',
      )
      const head = await done
      assert.match(head, /^HTTP\/1\.1 101 /)
      assert.doesNotMatch(head, /deflate/)
      return socket
    }
    for (let i = 0; i < seeds.length; i += 50) {
      const socket = await upgraded()
      const id = `w${i}`
      const answered = receivedOf(socket, `alive-${id}`)
      for (const seed of seeds.slice(i, i + 50)) socket.write(frame(fuzzedMessage(seed).subarray(0, 65_000), 2, true))
      socket.write(frame(Buffer.from(probe('WS', id)), 1, true))
      assert.match(await answered, new RegExp(`alive-${id}`))
      socket.destroy()
    }
    for (const seed of keptSeeds) {
      const socket = await upgraded()
      const id = `f${seed}`
      const answered = receivedOf(socket, `alive-${id}`)
      const message = fuzzedMessage(seed)
      for (const [at, byte] of message.entries())
        socket.write(frame(Buffer.of(byte), at === 0 ? 2 : 0, at === message.length - 1))
      socket.write(frame(Buffer.from(probe('WS', id)), 1, true))
      assert.match(await answered, new RegExp(`alive-${id}`))
      socket.destroy()
    }
    await assertSound()
  })

  it('leaves no call behind, and few of the transactions that RFC 3261 keeps for half a minute', async () => {
    const metrics = async () => (await fetch(`${platform.url}/metrics`)).text()
    const valueOf = (text: string, name: RegExp): number[] =>
      text
        .split('\n')
        .filter((line) => name.test(line))
        .map((line) => Number(line.split(' ').at(-1)))
    const text = await metrics()
    assert.deepEqual(
      valueOf(text, /^vaxel_calls_now\b|^vaxel_calls\b/).filter((value) => value !== 0),
      [],
    )
    const open = valueOf(text, /^[^#].*transactions/)
    assert.ok(open.length > 0 && open.every((value) => value < 100 + seeds.length / 20), open.join())
  })
})
