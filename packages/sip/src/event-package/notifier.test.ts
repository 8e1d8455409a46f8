import assert, { deepEqual, equal, match } from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Clock, type FlowId, silentLogger } from '@vaxel/base'
import { makeResponse } from '../message/make-response.ts'
import { parseMessage } from '../message/parse-message.ts'
import { SipRequest, type SipResponse } from '../message/sip-message.ts'
import type { RequestOutcome, SipStack } from '../ua/sip-stack.ts'
import type { Flow, SipTransport } from '../ua/transport.ts'
import { parseEvent } from './event-header.ts'
import { Notifier, type NotifierOptions } from './notifier.ts'
import { makeRegEventPackage, type RegContact, writeReginfo } from './reg-event.ts'

type Sent = Parameters<SipStack['request']>[0]

const flow: Flow = {
  id: 'f1' as FlowId,
  protocol: 'udp',
  isOpen: true,
  local: { address: '10.0.0.9', port: 5060 },
  remote: { address: '10.0.0.1', port: 5060 },
}
const contact: RegContact = {
  id: 'b1',
  uri: 'sip:a@10.0.0.1',
  state: 'active',
  event: 'registered',
  expiresSeconds: 60,
}

function system(options: Partial<NotifierOptions> = {}) {
  let nowMs = 1_000_000
  let timers: Array<{ atMs: number; callback: () => void }> = []
  const clock: Clock = {
    now: () => nowMs,
    monotonicMs: () => nowMs,
    startTimer(delayMs, callback) {
      const timer = { atMs: nowMs + delayMs, callback }
      timers.push(timer)
      return { stop: () => void (timers = timers.filter((one) => one !== timer)) }
    },
  }
  const notifies: Array<{ sent: Sent; answer: (outcome: RequestOutcome) => Promise<void> }> = []
  const registrations = new Map<string, RegContact[] | undefined>([['sip:201@demo.test', [contact]]])
  const notifier = new Notifier({
    clock,
    log: silentLogger,
    sender: {
      request: (sent) =>
        new Promise((resolve) => {
          notifies.push({
            sent,
            answer: async (outcome) => {
              resolve(outcome)
              await new Promise((done) => setImmediate(done))
            },
          })
        }),
    },
    packages: [makeRegEventPackage((resource) => registrations.get(resource))],
    admit: (request) =>
      request.from.uri.user === 'stranger'
        ? { ok: false, response: makeResponse(request, 403) }
        : { ok: true, resource: request.to.uri.toString() },
    transport: { advertised: (on: Flow) => on.local } as SipTransport,
    ...options,
  })
  const subscribe = (headers: readonly string[], toTag = '', cseq = 1, over = flow): SipResponse => {
    const lines = [
      'SUBSCRIBE sip:201@demo.test SIP/2.0',
      'Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK1',
      'From: <sip:202@demo.test>;tag=peer',
      `To: <sip:201@demo.test>${toTag}`,
      'Call-ID: c1',
      `CSeq: ${cseq} SUBSCRIBE`,
      'Contact: <sip:202@10.0.0.1>',
      'Record-Route: <sip:proxy;lr>',
      ...headers,
    ]
    const parsed = parseMessage(Buffer.from(`${lines.join('\r\n')}\r\n\r\n`))
    assert.ok(parsed.ok && parsed.message instanceof SipRequest)
    const responses: SipResponse[] = []
    notifier.onSubscribe({ request: parsed.message, flow: over, respond: (response) => responses.push(response) })
    equal(responses.length, 1)
    return responses[0]!
  }
  const advance = (seconds: number): void => {
    nowMs += 1000 * seconds
    const due = timers.filter((timer) => timer.atMs <= nowMs)
    timers = timers.filter((timer) => timer.atMs > nowMs)
    for (const timer of due) timer.callback()
  }
  return { notifier, notifies, registrations, subscribe, advance, timers: () => timers.length }
}

const ok = (): RequestOutcome => ({ kind: 'response', response: answer(200) })
const answer = (status: number, retryAfter?: string): SipResponse => {
  const response = makeResponse(new SipRequest('NOTIFY', 'sip:x'), status)
  if (retryAfter !== undefined) response.headers.append('Retry-After', retryAfter)
  return response
}
const stateOf = (sent: Sent): string => sent.headers!.find(([name]) => name === 'Subscription-State')![1]
const bodyOf = (sent: Sent): string => Buffer.from(sent.body!.bytes).toString()

describe('Notifier', () => {
  it('answers SUBSCRIBE, then sends the whole state in its dialog (RFC 6665 §4.2.1)', () => {
    const { subscribe, notifies } = system()
    const response = subscribe(['Event: reg;id=7', 'Expires: 600'])
    equal(response.status, 200)
    equal(response.headers.get('Expires'), '600')
    equal(response.headers.get('Record-Route'), '<sip:proxy;lr>')
    equal(response.headers.get('Contact'), '<sip:10.0.0.9:5060>')
    const { sent } = notifies[0]!
    deepEqual(
      [sent.method, sent.uri, sent.to, sent.callId, sent.cseq, sent.routes],
      ['NOTIFY', 'sip:202@10.0.0.1', '<sip:202@demo.test>;tag=peer', 'c1', 1, ['<sip:proxy;lr>']],
    )
    equal(sent.from, response.headers.get('To'))
    equal(stateOf(sent), 'active;expires=600')
    deepEqual(
      sent.headers!.find(([name]) => name === 'Event'),
      ['Event', 'reg;id=7'],
    )
    match(bodyOf(sent), /version="0".*state="full"/)
  })

  it('tells changes with rising versions, and the end', async () => {
    const { subscribe, notifies, notifier, registrations } = system()
    subscribe(['Event: reg'])
    registrations.set('sip:201@demo.test', [])
    notifier.changed('reg', 'sip:201@demo.test')
    notifier.changed('reg', 'sip:202@demo.test')
    equal(notifies.length, 1)
    await notifies[0]!.answer(ok())
    equal(notifies[1]!.sent.cseq, 2)
    match(bodyOf(notifies[1]!.sent), /version="1"/)
    match(bodyOf(notifies[1]!.sent), /state="init"/)
    await notifies[1]!.answer(ok())
    registrations.set('sip:201@demo.test', undefined)
    notifier.changed('reg', 'sip:201@demo.test')
    equal(stateOf(notifies[2]!.sent), 'terminated;reason=noresource')
    equal(notifies[2]!.sent.body, undefined)
    await notifies[2]!.answer(ok())
    equal(notifier.size, 0)
  })

  it('refreshes, unsubscribes and expires', async () => {
    const { subscribe, notifies, notifier, advance, timers } = system()
    const tag = `;tag=${subscribe(['Event: reg', 'Expires: 60']).to.tag}`
    await notifies[0]!.answer(ok())
    equal(subscribe(['Event: reg', 'Expires: 90'], tag, 2).status, 200)
    await notifies[1]!.answer(ok())
    advance(60)
    equal(notifies.length, 2)
    equal(subscribe(['Event: reg'], tag, 1).status, 500)
    equal(subscribe(['Event: reg;id=2'], tag, 3).status, 481)
    advance(30)
    equal(stateOf(notifies[2]!.sent), 'terminated;reason=timeout')
    await notifies[2]!.answer(ok())
    equal(notifier.size, 0)
    equal(timers(), 0)
    equal(subscribe(['Event: reg'], tag, 4).status, 481)
    const again = subscribe(['Event: reg', 'Expires: 0'])
    equal(again.status, 200)
    equal(stateOf(notifies[3]!.sent), 'terminated;reason=timeout')
    match(bodyOf(notifies[3]!.sent), /sip:a@10\.0\.0\.1/)
  })

  it('forgets subscribers that do not answer or do not know the dialog, and waits for those that ask', async () => {
    for (const outcome of [
      { kind: 'timeout' },
      { kind: 'transport', reason: 'x' },
      { kind: 'response', response: answer(481, '5') },
      { kind: 'response', response: answer(500) },
    ] as const) {
      const { subscribe, notifies, notifier, timers } = system()
      subscribe(['Event: reg'])
      await notifies[0]!.answer(outcome)
      deepEqual([notifier.size, timers()], [0, 0])
    }
    const { subscribe, notifies, advance } = system()
    subscribe(['Event: reg'])
    await notifies[0]!.answer({ kind: 'response', response: answer(503, '5 (busy)') })
    equal(notifies.length, 1)
    advance(5)
    equal(notifies.length, 2)
  })

  it('refuses what it cannot serve', () => {
    const { subscribe } = system({ capacity: 0 })
    equal(subscribe([]).status, 489)
    equal(subscribe(['Event: presence']).headers.get('Allow-Events'), 'reg')
    equal(subscribe(['Event: reg', 'Expires: 59']).headers.get('Min-Expires'), '60')
    equal(subscribe(['Event: reg', 'Accept: text/plain']).status, 406)
    equal(subscribe(['Event: reg', 'Accept: application/*']).status, 503)
    equal(subscribe(['Event: reg', 'Contact: <sip:second@h>']).status, 400)
    equal(
      system({ admit: (request) => ({ ok: false, response: makeResponse(request, 403) }) }).subscribe(['Event: reg'])
        .status,
      403,
    )
  })

  it('keeps eight for one telephone and resource: who begins anew in place of refreshing takes no place of others', async () => {
    const { subscribe, notifies, notifier, timers } = system({
      admit: (request) => ({ ok: true, resource: request.to.uri.toString(), watcher: request.from.uri.toString() }),
    })
    const first = subscribe(['Event: reg'])
    const second = subscribe(['Event: reg'])
    await notifies[0]!.answer(ok())
    equal(subscribe(['Event: reg'], `;tag=${first.to.tag}`, 2).status, 200)
    for (let more = 0; more < 100; more++) subscribe(['Event: reg'])
    for (let i = 0; i < notifies.length; i++) await notifies[i]!.answer(ok())
    deepEqual([notifier.size, timers()], [8, 8])
    const ended = notifies.map(({ sent }) => sent).filter((sent) => stateOf(sent) === 'terminated;reason=rejected')
    equal(ended.length, 94)
    equal(ended[0]!.from, second.headers.get('To'), 'the one that was not refreshed goes first')
    notifier.close()
    for (let i = 0; i < notifies.length; i++) await notifies[i]!.answer(ok())
    deepEqual([notifier.size, timers()], [0, 0])
  })

  describe('a telephone whose connection has closed', () => {
    const closing = () => {
      let way: Flow | undefined
      const own = { ...flow, protocol: 'tls' as const, isOpen: true }
      const rig = system({
        admit: () => ({ ok: true, resource: 'sip:201@demo.test', watcher: 'd1', flowNow: () => way }),
      })
      const change = (): void => rig.notifier.changed('reg', 'sip:201@demo.test')
      return { ...rig, own, change, comeBy: (now: Flow) => (way = now) }
    }
    const next: Flow = { ...flow, id: 'f2' as FlowId, protocol: 'tls', remote: { address: '10.0.0.1', port: 40_001 } }

    it('is told by the one that it has registered by meanwhile', async () => {
      const { subscribe, notifies, own, change, comeBy } = closing()
      subscribe(['Event: reg'], '', 1, own)
      await notifies[0]!.answer(ok())
      own.isOpen = false
      comeBy(next)
      change()
      equal(notifies[1]!.sent.flow, next)
      await notifies[1]!.answer(ok())
      change()
      equal(notifies[2]!.sent.flow, next)
    })

    it('is told when it is back, once, and not asked before', async () => {
      const { subscribe, notifies, notifier, own, change, comeBy } = closing()
      subscribe(['Event: reg'], '', 1, own)
      await notifies[0]!.answer(ok())
      own.isOpen = false
      change()
      await notifies[1]!.answer({ kind: 'transport', reason: 'closed' })
      for (let more = 0; more < 3; more++) change()
      notifier.reached('d2')
      deepEqual([notifies.length, notifier.size], [2, 1])
      comeBy(next)
      notifier.reached('d1')
      notifier.reached('d1')
      deepEqual([notifies.length, notifies[2]!.sent.flow], [3, next])
      await notifies[2]!.answer(ok())
      deepEqual([notifies.length, notifier.size], [3, 1])
    })

    it('is told at once when it came back while it was looked for where it had been', async () => {
      const { subscribe, notifies, notifier, own, change, comeBy } = closing()
      subscribe(['Event: reg'], '', 1, own)
      await notifies[0]!.answer(ok())
      own.isOpen = false
      change()
      comeBy(next)
      notifier.reached('d1')
      await notifies[1]!.answer({ kind: 'transport', reason: 'closed' })
      equal(notifies[2]!.sent.flow, next)
    })

    it('is told by the new one where nobody saw the old one end, once', async () => {
      const { subscribe, notifies, notifier, own, change, comeBy } = closing()
      subscribe(['Event: reg'], '', 1, own)
      await notifies[0]!.answer(ok())
      change()
      comeBy(next)
      await notifies[1]!.answer({ kind: 'timeout' })
      equal(notifies[2]!.sent.flow, next)
      await notifies[2]!.answer({ kind: 'timeout' })
      deepEqual([notifies.length, notifier.size], [3, 0])
    })

    it('is not asked again and again at the place where it does not answer', async () => {
      const { subscribe, notifies, notifier, comeBy } = closing()
      subscribe(['Event: reg'])
      comeBy({ ...flow, id: 'the same place, forgotten and found again' as FlowId })
      await notifies[0]!.answer({ kind: 'timeout' })
      deepEqual([notifies.length, notifier.size], [1, 0])
    })

    it('is forgotten at the end of its subscription where it never comes back, or where nobody could tell', async () => {
      const { subscribe, notifies, notifier, own, change, advance, timers } = closing()
      subscribe(['Event: reg', 'Expires: 60'], '', 1, own)
      own.isOpen = false
      await notifies[0]!.answer({ kind: 'timeout' })
      change()
      equal(notifies.length, 1)
      advance(60)
      await notifies[1]!.answer({ kind: 'transport', reason: 'closed' })
      deepEqual([notifier.size, timers()], [0, 0])
      notifier.reached('d1')
      equal(notifies.length, 2)
    })
  })

  it('makes subscribers come again when it closes', async () => {
    const { subscribe, notifies, notifier } = system()
    subscribe(['Event: reg'])
    notifier.close()
    await notifies[0]!.answer(ok())
    equal(stateOf(notifies[1]!.sent), 'terminated;reason=deactivated')
  })
})

describe('writeReginfo', () => {
  it('writes what RFC 3680 §5 and RFC 5628 ask for, escaped', () => {
    const text = writeReginfo(
      'sip:a&b@demo.test',
      [{ ...contact, q: 0.5, callId: 'x"y', cseq: 3, instanceId: 'urn:uuid:1', publicGruu: 'sip:a;gr=1' }],
      4,
    )
    match(text, /<registration aor="sip:a&amp;b@demo\.test" id="[^"]+" state="active">/)
    match(text, /callid="x&quot;y" cseq="3"/)
    match(text, /<unknown-param name="\+sip\.instance">&quot;&lt;urn:uuid:1&gt;&quot;<\/unknown-param>/)
    match(text, /<gr:pub-gruu uri="sip:a;gr=1"\/>/)
    match(text, /version="4" state="full"/)
  })
})

describe('parseEvent', () => {
  it('reads name and id, and refuses the malformed', () => {
    deepEqual(parseEvent(' reg ; id=5;x'), { name: 'reg', id: '5' })
    equal(parseEvent(''), undefined)
    equal(parseEvent('a b'), undefined)
  })
})
