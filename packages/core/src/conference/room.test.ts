import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { CallId, UserId } from '@vaxel/base'
import { isHeard, membersIn, mostWaitMs, newRoom, type RoomRules, type RoomState, usualRules } from './room.ts'
import type { RoomEffect } from './room-effect.ts'
import type { RoomCommand, RoomInput } from './room-input.ts'
import { roomTransition } from './room-transition.ts'

const id = (name: string): CallId => name as CallId
const moderatorUser = 'u-anna' as UserId

/** A conference under the hand of a test: what each input did, and what the mix is like. */
class Rig {
  state: RoomState
  effects: readonly RoomEffect[] = []
  refused: string | undefined
  readonly mix = new Map<CallId, boolean>()
  now = 0

  constructor(rules: Partial<RoomRules> = {}) {
    this.state = newRoom({ ...usualRules, name: 'Monday', ...rules })
  }

  give(input: RoomInput): this {
    const next = roomTransition(this.state, input, ++this.now)
    this.state = next.state
    this.effects = next.effects
    this.refused = next.refused
    for (const effect of next.effects) {
      if (effect.kind === 'join') this.mix.set(effect.member, effect.isMuted)
      if (effect.kind === 'setMuted') this.mix.set(effect.member, effect.isMuted)
      if (effect.kind === 'dismiss') this.mix.delete(effect.member)
    }
    if (input.kind === 'left') this.mix.delete(input.member)
    return this
  }

  arrive(name: string, more: Partial<Extract<RoomInput, { kind: 'arrived' }>> = {}): this {
    const party = { number: name }
    return this.give({
      kind: 'arrived',
      member: id(name),
      party,
      isColleague: true,
      isInvited: false,
      isPinBlocked: false,
      ...more,
    })
  }

  moderator(name: string): this {
    return this.arrive(name, { party: { number: name, userId: moderatorUser } })
  }

  pin(name: string, pin: string, isPinBlocked = false): this {
    return this.give({ kind: 'pinEntered', member: id(name), pin, isPinBlocked })
  }

  leave(name: string): this {
    return this.give({ kind: 'left', member: id(name) })
  }

  by(name: string, command: RoomCommand): this {
    return this.give({ kind: 'command', by: { kind: 'member', member: id(name) }, command })
  }

  phase(name: string): string | undefined {
    return this.state.members.get(id(name))?.phase
  }

  did(kind: RoomEffect['kind']): RoomEffect[] {
    return this.effects.filter((effect) => effect.kind === kind)
  }
}

const withModerator = { moderatorIds: [moderatorUser] }

describe('a conference room', () => {
  it('that nobody has set lets everybody in, and is over with the last', () => {
    const rig = new Rig().arrive('a').arrive('b', { isColleague: false })
    assert.deepEqual(
      [...rig.mix],
      [
        ['a', false],
        ['b', false],
      ],
    )
    rig.leave('a')
    assert.deepEqual(rig.did('say'), [{ kind: 'say', member: 'b', word: 'alone' }])
    rig.leave('b')
    assert.equal(rig.state.isOver, true)
    assert.equal(rig.did('over').length, 1)
  })

  it('asks strangers for the PIN, three times at most, and colleagues for none', () => {
    const rig = new Rig({ pin: '2468' }).arrive('colleague')
    assert.equal(rig.phase('colleague'), 'in')
    rig.arrive('stranger', { isColleague: false })
    assert.deepEqual(rig.did('askPin'), [{ kind: 'askPin', member: 'stranger', isAgain: false }])
    rig.pin('stranger', '1111').pin('stranger', '')
    assert.equal(rig.did('notePin').length, 1)
    rig.pin('stranger', '24680')
    assert.deepEqual(rig.did('dismiss'), [{ kind: 'dismiss', member: 'stranger', reason: 'pin-wrong' }])
    rig.pin('stranger', '2468')
    assert.equal(rig.phase('stranger'), 'leaving')
    rig.arrive('other', { isColleague: false }).pin('other', '2468')
    assert.equal(rig.phase('other'), 'in')
  })

  it('takes no PIN at all while too many wrong ones were tried', () => {
    const rig = new Rig({ pin: '2468' }).arrive('stranger', { isColleague: false, isPinBlocked: true })
    assert.deepEqual(rig.did('dismiss'), [{ kind: 'dismiss', member: 'stranger', reason: 'pin-blocked' }])
    assert.equal(rig.did('askPin').length, 0)
  })

  it('takes none of whoever was asked before that, nor a moderator’s PIN of whoever is in', () => {
    const rig = new Rig({ pin: '2468', moderatorPin: '1357' })
    for (const name of ['a', 'b']) rig.arrive(name, { isColleague: false })
    rig.pin('a', '2468').pin('b', '2468', true)
    assert.deepEqual(rig.did('dismiss'), [{ kind: 'dismiss', member: 'b', reason: 'pin-blocked' }])
    rig.pin('a', '1357', true)
    assert.deepEqual([rig.phase('a'), rig.state.members.get(id('a'))?.isModerator], ['in', false])
  })

  it('makes a moderator of whoever knows the moderator PIN, at the door or inside', () => {
    const rig = new Rig({ pin: '2468', moderatorPin: '1357' }).arrive('a', { isColleague: false }).pin('a', '1357')
    assert.equal(rig.state.members.get(id('a'))?.isModerator, true)
    rig.arrive('b').pin('b', '1357')
    assert.equal(rig.state.members.get(id('b'))?.isModerator, true)
    rig.arrive('c').pin('c', '1').pin('c', '2').pin('c', '3')
    assert.deepEqual(rig.did('dismiss'), [{ kind: 'dismiss', member: 'c', reason: 'pin-wrong' }])
  })

  it('waits with music for a moderator, and tires of it', () => {
    const rig = new Rig({ ...withModerator, waitsForModerator: true }).arrive('a').arrive('b')
    assert.deepEqual(rig.did('wait'), [{ kind: 'wait', member: 'b', mostMs: mostWaitMs }])
    assert.equal(rig.mix.size, 0)
    rig.give({ kind: 'waitTimeout', member: id('a') })
    assert.deepEqual(rig.did('dismiss'), [{ kind: 'dismiss', member: 'a', reason: 'no-moderator' }])
    rig.moderator('m')
    assert.deepEqual([...rig.mix.keys()], ['m', 'b'])
    rig.arrive('c')
    assert.equal(rig.phase('c'), 'in')
  })

  it('ends with its last moderator where it is set so', () => {
    const rig = new Rig({ ...withModerator, endsWithModerator: true }).moderator('m').arrive('a').arrive('b').leave('m')
    assert.deepEqual(
      rig.did('dismiss').map((e) => 'reason' in e && e.reason),
      ['ended', 'ended'],
    )
  })

  it('made of two calls ends when one is left', () => {
    const rig = new Rig({ endsWithLastPair: true }).arrive('a').arrive('b').arrive('c').leave('a')
    assert.equal(rig.did('dismiss').length, 0)
    rig.leave('b')
    assert.deepEqual(rig.did('dismiss'), [{ kind: 'dismiss', member: 'c', reason: 'over' }])
  })

  it('locked lets in only whom a moderator asks in', () => {
    const rig = new Rig(withModerator).moderator('m').by('m', { kind: 'lock' }).arrive('late')
    assert.deepEqual(rig.did('dismiss'), [{ kind: 'dismiss', member: 'late', reason: 'locked' }])
    rig.arrive('guest', { isInvited: true, isColleague: false })
    assert.equal(rig.phase('guest'), 'in')
  })

  it('full takes nobody else', () => {
    const rig = new Rig({ mostMembers: 2 }).arrive('a').arrive('b').arrive('c')
    assert.deepEqual(rig.did('dismiss'), [{ kind: 'dismiss', member: 'c', reason: 'full' }])
  })

  it('silences before it says so, and lets nobody open another one’s microphone', () => {
    const rig = new Rig(withModerator).moderator('m').arrive('a')
    rig.by('m', { kind: 'mute', member: id('a') })
    assert.deepEqual(rig.effects[0], { kind: 'setMuted', member: 'a', isMuted: true })
    rig.by('a', { kind: 'unmute', member: id('a') })
    assert.equal(rig.refused, 'silenced')
    assert.equal(rig.mix.get(id('a')), true)
    rig.by('m', { kind: 'unmute', member: id('a') })
    assert.equal(rig.mix.get(id('a')), false)
    rig.by('a', { kind: 'mute', member: id('a') }).by('m', { kind: 'unmute', member: id('a') })
    assert.equal(rig.mix.get(id('a')), true)
  })

  it('hears moderators alone in a lecture, and whom they give the floor', () => {
    const rig = new Rig(withModerator).moderator('m').arrive('a').arrive('b').by('m', { kind: 'lecture' })
    assert.deepEqual(
      [...rig.mix],
      [
        ['m', false],
        ['a', true],
        ['b', true],
      ],
    )
    rig.by('b', { kind: 'raiseHand', member: id('b') }).by('m', { kind: 'unmute', member: id('b') })
    assert.equal(rig.mix.get(id('b')), false)
    assert.equal(rig.state.members.get(id('b'))?.handRaisedAtMs, undefined)
    rig.by('m', { kind: 'discussion' })
    assert.deepEqual([...rig.mix.values()], [false, false, false])
  })

  it('obeys moderators only', () => {
    const rig = new Rig(withModerator).moderator('m').arrive('a')
    for (const kind of ['lock', 'muteAll', 'lecture', 'end'] as const) {
      rig.by('a', { kind })
      assert.equal(rig.refused, 'moderators-only')
    }
    rig.by('a', { kind: 'remove', member: id('m') })
    assert.equal(rig.refused, 'moderators-only')
    rig.by('m', { kind: 'remove', member: id('a') })
    assert.deepEqual(rig.did('dismiss'), [{ kind: 'dismiss', member: 'a', reason: 'removed' }])
    rig.by('m', { kind: 'end' })
    assert.equal(rig.did('dismiss').length, 1)
  })

  it('keeps its promises whatever happens in whatever order', () => {
    for (let seed = 1; seed <= 400; seed++) wander(seed)
  })
})

/** Random people do random things; after each the promises are looked at. */
function wander(seed: number): void {
  let x = seed * 2654435761
  const random = (below: number): number => {
    x = (Math.imul(x ^ (x >>> 15), 2246822519) + 0x9e3779b9) >>> 0
    return x % below
  }
  const flag = (): boolean => random(2) === 0
  const rig = new Rig({
    ...withModerator,
    ...(flag() ? { pin: '2468' } : {}),
    ...(flag() ? { moderatorPin: '1357' } : {}),
    isOpenToCompany: flag(),
    waitsForModerator: flag(),
    endsWithModerator: flag(),
    endsWithLastPair: flag(),
    startsMuted: flag(),
    startsAsLecture: flag(),
    mostMembers: 2 + random(5),
  })
  const names = ['a', 'b', 'c', 'd', 'e', 'f']
  const pins = new Map<CallId, number>()
  for (let n = 0; n < 120 && !rig.state.isOver; n++) {
    const name = names[random(names.length)]!
    const wasLocked = rig.state.isLocked
    const isInvited = random(8) === 0
    const before = membersIn(rig.state).length
    switch (random(9)) {
      case 0:
      case 1:
      case 2:
        if (random(3) === 0) rig.moderator(name)
        else rig.arrive(name, { isColleague: flag(), isInvited, isPinBlocked: random(6) === 0 })
        if (wasLocked && !isInvited) assert.equal(membersIn(rig.state).length, before, 'a locked room lets nobody in')
        break
      case 3:
        pins.set(id(name), (pins.get(id(name)) ?? 0) + 1)
        rig.pin(name, ['2468', '1357', '9', ''][random(4)]!)
        break
      case 4:
        rig.leave(name)
        break
      case 5:
        rig.give({ kind: 'waitTimeout', member: id(name) })
        break
      default: {
        const kind = (
          ['mute', 'unmute', 'raiseHand', 'lowerHand', 'remove', 'muteAll', 'unmuteAll', 'lock', 'unlock'] as const
        )[random(9)]!
        const other = random(20) === 0 ? ('end' as const) : flag() ? ('lecture' as const) : ('discussion' as const)
        const member = id(names[random(names.length)]!)
        const command =
          random(4) === 0 ? ({ kind: other } as RoomCommand) : ({ kind, member } as unknown as RoomCommand)
        rig.by(name, command)
      }
    }
    const inNow = membersIn(rig.state)
    assert.deepEqual([...rig.mix.keys()].toSorted(), inNow.map((member) => member.id).toSorted(), `seed ${seed}`)
    for (const member of inNow) assert.equal(rig.mix.get(member.id), !isHeard(rig.state, member), `seed ${seed}`)
    for (const member of rig.state.members.values()) assert.ok(member.triesLeft >= 0, 'PINs are bounded')
    assert.ok(inNow.length <= rig.state.rules.mostMembers)
  }
  for (const name of names) if (!rig.state.isOver) rig.leave(name)
  assert.ok(rig.state.isOver || rig.state.members.size === 0, 'an empty room is over')
}
