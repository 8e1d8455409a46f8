import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { answerSessionExpires, parseSessionExpires } from './session-expires.ts'
import type { Told } from './testing/test-phone.ts'
import { lose, twoPhones } from './testing/two-phones.ts'

const minutes = 60_000

describe('session timers (RFC 4028)', () => {
  it('are agreed on: who asked refreshes, by UPDATE, at half the interval', async () => {
    const { clock, network, connect, finish } = twoPhones()
    const { call } = await connect({ sessionExpiresSeconds: 600 })
    const ok = network.packets.find(({ text }) => /^SIP\/2\.0 200/.test(text))!.text
    assert.match(ok, /^Session-Expires: 600;refresher=uac\r$/m)
    assert.match(ok, /^Require: timer\r$/m)
    await clock.advance(31 * minutes)
    const updates = network.ladder().filter((line) => line === '10.0.0.1 UPDATE')
    assert.equal(updates.length, 6)
    assert.equal(call.state, 'confirmed')
    call.end()
    await finish()
  })

  it('end a call whose refresher has died, on the other side by BYE', async () => {
    const { clock, network, anna, told, connect } = twoPhones()
    const { leg, boTold } = await connect({ sessionExpiresSeconds: 600 })
    lose(network, /^10\.0\.0\.1/)
    await clock.advance(10 * minutes)
    assert.equal(leg.state, 'ended')
    assert.deepEqual(boTold.lines, ['confirmed', 'ended session-timer'])
    assert.deepEqual(told.lines, ['accepted answer', 'ended session-timer 408'])
    await clock.advance(10 * minutes)
    assert.equal(anna.stack.counts().timers, 0)
  })

  it('an interval below ours is refused with 422 and asked for again, longer', async () => {
    const { clock, network, anna, bo, told, finish } = twoPhones()
    const call = anna.call('10.0.0.2', told, { sessionExpiresSeconds: 60 })
    await clock.advance(10)
    assert.deepEqual(network.ladder().slice(0, 4), [
      '10.0.0.1 INVITE',
      '10.0.0.2 422 INVITE',
      '10.0.0.1 ACK',
      '10.0.0.1 INVITE',
    ])
    assert.match(network.packets[1]!.text, /^Min-SE: 90\r$/m)
    assert.match(network.packets[3]!.text, /^Session-Expires: 90\r$/m)
    assert.match(network.packets[3]!.text, /^CSeq: 2 INVITE\r$/m)
    assert.equal(bo.invites.length, 1)
    call.end()
    await finish()
  })

  for (const [offers, offered, toldThen] of [
    ['an offer of the upper layer', 'new offer', ['accepted answer', 'offer wanted', 'answer answer']],
    ['the last description where that refuses one', 'offer', ['accepted answer', 'offer wanted']],
    ['the last description where that makes none', 'offer', ['accepted answer']],
  ] as const)
    it(`refresh by re-INVITE when the peer does not allow UPDATE, with ${offers}`, async () => {
      const { clock, network, anna, bo, told, finish } = twoPhones()
      if (offered === 'offer') told.answer = undefined
      const handlers = toldThen.length === 1 ? Object.assign(told, { onOfferWanted: undefined }) : told
      const call = anna.call('10.0.0.2', handlers as Told, { sessionExpiresSeconds: 600 })
      await clock.advance(5)
      bo.host.send = (flow, bytes) => {
        const text = new TextDecoder().decode(bytes).replace(', UPDATE', '')
        network.carry({ from: flow.local, to: flow.remote, protocol: 'udp', text }, new TextEncoder().encode(text))
      }
      bo.invites[0]!.accept('answer')
      await clock.advance(5)
      assert.equal(call.peerAllows('UPDATE'), false)
      await clock.advance(5 * minutes)
      told.replies[0]?.refuse(488)
      await clock.advance(10)
      assert.deepEqual(bo.told[0]!.lines, ['confirmed', `offer ${offered}`])
      assert.deepEqual(told.lines, toldThen)
      call.end()
      await finish()
    })

  it('the answer follows table 2', () => {
    const asked = parseSessionExpires('1800')
    assert.deepEqual(answerSessionExpires(asked, true, 90), { seconds: 1800, refresher: 'uac' })
    assert.deepEqual(answerSessionExpires(parseSessionExpires(' 1800 ; refresher=uas'), true, 90), {
      seconds: 1800,
      refresher: 'uas',
    })
    assert.equal(answerSessionExpires(asked, false, 90), undefined)
    assert.deepEqual(answerSessionExpires(undefined, true, 90), { seconds: 1800, refresher: 'uas' })
    assert.deepEqual(answerSessionExpires(undefined, true, 3600), { seconds: 3600, refresher: 'uas' })
    const contradicted = answerSessionExpires(parseSessionExpires('600'), true, 1800)
    assert.deepEqual(contradicted, { seconds: 600, refresher: 'uac' }, 'never longer than asked for')
    assert.equal(parseSessionExpires('soon'), undefined)
  })
})
