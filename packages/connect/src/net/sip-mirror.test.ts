import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { describe, it } from 'node:test'
import type { FlowId } from '@vaxel/base'
import { mirrorTicketHeader, writeMirrorTicket } from '@vaxel/site'
import type { Flow } from '@vaxel/sip'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { SipMirror } from './sip-mirror.ts'

const checkId = '0123456789abcdef'
const key = Buffer.alloc(32, 3)
const flow = (protocol: 'udp' | 'tcp'): Flow => ({
  id: 'f' as FlowId,
  protocol,
  local: { address: '203.0.113.1', port: 5060 },
  remote: { address: '203.0.113.9', port: 61_000 },
  isOpen: true,
})

const request = ({ padding = 600, under = key, id = checkId, more = '' } = {}): Buffer => {
  const mac = (bytes: Uint8Array) => createHmac('sha256', under).update(bytes).digest()
  return Buffer.from(
    [
      `INVITE sip:site-mirror-${id}@203.0.113.1 SIP/2.0`,
      'Via: SIP/2.0/UDP 10.0.0.2:5060;branch=z9hG4bKa;rport',
      'From: <sip:a@10.0.0.2>;tag=a',
      `To: <sip:site-mirror-${id}@203.0.113.1>`,
      'Call-ID: c',
      'CSeq: 1 INVITE',
      `${mirrorTicketHeader}: ${writeMirrorTicket({ checkId: id, nonce: '00112233445566aa' }, mac)}`,
      ...(more ? [more] : []),
      `X-Padding: ${'a'.repeat(padding)}`,
      'Content-Length: 0',
      '',
      '',
    ].join('\r\n'),
  )
}

function mirror() {
  const clock = new VirtualClock()
  const sent: Buffer[] = []
  const made = new SipMirror({
    clock,
    keyOf: (id) => (id === checkId ? key : undefined),
    send: (_flow, bytes) => sent.push(Buffer.from(bytes)),
    contactFor: () => '203.0.113.1:5060',
  })
  return { clock, sent, takes: (bytes: Uint8Array, by: 'udp' | 'tcp' = 'udp') => made.takes(flow(by), bytes) }
}

describe('the SIP mirror', () => {
  it('answers with a final response that tells where the request came from (RFC 3581)', () => {
    const { sent, takes } = mirror()
    assert.ok(takes(request()))
    const answer = sent[0]!.toString('latin1')
    assert.match(answer, /^SIP\/2\.0 488 /)
    assert.match(answer, /^Via: .*;rport=61000;received=203\.0\.113\.9\r$/m)
    assert.match(answer, /^To: .*;tag=mirror\r$/m)
  })

  it('is never longer than the request over UDP: without Contact, then not at all', () => {
    const { clock, sent, takes } = mirror()
    for (let padding = 0; padding <= 700; padding += 20) {
      clock.advance(1_000)
      const bytes = request({ padding })
      assert.ok(takes(bytes))
      const answer = sent.pop()
      if (answer) assert.ok(answer.length <= bytes.length, `${answer.length} for ${bytes.length}`)
      else assert.ok(padding < 600)
    }
    // What does not shrink by deflating.
    const noise = createHmac('sha512', 'noise').update('1').digest('hex').repeat(8)
    const bytes = request({ padding: 0, more: `X-Noise: ${noise}` })
    clock.advance(1_000)
    takes(bytes)
    assert.ok(sent.every((answer) => answer.length <= bytes.length))
    sent.length = 0
    assert.ok(takes(request({ padding: 0 }), 'tcp'))
    assert.equal(sent.length, 1)
  })

  it('leaves everything else to those who treat strangers: no ticket, a wrong MAC, a check that is not, another method', () => {
    const { sent, takes } = mirror()
    const text = request().toString('latin1')
    const strangers = [
      request({ under: Buffer.alloc(32, 4) }),
      request({ id: 'fedcba9876543210' }),
      Buffer.from(text.replace(/^X-Vaxel-Check.*\r\n/m, '')),
      Buffer.from(text.replace(/mac=../, 'mac=zz')),
      Buffer.from(text.replace('INVITE', 'OPTIONS')),
      Buffer.from(text.replace('INVITE', 'ACK')),
      Buffer.from(text.replace('site-mirror-', 'anna')),
      Buffer.alloc(0),
      request({ padding: 5_000 }),
    ]
    for (const bytes of strangers) assert.equal(takes(bytes), false, bytes.toString().slice(0, 60))
    assert.deepEqual(sent, [])
  })

  it('answers a check ten times in a second and sixty times in all, and is silent beyond', () => {
    const { clock, sent, takes } = mirror()
    for (let count = 0; count < 30; count += 1) assert.ok(takes(request()))
    assert.equal(sent.length, 10)
    for (let second = 0; second < 10; second += 1) {
      clock.advance(1_000)
      for (let count = 0; count < 10; count += 1) takes(request())
    }
    assert.equal(sent.length, 40)
  })
})
