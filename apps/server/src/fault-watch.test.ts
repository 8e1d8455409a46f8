import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { silentLogger } from '@vaxel/base'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { FaultWatch } from './fault-watch.ts'

function watch() {
  const clock = new VirtualClock()
  const logged: unknown[] = []
  const gaveUp: string[] = []
  const faults = new FaultWatch({
    clock,
    log: { ...silentLogger, error: (_message, fields) => void logged.push(fields) },
    giveUp: (sentence) => void gaveUp.push(sentence),
  })
  return { clock, logged, gaveUp, faults }
}

describe('faults that nothing caught', () => {
  it('are written to the log with where they happened, and told for a day', () => {
    const { clock, logged, gaveUp, faults } = watch()
    assert.deepEqual(faults.warnings(), [])
    faults.note(new Error('a fault'), 'uncaughtException')
    faults.note('no error at all', 'unhandledRejection')
    assert.match(JSON.stringify(logged[0]), /uncaughtException.*a fault.*fault-watch\.test\.ts/)
    assert.match(JSON.stringify(logged[1]), /unhandledRejection.*no error at all/)
    assert.match(faults.warnings().join(), /calls go on/)
    clock.advance(86_400_001)
    assert.deepEqual(faults.warnings(), [])
    assert.deepEqual(gaveUp, [])
  })

  it('end the server when they come without an end, not when they come now and then', () => {
    const { clock, gaveUp, faults } = watch()
    for (let i = 0; i < 100; i++) {
      faults.note(new Error('now and then'), 'uncaughtException')
      clock.advance(10_000)
    }
    assert.deepEqual(gaveUp, [])
    for (let i = 0; i < 20; i++) faults.note(new Error('again'), 'uncaughtException')
    assert.match(gaveUp[0]!, /without an end.*again/)
  })
})
