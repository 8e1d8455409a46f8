import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type CpuProfile, ownTime } from './own-time.ts'

const frame = (functionName: string, url = '') => ({ functionName, url, lineNumber: 9 })
const profile: CpuProfile = {
  nodes: [
    { id: 1, callFrame: frame('(idle)') },
    { id: 2, callFrame: frame('start', 'file:///somewhere/apps/server/src/main.ts') },
    { id: 3, callFrame: frame('parse', 'file:///somewhere/packages/sip/src/message/parse-message.ts') },
    { id: 4, callFrame: frame('(garbage collector)') },
  ],
  samples: [2, 3, 1, 3, 4],
  timeDeltas: [5_000_000, 600_000, 1_000_000, 300_000, 100_000],
}

describe('Own time in a profile', () => {
  it('is that of the last seconds, without idling, by file and by function', () => {
    const { busySeconds, byFile, byFunction } = ownTime(profile, 2)
    assert.equal(busySeconds, 1)
    assert.deepEqual(byFile, [
      ['packages/sip/src/message/parse-message.ts', 0.9],
      ['(garbage collector)', 0.1],
    ])
    assert.equal(byFunction[0]![0], 'parse packages/sip/src/message/parse-message.ts:10')
  })

  it('of nothing is nothing', () => {
    assert.deepEqual(ownTime({ nodes: [], samples: [], timeDeltas: [] }, 5), {
      busySeconds: 0,
      byFile: [],
      byFunction: [],
    })
  })
})
