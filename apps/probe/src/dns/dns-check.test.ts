import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ProbeContext } from '../check/check.ts'
import { dnsCheck } from './dns-check.ts'

/** What is found for a name of a service whose networks are known, when a resolver answers so. */
async function found(networks: readonly string[], answer: { A?: string; AAAA?: string }): Promise<string | undefined> {
  const context = {
    clock: { now: () => 0 },
    segment: '',
    requirementIds: () => [],
    today: '2026-11-23',
    random: (bytes: number) => new Uint8Array(bytes),
    catalogue: { places: [{ name: 'service', addresses: networks.map((network) => ({ network })) }] },
    requirements: [{ id: 'r', checks: ['dns'], body: { kind: 'flow', to: { place: 'service' } } }],
    hostsOf: () => ({ hosts: ['service.test'], untriable: [] }),
    dns: {
      servers: ['192.0.2.53'],
      ask: async (_: string, name: string, type: 'A' | 'AAAA') => {
        const value = name === 'service.test' ? answer[type] : undefined
        return value === undefined ? { ok: false, fault: 'no-name', code: 'ENOTFOUND' } : { ok: true, values: [value] }
      },
    },
  } as unknown as ProbeContext
  const [result] = await dnsCheck.run(context, new AbortController().signal)
  return result?.finding?.key
}

describe('names of a service whose networks are known', () => {
  it('lead elsewhere when an address is in none of them', async () => {
    assert.equal(await found(['198.51.100.0/24'], { A: '198.51.100.7' }), 'dns-found')
    assert.equal(await found(['198.51.100.0/24'], { A: '10.0.0.7' }), 'dns-elsewhere')
    assert.equal(await found(['198.51.100.0/24', '2001:db8:1::/48'], { AAAA: '2001:db8:2::7' }), 'dns-elsewhere')
  })

  it('are not judged by networks of the other family: a service may name none of IPv6 and have addresses there', async () => {
    const both = { A: '198.51.100.7', AAAA: '2001:db8::7' }
    assert.equal(await found(['198.51.100.0/24'], both), 'dns-found')
    assert.equal(await found(['2001:db8::/32'], both), 'dns-found')
  })
})
