import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { silentLogger } from '@vaxel/base'
import { settle, VirtualClock } from '@vaxel/testkit/virtual-clock'
import { DnsCache } from './dns-cache.ts'
import { DnsHealth } from './dns-health.ts'
import { FakeDns } from './fake-dns.ts'

function system() {
  const clock = new VirtualClock()
  const health = new DnsHealth({ clock, log: silentLogger })
  const source = new FakeDns({ a: { 'a.example': ['192.0.2.1'], 'b.example': ['192.0.2.2'] } })
  const cache = new DnsCache({ clock, source, health })
  const fail = () => (source.zone = { a: { 'a.example': 'dead', 'b.example': 'dead' } })
  return { clock, health, source, cache, fail }
}

describe('whether DNS answers', () => {
  it('is told once questions fail, with since when and how, and no more after the first sound answer', async () => {
    const { clock, health, source, cache, fail } = system()
    await cache.a('a.example')
    fail()
    clock.advance(300_000)
    await cache.a('a.example')
    assert.equal(health.fault, undefined, 'one lost answer is no fault')
    await cache.a('b.example')
    assert.deepEqual(health.fault, { sinceMs: clock.now(), reason: 'ETIMEOUT' })
    const asked = source.asked.length
    await clock.advanceAsync(15_000)
    assert.equal(source.asked.length, asked + 6, 'asked again every five seconds, by nobody but itself')
    source.zone = {}
    await clock.advanceAsync(5_000)
    assert.equal(health.fault, undefined, '"no such name" is an answer')
    await settle()
    assert.equal(clock.waiting, 0)
  })

  it('is not put in doubt for long by one domain whose servers are broken', async () => {
    const { clock, health, source, cache } = system()
    await cache.a('a.example')
    source.zone = { a: { 'a.example': ['192.0.2.1'], 'b.example': 'dead' }, aaaa: { 'b.example': 'dead' } }
    await cache.a('b.example')
    await cache.aaaa('b.example')
    assert.ok(health.fault)
    await clock.advanceAsync(5_000)
    assert.equal(health.fault, undefined)
  })

  it('lets a name that was known be used at once while it lasts, and one that was not be asked for soon again', async () => {
    const { clock, health, source, cache, fail } = system()
    await cache.a('a.example')
    fail()
    await cache.a('b.example')
    await clock.advanceAsync(5_000)
    assert.ok(health.fault)
    clock.advance(300_000)
    source.a = () => new Promise(() => {})
    const known = await cache.a('a.example')
    assert.equal(known.kind, 'found', 'without any waiting for the silent server')
    source.a = async () => ({ kind: 'found', records: ['192.0.2.3'], ttlSeconds: 60 })
    await clock.advanceAsync(10_000)
    assert.equal(health.fault, undefined)
    clock.advance(1)
    assert.deepEqual((await cache.a('b.example')).kind, 'found')
    health.close()
  })
})
