import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { CallId, CompanyId, LegId, TrunkId, UserId } from '@vaxel/base'
import {
  deliveredRecordingPolicy,
  type KeptRecording,
  type RecordingId,
  type RecordingPolicy,
  type TalkedCall,
} from '@vaxel/core'
import { findGaps, recordingsFor } from './gaps.ts'
import { modeOf, tellingOf } from './rules.ts'

const companyId = 'c' as CompanyId
const callId = 'call' as CallId
const anna = 'anna' as UserId
const always: RecordingPolicy = { ...deliveredRecordingPolicy, mode: 'always' }
const second = 1000

/** A leg: who, and the seconds in which it was up. */
type Up = readonly [who: string, from: number, to: number]

function talked(...legs: readonly Up[]): TalkedCall {
  const end = Math.max(...legs.map(([, , to]) => to)) * second
  return {
    call: {
      id: callId,
      companyId,
      direction: 'inbound',
      startedAtMs: 0,
      answeredAtMs: 0,
      endedAtMs: end,
      caller: { number: 'trunk' },
      dialled: '600',
      called: { number: '600' },
    },
    legs: legs.map(([who, from, to], at) => ({
      id: `leg${at}` as LegId,
      callId,
      companyId,
      role: 'caller',
      party: who === 'trunk' ? { number: '+46' } : { number: who, userId: who as UserId },
      ...(who === 'trunk' ? { trunkId: 't' as TrunkId } : {}),
      startedAtMs: from * second,
      answeredAtMs: from * second,
      endedAtMs: to * second,
    })),
  }
}

function recording(from: number, to: number, more: Partial<KeptRecording> = {}): KeptRecording {
  return {
    id: `r${from}` as RecordingId,
    companyId,
    callId,
    legId: 'leg0' as LegId,
    party: { number: 'anna', userId: anna },
    other: { number: '+46' },
    direction: 'inbound',
    trigger: 'rule',
    startedAtMs: from * second,
    durationMs: (to - from) * second,
    file: '',
    state: 'ended',
    pauses: [],
    ...more,
  }
}

const gaps = (call: TalkedCall, recordings: readonly KeptRecording[], policy = always) =>
  findGaps(call, recordings, () => policy).gaps.map(({ kind, fromMs, toMs }) => [kind, fromMs / second, toMs / second])

describe('talk held against recordings', () => {
  for (const [what, call, recordings, expected] of [
    ['is whole', talked(['anna', 0, 60], ['trunk', 0, 60]), [recording(0, 60)], []],
    ['may begin and end a moment off', talked(['anna', 0, 60], ['trunk', 0, 60]), [recording(1.5, 59)], []],
    ['has none', talked(['anna', 0, 60], ['trunk', 0, 60]), [], [['none', 0, 60]]],
    ['between two trunks has none', talked(['trunk', 0, 60], ['trunk', 0, 60]), [], [['none', 0, 60]]],
    ['between two trunks is whole', talked(['trunk', 0, 60], ['trunk', 0, 60]), [recording(0, 60)], []],
    [
      'is missed from where somebody here sent the call out',
      talked(['trunk', 0, 60], ['anna', 0, 20], ['trunk', 20, 60]),
      [recording(0, 20)],
      [['short', 20, 60]],
    ],
    ['is cut', talked(['anna', 0, 60], ['trunk', 0, 60]), [recording(0, 20)], [['short', 20, 60]]],
    [
      'has a hole between two',
      talked(['anna', 0, 60], ['trunk', 0, 60]),
      [recording(0, 20), recording(30, 60)],
      [['short', 20, 30]],
    ],
    [
      'goes on at somebody else after a transfer',
      talked(['anna', 0, 20], ['trunk', 0, 60], ['bo', 25, 60]),
      [recording(0, 20), recording(25, 60, { party: { number: 'bo', userId: 'bo' as UserId } })],
      [],
    ],
    ['is with nobody while alone', talked(['anna', 0, 60], ['trunk', 40, 60]), [], [['none', 40, 60]]],
    [
      'lost its file',
      talked(['anna', 0, 60], ['trunk', 0, 60]),
      [recording(0, 60, { end: 'lost' })],
      [['short', 0, 60]],
    ],
    ['lost sound', talked(['anna', 0, 60], ['trunk', 0, 60]), [recording(0, 60, { lostMs: 9000 })], [['lost', 0, 9]]],
    [
      'was paused',
      talked(['anna', 0, 60], ['trunk', 0, 60]),
      [recording(0, 60, { pauses: [{ fromMs: 5, toMs: 9 }] })],
      [],
    ],
  ] as const) {
    it(what, () => assert.deepEqual(gaps(call, recordings), expected))
  }

  it('counts talk of two who both must be recorded once', () => {
    const { talkMs, missingMs } = findGaps(talked(['anna', 0, 60], ['bo', 10, 60]), [recording(10, 60)], () => always)
    assert.deepEqual([talkMs, missingMs], [50 * second, 0])
  })

  it('asks nothing of calls that need no recording', () => {
    assert.deepEqual(gaps(talked(['anna', 0, 60], ['trunk', 0, 60]), [], deliveredRecordingPolicy), [])
  })

  it('finds the recording of a leg that came from another call', () => {
    const moved = recording(0, 60, { callId: 'before' as CallId })
    const call = talked(['anna', 0, 60], ['trunk', 0, 60])
    const found = recordingsFor(
      call,
      Map.groupBy([moved], (one) => one.callId),
      new Map([[anna, [moved]]]),
    )
    assert.deepEqual(gaps(call, found), [])
  })
})

describe('rules of recording', () => {
  const leg = { party: { number: '201', userId: anna }, called: { number: '201' }, dialled: '+4684650', isTrunk: false }
  const policy: RecordingPolicy = {
    ...always,
    exceptions: [
      { subject: { kind: 'user', userId: anna }, mode: 'off' },
      { subject: { kind: 'number', number: '+4684650' }, mode: 'pausable' },
    ],
  }

  it('put the number that was called before the person, and the person before the company', () => {
    assert.equal(modeOf(policy, leg), 'pausable')
    assert.equal(modeOf(policy, { ...leg, dialled: '201' }), 'off')
    assert.equal(modeOf(policy, { ...leg, dialled: '201', party: { number: '202', userId: 'bo' as UserId } }), 'always')
    assert.equal(modeOf(policy, { ...leg, isTrunk: true }), 'off')
  })

  it('tell people as their country does, unless the company says otherwise', () => {
    assert.deepEqual(tellingOf(always, 'SE'), { tells: 'outside', tellsBy: 'sentence' })
    assert.deepEqual(tellingOf(always, 'DE'), { tells: 'everybody', tellsBy: 'sentence' })
    assert.deepEqual(tellingOf({ tells: 'nobody', tellsBy: 'beep' }, 'DE'), { tells: 'nobody', tellsBy: 'beep' })
  })
})
