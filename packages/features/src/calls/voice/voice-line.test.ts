import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { LineGone, type SentBack, type ServiceLine, type VoiceService } from '@vaxel/core'
import { CallWorld } from '@vaxel/testkit/calls/call-world'

/** 201 calls 700, which this service answers. */
async function calling(
  service: VoiceService,
  prepare: (world: CallWorld) => void = () => {},
  options: ConstructorParameters<typeof CallWorld>[0] = {},
) {
  const world = new CallWorld(options)
  prepare(world)
  world.directory.addNumber(world.acme, '700', { kind: 'service', service: 'voicemail' })
  world.service.voice.provide('voicemail', service)
  const anna = world.phone('201')
  const call = anna.call('700')
  await world.pass()
  const media = world.mediaOf('201')
  const plays = () => {
    const source = world.engine.legs.get(media)?.plays
    return source?.kind === 'file' ? source.path.replace('/prompts/', '') : source?.kind
  }
  const press = (keys: string) => {
    for (const digit of keys) world.engine.tell({ kind: 'digit', leg: media, digit, durationMs: 100 })
  }
  const played = async () => {
    world.engine.tell({ kind: 'playEnded', leg: media })
    await world.pass()
  }
  return { world, anna, call, media, plays, press, played }
}

const prompt = (name: string) => ({ kind: 'prompt' as const, name })

describe('the line of a caller to a service', () => {
  it('says one thing after another, in the language of who calls, and ends the call when the service is done', async () => {
    const { world, call, plays, played } = await calling(async (line) => {
      line.language = 'sv'
      await line.say([prompt('welcome'), { kind: 'number', value: 321 }])
    })
    const heard = []
    for (let sound = plays(); sound !== undefined && !call.isOver; sound = plays()) {
      heard.push(sound)
      await played()
    }
    assert.deepEqual(heard, ['sv/welcome.wav', 'sv/hundreds-3.wav', 'sv/number-21.wav'])
    assert.ok(call.isOver)
    await world.finish()
  })

  it('leaves out a sentence that a voice which hangs does not make, at once when something else is to be done', async () => {
    let line: ServiceLine | undefined
    const { world, call, plays } = await calling(
      async (own) => {
        line = own
        await own.say([prompt('never-made'), prompt('there')])
        own.playOn({ kind: 'music' })
        await own.say([prompt('never-made')])
        await own.wait(60_000)
      },
      undefined,
      { soundOf: async (name) => (name === 'never-made' ? new Promise(() => {}) : `/prompts/${name}.wav`) },
    )
    await world.pass(4000)
    assert.equal(plays(), undefined)
    await world.pass(1000)
    assert.equal(plays(), 'there.wav')
    line!.cut()
    await world.pass()
    assert.equal(plays(), 'music')
    line!.cut()
    await world.pass()
    line!.cut()
    await world.pass()
    assert.ok(call.isOver)
    await world.finish()
  })

  it('stops at a key, and reads that key first', async () => {
    const read: unknown[] = []
    const { world, plays, press } = await calling(async (line) => {
      read.push(await line.readKeys({ say: [prompt('menu'), prompt('more')], most: 4, endOn: '#' }))
      read.push(await line.readKeys({ most: 4, endOn: '#' }))
      read.push(await line.readKeys({ most: 2, firstMs: 1000 }))
    })
    assert.equal(plays(), 'en/menu.wav')
    press('12')
    await world.pass()
    assert.equal(plays(), undefined)
    press('#5')
    await world.pass()
    await world.pass(3000)
    await world.pass(1000)
    assert.deepEqual(read, [
      { keys: '12', end: 'ended' },
      { keys: '5', end: 'silence' },
      { keys: '', end: 'silence' },
    ])
    await world.finish()
  })

  it('sends the caller on, has the call back when nobody takes it, and is gone when somebody does', async () => {
    const back: SentBack[] = []
    let end: unknown
    let bo: ReturnType<CallWorld['phone']> | undefined
    const service: VoiceService = async (line) => {
      try {
        back.push(await line.sendOn('204'))
        line.playOn({ kind: 'music' })
        back.push(await line.sendOn('202', { ringMs: 8000, keepsSound: true }))
        await line.say([prompt('again')])
        line.playOn({ kind: 'music' })
        await line.wait(1000)
        back.push(await line.sendOn('203'))
      } catch (error) {
        end = error
        throw error
      }
    }
    const { world, call, plays } = await calling(service, (made) => {
      bo = made.phone('202')
      made.phone('203').onCall = (incoming) => incoming.answer()
    })
    await world.pass()
    // Nobody is registered as 204; then 202 rings, and the caller hears music.
    assert.deepEqual(
      back.map(({ kind }) => kind),
      ['unreachable'],
    )
    assert.equal(plays(), 'music')
    await world.pass(8100)
    assert.equal(bo?.last.isOver, true)
    assert.equal(plays(), 'en/again.wav')
    world.engine.tell({ kind: 'playEnded', leg: world.mediaOf('201') })
    await world.pass()
    await world.pass(1000)
    await world.pass()
    assert.deepEqual(
      back.map(({ kind }) => kind),
      ['unreachable', 'noAnswer'],
    )
    assert.ok(end instanceof LineGone)
    world.assertJoined('201', '203')
    assert.ok(call.isUp)
    assert.equal(world.ledger.calls.size, 1)
    call.hangUp()
    await world.finish()
  })

  it('unwinds a service whose caller leaves, and keeps what was recorded until then', async () => {
    const ends: unknown[] = []
    const { world, call } = await calling(async (line: ServiceLine) => {
      try {
        const recorded = await line.record({ path: '/nowhere/a.wav', mostMs: 60_000 })
        ends.push(recorded.end)
        await line.say([prompt('thanks')])
      } finally {
        ends.push('over')
      }
    })
    call.hangUp()
    await world.pass()
    assert.deepEqual(ends, ['gone', 'over'])
    await world.finish()
  })

  it('ends a recording that the disk refuses, and not one that the disk is slow with', async () => {
    const ends: unknown[] = []
    const { world } = await calling(async (line) => {
      ends.push((await line.record({ path: '/nowhere/a.wav', mostMs: 60_000 })).end)
    })
    const [id] = world.engine.recordings.keys()
    world.engine.tell({ kind: 'recordingTroubled', recording: id!, reason: 'the disk is too slow' })
    await world.pass()
    assert.deepEqual(ends, [])
    world.engine.tell({ kind: 'recordingTroubled', recording: id!, reason: 'ENOSPC: no space left on device, write' })
    await world.pass()
    assert.deepEqual(ends, ['failed'])
    await world.finish()
  })

  it('tells a service that a key ended the recording', async () => {
    const ends: unknown[] = []
    const { world, press } = await calling(async (line) => {
      ends.push((await line.record({ path: '/nowhere/a.wav', mostMs: 60_000, endOn: '#' })).end)
    })
    press('5')
    await world.pass()
    assert.deepEqual(ends, [])
    press('#')
    await world.pass()
    assert.deepEqual(ends, ['key'])
    await world.finish()
  })

  it('apologises for a service that fails, and ends the call', async () => {
    const { world, call, plays, played } = await calling(async () => {
      throw new Error('broken')
    })
    world.expectedErrors = /a voice service failed/
    assert.equal(plays(), 'en/service-not-available.wav')
    await played()
    assert.ok(call.isOver)
    const [record] = world.ledger.calls.values()
    assert.equal(record?.termination?.reason, 'service-failed')
    await world.finish()
  })
})
