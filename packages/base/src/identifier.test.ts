import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { randomToken, systemRandom } from './identifier.ts'

describe('random bytes of the system', () => {
  it('come in the number asked for, across the edge of the pool and past it', () => {
    for (const count of [0, 1, 16, 255, 256, 257, 4096, 5000]) {
      for (let i = 0; i < 40; i++) assert.equal(systemRandom(count).length, count)
    }
  })

  it('are given out once: a caller that writes into them changes nothing for others', () => {
    const seen = new Set<string>()
    for (let i = 0; i < 2_000; i++) {
      const bytes = systemRandom(16)
      seen.add(Buffer.from(bytes).toString('hex'))
      assert.equal(bytes.buffer.byteLength, 16)
      bytes.fill(0)
    }
    assert.equal(seen.size, 2_000)
    assert.equal(new Set(Array.from({ length: 2_000 }, () => randomToken(16))).size, 2_000)
  })

  it('make all 32 characters of a token about equally likely', () => {
    const counts = new Map<string, number>()
    for (const character of randomToken(32_000)) counts.set(character, (counts.get(character) ?? 0) + 1)
    assert.equal(counts.size, 32)
    for (const count of counts.values()) assert.ok(count > 700 && count < 1_300)
  })
})
