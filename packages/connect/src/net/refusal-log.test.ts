import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { silentLogger } from '@vaxel/base'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { RefusalLog } from './refusal-log.ts'

describe('the log of refused connections', () => {
  it('has one line in ten seconds of a flood, with the count', () => {
    const clock = new VirtualClock()
    const counts: unknown[] = []
    const log = new RefusalLog(clock, { ...silentLogger, warn: (_message, fields) => counts.push(fields?.['count']) })
    for (let i = 0; i < 25; i++) {
      log.refused('192.0.2.1', 'too many connections')
      clock.advance(1_000)
    }
    assert.deepEqual(counts, [1, 10, 10])
  })
})
