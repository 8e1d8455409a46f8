import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { CallRecord, LegQuality, LegRecord, TracedMessage } from '@vaxel/core'
import { findTroubles } from './find-troubles.ts'

const call = { id: 'call' } as CallRecord
const leg = (more: object = {}) =>
  ({
    id: 'leg',
    party: { number: '201' },
    sipCallId: 'a',
    remoteAddress: '203.0.113.10:5060',
    startedAtMs: 0,
    answeredAtMs: 1000,
    endedAtMs: 31_000,
    ...more,
  }) as LegRecord
const quality = (received: number, sent: number, loss = 0): LegQuality => ({
  received: { packets: received, lossRatio: loss, jitterMs: 0 },
  sent: { packets: sent, lossRatio: 0, jitterMs: 0 },
})

interface Said {
  readonly via?: string
  readonly contact?: string
  readonly origin?: string
  readonly media?: string
  readonly callId?: string
  readonly more?: string
  readonly missing?: number
}

const inside = '192.168.1.11'
const router = '203.0.113.10'
const message = (text: string, more: Partial<TracedMessage> = {}) =>
  ({ sipCallId: 'a', direction: 'in', protocol: 'udp', remote: `${router}:5060`, text, ...more }) as TracedMessage
const invite = ({
  via = inside,
  contact = inside,
  origin = inside,
  media = inside,
  callId = 'x',
  more = '',
  missing = 0,
}: Said): TracedMessage => {
  const body = `v=0\r\no=- 1 1 IN IP4 ${origin}\r\ns=-\r\nc=IN IP4 ${media}\r\nt=0 0\r\nm=audio 4000 RTP/AVP 8\r\n${more}`
  return message(
    [
      'INVITE sip:202@203.0.113.1 SIP/2.0',
      `Via: SIP/2.0/UDP ${via}:5060;branch=z9hG4bK1;rport`,
      `Contact: <sip:201@${contact}:5060>`,
      `Call-ID: ${callId}`,
      `Content-Length: ${body.length - missing}`,
      '',
      body,
    ].join('\r\n'),
  )
}
const signsOf = (...messages: TracedMessage[]) =>
  findTroubles({ call, legs: [leg()], messages }).map(({ text }) => text)

describe('a router that rewrites (SIP ALG)', () => {
  it('is not suspected where all is private, all is public, or the phone uses ICE', () => {
    assert.deepEqual(signsOf(invite({})), [])
    assert.deepEqual(signsOf(invite({ via: router, contact: router, origin: router, media: router })), [])
    assert.deepEqual(
      signsOf(invite({ media: router, more: 'a=candidate:1 1 UDP 1 192.168.1.11 4000 typ host\r\n' })),
      [],
    )
  })

  it('is told by what it forgot', () => {
    assert.match(
      signsOf(invite({ media: router }))[0]!,
      /audio address in the description is the router's \(203\.0\.113\.10\), but its origin \(o=\), Contact and Via still name/,
    )
    assert.match(signsOf(invite({ contact: router }))[0]!, /rewrote Contact alone, or the phone learned it/)
    assert.match(signsOf(invite({ contact: '198.51.100.77' }))[0]!, /cannot all be the phone's/)
    const all = { via: router, contact: router, origin: router, media: router }
    assert.match(signsOf(invite({ ...all, callId: `x@${inside}` }))[0]!, /the Call-ID was made at 192\.168\.1\.11/)
  })

  it('is told by a length that is not true', () => {
    const [text] = signsOf(invite({ missing: 9 }))
    assert.match(text!, /body has \d+ bytes, and it has \d+: a gateway changed the body .* cut off/)
  })

  it('is not suspected where a key is masked, or the body is no text', () => {
    const keyed = (key: string) => invite({ more: `a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${key}\r\n`, missing: 5 })
    assert.equal(signsOf(keyed('abc')).length, 1)
    assert.deepEqual(signsOf(keyed('…')), [])
    assert.deepEqual(signsOf(keyed('\ufffd')), [])
  })

  it('is told by an address of ours that came back as another', () => {
    const ok = message('SIP/2.0 200 OK\r\nContact: <sip:203.0.113.1:5060>\r\n\r\n', { direction: 'out' })
    const bye = (host: string) => message(`BYE sip:${host}:5060 SIP/2.0\r\nTo: <sip:202@x>;tag=1\r\n\r\n`)
    assert.deepEqual(signsOf(ok, bye('203.0.113.1')), [])
    const dialled = message('INVITE sip:202@203.0.113.7 SIP/2.0\r\nTo: <sip:202@x>\r\n\r\n')
    const ack = message('ACK sip:202@203.0.113.7 SIP/2.0\r\nTo: <sip:202@x>;tag=1\r\n\r\n')
    assert.deepEqual(signsOf(dialled, ok, ack), [], 'by another address of ours')
    assert.match(signsOf(ok, bye('192.168.1.1'))[0]!, /BYE is addressed to 192\.168\.1\.1, which we never named/)
  })

  it('cannot be over TLS', () => {
    assert.deepEqual(signsOf({ ...invite({ media: router }), protocol: 'tls' }), [])
  })
})

describe('audio that did not come', () => {
  const of = (legs: LegRecord[], messages: TracedMessage[] = []) => findTroubles({ call, legs, messages })
  const other = leg({ id: 'other', party: { number: '202' }, sipCallId: 'b', quality: quality(1500, 0) })

  it('is one-way where the other side was heard, with the address that was promised', () => {
    const [trouble] = of([leg({ quality: quality(0, 1500) }), other], [invite({})])
    assert.equal(trouble!.code, 'no-audio-from')
    assert.equal(
      trouble!.text,
      'One-way audio: no packet from 201 since it answered, 30 s. It said that its audio comes from 192.168.1.11.',
    )
    assert.match(trouble!.advice, /router or firewall lets no RTP out/)
  })

  it('is told where the phone reports that nothing arrives', () => {
    const heard = { ...quality(1500, 1500), sent: { packets: 1500, lossRatio: 1, jitterMs: 0 } }
    assert.deepEqual(
      of([leg({ quality: heard }), other]).map(({ code }) => code),
      ['no-audio-heard'],
    )
  })

  it('is no trouble in a call of a moment, unanswered, or heard', () => {
    assert.deepEqual(of([leg({ quality: quality(0, 50), endedAtMs: 1500 })]), [])
    assert.deepEqual(of([leg({ quality: quality(1500, 1500) })]), [])
  })

  it('loss beyond 3 % is told with its way', () => {
    assert.match(of([leg({ quality: quality(1400, 1500, 0.05) })])[0]!.text, /^5\.0 % of the packets from 201/)
  })
})

describe('a way that closed', () => {
  it('is told with what may have closed it', () => {
    const termination = { blame: 'callee', reason: 'peer-lost', sip: 408 } as const
    const [trouble] = findTroubles({ call, legs: [leg({ termination })], messages: [] })
    assert.equal(trouble!.code, 'peer-lost')
    assert.match(trouble!.advice, /UDP time-out.*another address.*ALG/)
  })
})
