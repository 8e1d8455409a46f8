import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, it } from 'node:test'
import { systemClock } from '@vaxel/base'
import { answerDatagrams, openStunListener } from './stun-listener.ts'
import { createRelay } from './turn/create-relay.ts'

const request = Buffer.from(`00010000${'2112a442'}${'0102030405060708090a0b0c'}`, 'hex')

async function openStun(): Promise<{ readonly bound: { readonly port: number }; close(): Promise<void> }> {
  const { door } = createRelay({
    clock: systemClock,
    secret: Buffer.alloc(32, 1),
    media: { port: 5004, addresses: ['127.0.0.1'] },
    phonePorts: [49152, 65535],
    stunPort: 3478,
    httpsPort: 443,
  })
  const stun = await openStunListener({ address: '127.0.0.1', port: 0 }, door)
  const close = async (): Promise<void> => {
    door.close()
    await stun.close()
  }
  return { bound: stun.bound, close }
}

/** Port of XOR-MAPPED-ADDRESS in a success response. */
function mappedPort(answer: Buffer): number {
  assert.equal(answer.readUInt16BE(0), 0x0101)
  assert.equal(answer.readUInt16BE(20), 0x0020)
  return answer.readUInt16BE(26) ^ 0x2112
}

describe('the STUN port', () => {
  it('tells a client on UDP where it comes from', async () => {
    const stun = await openStun()
    const client = createSocket('udp4')
    client.send(request, stun.bound.port, '127.0.0.1')
    const [answer] = (await once(client, 'message')) as [Buffer]
    assert.equal(mappedPort(answer), client.address().port)
    client.close()
    await stun.close()
  })

  it('bears who says port 0, and an answer that comes when it is closed', async () => {
    const udp = createSocket('udp4')
    udp.bind(0, '127.0.0.1')
    await once(udp, 'listening')
    const answers: ((bytes: Uint8Array) => void)[] = []
    const turn = {
      receiveDatagram: (_: unknown, __: unknown, answer: (typeof answers)[0]) => void answers.push(answer),
    }
    answerDatagrams(udp, turn as unknown as Parameters<typeof answerDatagrams>[1])
    const allocate = Buffer.from(request).fill(3, 1, 2)
    for (const bytes of [request, allocate]) udp.emit('message', bytes, { address: '127.0.0.1', port: 0 })
    assert.equal(answers.length, 0)
    udp.emit('message', allocate, { address: '127.0.0.1', port: 9 })
    await new Promise<void>((done) => udp.close(done))
    answers[0]!(request)
  })

  it('tells a client on TCP where it comes from, byte by byte', async () => {
    const stun = await openStun()
    const client = connect(stun.bound.port, '127.0.0.1')
    await once(client, 'connect')
    for (const byte of request) client.write(Buffer.of(byte))
    const [answer] = (await once(client, 'data')) as [Buffer]
    assert.equal(mappedPort(answer), client.localPort)
    client.destroy()
    await stun.close()
  })

  it('cuts off a stream that is not STUN', async () => {
    const stun = await openStun()
    const client = connect(stun.bound.port, '127.0.0.1')
    client.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
    await once(client, 'close')
    await stun.close()
  })
})
