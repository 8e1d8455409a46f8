import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { KeptAnswers } from './kept-answers.ts'

describe('answers that are kept for retransmissions', () => {
  it('go when their budget is used up, the oldest first', () => {
    const kept = new KeptAnswers(10 * 1024)
    const gone: number[] = []
    const answers = Array.from({ length: 30 }, (_, i) => ({ key: `${i}`, abandon: () => void gone.push(i) }))
    for (const answer of answers) kept.add(answer, 512)
    assert.deepEqual(
      gone,
      Array.from({ length: 20 }, (_, i) => i),
    )
    assert.equal(kept.count, 10)
    assert.equal(kept.bytes, 10 * 1024)
    for (const answer of answers) kept.remove(answer)
    assert.equal(kept.count, 0)
    assert.equal(kept.bytes, 0)
    kept.add({ key: '99', abandon: () => void gone.push(99) }, 20_000)
    assert.equal(gone.at(-1), 99, 'one that is larger than all of it does not stay')
    assert.equal(kept.bytes, 0)
  })

  it('count once where two have the same key, and the first is not taken for the second', () => {
    const kept = new KeptAnswers(10 * 1024)
    const [first, second] = [
      { key: 'a', abandon: () => {} },
      { key: 'a', abandon: () => {} },
    ]
    kept.add(first, 512)
    kept.add(second, 1536)
    assert.deepEqual([kept.count, kept.bytes], [1, 2048])
    kept.remove(first)
    assert.deepEqual([kept.count, kept.bytes], [1, 2048])
    kept.remove(second)
    assert.deepEqual([kept.count, kept.bytes], [0, 0])
  })
})
