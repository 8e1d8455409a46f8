import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { KeptSite } from '@vaxel/core'
import { findPlace } from './find-place.ts'

const site = (name: string, reachedFrom: string[], networks: object = {}): KeptSite =>
  ({ id: name.toLowerCase(), name, reachedFrom, profile: { networks } }) as unknown as KeptSite

describe('where a telephone is', () => {
  const lund = site('Lund', ['198.51.100.0/28'], {
    inside: ['10.1.0.0/16'],
    segments: [
      { name: 'floor 1', network: '10.1.1.0/24' },
      { name: 'floor 2', network: '10.1.2.0/24' },
    ],
  })
  const lyon = site('Lyon', ['198.51.100.7', '2001:db8:7::/48'], { inside: ['10.0.0.0/8', '192.168.1.0/24'] })
  const kiruna = site('Kiruna', [], { inside: ['192.168.1.0/24'] })
  const at = (address: string) => findPlace([lund, lyon, kiruna], address)?.name

  it('is the site that is reached from there, or has that network inside', () => {
    assert.deepEqual(findPlace([lund, lyon], '198.51.100.3'), { siteId: 'lund', name: 'Lund' })
    assert.equal(at('2001:db8:7::12'), 'Lyon')
    assert.equal(at('10.1.9.1'), 'Lund')
  })

  it('is told as closely as it is known: by the smallest network', () => {
    assert.equal(at('10.1.2.77'), 'Lund, floor 2')
    assert.equal(at('198.51.100.7'), 'Lyon')
    assert.equal(at('10.200.1.1'), 'Lyon')
  })

  it('is not guessed: not between two sites, nor where nobody is known', () => {
    assert.equal(at('192.168.1.20'), undefined)
    assert.equal(at('203.0.113.1'), undefined)
    assert.equal(at('host.example'), undefined)
    assert.equal(findPlace([site('Broken', ['x'], { inside: ['y/z'] })], '10.0.0.1'), undefined)
    assert.equal(findPlace([{ ...lund, profile: undefined }], '10.1.2.77'), undefined)
  })
})
