import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { TestPhone } from './testing/test-phone.ts'
import { lose, twoPhones } from './testing/two-phones.ts'

describe('an offer in an established dialog', () => {
  it('goes by re-INVITE and brings the answer (§14)', async () => {
    const { clock, network, connect, finish } = twoPhones()
    const { call, boTold } = await connect()
    boTold.answer = 'held'
    const outcome = call.reoffer('hold', { headers: [['X-Vaxel-Call', '1']] })
    await clock.advance(10)
    assert.deepEqual(await outcome, { kind: 'answered', answer: 'held' })
    assert.deepEqual(boTold.lines, ['confirmed', 'offer hold'])
    assert.deepEqual(network.ladder().slice(-4), [
      '10.0.0.1 INVITE',
      '10.0.0.2 100 INVITE',
      '10.0.0.2 200 INVITE',
      '10.0.0.1 ACK',
    ])
    call.end()
    await finish()
  })

  it('goes by UPDATE on request (RFC 3311)', async () => {
    const { clock, network, told, connect, finish } = twoPhones()
    const { leg } = await connect()
    assert.equal(leg.peerAllows('UPDATE'), true)
    told.answer = 'held'
    const outcome = leg.reoffer('hold', { method: 'UPDATE' })
    await clock.advance(10)
    assert.deepEqual(await outcome, { kind: 'answered', answer: 'held' })
    assert.deepEqual(network.ladder().slice(-2), ['10.0.0.2 UPDATE', '10.0.0.1 200 UPDATE'])
    leg.end()
    await finish()
  })

  it('that is refused leaves the dialog as it was', async () => {
    const { clock, connect, finish } = twoPhones()
    const { call, boTold } = await connect()
    boTold.answer = undefined
    const outcome = call.reoffer('video')
    await clock.advance(10)
    boTold.replies[0]!.refuse(488)
    await clock.advance(10)
    assert.deepEqual(await outcome, { kind: 'refused', status: 488 })
    assert.equal(call.state, 'confirmed')
    call.end()
    await finish()
  })

  it('leaves nothing behind when the call ends and its final response was lost', async () => {
    const { clock, network, connect, finish } = twoPhones()
    const { call, boTold } = await connect()
    boTold.answer = undefined
    const outcome = call.reoffer('one')
    await clock.advance(300)
    lose(network, /(200|487|481|500) INVITE$/)
    call.end()
    await clock.advance(10)
    assert.deepEqual(await outcome, { kind: 'ended' })
    await finish()
  })

  it('waits for the one before it', async () => {
    const { clock, connect, finish } = twoPhones()
    const { call, boTold } = await connect()
    boTold.answer = undefined
    const first = call.reoffer('one')
    const second = call.reoffer('two', { method: 'UPDATE' })
    await clock.advance(10)
    assert.deepEqual(boTold.lines, ['confirmed', 'offer one'])
    boTold.replies[0]!.accept('re one')
    await clock.advance(10)
    boTold.replies[1]!.accept('re two')
    await clock.advance(10)
    assert.deepEqual(
      [await first, await second],
      [
        { kind: 'answered', answer: 're one' },
        { kind: 'answered', answer: 're two' },
      ],
    )
    call.end()
    await finish()
  })

  it('glare: both get 491 and try again after different times, so that both come through (§14.1)', async () => {
    const { clock, network, told, connect, finish } = twoPhones()
    const { call, leg, boTold } = await connect()
    const ours = call.reoffer('from anna')
    const theirs = leg.reoffer('from bo')
    await clock.advance(10)
    assert.equal(network.ladder().filter((line) => line.endsWith('491 INVITE')).length, 2)
    await clock.advance(6000)
    assert.deepEqual(
      [await ours, await theirs],
      [
        { kind: 'answered', answer: 'answer' },
        { kind: 'answered', answer: 'answer' },
      ],
    )
    assert.ok(told.lines.includes('offer from bo'))
    assert.ok(boTold.lines.includes('offer from anna'))
    call.end()
    await finish()
  })

  it('makes its offer when it can be sent: not while the peer changes something, and anew after a glare', async () => {
    const { clock, network, connect, finish } = twoPhones()
    const { call, leg, boTold } = await connect()
    let made = 0
    const held = Promise.withResolvers<void>()
    const ours = call.reoffer(async () => {
      made++
      if (made === 1) await held.promise
      return `offer ${made}`
    })
    await clock.advance(5)
    const theirs = leg.reoffer('from bo')
    await clock.advance(5)
    assert.deepEqual(await theirs, { kind: 'answered', answer: 'answer' })
    held.resolve()
    await clock.advance(10)
    assert.deepEqual(await ours, { kind: 'answered', answer: 'answer' })
    assert.deepEqual(boTold.lines, ['confirmed', 'offer offer 2'])
    const again = call.reoffer(async () => `offer ${++made}`)
    void leg.reoffer('from bo')
    await clock.advance(10)
    assert.ok(network.ladder().some((line) => line.endsWith('491 INVITE')))
    await clock.advance(6000)
    assert.deepEqual(await again, { kind: 'answered', answer: 'answer' })
    assert.equal(boTold.lines.at(-1), `offer offer ${made}`)
    assert.ok(made > 3)
    call.end()
    await finish()
  })

  it('has none to send where none can be made, and goes on with the next', async () => {
    const { clock, connect, anna, finish } = twoPhones()
    const { call, boTold } = await connect()
    const none = call.reoffer(async () => undefined)
    const failing = call.reoffer(() => Promise.reject(new Error('a fault')))
    const next = call.reoffer('next')
    await clock.advance(20)
    assert.deepEqual(
      [await none, await failing, await next],
      [
        { kind: 'refused', status: 488 },
        { kind: 'refused', status: 488 },
        { kind: 'answered', answer: 'answer' },
      ],
    )
    assert.deepEqual(boTold.lines, ['confirmed', 'offer next'])
    assert.equal(anna.errors.splice(0).length, 1)
    call.end()
    await finish()
  })

  it('a second re-INVITE before the first is answered gets 500 with Retry-After (§14.2)', async () => {
    const { clock, network, anna, connect, finish } = twoPhones()
    const { call, boTold } = await connect()
    boTold.answer = undefined
    const outcome = call.reoffer('one')
    await clock.advance(10)
    const invite = network.packets.findLast(({ text }) => text.startsWith('INVITE'))!.text
    const second = invite.replace(/branch=\w+/, 'branch=z9hG4bKother').replace(/^CSeq: \d+/m, 'CSeq: 77')
    anna.host.send(anna.host.flowTo('10.0.0.2'), new TextEncoder().encode(second))
    await clock.advance(10)
    const refusal = network.packets.findLast(({ text }) => text.includes('CSeq: 77'))!.text
    assert.match(refusal, /^SIP\/2\.0 500 /)
    assert.match(refusal, /^Retry-After: \d+\r$/m)
    boTold.replies[0]!.accept('fine')
    await clock.advance(10)
    assert.deepEqual(await outcome, { kind: 'answered', answer: 'fine' })
    call.end()
    await finish()
  })

  it('a request with an older CSeq gets 500 (§12.2.2)', async () => {
    const { clock, network, anna, connect, finish } = twoPhones()
    const { call } = await connect()
    void call.info('application/dtmf-relay', 'Signal=1')
    await clock.advance(10)
    const info = network.packets.findLast(({ text }) => text.startsWith('INFO'))!.text
    const old = info.replace(/branch=\w+/, 'branch=z9hG4bKold').replace(/^CSeq: \d+/m, 'CSeq: 1')
    anna.host.send(anna.host.flowTo('10.0.0.2'), new TextEncoder().encode(old))
    await clock.advance(10)
    assert.equal(network.ladder().at(-1), '10.0.0.2 500 INFO')
    call.end()
    await finish()
  })

  it('a re-INVITE without an offer asks for one, and the ACK brings the answer', async () => {
    const { clock, network, anna, bo, connect, finish } = twoPhones()
    const { leg, boTold } = await connect()
    const invite = network.packets.find(({ text }) => text.startsWith('INVITE'))!.text
    const toTag = leg.localTag
    const again = invite
      .replace(/branch=\w+/, 'branch=z9hG4bKempty')
      .replace(/^To: .*\r$/m, `To: <sip:callee@10.0.0.2>;tag=${toTag}\r`)
      .replace(/^CSeq: \d+/m, 'CSeq: 5')
      .replace(/^Content-Type: .*\r\n/m, '')
      .replace(/^Content-Length: \d+\r\n\r\n.*/ms, 'Content-Length: 0\r\n\r\n')
    const flow = anna.host.flowTo('10.0.0.2')
    anna.host.send(flow, new TextEncoder().encode(again))
    await clock.advance(5)
    const ok = network.packets.at(-1)!.text
    assert.match(ok, /^SIP\/2\.0 200 [^]*new offer$/)
    const ack = again
      .replace(/^INVITE/, 'ACK')
      .replace('z9hG4bKempty', 'z9hG4bKack')
      .replace('CSeq: 5 INVITE', 'CSeq: 5 ACK')
      .replace(/Content-Length: 0\r\n\r\n/, 'Content-Type: application/sdp\r\nContent-Length: 7\r\n\r\nagreed!')
    anna.host.send(flow, new TextEncoder().encode(ack))
    await clock.advance(5)
    assert.deepEqual(boTold.lines, ['confirmed', 'offer wanted', 'answer agreed!'])
    bo.invites[0]!.end()
    await finish()
  })

  it('ends the dialog when the peer is gone (408)', async () => {
    const { clock, network, told, connect } = twoPhones()
    const { call } = await connect()
    lose(network, /./)
    const outcome = call.reoffer('hold')
    await clock.advance(40_000)
    assert.deepEqual(await outcome, { kind: 'ended' })
    assert.deepEqual(told.lines, ['accepted answer', 'ended timeout 408'])
  })

  it('ends the dialog when the peer knows it no more (481)', async () => {
    const { clock, anna, bo, told, connect, finish } = twoPhones()
    const { call } = await connect()
    bo.stack.close()
    const fresh = new TestPhone(bo.host, { clock })
    const outcome = call.reoffer('hold')
    await clock.advance(10)
    assert.deepEqual(await outcome, { kind: 'ended' })
    assert.deepEqual(told.lines, ['accepted answer', 'ended peer 481'])
    await finish()
    assert.equal(fresh.stack.counts().serverTransactions, 0)
    assert.equal(anna.stack.counts().usages, 0)
  })

  it('is acknowledged again when its 2xx comes again', async () => {
    const { clock, network, connect, finish } = twoPhones()
    const { call } = await connect()
    lose(network, /10\.0\.0\.1 ACK/, 2)
    const outcome = call.reoffer('hold')
    await clock.advance(3000)
    assert.deepEqual(await outcome, { kind: 'answered', answer: 'answer' })
    assert.equal(network.ladder().filter((line) => line === '10.0.0.1 ACK').length, 4)
    call.end()
    await finish()
  })
})

describe('INFO', () => {
  it('is answered 200 when the handler takes it, 415 otherwise', async () => {
    const { clock, connect, finish } = twoPhones()
    const { call, boTold } = await connect()
    const digit = call.info('application/dtmf-relay', 'Signal=5\r\nDuration=160')
    const other = call.info('application/x-unknown', 'x')
    await clock.advance(10)
    assert.deepEqual([await digit, await other], [200, 415])
    assert.equal(boTold.lines[1], 'info application/dtmf-relay Signal=5\r\nDuration=160')
    call.end()
    await finish()
  })
})

describe('NOTIFY of talk and hold', () => {
  it('goes out in the dialog to a phone that lists them, and ends nothing', async () => {
    const { clock, network, connect, finish } = twoPhones()
    const { call } = await connect()
    assert.equal(call.peerAllowsEvent('talk'), false, 'this phone has not said that it can')
    const status = call.sendEvent('talk')
    await clock.advance(10)
    assert.notEqual(await status, 408)
    assert.ok(network.ladder().some((line) => line.endsWith('NOTIFY')))
    assert.equal(call.state, 'confirmed')
    call.end()
    await finish()
  })
})
