import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseMessage } from '../message/parse-message.ts'
import { serialize } from '../message/serialize.ts'
import type { SipRequest } from '../message/sip-message.ts'
import { makeChallenge } from './testing/challenge.ts'
import { lose, twoPhones } from './testing/two-phones.ts'

describe('a call between two stacks', () => {
  it('is set up with INVITE, 180, 200 and ACK, and cleared with BYE', async () => {
    const { clock, network, anna, bo, told, finish } = twoPhones()
    const call = anna.call('10.0.0.2', told)
    await clock.advance(10)
    bo.invites[0]!.progress(180)
    await clock.advance(10)
    assert.equal(call.state, 'early')
    bo.invites[0]!.accept('answer')
    await clock.advance(10)
    assert.equal(call.state, 'confirmed')
    assert.equal(bo.invites[0]!.state, 'confirmed')
    call.end()
    await clock.advance(10)
    assert.deepEqual(told.lines, ['provisional 180', 'accepted answer', 'ended us'])
    assert.deepEqual(bo.told[0]!.lines, ['confirmed', 'ended peer'])
    assert.deepEqual(network.ladder(), [
      '10.0.0.1 INVITE',
      '10.0.0.2 100 INVITE',
      '10.0.0.2 180 INVITE',
      '10.0.0.2 200 INVITE',
      '10.0.0.1 ACK',
      '10.0.0.1 BYE',
      '10.0.0.2 200 BYE',
    ])
    await finish()
  })
  it('is refused by the callee with a status and a reason', async () => {
    const { clock, anna, bo, told, finish } = twoPhones()
    const call = anna.call('10.0.0.2', told)
    await clock.advance(10)
    bo.invites[0]!.refuse(486, { headers: [['Reason', 'Q.850;cause=17']] })
    await clock.advance(10)
    assert.equal(call.state, 'ended')
    assert.deepEqual(told.lines, ['ended peer 486'])
    assert.equal(told.ends[0]!.reason, 'Q.850;cause=17')
    assert.deepEqual(bo.told[0]!.lines, ['ended us 486'])
    await finish()
  })

  it('is cancelled while it rings, with the reason', async () => {
    const { clock, network, anna, bo, told, finish } = twoPhones()
    const call = anna.call('10.0.0.2', told)
    await clock.advance(10)
    bo.invites[0]!.progress(180)
    await clock.advance(10)
    call.end({ headers: [['Reason', 'SIP;cause=200;text="Call completed elsewhere"']] })
    call.end()
    await clock.advance(10)
    assert.deepEqual(told.lines, ['provisional 180', 'ended us 487'])
    assert.deepEqual(bo.told[0]!.lines, ['ended peer 487'])
    assert.match(bo.told[0]!.ends[0]!.reason!, /completed elsewhere/)
    assert.deepEqual(network.ladder().slice(-4), [
      '10.0.0.1 CANCEL',
      '10.0.0.2 200 CANCEL',
      '10.0.0.2 487 INVITE',
      '10.0.0.1 ACK',
    ])
    await finish()
  })

  it('is not cancelled before a provisional response came (§9.1)', async () => {
    const { clock, network, anna, told, finish } = twoPhones()
    lose(network, /10\.0\.0\.2 100/, 3)
    const call = anna.call('10.0.0.2', told)
    await clock.advance(5)
    call.end()
    await clock.advance(5)
    assert.ok(!network.ladder().includes('10.0.0.1 CANCEL'))
    await clock.advance(10_000)
    assert.ok(network.ladder().includes('10.0.0.1 CANCEL'))
    assert.deepEqual(told.lines, ['ended us 487'])
    await finish()
  })

  it('ends when the callee hangs up', async () => {
    const { clock, told, connect, finish } = twoPhones()
    const { leg, boTold } = await connect()
    leg.end({ headers: [['Reason', 'Q.850;cause=16']] })
    await clock.advance(10)
    assert.deepEqual(told.ends, [{ by: 'peer', reason: 'Q.850;cause=16' }])
    assert.deepEqual(boTold.lines, ['confirmed', 'ended us'])
    await finish()
  })

  it('without an offer in the INVITE takes the offer of the 2xx and answers in the ACK (§13.2.1)', async () => {
    const { clock, network, anna, bo, told, finish } = twoPhones()
    const call = anna.call('10.0.0.2', told, { offer: undefined })
    told.answer = undefined
    await clock.advance(5)
    assert.equal(bo.invites[0]!.offer, undefined)
    assert.doesNotMatch(network.packets[0]!.text, /100rel/)
    bo.invites[0]!.accept('offer of bo')
    await clock.advance(5)
    assert.equal(call.state, 'accepted')
    assert.deepEqual(told.lines, ['accepted offer of bo'])
    told.replies[0]!.accept('answer of anna')
    await clock.advance(5)
    assert.equal(call.state, 'confirmed')
    assert.deepEqual(bo.told[0]!.lines, ['confirmed answer of anna'])
    call.end()
    await finish()
  })

  it('ends with ACK and BYE when the offer of the 2xx is refused', async () => {
    const { clock, network, anna, bo, told, finish } = twoPhones()
    anna.call('10.0.0.2', told, { offer: undefined })
    told.answer = undefined
    await clock.advance(5)
    bo.invites[0]!.accept('offer of bo')
    await clock.advance(5)
    told.replies[0]!.refuse(488)
    await clock.advance(5)
    assert.deepEqual(told.lines, ['accepted offer of bo', 'ended us 488'])
    assert.deepEqual(network.ladder().slice(-3), ['10.0.0.1 ACK', '10.0.0.1 BYE', '10.0.0.2 200 BYE'])
    await finish()
  })

  it('tells handlers only after the command that caused it has returned', async () => {
    const { clock, anna, bo, told, finish } = twoPhones()
    let isInCommand = false
    told.onEnded = () => assert.equal(isInCommand, false)
    const call = anna.call('10.0.0.2', told)
    await clock.advance(5)
    bo.invites[0]!.accept('answer')
    await clock.advance(5)
    isInCommand = true
    call.end()
    isInCommand = false
    await finish()
  })

  it('is ended with 500 when its handler throws, and no other call is', async () => {
    const { clock, anna, bo, told, connect } = twoPhones()
    const { call } = await connect()
    const second = anna.call('10.0.0.2', {
      onProvisional: () => {
        throw new Error('a bad handler')
      },
      onEnded: () => {},
    })
    await clock.advance(5)
    bo.invites[1]!.progress(180)
    await clock.advance(10)
    assert.equal(second.state, 'ended')
    assert.equal(call.state, 'confirmed')
    assert.match(anna.errors[0]!, /a bad handler/)
    assert.deepEqual(told.lines, ['accepted answer'])
  })

  it('passes over TCP without a retransmission, and repeats only the 2xx (§13.3.1.4)', async () => {
    const { clock, network, anna, bo, told, finish } = twoPhones()
    anna.call('10.0.0.2;transport=tcp', told)
    await clock.advance(20_000)
    bo.invites[0]!.accept('answer')
    await clock.advance(10)
    assert.deepEqual(network.ladder(), [
      '10.0.0.1 INVITE',
      '10.0.0.2 100 INVITE',
      '10.0.0.2 200 INVITE',
      '10.0.0.1 ACK',
    ])
    assert.match(network.packets[0]!.text, /^Via: SIP\/2\.0\/TCP 10\.0\.0\.1:5060;branch=z9hG4bK\w{16};rport\r$/m)
    assert.match(network.packets[0]!.text, /^Contact: <sip:10\.0\.0\.1:5060;transport=tcp>\r$/m)
    bo.invites[0]!.end()
    await finish()
  })

  it('answers a challenge to its BYE (§22.2)', async () => {
    const { clock, network, bo, connect } = twoPhones()
    const { call } = await connect({ credentials: { username: 'a', password: 'secret' } })
    const receive = bo.host.receive
    bo.host.receive = (flow, bytes) => {
      const parsed = parseMessage(bytes)
      const isBare = parsed.ok && parsed.message.kind === 'request' && !parsed.message.headers.has('Authorization')
      if (isBare) bo.host.send(flow, serialize(makeChallenge(parsed.message as SipRequest)))
      else receive(flow, bytes)
    }
    call.end()
    await clock.advance(10)
    assert.deepEqual(network.ladder().slice(-4), [
      '10.0.0.1 BYE',
      '10.0.0.2 401 BYE',
      '10.0.0.1 BYE',
      '10.0.0.2 200 BYE',
    ])
    assert.deepEqual(bo.told[0]!.lines, ['confirmed', 'ended peer'])
  })

  it('is sent over the flow of the call when the Contact of the peer resolves to nothing', async () => {
    const { clock, network, anna, bo, told } = twoPhones()
    bo.host.advertised = () => ({ address: 'bo.invalid', port: 5060 })
    const call = anna.call('10.0.0.2', told)
    await clock.advance(5)
    bo.invites[0]!.accept('answer')
    await clock.advance(5)
    call.end()
    await clock.advance(5)
    assert.equal(network.ladder().at(-1), '10.0.0.2 200 BYE')
  })

  it('a 3xx is told with its Contacts, for the upper layer to follow', async () => {
    const { clock, anna, bo, told, finish } = twoPhones()
    anna.call('10.0.0.2', told)
    await clock.advance(5)
    bo.invites[0]!.refuse(302, { headers: [['Contact', '<sip:cilla@10.0.0.3>']] })
    await clock.advance(5)
    assert.equal(told.ends[0]!.response!.contacts[0]!.uri.user, 'cilla')
    await finish()
  })
})
