import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { CallId, CompanyId, LegId, TrunkId, UserId } from '@vaxel/base'
import fc from 'fast-check'
import type { CallState, LegTarget } from './call.ts'
import type { CallEffect } from './call-effect.ts'
import type { CallInput, Destination } from './call-input.ts'
import { openCall, openMadeCall } from './open-call.ts'
import type { CallRecord } from '../ports/call-ledger.ts'
import { recordsOf } from './records.ts'
import { transition } from './transition.ts'

const leg = (name: string): LegId => name as LegId
const target = (name: string, userId = `user-${name}`): LegTarget => ({
  leg: leg(name),
  party: { number: name, userId: userId as UserId },
})

/** What a call's row has of a record. */
const rowOf = (call: CallRecord): unknown => {
  const { id, companyId, direction, startedAtMs, answeredAtMs, endedAtMs, caller, dialled, called, trunkId } = call
  const { termination, costMicros } = call
  return [
    id,
    companyId,
    direction,
    startedAtMs,
    answeredAtMs,
    endedAtMs,
    caller,
    dialled,
    called,
    trunkId,
    termination,
    costMicros,
  ]
}

const to = (...targets: LegTarget[]): Destination => ({
  called: { number: '202', name: 'Berit' },
  direction: 'internal',
  isEmergency: false,
  steps: [{ targets, ringMs: 20_000, continueOn: 'any' }],
  explanation: ['202 is Berit'],
})

/** Drives the machine and keeps what it did. */
class Drive {
  state: CallState
  effects: CallEffect[] = []
  now = 1000
  constructor(state?: CallState) {
    const opened = openCall({
      id: 'call' as CallId,
      companyId: 'company' as CompanyId,
      direction: 'internal',
      dialled: '202',
      isEmergency: false,
      origin: {
        id: leg('a'),
        role: 'caller',
        party: { number: '201', userId: 'user-a' as UserId },
        connection: 'initiated',
        startedAtMs: 1000,
      },
      nowMs: 1000,
    })
    this.state = state ?? opened.state
  }
  in(...inputs: CallInput[]): this {
    this.effects = []
    for (const input of inputs) {
      this.now += 1000
      const next = transition(this.state, input, this.now)
      this.state = next.state
      this.effects.push(...next.effects)
    }
    return this
  }
  kinds(): string[] {
    return this.effects
      .filter((e) => e.kind !== 'record')
      .map((e) => ('leg' in e ? `${e.kind} ${e.leg}` : 'a' in e ? `${e.kind} ${e.a} ${e.b}` : e.kind))
  }
  told(): string[] {
    return this.effects.flatMap((e) => (e.kind === 'record' ? e.events.map((event) => event.kind) : []))
  }
}

const routed = (...names: string[]): CallInput => ({ kind: 'routed', to: to(...names.map((n) => target(n))) })
const connected = (): Drive => new Drive().in(routed('b'), { kind: 'legAnswered', leg: leg('b') })
const hungUp = { blame: 'nobody', reason: 'caller-hung-up' } as const

describe('the machine of a call', () => {
  it('offers the call to every device of the called person', () => {
    const drive = new Drive().in(routed('b', 'c'))
    assert.equal(drive.state.name, 'alerting')
    assert.deepEqual(drive.kinds(), ['offerLeg b', 'offerLeg c', 'startRingTimer'])
    assert.deepEqual(drive.told(), ['call.routed'])
  })

  it('tells the caller once that it rings, and again when early media begins', () => {
    const drive = new Drive().in(routed('b', 'c'), { kind: 'legAlerting', leg: leg('b'), early: false })
    assert.deepEqual(drive.kinds().slice(-1), ['ringLeg a'])
    assert.deepEqual(drive.in({ kind: 'legAlerting', leg: leg('b'), early: false }).kinds(), [])
    assert.deepEqual(drive.in({ kind: 'legAlerting', leg: leg('c'), early: true }).kinds(), ['ringLeg a'])
  })

  it('tells the caller again that it rings where the one with early media is out, and another rings on', () => {
    const early = { kind: 'legAlerting', leg: leg('c'), early: true } as const
    const lost = { kind: 'legFailed', leg: leg('c'), failure: { status: 480, by: 'peer' } } as const
    const drive = new Drive().in(routed('b', 'c'), { kind: 'legAlerting', leg: leg('b'), early: false }, early)
    assert.deepEqual(drive.in(lost).kinds(), ['ringLeg a'])
    const silent = new Drive().in(routed('b', 'c'), early)
    assert.deepEqual(silent.in(lost).kinds(), [], 'nobody rings yet')
    assert.deepEqual(silent.in({ kind: 'legAlerting', leg: leg('b'), early: false }).kinds(), ['ringLeg a'])
  })

  it('joins the audio and tells the ledger before the caller gets its answer, and cancels the other devices', () => {
    const drive = new Drive().in(routed('b', 'c')).in({ kind: 'legAnswered', leg: leg('b') })
    assert.equal(drive.state.name, 'connected')
    assert.deepEqual(drive.kinds(), ['stopRingTimer', 'joinMedia a b', 'answerLeg a', 'cancelLeg c'])
    const order = drive.effects.map((e) => e.kind)
    assert.ok(order.indexOf('record') < order.indexOf('answerLeg'))
    assert.deepEqual(drive.told(), ['call.established', 'call.connectionCleared'])
  })

  it('ends with the better answer when all devices refuse: a person says busy before a machine says nothing', () => {
    const drive = new Drive().in(
      routed('b', 'c'),
      { kind: 'legFailed', leg: leg('b'), failure: { status: 408, by: 'timeout' } },
      { kind: 'legFailed', leg: leg('c'), failure: { status: 486, by: 'peer' } },
    )
    assert.equal(drive.state.name, 'ended')
    const refuse = drive.effects.find((e) => e.kind === 'refuseLeg')
    assert.equal(refuse?.kind === 'refuseLeg' && refuse.failure.status, 486)
    assert.equal(drive.state.name === 'ended' && drive.state.termination.reason, 'busy')
  })

  it('blames a trunk that never says a word, and does not call that no answer', () => {
    const trunk: LegTarget = { leg: leg('t'), party: { number: '+46701740605' }, trunkId: 'pstn' as TrunkId }
    const drive = new Drive()
      .in({ kind: 'routed', to: to(trunk) })
      .in({ kind: 'legFailed', leg: leg('t'), failure: { status: 408, by: 'timeout' } })
    assert.deepEqual(drive.state.name === 'ended' && [drive.state.termination.blame, drive.state.termination.reason], [
      'trunk',
      'unreachable',
    ])
  })

  it("takes a 6xx as a person's answer for all their devices (RFC 3261 §16.7)", () => {
    const drive = new Drive()
      .in({ kind: 'routed', to: to(target('b'), target('c', 'user-b')) })
      .in({ kind: 'legFailed', leg: leg('b'), failure: { status: 603, by: 'peer' } })
    assert.equal(drive.state.name, 'ended')
    assert.ok(drive.kinds().includes('cancelLeg c'))
  })

  it('lets the others of a group ring on after a 6xx of one of them', () => {
    const drive = new Drive()
      .in(routed('b', 'c'))
      .in({ kind: 'legFailed', leg: leg('b'), failure: { status: 603, by: 'peer' } })
    assert.equal(drive.state.name, 'alerting')
    assert.ok(!drive.kinds().includes('cancelLeg c'))
  })

  it('goes on to the next trunk target when the first cannot be reached, not when the callee is busy', () => {
    const two: Destination = {
      ...to(),
      steps: [
        { targets: [target('t1')], ringMs: 1, continueOn: 'unreachable' },
        { targets: [target('t2')], ringMs: 1, continueOn: 'unreachable' },
      ],
    }
    const dead = new Drive()
      .in({ kind: 'routed', to: two })
      .in({ kind: 'legFailed', leg: leg('t1'), failure: { status: 503, by: 'transport' } })
    assert.equal(dead.state.name, 'alerting')
    assert.ok(dead.kinds().includes('offerLeg t2'))
    const busy = new Drive()
      .in({ kind: 'routed', to: two })
      .in({ kind: 'legFailed', leg: leg('t1'), failure: { status: 486, by: 'peer' } })
    assert.equal(busy.state.name, 'ended')
  })

  it('cancels every ringing device when the caller gives up', () => {
    const drive = new Drive()
      .in(routed('b', 'c'))
      .in({ kind: 'legEnded', leg: leg('a'), termination: { blame: 'caller', reason: 'cancelled', sip: 487 } })
    assert.equal(drive.state.name, 'ended')
    assert.deepEqual(drive.kinds(), ['clearLeg b', 'clearLeg c', 'stopRingTimer', 'finish'])
  })

  it('ends with no answer after the ringing time', () => {
    const drive = new Drive().in(routed('b')).in({ kind: 'ringTimeout' })
    assert.equal(drive.state.name === 'ended' && drive.state.termination.reason, 'no-answer')
  })

  it('refuses with 480 when no device is registered', () => {
    const drive = new Drive().in({ kind: 'routed', to: to() })
    assert.equal(drive.state.name, 'ended')
    assert.ok(drive.kinds().includes('refuseLeg a'))
  })

  it('plays music to the one who is held, and joins again at retrieve', () => {
    const drive = connected().in({ kind: 'legHeld', leg: leg('a') })
    assert.deepEqual(drive.kinds(), ['playHoldMusic b'])
    assert.deepEqual(drive.told(), ['call.held'])
    assert.deepEqual(drive.in({ kind: 'legHeld', leg: leg('b') }).kinds(), ['playHoldMusic a'])
    assert.deepEqual(drive.in({ kind: 'legRetrieved', leg: leg('a') }).kinds(), ['playHoldMusic a'])
    assert.deepEqual(drive.in({ kind: 'legRetrieved', leg: leg('b') }).kinds(), ['joinMedia a b'])
  })

  it('clears the counterpart when one hangs up, and says who', () => {
    const drive = connected().in({ kind: 'legEnded', leg: leg('a'), termination: hungUp })
    assert.deepEqual(drive.kinds(), ['clearLeg b', 'stopRingTimer', 'finish'])
    assert.equal(drive.state.name === 'ended' && drive.state.termination.reason, 'caller-hung-up')
  })

  it('transfers blind: the counterpart rings the target, the transferor is told and cleared when it answers', () => {
    const drive = connected().in({ kind: 'transferWanted', by: leg('b') })
    assert.deepEqual(drive.kinds(), ['playHoldMusic a', 'routeTransfer'])
    drive.in(routed('c'), { kind: 'legAlerting', leg: leg('c'), early: false })
    assert.deepEqual(drive.kinds(), ['offerLeg c', 'startRingTimer', 'playRingback a', 'notifyTransfer b'])
    drive.in({ kind: 'legAnswered', leg: leg('c') })
    assert.deepEqual(drive.kinds(), ['stopRingTimer', 'joinMedia a c', 'notifyTransfer b', 'clearLeg b'])
    assert.ok(drive.told().includes('call.transferred'))
    assert.equal(drive.state.name === 'connected' && drive.state.b, 'c')
  })

  it('returns a failed blind transfer to the transferor', () => {
    const drive = connected()
      .in({ kind: 'transferWanted', by: leg('b') }, routed('c'))
      .in({ kind: 'legFailed', leg: leg('c'), failure: { status: 486, by: 'peer' } })
    assert.equal(drive.state.name, 'connected')
    assert.deepEqual(drive.kinds(), ['stopRingTimer', 'notifyTransfer b', 'joinMedia b a'])
  })

  it('lets the transferor hang up while the target rings', () => {
    const drive = connected().in({ kind: 'transferWanted', by: leg('b') }, routed('c'), {
      kind: 'legEnded',
      leg: leg('b'),
      termination: hungUp,
    })
    assert.equal(drive.state.name, 'alerting')
    drive.in({ kind: 'legAnswered', leg: leg('c') })
    assert.equal(drive.state.name, 'connected')
    assert.ok(!drive.kinds().includes('clearLeg b'))
  })

  it('joins the counterparts of an attended transfer', () => {
    const drive = connected().in({
      kind: 'legAdopted',
      by: leg('b'),
      adopted: {
        id: leg('c'),
        role: 'callee',
        party: { number: '203' },
        connection: 'connected',
        startedAtMs: 1,
        answeredAtMs: 2,
      },
    })
    assert.deepEqual(drive.kinds(), ['notifyTransfer b', 'clearLeg b', 'joinMedia a c'])
    assert.equal(drive.state.name, 'connected')
  })

  it('replaces one leg while the other stays', () => {
    const drive = connected().in({
      kind: 'legReplaced',
      old: leg('b'),
      by: { id: leg('b2'), role: 'callee', party: { number: '202' }, connection: 'initiated', startedAtMs: 1 },
    })
    assert.deepEqual(drive.kinds(), ['joinMedia a b2', 'answerLeg b2', 'clearLeg b'])
    assert.equal(drive.state.name === 'connected' && drive.state.b, 'b2')
  })

  it('rings the own devices first in a call made by command, then the target', () => {
    const opened = openMadeCall({
      id: 'call' as CallId,
      companyId: 'company' as CompanyId,
      dialled: '202',
      caller: { number: '201' },
      isEmergency: false,
      steps: [{ targets: [target('a1'), target('a2')], ringMs: 1, continueOn: 'any' }],
      nowMs: 1,
    })
    assert.ok(opened)
    const drive = new Drive(opened.state).in({ kind: 'legAnswered', leg: leg('a1') })
    assert.equal(drive.state.name, 'routing')
    assert.deepEqual(drive.kinds(), ['cancelLeg a2', 'stopRingTimer', 'playRingback a1'])
    drive.in(routed('b'), { kind: 'legAnswered', leg: leg('b') })
    assert.ok(!drive.kinds().includes('answerLeg a1'))
    assert.equal(drive.state.name, 'connected')
  })

  it('speaks before it refuses where the company wants that', () => {
    const refusal = {
      refused: true,
      code: 'NUMBER_UNKNOWN',
      sip: 404,
      http: 404,
      blame: 'caller',
      text: 'The number is not in use.',
    } as const
    const drive = new Drive().in({ kind: 'routeRefused', refusal, explanation: [], isSpoken: true })
    assert.deepEqual(drive.kinds(), ['announce a', 'startRingTimer'])
    assert.deepEqual(drive.in({ kind: 'announcementEnded' }).kinds().slice(0, 1), ['refuseLeg a'])
    assert.equal(drive.state.name, 'ended')
  })

  it('ignores what comes after the end, and says so', () => {
    const drive = connected()
      .in({ kind: 'legEnded', leg: leg('a'), termination: hungUp })
      .in({ kind: 'legHeld', leg: leg('b') })
    assert.deepEqual(drive.kinds(), ['ignore'])
  })

  it('writes the end, who ended it and what it cost into the rows', () => {
    const drive = new Drive().in(
      { kind: 'routed', to: to({ ...target('b'), pricePerMinuteMicros: 60_000 }) },
      { kind: 'legAnswered', leg: leg('b') },
    )
    const answeredAt = drive.now
    drive.in({ kind: 'legEnded', leg: leg('b'), termination: { blame: 'nobody', reason: 'callee-hung-up' } })
    const { call, legs } = recordsOf(drive.state)
    assert.equal(call.answeredAtMs, answeredAt)
    assert.equal(call.endedAtMs, drive.now)
    assert.equal(call.costMicros, 1000)
    assert.equal(call.termination?.reason, 'callee-hung-up')
    assert.equal(legs.length, 2)
    assert.ok(legs.every((l) => l.endedAtMs === drive.now))
  })

  it('says which rows of a call are as they were told, so that they need not be written again', () => {
    const drive = new Drive()
    const opened = drive.state
    assert.equal(recordsOf(opened).isCallTold, undefined, 'nothing was told')
    drive.in(routed('b'))
    assert.equal(recordsOf(drive.state, opened).isCallTold, undefined, 'who is called is known now')
    const offered = drive.state
    drive.in({ kind: 'legAlerting', leg: leg('b'), early: false })
    assert.equal(recordsOf(drive.state, offered).isCallTold, true)
    const ringing = drive.state
    drive.in({ kind: 'legAnswered', leg: leg('b') })
    assert.equal(recordsOf(drive.state, ringing).isCallTold, undefined, 'answered')
    const talking = drive.state
    drive.in({ kind: 'legHeld', leg: leg('b') })
    assert.equal(recordsOf(drive.state, talking).isCallTold, true)
    drive.in({ kind: 'legEnded', leg: leg('a'), termination: hungUp })
    assert.equal(recordsOf(drive.state, talking).isCallTold, undefined, 'ended')
    assert.equal(
      recordsOf(drive.state, drive.state).isCallTold,
      undefined,
      'what comes after the end may change its costs',
    )
  })

  it('ends every leg exactly once whatever the order of events', () => {
    const legName = fc.constantFrom('a', 'b', 'c', 'd').map(leg)
    const input: fc.Arbitrary<CallInput> = fc.oneof(
      fc.constantFrom(routed('b', 'c'), routed('d'), routed()),
      legName.map((l): CallInput => ({ kind: 'legAnswered', leg: l })),
      legName.map((l): CallInput => ({ kind: 'legAlerting', leg: l, early: true })),
      legName.map((l): CallInput => ({ kind: 'legFailed', leg: l, failure: { status: 486, by: 'peer' } })),
      legName.map((l): CallInput => ({ kind: 'legEnded', leg: l, termination: hungUp })),
      legName.map((l): CallInput => ({ kind: 'legHeld', leg: l })),
      legName.map((l): CallInput => ({ kind: 'legRetrieved', leg: l })),
      legName.map((l): CallInput => ({ kind: 'transferWanted', by: l })),
      legName.map((l): CallInput => ({ kind: 'mediaLost', leg: l, termination: hungUp })),
      fc.constant<CallInput>({ kind: 'ringTimeout' }),
    )
    fc.assert(
      fc.property(fc.array(input, { maxLength: 30 }), (inputs) => {
        const drive = new Drive()
        const cleared = new Map<string, number>()
        let told: CallState | undefined
        let row: unknown
        for (const i of [...inputs, { kind: 'clear', termination: hungUp } as const]) {
          drive.in(i)
          const rows = recordsOf(drive.state, told)
          told = drive.state
          if (!rows.isCallTold) row = rowOf(rows.call)
          assert.deepEqual(row, rowOf(recordsOf(drive.state).call))
          for (const e of drive.effects)
            if (e.kind === 'record')
              for (const event of e.events)
                if (event.kind === 'call.connectionCleared')
                  cleared.set(String(event.data['leg']), (cleared.get(String(event.data['leg'])) ?? 0) + 1)
        }
        assert.equal(drive.state.name, 'ended')
        for (const l of drive.state.call.legs.values())
          assert.notEqual(l.endedAtMs, undefined, `leg ${l.id} never ended`)
      }),
      { numRuns: 500 },
    )
  })
})
