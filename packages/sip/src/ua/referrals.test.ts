import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Referral } from './invite-usage.ts'
import { parseReplaces } from './parse-replaces.ts'
import { lose, twoPhones } from './testing/two-phones.ts'
import type { Told } from './testing/test-phone.ts'

function listenTo(told: Told): Referral[] {
  const referrals: Referral[] = []
  Object.assign(told, { onReferral: (referral: Referral) => referrals.push(referral) })
  return referrals
}

describe('REFER in a dialog (RFC 3515)', () => {
  it('is accepted with 202, and NOTIFYs tell what came of it', async () => {
    const { clock, network, connect, finish } = twoPhones()
    const { call, boTold } = await connect()
    const referrals = listenTo(boTold)
    const heard: number[] = []
    const status = call.refer('sip:cilla@test', {
      headers: [['Referred-By', '<sip:anna@test>']],
      onNotify: (code) => heard.push(code),
    })
    await clock.advance(5)
    assert.equal(referrals[0]!.referTo.uri.toString(), 'sip:cilla@test')
    assert.equal(referrals[0]!.referredBy, '<sip:anna@test>')
    referrals[0]!.accept()
    referrals[0]!.notify(180)
    referrals[0]!.notify(200)
    await clock.advance(20)
    assert.equal(await status, 202)
    assert.deepEqual(heard, [100, 180, 200])
    const last = network.packets.findLast(({ text }) => text.startsWith('NOTIFY'))!.text
    assert.match(last, /^Subscription-State: terminated;reason=noresource\r$/m)
    assert.match(last, /\r\n\r\nSIP\/2\.0 200 OK\r\n$/)
    call.end()
    await finish()
  })

  it('is told what came of it before the BYE, though it has not answered the NOTIFY before', async () => {
    const { clock, network, connect, finish } = twoPhones()
    const { leg, call, boTold } = await connect()
    const referrals = listenTo(boTold)
    const heard: number[] = []
    void call.refer('sip:cilla@test', { onNotify: (code) => heard.push(code) })
    await clock.advance(5)
    referrals[0]!.accept()
    for (const status of [180, 183, 200]) referrals[0]!.notify(status)
    leg.end()
    await clock.advance(100)
    assert.deepEqual(heard, [100, 200])
    const sent = network.packets.map(({ text }) => /^(NOTIFY|BYE)/.exec(text)?.[0]).filter(Boolean)
    assert.deepEqual(sent, ['NOTIFY', 'NOTIFY', 'BYE'])
    await finish()
  })

  it('is refused with a status', async () => {
    const { clock, connect, finish } = twoPhones()
    const { call, boTold } = await connect()
    const referrals = listenTo(boTold)
    const status = call.refer('sip:cilla@test')
    await clock.advance(5)
    referrals[0]!.refuse(603)
    await clock.advance(5)
    assert.equal(await status, 603)
    call.end()
    await finish()
  })

  it('with Replaces names the dialog that is meant (RFC 3891)', async () => {
    const { clock, connect, bo, finish } = twoPhones()
    const { call, leg, boTold } = await connect()
    const referrals = listenTo(boTold)
    void call.refer(
      `<sip:cilla@test?Replaces=${encodeURIComponent(`${leg.sipCallId};to-tag=${leg.localTag};from-tag=${leg.remoteTag}`)}>`,
    )
    await clock.advance(5)
    const { callId, toTag, fromTag } = referrals[0]!.replaces!
    assert.equal(bo.stack.findUsage(callId, toTag, fromTag), leg)
    assert.equal(bo.stack.findUsage(callId, toTag, 'other'), undefined)
    referrals[0]!.refuse(603)
    call.end()
    await clock.advance(5)
    assert.equal(bo.stack.findUsage(callId, toTag, fromTag), undefined)
    await finish()
  })

  it('with Refer-Sub: false brings no NOTIFY (RFC 4488)', async () => {
    const { clock, network, connect, finish } = twoPhones()
    const { call, boTold } = await connect()
    const referrals = listenTo(boTold)
    void call.refer('sip:cilla@test', { headers: [['Refer-Sub', 'false']] })
    await clock.advance(5)
    referrals[0]!.accept()
    referrals[0]!.notify(200)
    await clock.advance(5)
    assert.ok(!network.ladder().includes('10.0.0.2 NOTIFY'))
    assert.match(network.packets.at(-1)!.text, /^SIP\/2\.0 202[^]*Refer-Sub: false/)
    call.end()
    await finish()
  })

  it('a second one has its own NOTIFYs, told apart by id', async () => {
    const { clock, connect, finish } = twoPhones()
    const { call, boTold } = await connect()
    const referrals = listenTo(boTold)
    const heard: string[] = []
    void call.refer('sip:one@test', { onNotify: (code) => heard.push(`one ${code}`) })
    void call.refer('sip:two@test', { onNotify: (code) => heard.push(`two ${code}`) })
    await clock.advance(5)
    for (const referral of referrals) referral.accept()
    referrals[1]!.notify(486)
    referrals[0]!.notify(200)
    await clock.advance(20)
    assert.deepEqual(heard.toSorted(), ['one 100', 'one 200', 'two 100', 'two 486'])
    call.end()
    await finish()
  })

  it('is taken however many there were before in the dialog, and refused only when 16 are open at a time', async () => {
    const { clock, connect, finish } = twoPhones()
    const { call, boTold } = await connect()
    const referrals = listenTo(boTold)
    const ask = async (headers: [string, string][] = []) => {
      const status = call.refer('sip:cilla@test', { headers })
      await clock.advance(1000)
      return { status, referral: referrals.at(-1)! }
    }
    for (let i = 0; i < 20; i++) {
      const { referral } = await ask()
      if (i % 2 === 0) referral.refuse(491)
      else {
        referral.accept()
        referral.notify(200)
      }
    }
    // Nobody wants to hear what comes of these.
    for (let i = 0; i < 20; i++) (await ask([['Refer-Sub', 'false']])).referral.accept()
    assert.equal(referrals.length, 40)
    for (let i = 0; i < 16; i++) (await ask()).referral.accept()
    assert.equal(await (await ask()).status, 503)
    referrals.at(-1)!.notify(486)
    const { referral, status } = await ask()
    assert.equal(referrals.length, 57)
    referral.refuse(603)
    await clock.advance(5)
    assert.equal(await status, 603)
    call.end()
    await finish()
  })

  it('resolves with 408 when nothing answers', async () => {
    const { clock, network, connect } = twoPhones()
    const { call } = await connect()
    lose(network, /./)
    const status = call.refer('sip:cilla@test')
    await clock.advance(33_000)
    assert.equal(await status, 408)
  })
})

describe('Replaces', () => {
  it('is read with its flag, and refused without both tags', () => {
    assert.deepEqual(parseReplaces('a@b ; to-tag=1;from-tag=2;early-only'), {
      callId: 'a@b',
      toTag: '1',
      fromTag: '2',
      earlyOnly: true,
    })
    assert.deepEqual(parseReplaces('a@b;To-Tag = 1 ; from-tag\t= 2='), {
      callId: 'a@b',
      toTag: '1',
      fromTag: '2=',
      earlyOnly: false,
    })
    assert.equal(parseReplaces('a@b;to-tag=1'), undefined)
  })
})
