import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { drawLadder, labelOf, type LadderMessage } from './draw-ladder.ts'

const at = (ms: number) => new Date(Date.UTC(2026, 0, 1) + ms).toISOString()
const sdp = '\r\nContent-Type: application/sdp\r\n\r\nv=0\r\n'
const phone = { remote: '127.0.0.1:40001', protocol: 'udp', sipCallId: 'a' }
const trunk = { remote: '127.0.0.1:5080', protocol: 'udp', sipCallId: 'b' }

const messages: LadderMessage[] = [
  { ...phone, at: at(0), direction: 'in', text: `INVITE sip:202@x SIP/2.0\r\nCSeq: 1 INVITE${sdp}` },
  { ...phone, at: at(2), direction: 'out', text: 'SIP/2.0 100 Trying\r\nCSeq: 1 INVITE\r\n\r\n' },
  { ...trunk, at: at(10), direction: 'out', text: `INVITE sip:+468@y SIP/2.0\r\nCSeq: 9 INVITE${sdp}` },
  { ...trunk, at: at(1010), direction: 'in', text: `SIP/2.0 200 OK\r\nCSeq: 9 INVITE${sdp}` },
]
const legs = [
  { sipCallId: 'a', party: { number: '201', name: 'Anna' } },
  { sipCallId: 'b', party: { number: '+468' } },
]

describe('the ladder diagram', () => {
  it('has a column for each peer, the platform after the caller, and a line for each message', () => {
    assert.equal(
      drawLadder(messages, legs),
      [
        '                           201                              Vaxel                             +468',
        '                   127.0.0.1:40001 udp                                                 127.0.0.1:5080 udp',
        '                            │                                 │                                 │',
        '    0.000                   │───────── INVITE (SDP) ─────────▶│                                 │',
        '    0.002                   │◀───── 100 Trying (INVITE) ──────│                                 │',
        '    0.010                   │                                 │───────── INVITE (SDP) ─────────▶│',
        '    1.010                   │                                 │◀──── 200 OK (INVITE, SDP) ──────│',
      ].join('\n'),
    )
  })

  it('is nothing for a call without messages', () => {
    assert.equal(drawLadder([], legs), '')
  })

  it('does not let a hostile message write to the terminal', () => {
    assert.equal(labelOf('\u001b[2JEVIL sip:x SIP/2.0\r\n\r\n'), '\ufffd[2JEVIL')
    const long = `SIP/2.0 486 ${'x'.repeat(500)}\r\nCSeq: 1 INVITE\r\n\r\n`
    const lines = drawLadder([{ ...phone, at: at(0), direction: 'out', text: long }], legs).split('\n')
    assert.ok(lines.every((line) => line.length < 100))
  })
})
