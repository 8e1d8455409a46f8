import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { interleave, orderNaptr, orderSrv } from './order-records.ts'

const srv = (priority: number, weight: number, name: string, port = 5060) => ({ priority, weight, port, name })

describe('SRV records in order (RFC 2782)', () => {
  it('go by priority first, whatever their weight', () => {
    const ordered = orderSrv([srv(20, 100, 'c'), srv(10, 0, 'a'), srv(10, 0, 'b')], () => 0)
    assert.deepEqual(
      ordered.map(({ name }) => name),
      ['a', 'b', 'c'],
    )
  })

  it('are drawn by weight: the running sum that reaches the number drawn', () => {
    const records = [srv(1, 10, 'ten'), srv(1, 0, 'none'), srv(1, 30, 'thirty')]
    const first = (fraction: number) => orderSrv(records, () => fraction)[0]!.name
    assert.equal(first(0), 'none')
    assert.equal(first(1 / 41), 'ten')
    assert.equal(first(10 / 41), 'ten')
    assert.equal(first(11 / 41), 'thirty')
    assert.equal(first(0.999), 'thirty')
  })

  it('come first as often as their weight says', () => {
    const records = [srv(1, 25, 'quarter'), srv(1, 75, 'rest')]
    let quarters = 0
    for (let i = 0; i < 1_000; i++) if (orderSrv(records, () => i / 1_000)[0]!.name === 'quarter') quarters++
    assert.ok(Math.abs(quarters - 255) < 15, String(quarters))
  })

  it('are all there once, in order of priority, for any records and any luck', () => {
    const record = fc.record({
      priority: fc.nat(3),
      weight: fc.nat(65_535),
      port: fc.integer({ min: 1, max: 65_535 }),
      name: fc.uuid(),
    })
    fc.assert(
      fc.property(
        fc.array(record, { maxLength: 12 }),
        fc.infiniteStream(fc.double({ min: 0, max: 0.999999, noNaN: true })),
        (records, luck) => {
          const ordered = orderSrv(records, () => luck.next().value as number)
          assert.deepEqual(ordered.map(({ name }) => name).sort(), records.map(({ name }) => name).sort())
          assert.deepEqual(
            ordered.map(({ priority }) => priority),
            [...records.map(({ priority }) => priority)].sort((a, b) => a - b),
          )
        },
      ),
    )
  })

  it('leave out the target that says there is no service', () => {
    assert.deepEqual(
      orderSrv([srv(0, 0, '.'), srv(0, 0, '', 5060), srv(0, 0, 'x', 0)], () => 0),
      [],
    )
  })
})

describe('NAPTR records in order (RFC 3263 §4.1)', () => {
  const naptr = (order: number, preference: number, service: string, more = {}) => ({
    order,
    preference,
    flags: 's',
    service,
    regexp: '',
    replacement: `${service}.example`,
    ...more,
  })

  it('go by order, then by preference, names in any case', () => {
    const ordered = orderNaptr([naptr(2, 1, 'SIP+D2U'), naptr(1, 2, 'sip+d2t'), naptr(1, 1, 'SIPS+D2T')], false)
    assert.deepEqual(
      ordered.map(({ protocol }) => protocol),
      ['tls', 'tcp', 'udp'],
    )
  })

  it('are left out with another flag, an expression, or a service that is not ours', () => {
    const odd = [
      naptr(1, 1, 'SIP+D2U', { flags: 'a' }),
      naptr(1, 1, 'SIP+D2U', { regexp: '!.*!sip:x!' }),
      naptr(1, 1, 'SIP+D2W'),
      naptr(1, 1, 'SIP+D2U', { replacement: '' }),
    ]
    assert.deepEqual(orderNaptr(odd, false), [])
  })
})

describe('addresses of both families', () => {
  it('take turns, and none is lost', () => {
    assert.deepEqual(interleave(['6a'], ['4a', '4b', '4c']), ['6a', '4a', '4b', '4c'])
    assert.deepEqual(interleave([], ['4a']), ['4a'])
  })
})
