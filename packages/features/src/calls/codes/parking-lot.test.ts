import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { CallId } from '@vaxel/base'
import { CallWorld } from '@vaxel/testkit/calls/call-world'
import { ParkingLot } from './parking-lot.ts'

describe('parking places', () => {
  it('are kept for a call as long as it is on its way, and not for one that has ended or was not let there', () => {
    const world = new CallWorld()
    const onTheirWay = new Set(['one', 'two'])
    const lot = new ParkingLot((callId) => onTheirWay.has(callId))
    assert.equal(
      lot.choose(world.acme, () => false),
      '701',
    )
    lot.promise(world.acme.id, '701', 'one' as CallId)
    assert.ok(lot.isPromised(world.acme.id, '701', 'one' as CallId))
    assert.equal(
      lot.choose(world.acme, () => false),
      '702',
    )
    assert.equal(
      lot.choose(world.acme, () => false, '701'),
      undefined,
    )
    onTheirWay.delete('one')
    assert.equal(
      lot.choose(world.acme, () => false, '701'),
      '701',
    )
    assert.ok(!lot.isPromised(world.acme.id, '701', 'one' as CallId))
  })
})
