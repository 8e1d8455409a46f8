import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { natWords, say } from '@vaxel/site'
import { inTime, type NatKind, virtualWorld } from '@vaxel/testkit'
import { byResponsePort, findBindingLifetime } from './binding-lifetime.ts'
import { type Filtering, findNatBehaviour, type Mapping } from './nat-behaviour.ts'
import { checkNat } from './nat-check.ts'
import { StunClient } from './stun-client.ts'
import { stunServer } from './stun-server.fixture.ts'

const primary = { address: '203.0.113.1', port: 3478 }
const other = { address: '203.0.113.2', port: 3479 }

interface Options {
  readonly kind?: NatKind
  readonly twoAddresses?: boolean
  readonly mappingMs?: number
  readonly lossRatio?: number
  readonly seed?: number
}

function world({ kind, twoAddresses = true, mappingMs, lossRatio = 0, seed = 1 }: Options) {
  const { clock, net, random, place } = virtualWorld(seed)
  const inside = '192.168.1.10'
  if (kind) net.addNat({ kind, publicAddress: '203.0.113.10', ...(mappingMs && { mappingMs }) }, [inside])
  net.impairment = { delayMs: 10, lossRatio }
  stunServer(net, { primary, ...(twoAddresses && { other }) })
  if (!twoAddresses) stunServer(net, { primary: { address: primary.address, port: 5060 } })
  const stun = new StunClient({ place: place(inside), random, signal: new AbortController().signal })
  const question = { server: primary, otherPorts: [{ address: primary.address, port: 5060 }] }
  return { clock, net, stun, question }
}

/** As RFC 4787 names what people call by the older names. */
const kinds: readonly [NatKind, Mapping, Filtering][] = [
  ['full-cone', 'endpoint-independent', 'endpoint-independent'],
  ['address-restricted', 'endpoint-independent', 'address-dependent'],
  ['port-restricted', 'endpoint-independent', 'address-and-port-dependent'],
  ['symmetric', 'address-and-port-dependent', 'address-and-port-dependent'],
]

describe('the behaviour of a NAT (RFC 5780)', () => {
  for (const [kind, mapping, filtering] of kinds) {
    it(`tells a ${kind} one by its mapping and its filtering`, async () => {
      const { clock, stun, question } = world({ kind })
      const found = await inTime(clock, findNatBehaviour(stun, question))
      assert.ok(found.ok)
      assert.equal(found.behaviour.mapping, mapping)
      assert.equal(found.behaviour.filtering, filtering)
      assert.equal(found.behaviour.mapped.address, '203.0.113.10')
      assert.equal(found.behaviour.hairpins, kind === 'full-cone')
    })

    it(`tells a ${kind} one on a line that loses one packet of ten`, async () => {
      const { clock, stun, question } = world({ kind, lossRatio: 0.1, seed: 5 })
      const found = await inTime(clock, findNatBehaviour(stun, question))
      assert.ok(found.ok)
      assert.deepEqual([found.behaviour.mapping, found.behaviour.filtering], [mapping, filtering])
    })
  }

  it('sees that there is none, and still who is let in', async () => {
    const { clock, stun, question } = world({})
    const found = await inTime(clock, findNatBehaviour(stun, question))
    assert.ok(found.ok)
    assert.equal(found.behaviour.mapping, 'none')
    assert.equal(found.behaviour.filtering, 'endpoint-independent')
  })

  it('says of a server with one address what it cannot tell, and tells a symmetric one by two ports', async () => {
    for (const [kind, mapping] of [
      ['port-restricted', 'same-for-one-address'],
      ['symmetric', 'address-and-port-dependent'],
    ] as const) {
      const { clock, stun, question } = world({ kind, twoAddresses: false })
      const found = await inTime(clock, findNatBehaviour(stun, question))
      assert.ok(found.ok)
      assert.equal(found.behaviour.mapping, mapping)
      assert.equal(found.behaviour.filtering, 'not-tested')
      assert.equal(found.behaviour.serverLacks, 'change-request')
    }
  })

  it('asks the echo where the SIP port is closed', async () => {
    for (const [port, mapping] of [
      [40_000, 'same-for-one-address'],
      [40_001, 'address-and-port-dependent'],
    ] as const) {
      const { clock, stun } = world({ kind: 'port-restricted', twoAddresses: false })
      const question = {
        server: primary,
        otherPorts: [{ address: primary.address, port: 9 }],
        seenElsewhere: async () => ({ address: '203.0.113.10', port }),
      }
      const found = await inTime(clock, findNatBehaviour(stun, question))
      assert.ok(found.ok)
      assert.equal(found.behaviour.mapping, mapping)
    }
  })

  it('brackets how long a silent way stays open, in the time of the longest silence', async () => {
    const { clock, stun } = world({ kind: 'port-restricted', mappingMs: 25_000 })
    const startedMs = clock.monotonicMs()
    const lifetime = await inTime(clock, findBindingLifetime(byResponsePort(stun, primary), [10, 20, 30, 60]), 500)
    assert.deepEqual(lifetime, { kind: 'measured', atLeastSeconds: 20, lessThanSeconds: 30 })
    assert.ok(clock.monotonicMs() - startedMs < 70_000)
  })

  it('does not measure a lifetime by a server that cannot answer elsewhere', async () => {
    const { clock, stun } = world({ kind: 'port-restricted', twoAddresses: false })
    const lifetime = await inTime(clock, findBindingLifetime(byResponsePort(stun, primary), [10]))
    assert.deepEqual(lifetime, { kind: 'not-tested', reason: 'server-cannot' })
  })
})

describe('the NAT check', () => {
  const run = async (options: Options, lifetime?: readonly number[]) => {
    const { clock, stun, question } = world(options)
    return await inTime(
      clock,
      checkNat({
        clock,
        segment: 'office',
        requirementIds: () => ['x'],
        stun,
        question,
        ...(lifetime && { lifetime: () => findBindingLifetime(byResponsePort(stun, primary), lifetime) }),
      }),
      500,
    )
  }

  it('is no fault of a symmetric NAT: calls go to the service', async () => {
    const results = await run({ kind: 'symmetric' })
    assert.deepEqual(
      results.map(({ check, outcome }) => [check, outcome]),
      [
        ['stun', 'pass'],
        ['nat', 'pass'],
        ['nat', 'pass'],
        ['nat', 'pass'],
        ['nat', 'not-tested'],
      ],
    )
  })

  it('limits a site whose router forgets sooner than phones speak', async () => {
    const results = await run({ kind: 'port-restricted', mappingMs: 15_000 }, [10, 20, 30])
    const last = results.at(-1)!
    assert.equal(last.outcome, 'limit')
    assert.equal(last.faultOwner, 'customer-firewall')
    assert.match(say(natWords, 'en', last.finding as never), /closed after 10 to 20 s/)
  })

  it('fails STUN where nothing comes back, and says of the NAT that it was not looked at', async () => {
    const results = await run({ kind: 'symmetric', lossRatio: 1 })
    assert.deepEqual(
      results.map(({ check, outcome }) => [check, outcome]),
      [
        ['stun', 'fail'],
        ['nat', 'not-tested'],
      ],
    )
  })

  it('has words for everything it says', async () => {
    for (const [kind] of kinds)
      for (const { finding } of await run({ kind }, [10, 40])) {
        const words = say(natWords, 'fr', finding as never)
        assert.doesNotMatch(words, /[{}]/, finding.key)
      }
  })
})
