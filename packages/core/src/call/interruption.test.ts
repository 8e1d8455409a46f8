import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { CallId, CompanyId, LegId, UserId } from '@vaxel/base'
import fc from 'fast-check'
import type { CallLeg, CallState, LegTarget, RingStep } from './call.ts'
import type { CallEffect } from './call-effect.ts'
import type { CallInput } from './call-input.ts'
import { openCall } from './open-call.ts'
import { transition } from './transition.ts'

const leg = (name: string): LegId => name as LegId
const party = (name: string) => ({ number: name, userId: `user-${name}` as UserId })
const target = (name: string): LegTarget => ({ leg: leg(name), party: party(name[0]!) })
const again = (name: string): CallLeg => ({
  id: leg(name),
  role: 'caller',
  party: party(name[0]!),
  connection: 'initiated',
  startedAtMs: 0,
})

/** A call from a to b, whose clock stands unless it is told to go. */
class Drive {
  state: CallState
  effects: CallEffect[] = []
  nowMs = 1_000_000

  constructor() {
    const identity = { id: 'call' as CallId, companyId: 'company' as CompanyId }
    const more = { direction: 'internal', dialled: 'b', isEmergency: false } as const
    this.state = openCall({ ...identity, ...more, origin: again('a'), nowMs: this.nowMs }).state
  }

  in(...inputs: CallInput[]): this {
    this.effects = []
    for (const input of inputs) {
      const next = transition(this.state, input, this.nowMs)
      this.state = next.state
      this.effects.push(...next.effects)
    }
    return this
  }

  after(ms: number): this {
    this.nowMs += ms
    return this
  }

  get did(): string[] {
    return this.effects.flatMap((e) => {
      if (e.kind === 'record') return e.events.map(({ kind }) => kind)
      if (e.kind === 'joinMedia') return `join ${e.a} ${e.b}`
      return 'leg' in e ? `${e.kind} ${e.leg}` : e.kind
    })
  }

  told(kind: string): Readonly<Record<string, unknown>> | undefined {
    const events = this.effects.flatMap((e) => (e.kind === 'record' ? e.events : []))
    return events.find((event) => event.kind === kind)?.data
  }

  leg(name: string): CallLeg | undefined {
    return this.state.call.legs.get(leg(name))
  }
}

const steps = (...names: string[]): RingStep[] => [
  { targets: names.map(target), ringMs: 20_000, continueOn: 'any' as const },
]
const routed = (...names: string[]): CallInput => ({
  kind: 'routed',
  to: { called: party('b'), direction: 'internal', isEmergency: false, steps: steps(...names), explanation: [] },
})
const signs = (name: string, more: { isConnected?: boolean; quietMs?: number }): CallInput => ({
  kind: 'legSigns',
  leg: leg(name),
  patienceMs: 30_000,
  ...more,
})
const lost = (name: string) => signs(name, { isConnected: false })
const quiet = (name: string, quietMs = 1000) => signs(name, { quietMs })
const heard = (name: string) => signs(name, { quietMs: 0 })
const back = (old: string, by: string): CallInput => ({
  kind: 'legReplaced',
  old: leg(old),
  by: again(by),
  isReturn: true,
})
const ringing = () => new Drive().in(routed('b'), { kind: 'legAlerting', leg: leg('b'), early: false })
const talking = () => ringing().in({ kind: 'legAnswered', leg: leg('b') })

describe('a leg whose page goes away', () => {
  it('is not interrupted by a lost connection while its audio goes on', () => {
    const drive = talking().in(lost('a'))
    assert.deepEqual(drive.did, [])
    assert.equal(drive.leg('a')?.interruption, undefined)
  })

  it('is interrupted when connection and audio are gone: the other one hears the tone, and it is waited for', () => {
    const drive = talking().in(lost('a')).after(1000).in(quiet('a'))
    assert.deepEqual(drive.did, ['call.interrupted', 'startReconnectTimer a', 'join a b', 'playReconnecting b'])
    assert.equal(drive.told('call.interrupted')?.['cause'], 'connection-lost')
    assert.deepEqual(drive.leg('a')?.interruption, {
      sinceMs: drive.nowMs - 1000,
      untilMs: drive.nowMs + 30_000,
      waitMs: 30_000,
    })
  })

  it('is interrupted by silence alone only when even its ICE checks are missing', () => {
    const drive = talking().in(quiet('a', 2000))
    assert.deepEqual(drive.did, [])
    assert.equal(drive.in(quiet('a', 3000)).told('call.interrupted')?.['cause'], 'silent')
  })

  it('goes on when packets come again, and the other one hears it', () => {
    const drive = talking().in(lost('a'), quiet('a')).after(2400).in(heard('a'))
    assert.deepEqual(drive.did, ['call.resumed', 'stopReconnectTimer a', 'join a b'])
    assert.equal(drive.told('call.resumed')?.['awayMs'], 3400)
    assert.equal(drive.leg('a')?.interruption, undefined)
  })

  it('comes back on a new page before the tone: nobody heard anything of it', () => {
    const drive = talking().in(lost('a')).after(700).in(back('a', 'a2'))
    assert.deepEqual(drive.did.slice(0, 4), ['call.connectionCleared', 'call.resumed', 'join b a2', 'answerLeg a2'])
    assert.equal(drive.told('call.resumed')?.['awayMs'], 700)
    assert.deepEqual(drive.did.slice(4), ['clearLeg a'])
  })

  it('comes back on a new page after the tone, which ends; its timer does too', () => {
    const drive = talking().in(lost('a')).after(1000).in(quiet('a')).after(1500).in(back('a', 'a2'))
    assert.ok(drive.did.includes('stopReconnectTimer a'))
    assert.equal(drive.told('call.resumed')?.['awayMs'], 2500)
    assert.equal(drive.told('call.resumed')?.['replaces'], 'a')
    assert.equal(drive.state.name, 'connected')
    assert.deepEqual(drive.in({ kind: 'reconnectTimeout', leg: leg('a') }).did, ['ignore'])
  })

  it('does not come back: the call ends at its side with a sentence', () => {
    const drive = talking()
      .in(lost('a'), quiet('a'))
      .after(30_000)
      .in({ kind: 'reconnectTimeout', leg: leg('a') })
    assert.ok(drive.did.includes('clearLeg b'))
    assert.ok(drive.did.includes('clearLeg a'))
    assert.deepEqual(drive.state.name === 'ended' && drive.state.termination, {
      blame: 'caller',
      reason: 'connection-lost',
      sip: 408,
      text: 'The connection to a was lost and did not come back within 30 s.',
    })
  })

  it('ends at once when the other one hangs up meanwhile, and cannot come back', () => {
    const hungUp = { blame: 'nobody', reason: 'callee-hung-up' } as const
    const drive = talking().in(lost('a'), quiet('a'), { kind: 'legEnded', leg: leg('b'), termination: hungUp })
    assert.ok(drive.did.includes('clearLeg a'))
    assert.deepEqual(drive.in(back('a', 'a2')).did, ['ignore'])
  })

  it('is on hold again when it comes back: the other one hears music all the time', () => {
    const drive = talking().in({ kind: 'legHeld', leg: leg('a') }, lost('a'), quiet('a'))
    assert.ok(!drive.did.includes('playReconnecting b'))
    drive.in(back('a', 'a2'))
    assert.equal(drive.leg('a2')?.connection, 'hold')
    assert.ok(!drive.did.includes('join b a2'))
    assert.ok(drive.did.includes('playHoldMusic b'))
    assert.ok(drive.in({ kind: 'legRetrieved', leg: leg('a2') }).did.includes('join b a2'))
  })

  it('finds music when it was held by the other one', () => {
    const drive = talking().in({ kind: 'legHeld', leg: leg('b') }, lost('a'), quiet('a'), back('a', 'a2'))
    assert.equal(drive.did.at(-3), 'playHoldMusic a2')
    assert.ok(!drive.did.includes('join b a2'))
  })

  it('both go and both come back', () => {
    const drive = talking().in(lost('a'), lost('b')).after(1000).in(quiet('a'), quiet('b')).after(500)
    drive.in(back('b', 'b2'))
    assert.ok(drive.did.includes('playReconnecting b2'), 'a is still away')
    drive.in(back('a', 'a2'))
    assert.ok(drive.did.includes('join b2 a2'))
    assert.ok(!drive.did.some((what) => what.startsWith('playReconnecting')))
    assert.equal(drive.state.name, 'connected')
  })

  it('does not answer: the caller of an unanswered call is away with its connection, and hears the answer when it is back', () => {
    const drive = ringing().in(lost('a'))
    assert.deepEqual(drive.did, ['call.interrupted', 'startReconnectTimer a'])
    drive.after(800).in(back('a', 'a2'))
    assert.deepEqual(drive.did.slice(1), ['call.resumed', 'stopReconnectTimer a', 'ringLeg a2', 'clearLeg a'])
    assert.ok(drive.in({ kind: 'legAnswered', leg: leg('b') }).did.includes('answerLeg a2'))
  })

  it('is answered while its page is away: the one who answered hears the tone until it is back', () => {
    const drive = ringing().in(lost('a'), { kind: 'legAnswered', leg: leg('b') })
    assert.ok(drive.did.includes('playReconnecting b'))
    assert.ok(drive.in(back('a', 'a2')).did.includes('join b a2'))
  })

  it('rings again where it registered anew, with the ring time that is left', () => {
    const drive = ringing().in(lost('b'))
    assert.equal(drive.effects.find((e) => e.kind === 'startReconnectTimer')?.delayMs, 10_000)
    drive.in({ kind: 'legRingsAgain', old: leg('b'), target: target('b2') })
    assert.deepEqual(drive.did, ['call.connectionCleared', 'cancelLeg b', 'stopReconnectTimer b', 'offerLeg b2'])
    assert.ok(drive.in({ kind: 'legAnswered', leg: leg('b2') }).did.includes('join a b2'))
  })

  it('does not come back to what rings: it fails as unreachable', () => {
    const drive = ringing()
      .in(lost('b'))
      .in({ kind: 'reconnectTimeout', leg: leg('b') })
    assert.equal(drive.state.name, 'ended')
    const refuse = drive.effects.find((e) => e.kind === 'refuseLeg')
    assert.equal(refuse?.failure.status, 480)
  })

  it('comes back in the middle of its transfer, which goes on', () => {
    const drive = talking().in({ kind: 'transferWanted', by: leg('a') }, routed('c'), lost('a'), quiet('a'))
    drive.in(back('a', 'a2'))
    assert.ok(drive.did.includes('answerLeg a2'))
    const refused = { status: 486, by: 'peer' } as const
    drive.in({ kind: 'legFailed', leg: leg('c'), failure: refused })
    assert.deepEqual(drive.state.name === 'connected' && [drive.state.a, drive.state.b], ['a2', 'b'])
  })

  it('comes back while it is transferred: it goes on waiting on its new page', () => {
    const drive = talking().in({ kind: 'transferWanted', by: leg('a') }, routed('c'), lost('b'), quiet('b'))
    drive.in(back('b', 'b2'))
    assert.ok(drive.did.includes('playRingback b2'))
    assert.ok(drive.in({ kind: 'legAnswered', leg: leg('c') }).did.includes('join b2 c'))
  })

  it('is waited for, and not for ever, in a call that it joins from another one while it is away', () => {
    const interruption = { sinceMs: 0, untilMs: 1_004_000, waitMs: 30_000 }
    const away = { ...again('c1'), connection: 'connected', answeredAtMs: 0, interruption } as const
    const waits = (drive: Drive) =>
      drive.effects.find(({ kind }) => kind === 'startReconnectTimer') ?? `none, but ${drive.did.join(', ')}`
    const timer = { kind: 'startReconnectTimer', leg: 'c1', delayMs: 4000 }
    const queue = { kind: 'routedToService', service: 'queue', called: { number: '700' }, explanation: [] } as const
    assert.deepEqual(waits(new Drive().in(queue).in({ kind: 'legAdopted', by: leg('a'), adopted: away })), timer)
    const replaced = { kind: 'legReplaced', old: leg('b1'), by: away } as const
    assert.deepEqual(waits(new Drive().in(routed('b1')).in(replaced)), timer)
    const talking = new Drive().in(routed('b1'), { kind: 'legAnswered', leg: leg('b1') })
    assert.deepEqual(waits(talking.in(replaced)), timer)
  })

  it('is waited for by the call that it is moved to', () => {
    const drive = talking().in({
      kind: 'legAdopted',
      by: leg('a'),
      adopted: {
        ...again('d'),
        answeredAtMs: 1,
        interruption: { sinceMs: 0, untilMs: 1_004_000, waitMs: 30_000 },
      },
    })
    const timer = drive.effects.find((e) => e.kind === 'startReconnectTimer')
    assert.deepEqual(timer, { kind: 'startReconnectTimer', leg: 'd', delayMs: 4000 })
    assert.ok(drive.did.includes('playReconnecting b'))
  })

  it('comes back to its conference', () => {
    const toService: CallInput = {
      kind: 'routedToService',
      service: 'conference',
      called: { number: '400' },
      explanation: [],
    }
    const drive = new Drive().in(toService, lost('a'), quiet('a'))
    assert.deepEqual(drive.did.slice(-2), ['call.interrupted', 'startReconnectTimer a'])
    drive.in(back('a', 'a2'))
    assert.ok(drive.did.includes('startService a2'))
    assert.equal(drive.state.name, 'inService')
  })

  it('tells a take-over by another device as a transfer, not as a return', () => {
    const drive = talking().in({ kind: 'legReplaced', old: leg('a'), by: again('a2') })
    assert.ok(drive.did.includes('call.transferred'))
    assert.ok(!drive.did.includes('call.resumed'))
  })

  it('comes and goes in any order: no leg ends twice, none is left, and who hears the tone has somebody to wait for', () => {
    const names = ['a', 'b', 'c', 'a2', 'b2', 'c2', 'a3']
    const name = fc.constantFrom(...names)
    const input: fc.Arbitrary<CallInput> = fc.oneof(
      fc.constantFrom(routed('b', 'c'), routed('c')),
      name.map((l): CallInput => ({ kind: 'legAnswered', leg: leg(l) })),
      name.map((l): CallInput => ({ kind: 'legAlerting', leg: leg(l), early: false })),
      name.map((l): CallInput => ({ kind: 'legFailed', leg: leg(l), failure: { status: 486, by: 'peer' } })),
      name.map((l): CallInput => ({ kind: 'legHeld', leg: leg(l) })),
      name.map((l): CallInput => ({ kind: 'legRetrieved', leg: leg(l) })),
      name.map((l): CallInput => ({ kind: 'transferWanted', by: leg(l) })),
      name.map((l): CallInput => ({ kind: 'reconnectTimeout', leg: leg(l) })),
      fc
        .tuple(name, fc.boolean(), fc.constantFrom(0, 1000, 3000))
        .map(([l, isConnected, quietMs]) => signs(l, { isConnected, quietMs })),
      fc.tuple(name, name).map(([old, by]) => back(old, by)),
      fc
        .tuple(name, name)
        .map(([old, by]): CallInput => ({ kind: 'legRingsAgain', old: leg(old), target: target(by) })),
    )
    fc.assert(
      fc.property(fc.array(input, { maxLength: 40 }), (inputs) => {
        const drive = new Drive()
        const ended = new Set<string>()
        const tones = new Set<string>()
        for (const one of [...inputs, { kind: 'clear', termination: { blame: 'us', reason: 'test' } } as const]) {
          // A name is used once, as identifiers of legs are.
          const fresh =
            one.kind === 'legReplaced' ? one.by.id : one.kind === 'legRingsAgain' ? one.target.leg : undefined
          if (fresh !== undefined && drive.leg(fresh)) continue
          if (one.kind === 'routed' && drive.state.call.legs.size > 1) continue
          drive.in(one)
          for (const effect of drive.effects) {
            if (effect.kind === 'joinMedia') for (const id of [effect.a, effect.b]) tones.delete(id)
            if (effect.kind === 'playHoldMusic' || effect.kind === 'playRingback') tones.delete(effect.leg)
            if (effect.kind === 'playReconnecting') tones.add(effect.leg)
            if (effect.kind !== 'record') continue
            for (const { kind, data } of effect.events) {
              if (kind !== 'call.connectionCleared') continue
              assert.ok(!ended.has(String(data['leg'])), `${String(data['leg'])} ended twice`)
              ended.add(String(data['leg']))
            }
          }
          const { state } = drive
          if (state.name !== 'connected') continue
          for (const [listener, other] of [
            [state.a, state.b],
            [state.b, state.a],
          ] as const)
            if (tones.has(listener)) assert.ok(state.call.legs.get(other)?.interruption, `${listener} waits for nobody`)
        }
        assert.equal(drive.state.name, 'ended')
        for (const { id, endedAtMs } of drive.state.call.legs.values())
          assert.notEqual(endedAtMs, undefined, `leg ${id} never ended`)
      }),
      { numRuns: 2000 },
    )
  })
})
