import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isRefusal } from '@vaxel/base'
import type { MonitorMode } from '@vaxel/core'
import { QueueWorld } from '@vaxel/testkit/calls/queue-world'

/** 201 talks with the agent 202, and the supervisor 204 is asked to be with them. */
async function watching(mode: MonitorMode) {
  const world = await QueueWorld.begin()
  const anna = world.phone('202')
  anna.onCall = (incoming) => incoming.answer()
  await world.ready('202')
  const call = world.phone('201').call('300')
  await world.pass()
  await world.pass()
  const callId = world.onlyCallId
  const boss = world.phone('204')
  boss.onCall = (incoming) => incoming.answer()
  const by = { companyId: world.acme.id, by: world.user('204').id }
  const monitoring = await world.during(world.queueVoice.monitor.monitor({ ...by, callId, mode }))
  assert.ok(!isRefusal(monitoring))
  await world.pass()
  const mix = `monitor-${callId}`
  const hears = (number: string) => world.engine.legs.get(world.mediaOf(number))?.hears
  const heardBy = () => world.engine.heardBy(world.mediaOf('204'))
  return { world, anna, call, boss, by, callId, monitoring, mix, hears, heardBy }
}

describe('a supervisor with an agent’s call', () => {
  it('hears both, and is heard by nobody, by the agent or by both, by key and by command', async () => {
    const { world, call, by, callId, monitoring, mix, hears, heardBy } = await watching('listen')
    for (const number of ['201', '202', '204']) assert.equal(hears(number), mix)
    assert.equal(heardBy(), 'nobody')
    world.press('204', '2')
    await world.pass()
    assert.equal(heardBy(), 'agent')
    assert.deepEqual(await world.listen('204'), ['queue-monitor-whisper'])
    const { monitor } = world.queueVoice
    assert.equal(await world.during(monitor.setMode({ ...by, callId: monitoring.callId, mode: 'barge' })), undefined)
    assert.equal(heardBy(), 'everybody')
    const events = world.ledger.events.filter(({ kind }) => kind === 'agent.monitored')
    assert.deepEqual(
      events.map(({ data }) => [data['mode'], data['agentId'], data['by'], data['callId']]),
      ['listen', 'whisper', 'barge'].map((mode) => [mode, world.user('202').id, by.by, callId]),
    )
    assert.deepEqual(
      world.told.filter(({ kind }) => kind === 'call.monitored').map(({ to, data }) => [data['mode'], to?.[0]]),
      ['listen', 'whisper', 'barge'].map((mode) => [mode, world.user('202').id]),
    )
    assert.equal(monitor.monitorings(world.acme.id).length, 1)
    call.hangUp()
    await world.pass()
    assert.equal(world.told.findLast(({ kind }) => kind === 'call.monitored')?.data['mode'], 'left')
    assert.deepEqual(await world.listen('204'), ['queue-monitor-over'])
    await world.finish()
  })

  it('leaves the two as they were', async () => {
    const { world, call, boss } = await watching('whisper')
    boss.last.hangUp()
    await world.pass()
    world.assertJoined('201', '202')
    assert.equal(world.queueVoice.monitor.monitorings(world.acme.id).length, 0)
    call.hangUp()
    await world.finish()
  })

  it('stays with them through hold', async () => {
    const { world, anna, call, mix, hears } = await watching('listen')
    await world.during(anna.last.offer('sendonly'))
    await world.pass()
    await world.during(anna.last.offer('sendrecv'))
    await world.pass()
    for (const number of ['201', '202', '204']) assert.equal(hears(number), mix)
    call.hangUp()
    await world.pass()
    await world.listen('204')
    await world.finish()
  })

  it('is refused a call in which no agent talks, one of another company, and a mode of somebody else', async () => {
    const { world, call, callId, by, monitoring } = await watching('listen')
    const { monitor } = world.queueVoice
    const other = { companyId: world.beta.id, by: world.user('204', world.beta).id, callId, mode: 'listen' as const }
    assert.ok(isRefusal(await monitor.monitor(other)))
    assert.ok(isRefusal(await monitor.monitor({ ...by, by: world.user('202').id, callId, mode: 'listen' })))
    assert.ok(isRefusal(await monitor.monitor({ ...by, callId: monitoring.callId, mode: 'listen' })))
    const mode = { ...by, by: world.user('203').id, callId: monitoring.callId, mode: 'barge' as const }
    assert.ok(isRefusal(await monitor.setMode(mode)))
    call.hangUp()
    await world.pass()
    await world.listen('204')
    await world.finish()
  })
})
