import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { makeResponse } from '../message/make-response.ts'
import { InMemoryNetwork } from './testing/in-memory-network.ts'
import { TestClock } from './testing/test-clock.ts'
import { TestPhone } from './testing/test-phone.ts'

const nothing = { clientTransactions: 0, serverTransactions: 0, usages: 0, timers: 0 }

/** A stack at 10.0.0.1 that challenges whoever begins something, and a stranger at 203.0.113.66 who writes what he likes. */
function stranger() {
  const clock = new TestClock()
  const network = new InMemoryNetwork(clock)
  const phone = new TestPhone(network.host('10.0.0.1'), { clock })
  phone.onInvite = (invite) => invite.refuse(403)
  const host = network.host('203.0.113.66')
  network.host('192.168.1.1')
  const tell = async (text: string, port = 5060): Promise<void> => {
    const bytes = new TextEncoder().encode(text)
    phone.stack.receive(phone.host.flowTo(host.address, 'udp', port), bytes)
    await clock.advance(10)
  }
  /** Where packets of ours went. */
  const reached = (): string[] => [...new Set(network.packets.map(({ to }) => `${to.address}:${to.port}`))]
  return { clock, network, phone, tell, reached }
}

const message = (method: string, lines: readonly string[], uri = 'sip:201@10.0.0.1'): string =>
  [
    `${method} ${uri} SIP/2.0`,
    ...lines,
    'From: <sip:x@203.0.113.66>;tag=x',
    ...(lines.some((line) => line.startsWith('To:')) ? [] : ['To: <sip:201@10.0.0.1>']),
    `Call-ID: c-${method}`,
    `CSeq: 1 ${method}`,
    'Contact: <sip:x@203.0.113.66>',
    'Max-Forwards: 70',
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n')

const via = 'Via: SIP/2.0/UDP 203.0.113.66;branch=z9hG4bKs;rport'
const methods = [
  'INVITE',
  'OPTIONS',
  'MESSAGE',
  'REGISTER',
  'SUBSCRIBE',
  'NOTIFY',
  'BYE',
  'CANCEL',
  'ACK',
  'REFER',
  'FLY',
]

describe('a stranger', () => {
  it('cannot make us a relay by Route or Request-URI, whatever the method', async () => {
    for (const method of methods) {
      for (const [lines, uri] of [
        [[via, 'Route: <sip:192.168.1.1;lr>'], 'sip:victim@192.168.1.1'],
        [[via, 'Route: <sip:10.0.0.1;lr>, <sip:192.168.1.1>'], 'sip:201@10.0.0.1'],
        [[via, 'Route: <sip:192.168.1.1;lr>', 'To: <sip:201@10.0.0.1>;tag=guess'], 'sip:192.168.1.1'],
      ] as const) {
        const { clock, phone, tell, reached } = stranger()
        await tell(message(method, lines, uri))
        assert.deepEqual(reached(), method === 'ACK' ? [] : ['203.0.113.66:5060'], `${method} ${uri}`)
        await clock.advance(70_000)
        assert.deepEqual(phone.stack.counts(), nothing)
      }
    }
  })

  it('cannot aim our answers at others by what his Via says', async () => {
    for (const [line, expected] of [
      ['Via: SIP/2.0/UDP 198.51.100.9;branch=z9hG4bKs', '203.0.113.66:5060'],
      ['Via: SIP/2.0/UDP 192.168.1.1;branch=z9hG4bKs', '203.0.113.66:40000'],
      ['Via: SIP/2.0/UDP 203.0.113.66;branch=z9hG4bKs;received=192.168.1.1', '203.0.113.66:5060'],
      ['Via: SIP/2.0/UDP 203.0.113.66;branch=z9hG4bKs;received=192.168.1.1;rport=53', '203.0.113.66:40000'],
      ['Via: SIP/2.0/UDP 203.0.113.66;branch=z9hG4bKs;maddr=192.168.1.1;ttl=255', '203.0.113.66:5060'],
      ['Via: SIP/2.0/TCP 192.168.1.1;branch=z9hG4bKs;rport', '203.0.113.66:40000'],
      ['Via: SIP/2.0/UDP 203.0.113.66:0;branch=z9hG4bKs', '203.0.113.66:40000'],
    ] as const) {
      for (const method of ['OPTIONS', 'INVITE', 'BYE']) {
        const { tell, reached } = stranger()
        await tell(message(method, [line]), 40_000)
        assert.deepEqual(reached(), [expected], `${method} ${line}`)
      }
    }
  })

  it('gets no word for ACKs and responses that belong to nothing, and leaves nothing behind', async () => {
    const { clock, network, phone, tell } = stranger()
    for (let i = 0; i < 200; i++) {
      const own = `Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK${i}`
      await tell(message('ACK', [via.replace('z9hG4bKs', `z9hG4bK${i}`), 'To: <sip:201@10.0.0.1>;tag=guess']))
      for (const status of ['180 Ringing', '200 OK', '503 Busy']) {
        const text = message('INVITE', [own, `To: <sip:201@10.0.0.1>;tag=${i}`])
        await tell(text.replace(/^.*\r\n/, `SIP/2.0 ${status}\r\n`))
      }
    }
    assert.deepEqual(network.packets, [])
    assert.deepEqual(phone.stack.counts(), nothing)
    assert.equal(clock.waitingCount, 0)
  })

  it('keeps no state with us by CANCELs and challenged requests, and gets one answer for each', async () => {
    const { clock, network, phone, tell } = stranger()
    phone.stack.setUser({ screen: (request) => makeResponse(request, 401), onInvite: () => {}, onRequest: () => {} })
    for (let i = 0; i < 100; i++) {
      for (const method of ['INVITE', 'CANCEL', 'REGISTER']) {
        await tell(message(method, [via.replace('z9hG4bKs', `z9hG4bK${i}`)]))
      }
    }
    assert.equal(network.packets.length, 300)
    assert.deepEqual(phone.stack.counts(), nothing)
    await clock.advance(70_000)
    assert.equal(network.packets.length, 300, 'nothing is sent again on our own account')
  })

  it('who opens and closes connections ends nothing but what went over them', async () => {
    const clock = new TestClock()
    const network = new InMemoryNetwork(clock)
    const protocols = ['udp', 'tcp'] as const
    const anna = new TestPhone(network.host('10.0.0.1', { protocols: [...protocols] }), { clock })
    network.host('10.0.0.2', { protocols: [...protocols] })
    const send = (flow = anna.host.flowTo('10.0.0.2', 'tcp')) =>
      anna.stack.request({
        method: 'OPTIONS',
        uri: 'sip:10.0.0.2;transport=tls',
        from: '<sip:a@t>',
        to: '<sip:b@t>',
        flow,
      })
    const outcomes = [send(), send(), send(anna.host.flowTo('10.0.0.2', 'tcp', 5070))]
    await clock.advance(1)
    assert.equal(anna.stack.counts().clientTransactions, 3)
    anna.stack.flowClosed(anna.host.flowTo('203.0.113.66', 'tcp'))
    assert.equal(anna.stack.counts().clientTransactions, 3)
    anna.host.breakFlow(anna.host.flowTo('10.0.0.2', 'tcp'))
    await clock.advance(1)
    assert.equal(anna.stack.counts().clientTransactions, 1)
    assert.deepEqual([(await outcomes[0]!).kind, (await outcomes[1]!).kind], ['transport', 'transport'])
    await clock.advance(70_000)
    assert.equal((await outcomes[2]!).kind, 'timeout')
    assert.deepEqual(anna.stack.counts(), nothing)
  })
})
