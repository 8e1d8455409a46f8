import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isRefusal, silentLogger } from '@vaxel/base'
import type { Principal } from '@vaxel/contract'
import type { ConferenceRoom, ConferenceRoomStore, Notice, RecordingId, RoomRules } from '@vaxel/core'
import { usualRules } from '@vaxel/core'
import { CallWorld } from '@vaxel/testkit/calls/call-world'
import { ConferenceDesk } from './conference-desk.ts'
import { createConferences } from './feature.ts'
import type { ConferenceView } from './views.ts'

/** A company whose number 400 is a room, set as a test wants it. */
function office(rules: Partial<RoomRules> = {}) {
  const world = new CallWorld()
  world.directory.addNumber(world.acme, '400', { kind: 'service', service: 'conference' })
  const room: ConferenceRoom = { companyId: world.acme.id, number: '400', rules: { ...usualRules, ...rules } }
  const rooms: ConferenceRoomStore = {
    room: (companyId, number) => (companyId === room.companyId && number === '400' ? room : undefined),
    roomsOf: () => [room],
    put: async () => {},
    remove: async () => {},
  }
  const notices: Notice[] = []
  const feature = createConferences({
    clock: world.clock,
    log: silentLogger,
    directory: world.directory,
    engine: world.engine,
    rooms,
    notices: { publish: (notice) => notices.push(notice) },
    sounds: { soundOf: async (prompt) => `/prompts/en/${prompt}.wav`, namesFolder: undefined },
    calls: world.conferenceCalls,
    configuration: {} as never,
  })
  world.service.voice.provide('conference', feature.serve)
  world.service.openAdHoc = feature.service.openAdHoc
  world.service.inviteIntoRoom = feature.service.inviteIntoRoom
  const mix = `mix-${world.acme.id}-400`
  const plays = (number: string) => {
    const source = world.engine.legs.get(world.mediaOf(number))?.plays
    return source?.kind === 'file'
      ? source.path.replace('/prompts/en/conference-', '').replace('.wav', '')
      : source?.kind
  }
  const hears = (number: string) => world.engine.legs.get(world.mediaOf(number))?.hears
  const press = async (number: string, keys: string): Promise<void> => {
    for (const digit of keys) world.engine.tell({ kind: 'digit', leg: world.mediaOf(number), digit, durationMs: 100 })
    await world.pass()
  }
  /** All that is being said to somebody is said to its end; @returns what it was */
  const hearOut = async (number: string): Promise<string[]> => {
    const heard: string[] = []
    let last: unknown
    for (let n = 0; n < 20; n++) {
      const sound = isThere(number) ? plays(number) : undefined
      const source = isThere(number) ? world.engine.legs.get(world.mediaOf(number))?.plays : undefined
      if (sound === undefined || sound === 'music' || source === last) return heard
      last = source
      heard.push(sound)
      world.engine.tell({ kind: 'playEnded', leg: world.mediaOf(number) })
      await world.pass()
    }
    throw new Error('it goes on and on')
  }
  const isThere = (number: string): boolean =>
    [...world.service.states()].some(({ call }) =>
      [...call.legs.values()].some((leg) => leg.party.number === number && leg.endedAtMs === undefined),
    )
  /** What screens were told last. */
  const told = (): ConferenceView => {
    const last = notices.findLast(({ kind }) => kind === 'conference.changed')
    assert.ok(last)
    return last.data['conference'] as ConferenceView
  }
  const codes = () =>
    world.ledger.events.filter(({ kind }) => kind === 'service.noted').map(({ data }) => String(data['code']))
  const as = (name: string, role: Principal['role'] = 'user'): Principal => ({
    sessionId: 's',
    userId: world.user(name).id,
    companyId: world.acme.id,
    role,
    isOperator: false,
  })
  const desk = new ConferenceDesk(feature.service)
  return { world, feature, desk, mix, plays, hears, press, hearOut, codes, as, notices, told, room }
}

describe('the conference 400, which nobody has set', () => {
  it('takes whoever calls into one mix, and tells screens', async () => {
    const { world, mix, hears, notices, told, codes } = office()
    const calls = ['201', '202', '203'].map((name) => world.phone(name).call('400'))
    await world.pass(300)
    for (const name of ['201', '202', '203']) assert.equal(hears(name), mix)
    assert.equal(told().members.length, 3)
    assert.equal(notices.at(-1)?.to?.length, 3)
    assert.deepEqual(codes(), ['conference.joined', 'conference.joined', 'conference.joined'])
    for (const call of calls) call.hangUp()
    await world.pass(100)
    await world.pass(400)
    assert.equal(told().isRunning, false)
    await world.finish()
  })

  it('plays two notes to all when somebody comes', async () => {
    const { world } = office()
    const first = world.phone('201').call('400')
    await world.pass()
    assert.equal(world.engine.playedInMix.length, 0)
    const second = world.phone('202').call('400')
    await world.pass()
    assert.deepEqual(
      world.engine.playedInMix.map(({ source }) => source.kind === 'tone' && source.tone),
      ['joined'],
    )
    second.hangUp()
    await world.pass()
    assert.equal(world.engine.playedInMix.length, 2)
    first.hangUp()
    await world.finish()
  })

  it('mutes by *6 and says so, and unmutes', async () => {
    const { world, press, mix, hearOut } = office()
    const anna = world.phone('201').call('400')
    const bo = world.phone('202').call('400')
    await world.pass()
    await press('202', '*6')
    assert.deepEqual(world.engine.mutedInMix, [`${mix} ${world.mediaOf('202')} true`])
    assert.deepEqual(await hearOut('202'), ['muted'])
    await press('202', '*6')
    assert.equal(world.engine.mutedInMix.at(-1), `${mix} ${world.mediaOf('202')} false`)
    anna.hangUp()
    bo.hangUp()
    await world.finish()
  })
})

describe('a room with a PIN', () => {
  const rules = { pin: '2468', moderatorPin: '13579', isOpenToCompany: false }

  it('asks three times, in words, then lets the caller go', async () => {
    const { world, press, hearOut, codes } = office(rules)
    const call = world.phone('201').call('400')
    await world.pass()
    const heard: string[] = []
    for (const pin of ['1111#', '2469#', '#']) {
      heard.push(...(await hearOut('201')))
      await press('201', pin)
    }
    heard.push(...(await hearOut('201')))
    assert.deepEqual(heard, ['pin', 'pin-not-right', 'pin', 'pin-not-right', 'pin', 'pin-wrong'])
    await world.pass()
    assert.ok(call.isOver)
    assert.equal(codes().filter((code) => code === 'conference.pinWrong').length, 3)
    const leaked = JSON.stringify(world.ledger.events)
    assert.ok(!leaked.includes('2469') && !leaked.includes('1111'), 'what was tried stays out of the ledger')
    await world.finish()
  })

  it('opens for whoever knows it', async () => {
    const { world, press, hears, mix } = office(rules)
    const call = world.phone('201').call('400')
    await world.pass()
    await press('201', '2468#')
    assert.equal(hears('201'), mix)
    call.hangUp()
    await world.finish()
  })

  it('lets one with the moderator PIN lock it, and refuses others the keys for that', async () => {
    const { world, press, hearOut, hears, mix } = office(rules)
    const anna = world.phone('201').call('400')
    const bo = world.phone('202').call('400')
    await world.pass()
    await press('201', '13579#')
    await press('202', '2468#')
    await press('202', '*5')
    assert.deepEqual(await hearOut('202'), ['moderators-only'])
    await press('201', '*5')
    assert.deepEqual(await hearOut('201'), ['locked'])
    const late = world.phone('203').call('400')
    await world.pass()
    await press('203', '2468#')
    assert.deepEqual(await hearOut('203'), ['locked'])
    await world.pass()
    assert.ok(late.isOver)
    assert.equal(hears('202'), mix)
    await press('201', '*9')
    await hearOut('201')
    await press('201', '1')
    assert.deepEqual(await hearOut('202'), ['ended-by-moderator'])
    await hearOut('201')
    await world.pass()
    assert.ok(anna.isOver && bo.isOver)
    await world.finish()
  })
})

describe('a room that waits for its moderator', () => {
  it('plays music until one is there, and lets people go after half an hour', async () => {
    const { world, plays, hears, mix, hearOut, room } = office({ waitsForModerator: true })
    Object.assign(room.rules, { moderatorIds: [world.user('203').id] })
    const anna = world.phone('201').call('400')
    await world.pass()
    assert.deepEqual(await hearOut('201'), ['waits'])
    assert.equal(plays('201'), 'music')
    const moderator = world.phone('203').call('400')
    await world.pass()
    assert.equal(hears('201'), mix)
    assert.equal(plays('201'), undefined)
    anna.hangUp()
    moderator.hangUp()
    await world.pass(100)
    const alone = world.phone('202').call('400')
    await world.pass()
    await hearOut('202')
    await world.pass(31 * 60_000)
    assert.deepEqual(await hearOut('202'), ['no-moderator'])
    await world.pass()
    assert.ok(alone.isOver)
    await world.finish()
  })
})

describe('the screen of a conference', () => {
  it('is for those in it and its moderators, and obeys as the keys do', async () => {
    const { world, desk, as, mix, hearOut } = office()
    const anna = world.phone('201').call('400')
    const bo = world.phone('202').call('400')
    await world.pass()
    const hidden = desk.read(as('203'), '400')
    assert.ok(!isRefusal(hidden) && hidden.isHidden && hidden.members.length === 0, 'nobody else sees who is in it')
    const seen = desk.read(as('201'), '400')
    assert.ok(!isRefusal(seen))
    const boId = seen.members[1]!.id
    const refused = await desk.command(as('201'), '400', 'mute', { memberId: boId })
    assert.ok(isRefusal(refused) && refused.code === 'CONFERENCE_MODERATORS_ONLY')
    const done = await desk.command(as('204', 'supervisor'), '400', 'mute', { memberId: boId })
    assert.ok(!isRefusal(done) && !done.members[1]!.isHeard)
    assert.equal(world.engine.mutedInMix.at(-1), `${mix} ${world.mediaOf('202')} true`)
    const self = await desk.command(as('202'), '400', 'unmute', {})
    assert.ok(isRefusal(self) && self.code === 'CONFERENCE_SILENCED')
    await desk.command(as('204', 'supervisor'), '400', 'remove', { memberId: boId })
    await hearOut('202')
    await hearOut('202')
    await world.pass()
    assert.ok(bo.isOver)
    anna.hangUp()
    await world.finish()
  })

  it('is recorded as a room: the moderator who began it leaves, whoever comes is told, and it ends with the room', async () => {
    const { world, desk, as, mix, feature, hearOut } = office({ name: 'Monday', moderatorIds: [] })
    world.recordings.rule = { mode: 'onDemand', tells: 'everybody', tellsBy: 'both', ifImpossible: 'goOn' }
    const live = () => feature.service.live(world.acme.id, '400')
    const played = () =>
      world.engine.playedInMix.splice(0).map(({ source }) => (source.kind === 'tone' ? source.tone : source.kind))
    const anna = world.phone('201').call('400')
    const bo = world.phone('202').call('400')
    await world.pass()
    const boss = as('204', 'supervisor')
    const begun = await desk.command(boss, '400', 'startRecording', {})
    assert.ok(!isRefusal(begun) && begun.isRecorded)
    assert.ok(isRefusal(await desk.command(boss, '400', 'startRecording', {})), 'it is recorded already')
    assert.deepEqual([...world.engine.recordedMixes.values()], [mix])
    assert.deepEqual(world.recordings.begun[0]?.other, { number: '400', name: 'Monday' })
    played()
    await world.pass(15_000)
    assert.deepEqual(played(), ['recorded'])
    anna.hangUp()
    await world.pass()
    assert.equal(live()?.isRecorded, true, 'it goes on without the one it is named after')
    const carl = world.phone('203').call('400')
    await world.pass()
    assert.ok((await hearOut('203')).includes('recording'))
    assert.ok(!isRefusal(await desk.command(boss, '400', 'stopRecording', {})))
    await world.pass()
    assert.equal(live()?.isRecorded, false)
    assert.ok(!isRefusal(await desk.command(boss, '400', 'startRecording', {})))
    bo.hangUp()
    carl.hangUp()
    await world.pass()
    assert.equal(world.engine.recordings.size, 0, 'it ends with the room')
    await world.finish()
  })

  it('is recorded on in a second file when what writes the first one breaks, and not once somebody has stopped it', async () => {
    const { world, desk, as } = office()
    world.recordings.rule = { mode: 'onDemand', tells: 'nobody', tellsBy: 'sentence', ifImpossible: 'goOn' }
    const anna = world.phone('201').call('400')
    await world.pass()
    const boss = as('204', 'supervisor')
    await desk.command(boss, '400', 'startRecording', {})
    const [[first, path]] = [...world.engine.recordings] as [[RecordingId, string]]
    world.engine.recordings.delete(first)
    world.engine.tell({ kind: 'recordingEnded', recording: first, path, durationMs: 5, reason: 'failed' })
    await world.pass(2500)
    assert.equal(world.engine.recordings.size, 1)
    assert.equal(world.recordings.begun.length, 2)
    await desk.command(boss, '400', 'stopRecording', {})
    await world.pass(5000)
    assert.equal(world.engine.recordings.size, 0)
    anna.hangUp()
    await world.finish()
  })

  it('is not recorded where its company records nothing', async () => {
    const { world, desk, as } = office()
    world.recordings.rule = { mode: 'off', tells: 'nobody', tellsBy: 'sentence', ifImpossible: 'goOn' }
    const anna = world.phone('201').call('400')
    await world.pass()
    assert.ok(isRefusal(await desk.command(as('204', 'supervisor'), '400', 'startRecording', {})))
    anna.hangUp()
    await world.finish()
  })

  it('calls somebody in, past the lock and without a PIN', async () => {
    const { world, desk, as, hears, mix } = office({ pin: '2468', isOpenToCompany: false, moderatorIds: [] })
    const bo = world.phone('202')
    const anna = world.phone('201').call('400')
    await world.pass()
    for (const digit of '2468#') world.engine.tell({ kind: 'digit', leg: world.mediaOf('201'), digit, durationMs: 100 })
    await world.pass()
    const asked = await desk.command(as('204', 'administrator'), '400', 'invite', { to: '202' })
    assert.ok(!isRefusal(asked))
    await world.pass()
    bo.last.answer()
    await world.pass()
    assert.equal(hears('202'), mix)
    bo.last.hangUp()
    anna.hangUp()
    await world.finish()
  })
})

describe('a phone in a conference', () => {
  it('that is a moderator calls somebody in by REFER (RFC 4579 §5.4); others may not', async () => {
    const { world, hears, mix, room } = office()
    Object.assign(room.rules, { moderatorIds: [world.user('201').id] })
    const carl = world.phone('203')
    const anna = world.phone('201').call('400')
    const bo = world.phone('202').call('400')
    await world.pass()
    void bo.transferTo('sip:203@acme.test')
    await world.pass()
    assert.equal(carl.calls.length, 0)
    assert.equal(bo.notified.at(-1), 403)
    void anna.transferTo('sip:203@acme.test')
    await world.pass()
    carl.last.answer()
    await world.pass()
    assert.equal(hears('203'), mix)
    assert.equal(anna.notified.at(-1), 200)
    for (const call of [anna, bo, carl.last]) call.hangUp()
    await world.finish()
  })

  it('takes the counterpart of its other call in, by REFER with Replaces', async () => {
    const { world, hears, mix } = office()
    const phone = world.phone('201')
    const bo = world.phone('202')
    const room = phone.call('400')
    await world.pass()
    const other = phone.call('202')
    await world.pass()
    bo.last.answer()
    await world.pass()
    void other.offer('sendonly')
    await world.pass()
    void room.joinWith(other, '202')
    await world.pass()
    assert.equal(hears('202'), mix)
    assert.ok(other.isOver && room.isUp)
    room.hangUp()
    bo.last.hangUp()
    await world.finish()
  })

  it('is told who is in it by the conference package (RFC 4575), and nothing once it has left', async () => {
    const { world, feature } = office()
    const anna = world.phone('201').call('400')
    const bo = world.phone('202').call('400')
    await world.pass()
    const answered = anna.responses.find(({ status }) => status === 200)
    assert.match(String(answered?.headers.get('Contact')), />;isfocus$/)
    const { watched } = feature.service
    const read = (name: string): string => {
      const resource = watched.resourceOfNumber(world.user(name), '400')
      assert.ok(resource)
      const body = watched.package.body(resource, { version: 0, contentType: 'application/conference-info+xml' })
      assert.ok(body)
      return new TextDecoder().decode(body.bytes)
    }
    assert.match(read('201'), /<user-count>2<\/user-count>\n<active>true<\/active>/)
    assert.match(read('201'), /<user entity="sip:202@acme.test" state="full">/)
    assert.match(read('203'), /<user-count>0<\/user-count>/)
    assert.equal(watched.resourceOfNumber(world.user('201'), '201'), undefined)
    bo.hangUp()
    await world.pass()
    assert.match(read('202'), /<user-count>0<\/user-count>/)
    anna.hangUp()
    await world.finish()
  })
})

describe('two calls of one person', () => {
  it('become one conference of three, which goes on without its maker and ends with the last pair', async () => {
    const { world, hears } = office()
    const anna = world.phone('201')
    const bo = world.phone('202')
    const carl = world.phone('203')
    const first = anna.call('202')
    await world.pass()
    bo.last.answer()
    await world.pass()
    void first.offer('sendonly')
    await world.pass()
    const second = anna.call('203')
    await world.pass()
    carl.last.answer()
    await world.pass()
    const [held, talking] = [...world.service.states()].map(({ call }) => call.id)
    const commander = { companyId: world.acme.id, userId: world.user('201').id }
    const done = await world.commands.command(commander, talking!, 'conference', { otherCallId: held! })
    assert.deepEqual(done, { callId: talking })
    await world.pass()
    assert.ok(first.isOver && second.isUp && bo.last.isUp && carl.last.isUp)
    const mix = hears('201')
    assert.match(String(mix), /ad-hoc/)
    assert.equal(hears('202'), mix)
    assert.equal(hears('203'), mix)
    assert.equal([...world.service.states()].length, 3)
    assert.equal(world.ledger.events.filter(({ kind }) => kind === 'call.conferenced').length, 3)
    second.hangUp()
    await world.pass()
    assert.equal(hears('202'), mix)
    bo.last.hangUp()
    await world.pass()
    world.engine.tell({ kind: 'playEnded', leg: world.mediaOf('203') })
    await world.pass()
    assert.ok(carl.last.isOver)
    await world.finish()
  })

  it('take in a third one by a further call', async () => {
    const { world, hears } = office()
    const [anna, bo, carl, dora] = ['201', '202', '203', '204'].map((name) => world.phone(name))
    const commander = { companyId: world.acme.id, userId: world.user('201').id }
    const mine = () =>
      [...world.service.states()]
        .filter(({ call }) =>
          [...call.legs.values()].some((l) => l.party.number === '201' && l.endedAtMs === undefined),
        )
        .map(({ call }) => call.id)
    let last = anna!.call('202')
    await world.pass()
    bo!.last.answer()
    await world.pass()
    for (const other of [carl!, dora!]) {
      void last.offer('sendonly')
      await world.pass()
      last = anna!.call(other.name)
      await world.pass()
      other.last.answer()
      await world.pass()
      const [before, now] = mine()
      const done = await world.commands.command(commander, now!, 'conference', { otherCallId: before! })
      assert.ok(!isRefusal(done), JSON.stringify(done))
      await world.pass()
    }
    const mix = hears('201')
    for (const name of ['202', '203', '204']) assert.equal(hears(name), mix)
    assert.equal(mine().length, 1)
    for (const phone of [bo!, carl!, dora!]) phone.last.hangUp()
    last.hangUp()
    await world.finish()
  })

  it('are refused where nobody has answered, or where both are on hold', async () => {
    const { world } = office()
    const anna = world.phone('201')
    const bo = world.phone('202')
    world.phone('203')
    const first = anna.call('202')
    await world.pass()
    bo.last.answer()
    await world.pass()
    const second = anna.call('203')
    await world.pass()
    const [a, b] = [...world.service.states()].map(({ call }) => call.id)
    const commander = { companyId: world.acme.id, userId: world.user('201').id }
    const early = await world.commands.command(commander, a!, 'conference', { otherCallId: b! })
    assert.ok(isRefusal(early))
    const self = await world.commands.command(commander, a!, 'conference', { otherCallId: a! })
    assert.ok(isRefusal(self))
    second.hangUp()
    first.hangUp()
    await world.finish()
  })
})
