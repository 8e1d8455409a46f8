import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { reasonOf, reasonText, terminationOfEnd } from './leg-termination.ts'

describe('why a leg ended', () => {
  it('tells a cancelled call from one that was hung up', () => {
    assert.deepEqual(terminationOfEnd({ by: 'peer' }, 'caller', false), {
      blame: 'caller',
      reason: 'cancelled',
      sip: 487,
    })
    assert.deepEqual(terminationOfEnd({ by: 'peer' }, 'callee', true), { blame: 'nobody', reason: 'callee-hung-up' })
  })

  it('blames the side that was lost', () => {
    for (const by of ['timeout', 'transport', 'session-timer', 'no-ack'] as const)
      assert.equal(terminationOfEnd({ by }, 'callee', true).blame, 'callee')
  })

  it('blames the trunk where the side that was lost is behind one', () => {
    for (const by of ['timeout', 'transport', 'session-timer', 'no-ack'] as const)
      assert.equal(terminationOfEnd({ by }, 'callee', true, true).blame, 'trunk')
    assert.equal(terminationOfEnd({ by: 'peer' }, 'callee', true, true).blame, 'nobody')
  })

  it('reads and writes Reason (RFC 3326) without letting text break out of its quotes', () => {
    assert.equal(reasonText('SIP;cause=200;text="Call completed elsewhere"'), 'Call completed elsewhere')
    assert.equal(
      reasonOf({ blame: 'us', reason: 'x', sip: 503, text: 'a "b"\r\nEvil: 1' }),
      'SIP;cause=503;text="a  b   Evil: 1"',
    )
  })
})
