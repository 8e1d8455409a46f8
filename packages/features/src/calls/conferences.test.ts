import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { CallId } from '@vaxel/base'
import type { MediaLegId, MixId } from '@vaxel/core'
import { Conferences } from './conferences.ts'

describe('conferences', () => {
  it('are open from the first call in them to the end of the last', () => {
    const did: string[] = []
    const conferences = new Conferences({
      createMix: (mix) => did.push(`create ${mix}`),
      joinMix: (mix, leg) => did.push(`join ${mix} ${leg}`),
      releaseMix: (mix) => did.push(`release ${mix}`),
    })
    const join = (call: string, mix: string) =>
      conferences.join(call as CallId, mix as MixId, `leg of ${call}` as MediaLegId)
    const left = (call: string) => conferences.left(call as CallId)
    join('a', 'm')
    join('b', 'm')
    join('b', 'm')
    left('a')
    left('a')
    left('stranger')
    assert.deepEqual(did.splice(0), ['create m', 'join m leg of a', 'join m leg of b', 'join m leg of b'])
    left('b')
    assert.deepEqual(did.splice(0), ['release m'])
    join('c', 'm')
    join('c', 'n')
    assert.deepEqual(did, ['create m', 'join m leg of c', 'release m', 'create n', 'join n leg of c'])
  })
})
