import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { lose, twoPhones } from './testing/two-phones.ts'

const count = (ladder: string[], line: string): number => ladder.filter((entry) => entry === line).length

describe('an INVITE on a bad network', () => {
  it('is retransmitted until it arrives, and answered once', async () => {
    const { clock, network, anna, bo, told, finish } = twoPhones()
    lose(network, /INVITE$/, 3)
    anna.call('10.0.0.2', told)
    await clock.advance(10_000)
    assert.equal(bo.invites.length, 1)
    bo.invites[0]!.refuse(603)
    await finish()
    assert.deepEqual(told.lines, ['ended peer 603'])
  })

  it('times out with 408 when nobody is there', async () => {
    const { clock, network, anna, told, finish } = twoPhones()
    lose(network, /./)
    anna.call('10.0.0.2', told)
    await clock.advance(31_900)
    assert.deepEqual(told.lines, [])
    await clock.advance(200)
    assert.deepEqual(told.lines, ['ended timeout 408'])
    assert.equal(count(network.ladder(), '10.0.0.1 INVITE'), 7)
    await finish()
  })

  it('repeats the 2xx until the lost ACK is sent again', async () => {
    const { clock, network, anna, bo, told, finish } = twoPhones()
    lose(network, /ACK$/, 2)
    const call = anna.call('10.0.0.2', told)
    await clock.advance(5)
    bo.invites[0]!.accept('answer')
    await clock.advance(1600)
    assert.equal(bo.invites[0]!.state, 'confirmed')
    assert.equal(count(network.ladder(), '10.0.0.2 200 INVITE'), 3)
    assert.equal(count(network.ladder(), '10.0.0.1 ACK'), 3)
    assert.deepEqual(told.lines, ['accepted answer'])
    call.end()
    await finish()
  })

  it('ends with BYE and `no-ack` when the ACK never comes', async () => {
    const { clock, network, anna, bo, told, finish } = twoPhones()
    lose(network, /ACK$/)
    anna.call('10.0.0.2', told)
    await clock.advance(5)
    bo.invites[0]!.accept('answer')
    await clock.advance(33_000)
    assert.deepEqual(bo.told[0]!.lines, ['ended no-ack'])
    assert.deepEqual(told.lines, ['accepted answer', 'ended peer'])
    await finish()
  })

  it('a BYE of the callee waits for the ACK (§15)', async () => {
    const { clock, network, anna, bo, told, finish } = twoPhones()
    lose(network, /ACK$/, 1)
    anna.call('10.0.0.2', told)
    await clock.advance(5)
    bo.invites[0]!.accept('answer')
    bo.invites[0]!.end()
    await clock.advance(5)
    assert.ok(!network.ladder().includes('10.0.0.2 BYE'))
    await clock.advance(1000)
    assert.ok(network.ladder().includes('10.0.0.2 BYE'))
    assert.deepEqual(bo.told[0]!.lines, ['confirmed', 'ended us'])
    assert.deepEqual(told.lines, ['accepted answer', 'ended peer'])
    await finish()
  })

  it('a BYE of the caller that overtakes its ACK is taken', async () => {
    const { clock, network, anna, bo, told, finish } = twoPhones()
    network.fate = ({ text }) => (text.startsWith('ACK') ? [300] : [1])
    const call = anna.call('10.0.0.2', told)
    await clock.advance(5)
    bo.invites[0]!.accept('answer')
    await clock.advance(5)
    call.end()
    await clock.advance(1000)
    assert.deepEqual(bo.told[0]!.lines, ['ended peer'])
    assert.deepEqual(told.lines, ['accepted answer', 'ended us'])
    await finish()
  })

  it('CANCEL crosses 200: the 200 gets ACK and BYE', async () => {
    const { clock, network, anna, bo, told, finish } = twoPhones()
    const call = anna.call('10.0.0.2', told)
    await clock.advance(5)
    bo.invites[0]!.accept('answer')
    call.end()
    await clock.advance(10)
    assert.deepEqual(network.ladder().slice(2), [
      '10.0.0.2 200 INVITE',
      '10.0.0.1 CANCEL',
      '10.0.0.1 ACK',
      '10.0.0.1 BYE',
      '10.0.0.2 200 CANCEL',
      '10.0.0.2 200 BYE',
    ])
    assert.deepEqual(told.lines, ['ended us'])
    assert.deepEqual(bo.told[0]!.lines, ['confirmed', 'ended peer'])
    await finish()
  })

  it('a 200 after we gave up waiting for the CANCELled INVITE gets ACK and BYE', async () => {
    const { clock, network, anna, bo, told, finish } = twoPhones()
    lose(network, /CANCEL$/)
    const call = anna.call('10.0.0.2', told)
    await clock.advance(5)
    bo.invites[0]!.progress(180)
    await clock.advance(5)
    call.end()
    await clock.advance(33_000)
    assert.deepEqual(told.lines, ['provisional 180', 'ended us 487'])
    bo.invites[0]!.accept('answer')
    await clock.advance(10)
    assert.deepEqual(network.ladder().slice(-4), [
      '10.0.0.2 200 INVITE',
      '10.0.0.1 ACK',
      '10.0.0.1 BYE',
      '10.0.0.2 200 BYE',
    ])
    assert.deepEqual(bo.told[0]!.lines, ['confirmed', 'ended peer'])
    await finish()
  })

  it('a 200 after timer B gets ACK and BYE', async () => {
    const { clock, network, anna, bo, told, finish } = twoPhones()
    lose(network, /10\.0\.0\.2/)
    anna.call('10.0.0.2', told)
    await clock.advance(32_100)
    assert.deepEqual(told.lines, ['ended timeout 408'])
    network.fate = () => [1]
    bo.invites[0]!.accept('answer')
    await clock.advance(10)
    assert.deepEqual(bo.told[0]!.lines, ['confirmed', 'ended peer'])
    await finish()
  })

  it('BYE crosses BYE: both sides end once', async () => {
    const { clock, told, connect, finish } = twoPhones()
    const { call, leg, boTold } = await connect()
    call.end()
    leg.end()
    await clock.advance(10)
    assert.deepEqual(told.lines, ['accepted answer', 'ended us'])
    assert.deepEqual(boTold.lines, ['confirmed', 'ended us'])
    await finish()
  })

  it('BYE crosses re-INVITE: the re-INVITE ends with the dialog', async () => {
    const { clock, connect, finish } = twoPhones()
    const { call, leg, boTold } = await connect()
    const outcome = leg.reoffer('hold')
    call.end()
    await clock.advance(10)
    assert.deepEqual(await outcome, { kind: 'ended' })
    assert.deepEqual(boTold.lines, ['confirmed', 'ended peer'])
    await finish()
  })

  it('an answer from a second branch gets ACK and BYE, once, however often it comes', async () => {
    const { clock, network, anna, bo, told, finish } = twoPhones()
    const call = anna.call('10.0.0.2', told)
    await clock.advance(5)
    bo.invites[0]!.accept('answer')
    await clock.advance(5)
    const first = network.packets.find(({ text }) => text.startsWith('SIP/2.0 200'))!
    const second = new TextEncoder().encode(first.text.replace(/^(To: .*;tag=)\w+/m, '$1other'))
    const flow = anna.host.flowTo('10.0.0.2')
    anna.stack.receive(flow, second)
    anna.stack.receive(flow, second)
    await clock.advance(10)
    const toOther = network.packets
      .filter(({ text }) => /^To: .*;tag=other/m.test(text))
      .map(({ text }) => text.split(' ')[0])
    assert.deepEqual(toOther, ['ACK', 'BYE', 'ACK', 'SIP/2.0'])
    assert.equal(call.state, 'confirmed')
    call.end()
    await finish()
  })

  it('an answer gets ACK and BYE also from a branch after more of them than are believed', async () => {
    const { clock, network, anna, bo, told, finish } = twoPhones()
    const call = anna.call('10.0.0.2', told)
    await clock.advance(5)
    bo.invites[0]!.progress(180)
    await clock.advance(5)
    const ringing = network.packets.find(({ text }) => text.startsWith('SIP/2.0 180'))!.text
    const flow = anna.host.flowTo('10.0.0.2')
    const arrive = (text: string, tag: string) =>
      anna.stack.receive(flow, new TextEncoder().encode(text.replace(/^(To: .*;tag=)\w+/m, `$1${tag}`)))
    for (let i = 0; i < 100; i++) arrive(ringing, `early${i}`)
    bo.invites[0]!.accept('answer')
    await clock.advance(5)
    const accepted = network.packets.find(({ text }) => /^SIP\/2\.0 200[^]*^CSeq: \d+ INVITE/m.test(text))!.text
    arrive(accepted, 'late')
    await clock.advance(10)
    const toLate = network.packets
      .filter(({ text }) => /^To: .*;tag=late/m.test(text))
      .map(({ text }) => text.split(' ')[0])
    assert.deepEqual(toLate.slice(0, 2), ['ACK', 'BYE'])
    assert.equal(call.state, 'confirmed')
    call.end()
    await finish()
  })

  it('a second branch that hangs up, or asks for anything, ends and changes nothing of the call with the first', async () => {
    const { clock, network, anna, bo, told, finish } = twoPhones()
    const call = anna.call('10.0.0.2', told)
    await clock.advance(5)
    bo.invites[0]!.accept('answer')
    await clock.advance(5)
    const first = network.packets.find(({ text }) => text.startsWith('SIP/2.0 200'))!
    const receive = (text: string) => anna.stack.receive(anna.host.flowTo('10.0.0.2'), new TextEncoder().encode(text))
    receive(first.text.replace(/^(To: .*;tag=)\w+/m, '$1other'))
    await clock.advance(10)
    const [, to] = /^To: (.*;tag=)\w+\r$/m.exec(first.text)!
    const [, from] = /^From: (.*)\r$/m.exec(first.text)!
    for (const [seq, method] of ['INFO', 'INVITE', 'BYE'].entries()) {
      const lines = [
        `${method} sip:10.0.0.1 SIP/2.0`,
        `Via: SIP/2.0/UDP 10.0.0.2;branch=z9hG4bK-other-${method}`,
        'Max-Forwards: 70',
        `From: ${to}other`,
        `To: ${from}`,
        `Call-ID: ${call.sipCallId}`,
        `CSeq: ${seq + 1} ${method}`,
        'Contact: <sip:10.0.0.66>',
        'Content-Length: 0',
      ]
      receive(`${lines.join('\r\n')}\r\n\r\n`)
      await clock.advance(10)
      assert.equal(network.ladder().at(-1), `10.0.0.1 481 ${method}`)
      receive(`${lines.join('\r\n').replaceAll(method, 'ACK')}\r\n\r\n`)
    }
    assert.equal(call.state, 'confirmed')
    assert.deepEqual(told.lines, ['accepted answer'])
    call.end()
    await clock.advance(10)
    assert.deepEqual(bo.told[0]!.lines, ['confirmed', 'ended peer'])
    await finish()
  })

  it('a connection that breaks fails the INVITE that waits on it', async () => {
    const { clock, anna, bo, told, finish } = twoPhones()
    anna.call('10.0.0.2;transport=tcp', told)
    await clock.advance(5)
    bo.invites[0]!.progress(180)
    await clock.advance(5)
    anna.host.breakFlow(anna.host.flowTo('10.0.0.2', 'tcp'))
    await clock.advance(5)
    assert.deepEqual(told.lines, ['provisional 180', 'ended transport 503'])
    bo.invites[0]!.refuse(480)
    await finish()
  })

  it('a call outlives its connection: the BYE makes a new one', async () => {
    const { clock, anna, boTold, told, finish, call } = await connectedOverTcp()
    anna.host.breakFlow(call.flow!)
    await clock.advance(5)
    assert.deepEqual(told.lines, ['accepted answer'])
    call.end()
    await clock.advance(10)
    assert.deepEqual(boTold.lines, ['confirmed', 'ended peer'])
    await finish()
  })
})

async function connectedOverTcp() {
  const phones = twoPhones()
  const call = phones.anna.call('10.0.0.2;transport=tcp', phones.told)
  await phones.clock.advance(5)
  phones.bo.invites[0]!.accept('answer')
  await phones.clock.advance(5)
  return { ...phones, call, boTold: phones.bo.told[0]! }
}
