import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { settle, VirtualClock } from '@vaxel/testkit/virtual-clock'
import { DnsCache } from './dns-cache.ts'
import type { DnsAnswer } from './dns-records.ts'
import { FakeDns, type Zone } from './fake-dns.ts'

function cached(zone: Zone, entries?: number) {
  const clock = new VirtualClock()
  const source = new FakeDns(zone)
  return { clock, source, cache: new DnsCache({ clock, source, ...(entries === undefined ? {} : { entries }) }) }
}

const records = (answer: DnsAnswer<string>) => (answer.kind === 'found' ? answer.records : answer.kind)
const one: Zone = { a: { 'a.example': ['192.0.2.1'] } }
const other: Zone = { a: { 'a.example': ['192.0.2.2'] } }
const dead: Zone = { a: { 'a.example': 'dead' } }

describe('remembered DNS answers', () => {
  it('hold for their TTL and are then asked again', async () => {
    const { clock, source, cache } = cached(one)
    await cache.a('a.example')
    source.zone = other
    clock.advance(299_999)
    assert.deepEqual(records(await cache.a('a.example')), ['192.0.2.1'])
    clock.advance(1)
    assert.deepEqual(records(await cache.a('a.example')), ['192.0.2.2'])
    assert.equal(source.asked.length, 2)
  })

  it('that say "none" hold for half a minute (RFC 2308)', async () => {
    const { clock, source, cache } = cached({})
    assert.equal(records(await cache.a('a.example')), 'none')
    await cache.a('a.example')
    assert.equal(source.asked.length, 1)
    source.zone = one
    clock.advance(30_000)
    assert.deepEqual(records(await cache.a('a.example')), ['192.0.2.1'])
  })

  it('serve for a day past their end while nobody answers (RFC 8767), the servers being asked each half minute', async () => {
    const { clock, source, cache } = cached(one)
    await cache.a('a.example')
    source.zone = dead
    clock.advance(300_000)
    assert.deepEqual(records(await cache.a('a.example')), ['192.0.2.1'])
    clock.advance(29_999)
    assert.deepEqual(records(await cache.a('a.example')), ['192.0.2.1'])
    assert.equal(source.asked.length, 2)
    clock.advance(1)
    assert.deepEqual(records(await cache.a('a.example')), ['192.0.2.1'])
    assert.equal(source.asked.length, 3)
    source.zone = other
    clock.advance(30_000)
    assert.deepEqual(records(await cache.a('a.example')), ['192.0.2.2'])
    source.zone = dead
    clock.advance(300_000 + 86_400_000)
    assert.equal(records(await cache.a('a.example')), 'failed')
  })

  it('do not serve past a sound "none": a name that was taken away is gone', async () => {
    const { clock, source, cache } = cached(one)
    await cache.a('a.example')
    source.zone = {}
    clock.advance(300_000)
    assert.equal(records(await cache.a('a.example')), 'none')
    source.zone = dead
    clock.advance(30_000)
    assert.equal(records(await cache.a('a.example')), 'none')
  })

  it('are asked once while a question is under way', async () => {
    const { source, cache } = cached(one)
    await Promise.all([cache.a('a.example'), cache.a('a.example'), cache.aaaa('a.example')])
    assert.deepEqual(source.asked, ['a a.example', 'aaaa a.example'])
  })

  it('are bounded', async () => {
    const { source, cache } = cached({}, 10)
    for (let i = 0; i < 100; i++) await cache.a(`${i}.example`)
    await cache.a('99.example')
    assert.equal(source.asked.length, 100)
    await cache.a('0.example')
    assert.equal(source.asked.length, 101)
  })
})

describe('a DNS server that never answers', () => {
  it('is given up in time, and sooner where an old answer is at hand', async () => {
    const clock = new VirtualClock()
    const source = new FakeDns(one)
    const cache = new DnsCache({ clock, source })
    await cache.a('a.example')
    source.a = () => new Promise(() => {})
    clock.advance(300_000)
    const withOld = cache.a('a.example')
    const without = cache.a('b.example')
    await clock.advanceAsync(1_000)
    assert.deepEqual(records(await withOld), ['192.0.2.1'])
    await clock.advanceAsync(2_000)
    assert.equal(records(await without), 'failed')
    await settle()
    assert.equal(clock.waiting, 0)
  })
})
