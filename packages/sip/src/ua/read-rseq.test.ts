import assert from 'node:assert/strict'
import { it } from 'node:test'
import { readRSeq } from './read-rseq.ts'

it('RSeq is a number of digits alone, from 1 on', () => {
  assert.deepEqual(['1', ' 776656 ', '4294967295'].map(readRSeq), [1, 776656, 4294967295])
  for (const wrong of [undefined, '', '0', '-1', '1e3', '0x10', '1.0', '4294967296', '1 2'])
    assert.equal(readRSeq(wrong), undefined, wrong)
})
