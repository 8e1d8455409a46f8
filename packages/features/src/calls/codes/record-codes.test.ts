import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CallWorld } from '@vaxel/testkit/calls/call-world'
import type { ServicePhone } from '@vaxel/testkit/calls/service-phone'
import { createCallFeatures } from './call-features.ts'

/** 201 talks with 202 and has the call on hold, then dials a code; returns what was said. */
async function dialled(world: CallWorld, anna: ServicePhone, code: string): Promise<string> {
  const call = anna.call(code)
  await world.pass(100)
  const said = [...world.engine.legs.values()].flatMap(({ plays }) => (plays?.kind === 'file' ? [plays.path] : []))
  call.hangUp()
  await world.pass(100)
  return said.map((path) => path.split('/').at(-1)!.replace('.wav', '')).join(' ')
}

describe('recording by code', () => {
  it('begins, pauses, goes on and ends for the own call that is on hold', async () => {
    const world = new CallWorld()
    createCallFeatures(world.service)
    const anna = world.phone('201')
    const bo = world.phone('202')
    assert.equal(await dialled(world, anna, '*71'), 'recording-no-call')
    const call = anna.call('202')
    await world.pass()
    bo.last.answer()
    await world.pass()
    assert.equal(await dialled(world, anna, '*72'), 'recording-no-call')
    assert.equal(await dialled(world, anna, '*71'), 'recording-on')
    assert.deepEqual(
      world.recordings.begun.map(({ party, trigger }) => [party.number, trigger]),
      [['201', 'demand']],
    )
    assert.equal(await dialled(world, anna, '*72'), 'recording-paused')
    assert.equal(await dialled(world, anna, '*72'), 'recording-resumed')
    assert.equal(await dialled(world, anna, '*71'), 'recording-off')
    assert.equal(world.engine.recordings.size, 0)
    world.recordings.rule = { ...world.recordings.rule, mode: 'off' }
    assert.equal(await dialled(world, anna, '*71'), 'recording-not-allowed')
    call.hangUp()
    await world.finish()
  })
})

describe('recording by a key of the telephone (INFO with Record)', () => {
  const talk = async () => {
    const world = new CallWorld()
    const [anna, bo] = [world.phone('201'), world.phone('202')]
    const call = anna.call('202')
    await world.pass()
    bo.last.answer()
    await world.pass()
    const press = async (value: string, from = call) => {
      const status = from.usage.info('', '', [['Record', value]])
      await world.pass(50)
      return status
    }
    return { world, call, bo, press }
  }

  it('begins and ends it, and what is so already is no mistake', async () => {
    const { world, call, press } = await talk()
    assert.equal(await press('on'), 200)
    assert.equal(await press('on'), 200)
    assert.deepEqual(
      world.recordings.begun.map(({ party, trigger }) => [party.number, trigger]),
      [['201', 'demand']],
    )
    assert.equal(await press('off'), 200)
    assert.equal(await press('off'), 200)
    assert.equal(world.engine.recordings.size, 0)
    call.hangUp()
    await world.finish()
  })

  it('is refused where the company’s rules do, so that the telephone shows no lamp', async () => {
    const { world, call, press } = await talk()
    world.recordings.rule = { ...world.recordings.rule, mode: 'off' }
    assert.equal(await press('on'), 403)
    world.recordings.rule = { ...world.recordings.rule, mode: 'always' }
    assert.equal(await press('maybe'), 200, 'what else phones say there is left alone')
    assert.equal(world.recordings.begun.length, 0)
    call.hangUp()
    await world.finish()
  })

  it('is nothing for trunks', async () => {
    const world = new CallWorld()
    const { carrier } = world.trunk()
    const anna = world.phone('201')
    anna.onCall = (call) => call.answer()
    const call = carrier.call('201')
    await world.pass()
    const status = call.usage.info('', '', [['Record', 'on']])
    await world.pass(50)
    assert.equal(await status, 403)
    call.hangUp()
    await world.finish()
  })
})
