import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { holdsRange, readIp, readIpRange, toNetworks, writeIp } from './ip-range.ts'

describe('ranges of addresses', () => {
  it('reads networks, addresses and ranges of both families', () => {
    assert.deepEqual(readIpRange('81.228.2.192/27'), { family: 4, first: 0x51e402c0n, last: 0x51e402dfn })
    assert.deepEqual(readIpRange('81.228.2.193/27'), readIpRange('81.228.2.192/27'))
    assert.deepEqual(readIpRange('213.65.172.64-67'), readIpRange('213.65.172.64-213.65.172.67'))
    assert.deepEqual(readIpRange('2001:db8::/126'), readIpRange('2001:db8::-2001:db8::3'))
    assert.deepEqual(readIp('::ffff:192.0.2.1'), { family: 6, value: 0xffffc0000201n })
  })

  it('refuses what is none', () => {
    for (const text of [
      '',
      '1.2.3',
      '1.2.3.4.5',
      '256.1.1.1',
      '01.2.3.4',
      '1.2.3.4/33',
      '1.2.3.9-4',
      '::1-1.2.3.4',
      ':::',
      '1::2::3',
      '1:2:3:4:5:6:7:8:9',
      'g::',
      '1.2.3.4/',
      '1:2:3:4:5:6:7',
      'example.com',
      '::1%eth0',
    ])
      assert.equal(readIpRange(text), undefined, text)
  })

  it('writes IPv6 as RFC 5952 wants it', () => {
    for (const text of ['::', '::1', '2001:db8::1', '2001:db8:0:1:1:1:1:1', '1:0:0:2::3', 'fe80::'])
      assert.equal(writeIp(6, readIp(text)!.value), text)
  })

  it('gives back any range as networks that hold it exactly', () => {
    const v4 = fc.bigInt({ min: 0n, max: (1n << 32n) - 1n })
    fc.assert(
      fc.property(v4, v4, (a, b) => {
        const range = { family: 4 as const, first: a < b ? a : b, last: a < b ? b : a }
        const parts = toNetworks(range).map((text) => readIpRange(text)!)
        assert.equal(parts[0]!.first, range.first)
        assert.equal(parts.at(-1)!.last, range.last)
        for (const [index, part] of parts.entries()) {
          assert.ok(holdsRange(range, part))
          if (index > 0) assert.equal(part.first, parts[index - 1]!.last + 1n)
        }
      }),
    )
  })
})
