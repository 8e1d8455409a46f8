import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Binding, CallState, Device } from '@vaxel/core'
import { alertInfo, ringKind } from './distinctive-ring.ts'

const binding = { kind: 'binding', binding: {} as Binding, device: {} as Device } as const
const calls = (direction: string, more: object = {}) =>
  ({ name: 'alerting', call: { direction }, ...more }) as unknown as CallState

describe('a ring says what kind of call it is', () => {
  it('by source, group, and recall', () => {
    assert.equal(ringKind(calls('internal'), binding), 'internal')
    assert.equal(ringKind(calls('inbound'), binding), 'external')
    assert.equal(ringKind(calls('inbound'), { ...binding, label: 'Sales' }), 'group')
    assert.equal(ringKind(calls('inbound', { seat: { service: 'feature', number: '701' } }), binding), 'recall')
    assert.equal(ringKind(calls('internal', { seat: { service: 'feature', number: '!flash' } }), binding), 'internal')
    assert.equal(ringKind(calls('inbound', { seat: { service: 'flow', number: '700' } }), binding), 'external')
  })

  it('in URNs of RFC 7462, and in Bellcore’s names to adapters that know no others', () => {
    assert.equal(alertInfo('external', 'Yealink SIP-T46S 66.85.0.5', false), '<urn:alert:source:external>')
    assert.equal(alertInfo('internal', undefined, true), '<urn:alert:source:internal>')
    assert.equal(
      alertInfo('recall', 'baresip v1.0.0', false),
      '<urn:alert:source:external>, <urn:alert:service:recall:hold>',
    )
    for (const agent of [
      'Grandstream HT802 1.0.29.8',
      'Cisco/SPA112-1.4.1',
      'Audiocodes-Sip-Gateway-MP-118',
      'Linksys/PAP2T',
    ])
      assert.equal(alertInfo('external', agent, false), '<http://127.0.0.1/Bellcore-dr2>', agent)
  })
})
