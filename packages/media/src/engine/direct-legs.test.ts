import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isRefusal } from '@vaxel/base'
import type { MediaLegId, MixId, RecordingId } from '@vaxel/core'
import { startRig } from './engine-rig.fixture.ts'

const describePhone = (host: number, port = 6000, more = ''): string =>
  `v=0\r\no=- ${host} 1 IN IP4 10.0.0.${host}\r\ns=-\r\nc=IN IP4 10.0.0.${host}\r\nt=0 0\r\n` +
  `m=audio ${port} RTP/AVP 8 101\r\na=rtpmap:101 telephone-event/8000\r\n${more}`

/** Two legs that hear each other, whose telephones are behind one router. */
async function talk(peers: readonly [string, string] = ['192.0.2.9', '192.0.2.9']) {
  const rig = await startRig()
  const { engine } = rig
  const legs: MediaLegId[] = []
  for (const [i, peerAddress] of peers.entries()) {
    const id = await rig.leg(`leg${i + 1}`, { peerAddress })
    assert.ok(!isRefusal(await engine.receiveOffer(id, describePhone(i + 1))))
    await engine.createAnswer(id)
    legs.push(id)
  }
  const [a, b] = legs as [MediaLegId, MediaLegId]
  engine.connect(a, b)
  const wanted = () => rig.events.filter(({ kind }) => kind === 'audioWanted').length
  return { ...rig, a, b, wanted }
}

async function goDirect({
  engine,
  a,
  b,
}: Pick<Awaited<ReturnType<typeof talk>>, 'engine' | 'a' | 'b'>): Promise<boolean> {
  assert.ok((await engine.createDirectOffer(a, b))?.includes('c=IN IP4 10.0.0.2'))
  assert.ok(await engine.receiveDirectAnswer(a, describePhone(1)))
  assert.ok((await engine.createDirectOffer(b, a))?.includes('c=IN IP4 10.0.0.1'))
  assert.ok(await engine.receiveDirectAnswer(b, describePhone(2)))
  return engine.goDirect(a, b)
}

describe('legs whose peers speak directly', () => {
  it('send nothing and expect nothing, until their peers are offered our own audio again', async () => {
    const talked = await talk()
    const { engine, a, b, told, wanted } = talked
    told()
    assert.ok(await goDirect(talked))
    assert.deepEqual(told(), ['configure leg1 PCMA rtp inactive -', 'configure leg2 PCMA rtp inactive -'])
    assert.equal(wanted(), 0)
    assert.ok((await engine.createOffer(a)).includes('c=IN IP4 192.0.2.1'))
    assert.equal(wanted(), 1, 'the other one has to come back too')
    await engine.receiveAnswer(a, describePhone(1))
    assert.deepEqual([engine.isDirect(a), engine.isDirect(b)], [false, true])
    assert.deepEqual(told(), ['configure leg1 PCMA rtp sendrecv 10.0.0.1'])
    await engine.close()
  })

  for (const [what, needs] of Object.entries({
    'music on hold': ({ engine, a }) => engine.play(a, { kind: 'music' }),
    'a beep': ({ engine, a }) => engine.playOver(a, { kind: 'tone', tone: 'recorded', country: 'se' }),
    'a recording': ({ engine, b }) => void engine.startRecording('r' as RecordingId, b, '/tmp/r.wav'),
    'a digit': ({ engine, a }) => engine.sendDigit(a, '5'),
    'somebody who listens': ({ engine, a, other }) => engine.listen(other, a),
    'another one to talk to': ({ engine, a, other }) => engine.connect(a, other),
    'a conference': ({ engine, a }) => {
      engine.createMix('m' as MixId)
      engine.joinMix('m' as MixId, a)
    },
    'a fax': ({ engine, a, b }) => assert.equal(engine.canRelayFax(a, b), false),
  } satisfies Record<string, (talked: Awaited<ReturnType<typeof talk>> & { other: MediaLegId }) => void>))
    it(`are wanted back for ${what}, which is told once`, async () => {
      const talked = await talk()
      const other = await talked.leg('other')
      assert.ok(await goDirect(talked))
      needs({ ...talked, other })
      needs({ ...talked, other })
      assert.equal(talked.wanted(), 1)
      assert.equal(talked.engine.goDirect(talked.a, talked.b), false)
      await talked.engine.close()
    })

  it('do not leave while their audio is needed', async () => {
    const { engine, a, b, leg } = await talk()
    const other = await leg('other')
    engine.listen(other, a)
    assert.equal(await engine.createDirectOffer(a, b), undefined)
    assert.equal(await engine.createDirectOffer(b, a), undefined)
    engine.disconnect(other)
    assert.ok(await engine.createDirectOffer(a, b))
    await engine.startRecording('r' as RecordingId, b, '/tmp/r.wav')
    assert.equal(await engine.createDirectOffer(b, a), undefined)
    await engine.close()
  })

  it('do not leave when it was wanted while they were asked', async () => {
    const { engine, a, b, wanted } = await talk()
    await engine.createDirectOffer(a, b)
    await engine.receiveDirectAnswer(a, describePhone(1))
    await engine.createDirectOffer(b, a)
    engine.play(a, { kind: 'music' })
    await engine.receiveDirectAnswer(b, describePhone(2))
    assert.equal(engine.goDirect(a, b), false)
    assert.equal(wanted(), 1)
    await engine.close()
  })

  it('do not leave where one says something else than the other was told', async () => {
    const { engine, a, b } = await talk()
    await engine.createDirectOffer(a, b)
    await engine.receiveDirectAnswer(a, describePhone(1))
    await engine.createDirectOffer(b, a)
    await engine.receiveDirectAnswer(b, describePhone(2, 7000))
    assert.equal(engine.goDirect(a, b), false)
    await engine.close()
  })

  it('are wanted back where one says something new to the same offer', async () => {
    const talked = await talk()
    assert.ok(await goDirect(talked))
    assert.ok(await talked.engine.receiveDirectAnswer(talked.a, describePhone(1)))
    assert.equal(talked.wanted(), 0)
    assert.equal(await talked.engine.receiveDirectAnswer(talked.a, describePhone(1, 8000)), false)
    assert.equal(talked.wanted(), 1)
    await talked.engine.close()
  })

  it('have not left where the peer refused', async () => {
    const { engine, a, b, told, wanted } = await talk()
    assert.ok(await engine.createDirectOffer(a, b))
    told()
    assert.equal(await engine.receiveDirectAnswer(a, undefined), false)
    assert.deepEqual([engine.isDirect(a), wanted(), told()], [false, 0, []])
    await engine.close()
  })

  it('leave without a router between them only where each is where it says', async () => {
    const within = await talk(['10.0.0.1', '10.0.0.2'])
    assert.ok(await within.engine.createDirectOffer(within.a, within.b))
    await within.engine.close()
    const behind = await talk(['192.0.2.8', '192.0.2.9'])
    assert.equal(await behind.engine.createDirectOffer(behind.a, behind.b), undefined)
    await behind.engine.close()
  })

  it('send nothing to an address outside that a telephone behind the router names', async () => {
    for (const named of ['198.51.100.7', 'phone.example']) {
      const { engine, a, b } = await talk()
      const outside = describePhone(1)
        .replaceAll('10.0.0.1', named)
        .replace(`o=- 1 1 IN IP4 ${named}`, 'o=- 1 1 IN IP4 10.0.0.1')
      assert.ok(!isRefusal(await engine.receiveOffer(a, outside)))
      await engine.createAnswer(a)
      assert.equal(await engine.createDirectOffer(b, a), undefined)
      await engine.close()
    }
  })
})
