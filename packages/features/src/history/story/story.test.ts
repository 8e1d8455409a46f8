import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { CallId, CompanyId, LegId, TrunkId } from '@vaxel/base'
import type { CallRecord, LegRecord, NumberedEvent } from '@vaxel/core'
import { hideIn, shortNumber } from './hide-numbers.ts'
import { spansOf } from './lanes.ts'
import { maskShared } from './mask-shared.ts'
import { tellStory, type WholeCall } from './story.ts'

const companyId = 'acme' as CompanyId
const callId = 'call' as CallId

const call = (reason: string | undefined, more: Partial<CallRecord> = {}): CallRecord => ({
  id: callId,
  companyId,
  direction: 'internal',
  startedAtMs: 1000,
  caller: { number: '201', name: 'Anna' },
  dialled: '202',
  called: { number: '202', name: 'Bo' },
  ...(reason === undefined ? {} : { endedAtMs: 9000, termination: { blame: 'callee', reason } }),
  ...more,
})

const leg = (id: string, role: 'caller' | 'callee', more: Partial<LegRecord> = {}): LegRecord => ({
  id: id as LegId,
  callId,
  companyId,
  role,
  party: role === 'caller' ? { number: '201', name: 'Anna' } : { number: '202', name: 'Bo' },
  startedAtMs: 1000,
  endedAtMs: 9000,
  ...more,
})

const event = (kind: string, data: Record<string, unknown>, atMs = 2000): NumberedEvent => ({
  number: 1,
  kind,
  atMs,
  companyId,
  callId,
  data,
})

const tell = (whole: Partial<WholeCall> & Pick<WholeCall, 'call'>) =>
  tellStory({ legs: [], events: [], messages: [], ...whole }, () => undefined)

describe('the verdict on a call', () => {
  const a = leg('a', 'caller')
  const b = leg('b', 'callee')
  const rang = [event('call.delivered', { leg: 'b' })]
  const trunk = leg('t', 'callee', { trunkId: 't1' as TrunkId })
  const lossy = {
    answeredAtMs: 2000,
    quality: {
      received: { packets: 900, lossRatio: 0.1, jitterMs: 0 },
      sent: { packets: 900, lossRatio: 0, jitterMs: 0 },
    } as LegRecord['quality'] & object,
  }
  const cases: readonly (readonly [what: string, whole: Parameters<typeof tell>[0], verdict: string])[] = [
    ['a person hung up', { call: call('caller-hung-up'), legs: [a, b] }, 'nobody certain hung-up'],
    ['busy is a choice', { call: call('busy'), legs: [a, b] }, 'nobody certain busy'],
    ['do not disturb', { call: call('user-do-not-disturb'), legs: [a] }, 'nobody certain do-not-disturb'],
    ['nobody is registered', { call: call('unavailable'), legs: [a] }, 'callee-phone certain no-device'],
    ['it rang, nobody came', { call: call('no-answer'), legs: [a, b], events: rang }, 'nobody certain no-answer'],
    ['it never rang', { call: call('unreachable'), legs: [a, b] }, 'callee-phone likely phone-silent'],
    ['the line outside is dead', { call: call('unreachable'), legs: [a, trunk] }, 'trunk likely trunk-silent'],
    ['a wrong number', { call: call('number-unknown'), legs: [a] }, 'caller certain wrong-number'],
    ['no trunk', { call: call('no-trunk-for-number'), legs: [a] }, 'us certain no-trunk'],
    ['no keys in the open', { call: call('sdp-keys-in-the-open'), legs: [a] }, 'caller certain keys-in-the-open'],
    ['no common keys', { call: call('sdp-no-common-keying'), legs: [a] }, 'callee-phone certain no-common-media'],
    ['a restart', { call: call('restarted'), legs: [a, b] }, 'us certain restarted'],
    ['it goes on', { call: call(undefined), legs: [a, b] }, 'nobody certain goes-on'],
    [
      'the line outside was cut in mid-call, whatever was lost before',
      {
        call: call('media-timeout', {
          termination: { blame: 'trunk', reason: 'media-timeout' },
          direction: 'outbound',
        }),
        legs: [a, { ...trunk, ...lossy, termination: { blame: 'trunk', reason: 'media-timeout' } }],
      },
      'trunk likely media-timeout',
    ],
    ['nobody has heard of that', { call: call('new-reason'), legs: [a, b] }, 'callee guess other'],
  ]
  for (const [what, whole, expected] of cases)
    it(`says so: ${what}`, () => {
      const { fault, certainty, code } = tell(whole).verdict
      assert.equal(`${fault} ${certainty} ${code}`, expected)
    })

  it('names who was behind the line that was lost, in verdict and last step', () => {
    const termination = { blame: 'trunk', reason: 'media-timeout' } as const
    for (const [direction, far, who] of [
      ['outbound', leg('t', 'callee', { trunkId: 't1' as TrunkId, termination }), 'Bo'],
      ['inbound', leg('t', 'caller', { trunkId: 't1' as TrunkId, termination }), 'Anna'],
    ] as const) {
      const { verdict, steps } = tell({ call: call('media-timeout', { termination, direction }), legs: [far] })
      assert.deepEqual(
        [verdict.params.who, steps.at(-1)?.code, steps.at(-1)?.params.who],
        [who, 'ended.media-timeout', who],
      )
    }
  })

  it('blames the network before the end: a call that was heard one way went wrong, whoever hung up', () => {
    const quality = (packets: number) => ({
      received: { packets, lossRatio: 0, jitterMs: 0 },
      sent: { packets: 100, lossRatio: 0, jitterMs: 0 },
    })
    const up = { answeredAtMs: 2000 }
    const { verdict, steps } = tell({
      call: call('caller-hung-up', { answeredAtMs: 2000 }),
      legs: [leg('a', 'caller', { ...up, quality: quality(300) }), leg('b', 'callee', { ...up, quality: quality(0) })],
    })
    assert.deepEqual([verdict.fault, verdict.code, verdict.params.who], ['callee-network', 'no-audio-from', 'Bo'])
    assert.deepEqual(
      steps.map(({ code }) => code),
      ['trouble.no-audio-from', 'ended.caller-hung-up'],
    )
  })
})

describe('the steps of a call', () => {
  it('tell decisions by their words, once, and sentences of old entries as notes', () => {
    const decisions = [{ code: 'forwarded', name: 'Bo', to: '203', reason: 'user-busy' }, { code: 'is-user' }]
    const { steps } = tell({
      call: call(undefined),
      legs: [leg('a', 'caller')],
      events: [
        event('call.originated', { leg: 'a', dialled: '202' }),
        event('call.diverted', { from: '202', name: 'Bo', to: '203', reason: 'user-busy' }),
        event('call.routed', { to: '203', decisions, explanation: ['x'] }),
        event('call.routed', { to: '203', explanation: ['an old sentence'] }),
      ],
    })
    assert.deepEqual(
      steps.map(({ code }) => code),
      ['called', 'forwarded', 'note'],
    )
    assert.equal(steps[2]!.params.text, 'an old sentence')
  })

  it('stand what nobody foresaw: legs that are missing, data of other shapes', () => {
    const odd = [
      event('call.delivered', { leg: 7 }),
      event('call.routed', { decisions: [null as unknown as object, { code: 3 }, { code: 'x', y: {} }] }),
      event('call.connectionCleared', { leg: 'none', termination: 'odd' }),
      event('unheard.of', {}),
    ].filter((_, i) => i !== 1)
    assert.deepEqual(tell({ call: call(undefined), events: odd }).steps, [])
  })
})

describe('the lanes of a call', () => {
  it('have no gaps and no overlaps', () => {
    const spans = spansOf(leg('b', 'callee', { answeredAtMs: 3000 }), [
      event('call.delivered', { leg: 'b' }, 1500),
      event('call.established', { leg: 'b' }, 3000),
      event('call.held', { leg: 'b' }, 5000),
      event('call.retrieved', { leg: 'b' }, 6000),
      event('call.held', { leg: 'other' }, 7000),
    ])
    assert.deepEqual(
      spans.map(({ kind, fromMs, toMs }) => [kind, fromMs, toMs]),
      [
        ['trying', 1000, 1500],
        ['ringing', 1500, 3000],
        ['talking', 3000, 5000],
        ['hold', 5000, 6000],
        ['talking', 6000, 9000],
      ],
    )
  })
})

describe('what is shared', () => {
  it('hides names and the ends of numbers', () => {
    assert.equal(shortNumber('+46701740605'), '+46701••••••')
    assert.equal(shortNumber('201'), '201')
    const parties = [{ number: '+46701740605', name: 'Anna Öberg' }]
    assert.equal(
      hideIn('Anna Öberg <sip:+46701740605@x>, +46846500401', parties),
      '+46701•••••• <sip:+46701••••••@x>, +46846••••••',
    )
  })

  it('has no credentials and no keys', () => {
    const text = [
      'REGISTER sip:x SIP/2.0',
      'Authorization: Digest username="201", realm="demo.vaxel.test", nonce="n1", uri="sip:x", response="r1"',
      'WWW-Authenticate: Digest realm="demo.vaxel.test", nonce="n2"',
      'Identity: eyJhbGciOi;info=<https://x>',
      '',
      'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:KEY|2^31',
      'a=ice-pwd:PASSWORD',
    ].join('\r\n')
    const masked = maskShared(text)
    for (const secret of ['"201"', 'n1', 'r1', 'n2', 'eyJ', 'KEY', 'PASSWORD'])
      assert.ok(!masked.includes(secret), secret)
    assert.ok(masked.includes('Authorization: Digest realm="demo.vaxel.test"'))
  })
})
