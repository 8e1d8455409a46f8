import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { InMemoryNetwork } from './testing/in-memory-network.ts'
import { TestClock } from './testing/test-clock.ts'
import { TestPhone, Told } from './testing/test-phone.ts'
import { twoPhones } from './testing/two-phones.ts'

const count = (ladder: string[], line: string): number => ladder.filter((entry) => entry === line).length

describe('an INVITE whose target is given so long for a first word', () => {
  it('ends with 408 when nothing comes, and is not sent again', async () => {
    const { clock, network, anna, told, finish } = twoPhones()
    network.fate = ({ to }) => (to.address === '10.0.0.2' ? [] : [1])
    anna.call('10.0.0.2', told, { patienceMs: 1600 })
    await clock.advance(1_590)
    assert.deepEqual(told.lines, [])
    await clock.advance(20)
    assert.deepEqual(told.lines, ['ended timeout 408'])
    const sent = count(network.ladder(), '10.0.0.1 INVITE')
    await clock.advance(20_000)
    assert.equal(count(network.ladder(), '10.0.0.1 INVITE'), sent, 'nobody is rung for a call that has gone elsewhere')
    await finish()
  })

  it('a 100 in time is enough: then the callee may ring', async () => {
    const { clock, anna, bo, told, finish } = twoPhones()
    anna.call('10.0.0.2', told, { patienceMs: 500 })
    await clock.advance(20_000)
    assert.deepEqual(told.lines, [])
    bo.invites[0]!.refuse(486)
    await finish()
    assert.deepEqual(told.lines, ['ended peer 486'])
  })

  it('a target that wakes up late is cancelled at once', async () => {
    const { clock, network, anna, bo, told, finish } = twoPhones()
    let isAsleep = true
    const kept: (() => void)[] = []
    const receive = bo.host.receive
    bo.host.receive = (flow, bytes) => (isAsleep ? void kept.push(() => receive(flow, bytes)) : receive(flow, bytes))
    anna.call('10.0.0.2', told, { patienceMs: 600 })
    await clock.advance(700)
    assert.deepEqual(told.lines, ['ended timeout 408'])
    isAsleep = false
    kept[0]!()
    await clock.advance(50)
    assert.deepEqual(bo.told[0]!.lines, ['ended peer 487'])
    assert.equal(count(network.ladder(), '10.0.0.1 CANCEL'), 1)
    await finish()
    assert.deepEqual(told.lines, ['ended timeout 408'])
  })

  it('a late answer is met with ACK and BYE, whether another target has the call by then or not', async () => {
    const clock = new TestClock()
    const network = new InMemoryNetwork(clock)
    const target = (address: string) => ({ protocol: 'udp' as const, address, port: 5060 })
    const names = { 'trunk.test': [target('10.0.0.2'), target('10.0.0.3')] }
    const anna = new TestPhone(network.host('10.0.0.1', { names }), { clock })
    const slow = new TestPhone(network.host('10.0.0.2'), { clock })
    const good = new TestPhone(network.host('10.0.0.3'), { clock })
    // What it says takes two seconds, its 100 is lost.
    network.fate = ({ from, text }) =>
      from.address !== '10.0.0.2' ? [1] : text.startsWith('SIP/2.0 100') ? [] : [text.includes('INVITE') ? 2_000 : 1]
    slow.onInvite = (invite) => invite.accept('slow answer')
    good.onInvite = (invite) => {
      invite.progress(180)
      clock.startTimer(3_000, () => invite.accept('good answer'))
    }
    const told = new Told()
    const call = anna.call('trunk.test', told, { patienceMs: 1_000 })
    await clock.advance(6_000)
    assert.deepEqual(told.lines, ['provisional 180', 'accepted good answer'])
    assert.deepEqual(slow.told[0]!.lines, ['confirmed', 'ended peer'])
    assert.deepEqual(good.told[0]!.lines, ['confirmed'])
    call.end()
    await clock.advance(100_000)
    assert.deepEqual(anna.stack.counts(), { clientTransactions: 0, serverTransactions: 0, usages: 0, timers: 0 })
    assert.deepEqual([...anna.errors, ...slow.errors, ...good.errors], [])
  })

  it('a request outside calls is not waited for any longer either', async () => {
    const { clock, network, anna, finish } = twoPhones()
    network.fate = ({ to }) => (to.address === '10.0.0.2' ? [] : [1])
    const from = '<sip:us@test>'
    const outcome = anna.stack.request({ method: 'OPTIONS', uri: 'sip:10.0.0.2', from, to: from, patienceMs: 2_000 })
    await clock.advance(2_100)
    assert.equal((await outcome).kind, 'timeout')
    await finish()
  })
})

describe('how a peer is told of us', () => {
  it('our Contact names the host that it knows us by, in the INVITE, the BYE way back, and answers', async () => {
    const { network, anna, bo, told, clock, finish } = twoPhones()
    bo.onInvite = (invite) => {
      invite.presentAs({ contactHost: 'sbc.bo.test' })
      invite.accept('answer')
    }
    const call = anna.call('10.0.0.2', told, { contactHost: 'sbc.anna.test', contactUser: 'me' })
    await clock.advance(10)
    const contact = (first: RegExp) =>
      /^Contact: (.*)$/m.exec(network.packets.find(({ text }) => first.test(text))!.text)
    assert.equal(contact(/^INVITE/)![1]!.trim(), '<sip:me@sbc.anna.test:5060>')
    assert.equal(contact(/^SIP\/2.0 200/)![1]!.trim(), '<sip:callee@sbc.bo.test:5060>')
    call.end()
    await finish()
  })

  it('a request goes to its next hop although it names another', async () => {
    const { network, anna, bo, clock, told, finish } = twoPhones()
    anna.call('carrier.test', told, { nextHop: 'sip:10.0.0.2' })
    await clock.advance(5)
    assert.match(network.packets[0]!.text, /^INVITE sip:callee@carrier.test SIP/)
    assert.equal(network.packets[0]!.to.address, '10.0.0.2')
    bo.invites[0]!.refuse(486)
    await finish()
  })
})
