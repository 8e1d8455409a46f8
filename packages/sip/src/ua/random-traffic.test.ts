import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { InviteUas, InviteUsage } from './invite-usage.ts'
import { InMemoryNetwork } from './testing/in-memory-network.ts'
import { TestClock } from './testing/test-clock.ts'
import { TestPhone, Told } from './testing/test-phone.ts'

const empty = { clientTransactions: 0, serverTransactions: 0, usages: 0, timers: 0 }

type Action =
  | { kind: 'call' }
  | { kind: 'wait'; ms: number }
  | { kind: 'progress'; which: number; sdp: boolean }
  | { kind: 'accept'; which: number }
  | { kind: 'refuse'; which: number }
  | { kind: 'end'; which: number; side: boolean }
  | { kind: 'reoffer'; which: number; side: boolean; update: boolean }
  | { kind: 'info'; which: number }
  | { kind: 'refer'; which: number }

const which = fc.nat(3)
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ kind: fc.constant('call' as const) }),
  fc.record({ kind: fc.constant('wait' as const), ms: fc.constantFrom(1, 3, 600, 5000) }),
  fc.record({ kind: fc.constant('progress' as const), which, sdp: fc.boolean() }),
  fc.record({ kind: fc.constant('accept' as const), which }),
  fc.record({ kind: fc.constant('refuse' as const), which }),
  fc.record({ kind: fc.constant('end' as const), which, side: fc.boolean() }),
  fc.record({ kind: fc.constant('reoffer' as const), which, side: fc.boolean(), update: fc.boolean() }),
  fc.record({ kind: fc.constant('info' as const), which }),
  fc.record({ kind: fc.constant('refer' as const), which }),
)

/** Numbers from 0 to 1 that are the same for the same seed. */
function draw(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

describe('random calls on a network that loses, doubles and reorders', () => {
  it('end in order: each usage once, no failure inside, nothing left when all timers have run out', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 25 }), fc.nat(), fc.boolean(), async (actions, seed, isBad) => {
        const clock = new TestClock()
        const network = new InMemoryNetwork(clock)
        const random = draw(seed)
        if (isBad) {
          network.fate = () => {
            if (random() < 0.2) return []
            const first = 1 + Math.floor(random() * 40)
            return random() < 0.1 ? [first, first + 20] : [first]
          }
        }
        const anna = new TestPhone(network.host('10.0.0.1'), { clock })
        const bo = new TestPhone(network.host('10.0.0.2'), { clock })
        const calls: InviteUsage[] = []
        const told: Told[] = []
        for (const step of actions) await act(step, clock, anna, bo, calls, told)
        await clock.advance(80_000)
        for (const usage of [...calls, ...bo.invites]) usage.end()
        await clock.advance(80_000)
        for (const usage of [...calls, ...bo.invites]) usage.end()
        await clock.advance(200_000)
        assert.deepEqual([...anna.errors, ...bo.errors], [])
        for (const { ends, lines } of [...told, ...bo.told]) {
          assert.equal(ends.length, 1)
          assert.match(lines.at(-1)!, /^ended/)
        }
        assert.deepEqual(anna.stack.counts(), empty)
        assert.deepEqual(bo.stack.counts(), empty)
        assert.equal(clock.waitingCount, 0)
      }),
      { numRuns: 60 },
    )
  })
})

async function act(step: Action, clock: TestClock, anna: TestPhone, bo: TestPhone, calls: InviteUsage[], told: Told[]) {
  const legAt = (index: number): InviteUas | undefined => bo.invites[index]
  switch (step.kind) {
    case 'call':
      told.push(new Told())
      calls.push(anna.call('10.0.0.2', told.at(-1)!, { offer: calls.length % 3 === 2 ? undefined : 'offer' }))
      return
    case 'wait':
      return clock.advance(step.ms)
    case 'progress':
      return legAt(step.which)?.progress(183, step.sdp ? { sdp: 'early' } : {})
    case 'accept':
      return legAt(step.which)?.accept('answer')
    case 'refuse':
      return legAt(step.which)?.refuse(486)
    case 'end':
      return (step.side ? calls[step.which] : legAt(step.which))?.end()
    case 'reoffer': {
      const usage = step.side ? calls[step.which] : legAt(step.which)
      void usage?.reoffer('again', { method: step.update ? 'UPDATE' : 'INVITE' })
      return
    }
    case 'info':
      void calls[step.which]?.info('application/dtmf-relay', 'Signal=1')
      return
    case 'refer':
      void calls[step.which]?.refer('sip:x@test')
      return
  }
}

const methods = [
  'INVITE',
  'ACK',
  'BYE',
  'CANCEL',
  'PRACK',
  'UPDATE',
  'INFO',
  'REFER',
  'NOTIFY',
  'OPTIONS',
  'REGISTER',
  'FLY',
]
const message = fc.record({
  method: fc.constantFrom(...methods),
  status: fc.constantFrom(undefined, undefined, 100, 183, 200, 302, 401, 422, 481, 491, 503),
  branch: fc.constantFrom('z9hG4bKa', 'z9hG4bKb', 'old'),
  callId: fc.constantFrom('one', 'two'),
  fromTag: fc.constantFrom('a', 'b'),
  toTag: fc.constantFrom('', 'local', 'x'),
  seq: fc.integer({ min: 1, max: 4 }),
  body: fc.constantFrom('', 'sdp', 'SIP/2.0 200 OK'),
  extra: fc.constantFrom(
    '',
    'Require: 100rel\r\nRSeq: 1\r\n',
    'RAck: 1 1 INVITE\r\n',
    'Session-Expires: 90;refresher=uas\r\nSupported: timer, 100rel\r\n',
    'Event: refer\r\nSubscription-State: terminated\r\n',
    'Refer-To: <sip:x@y?Replaces=a%3Bto-tag%3D1%3Bfrom-tag%3D2>\r\n',
    'Record-Route: <sip:10.0.0.9;lr>\r\n',
    'Retry-After: 1\r\n',
  ),
})

describe('random messages of a stranger', () => {
  it('never make the stack fail, and nothing is left when all timers have run out', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(message, { maxLength: 40 }), fc.nat(3), async (messages, behaviour) => {
        const clock = new TestClock()
        const network = new InMemoryNetwork(clock)
        const phone = new TestPhone(network.host('10.0.0.1'), { clock })
        const peer = network.host('10.0.0.9')
        let local = 'none'
        peer.receive = (_, bytes) => {
          local = /^To: .*;tag=(\w+)\r$/m.exec(new TextDecoder().decode(bytes))?.[1] ?? local
        }
        phone.onInvite = (invite) => {
          if (behaviour === 1) invite.progress(183, { sdp: 'early' })
          if (behaviour >= 1) invite.accept('answer')
          if (behaviour === 3) invite.end()
        }
        for (const { method, status, branch, callId, fromTag, toTag, seq, body, extra } of messages) {
          const first = status === undefined ? `${method} sip:201@10.0.0.1 SIP/2.0` : `SIP/2.0 ${status} Some`
          const tag = toTag === 'local' ? local : toTag
          const text = `${first}\r\nVia: SIP/2.0/UDP 10.0.0.9:5060;branch=${branch};rport\r\nMax-Forwards: 70\r\nFrom: <sip:r@10.0.0.9>;tag=${fromTag}\r\nTo: <sip:201@10.0.0.1>${tag ? `;tag=${tag}` : ''}\r\nCall-ID: ${callId}\r\nCSeq: ${seq} ${method}\r\nContact: <sip:r@10.0.0.9>\r\n${extra}${body ? 'Content-Type: application/sdp\r\n' : ''}Content-Length: ${body.length}\r\n\r\n${body}`
          peer.send(peer.flowTo('10.0.0.1'), new TextEncoder().encode(text))
          await clock.advance(seq)
        }
        await clock.advance(100_000)
        for (const invite of phone.invites) invite.end()
        await clock.advance(300_000)
        assert.deepEqual(phone.errors, [])
        for (const { ends } of phone.told) assert.equal(ends.length, 1)
        assert.deepEqual(phone.stack.counts(), empty)
      }),
      { numRuns: 150 },
    )
  })
})
