import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { describe, it } from 'node:test'
import { systemClock } from '@vaxel/base'
import { cookieBytes, type Mac, readEcho, unknownTos, writeEcho } from '@vaxel/site'
import type { ProbeContext } from '../check/check.ts'
import { streamCheck } from './stream-check.ts'

const checkId = '0123456789abcdef'
const mac: Mac = (bytes) => createHmac('sha256', Buffer.alloc(32, 7)).update(bytes).digest()
const hourMs = 3_600_000

/** An echo that falls silent after so many probes; of a server whose clock is so much behind this machine's. */
async function measured({ answers = Infinity, behindMs = 0, isServerUp = true, seconds = 2.4 } = {}) {
  const socket = createSocket('udp4')
  let received = 0
  socket.on('message', (bytes, { address, port }) => {
    const read = readEcho(bytes)
    if (!read.ok || (read.packet.type === 'probe' && ++received > answers)) return
    const { sequence, senderTimeUs, type } = read.packet
    const answer = writeEcho(
      {
        type: type === 'hello' ? 'cookie' : 'echo',
        checkId,
        sequence,
        senderTimeUs,
        lengthBytes: bytes.length,
        cookie: new Uint8Array(cookieBytes).fill(1),
        tos: unknownTos,
        serverTimeUs: senderTimeUs,
        received,
        seen: { family: 4, address, port },
      },
      mac,
    )
    socket.send(answer, port, address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const serverNowMs = Date.now() - behindMs
  const context = {
    clock: systemClock,
    segment: '',
    requirements: [],
    requirementIds: () => ['line'],
    minutes: seconds / 60,
    tell() {},
    addressesOf: (name: string) => Promise.resolve([name]),
    session: {
      mac,
      startedAtMs: performance.now(),
      begun: { atMs: Date.now(), headers: { date: new Date(serverNowMs).toUTCString() } },
      heardPorts: () => Promise.resolve(isServerUp ? new Set<number>() : undefined),
      check: {
        checkId,
        address: '127.0.0.1',
        expiresAt: new Date(serverNowMs + 900_000).toISOString(),
        limits: { packets: 100_000 },
        ports: { sample: [socket.address().port] },
      },
    },
  } as unknown as ProbeContext
  try {
    const [result] = await streamCheck.run(context, new AbortController().signal)
    return [result?.outcome, result?.finding.key, result?.faultOwner]
  } finally {
    socket.close()
  }
}

describe('the quality of the line', { concurrency: true }, () => {
  it('is not that of a line which is no longer there', async () => {
    assert.deepEqual(await measured({ answers: 15 }), ['fail', 'stream-cut', 'customer-firewall'])
  })

  it('is unknown where the server went away', async () => {
    assert.deepEqual(await measured({ answers: 15, isServerUp: false }), [
      'inconclusive',
      'stream-no-server',
      'unknown',
    ])
  })

  it('is measured by a machine whose clock is an hour ahead', async () => {
    assert.deepEqual(await measured({ behindMs: hourMs, seconds: 0.2 }), ['pass', 'line-measured', undefined])
  })

  it('is unknown where no time is left to measure it, and no firewall is to blame', async () => {
    assert.deepEqual(await measured({ seconds: 0 }), ['inconclusive', 'stream-no-time', undefined])
  })
})
