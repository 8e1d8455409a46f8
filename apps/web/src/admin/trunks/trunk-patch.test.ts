import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Trunk } from '../use-company.ts'
import { draftOfTrunk } from './trunk-draft.ts'
import { patchOf } from './trunk-patch.ts'

describe('a trunk in a form', () => {
  const pstn: Trunk = {
    id: 'x',
    companyId: 'c',
    name: 'pstn',
    targets: [{ protocol: 'udp', host: 'sip.carrier.example', priority: 1, weight: 3 }],
    fromAddresses: ['192.0.2.1'],
    prefixes: ['0'],
    keying: 'none',
    pricePerMinuteMicros: {},
    channels: 30,
    login: { username: 'acme' },
    registration: { domain: 'carrier.example', user: 'acme' },
    identity: { headers: ['asserted', 'preferred'], withheld: 'hidden' },
    tls: { pins: ['0'.repeat(64)] },
  }
  const draft = draftOfTrunk(pstn)

  it('is changed in what was changed and in nothing else', () => {
    assert.deepEqual(patchOf(pstn, draft), {})
    assert.deepEqual(patchOf(pstn, { ...draft, channels: '40', prefixes: '0, +' }), {
      channels: 40,
      prefixes: ['0', '+'],
    })
    assert.deepEqual(patchOf(pstn, { ...draft, password: 'secret' }), {
      login: { username: 'acme', password: 'secret' },
    })
  })

  it('loses what was emptied', () => {
    const emptied = { ...draft, channels: '', user: '', registers: false, from: '', pins: '' }
    assert.deepEqual(patchOf(pstn, emptied), {
      channels: null,
      login: null,
      registration: null,
      fromAddresses: [],
      tls: null,
    })
  })

  it('keeps of a group of settings what the form does not show, and what is new in it', () => {
    assert.deepEqual(patchOf(pstn, { ...draft, shows: 'main', withheld: 'told' }), {
      identity: { headers: ['asserted', 'preferred'], number: 'main' },
    })
    const now: Trunk = { ...pstn, channels: 50, tls: { ...pstn.tls, ca: ['theirs'] } }
    assert.deepEqual(patchOf(pstn, { ...draft, pins: '' }, now), { tls: { ca: ['theirs'] } })
  })
})
