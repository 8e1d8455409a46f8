import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CallWorld } from '@vaxel/testkit/calls/call-world'
import type { PhoneCall } from '@vaxel/testkit/calls/service-phone'

/** In each company 201 talks with 202. */
async function two() {
  const world = new CallWorld()
  const talk = async (company = world.acme): Promise<{ call: PhoneCall; callee: PhoneCall }> => {
    const caller = world.phone('201', { company })
    const called = world.phone('202', { company })
    called.onCall = (call) => call.answer()
    const call = caller.call('202')
    await world.pass()
    assert.ok(call.isUp)
    return { call, callee: called.last }
  }
  const acme = await talk()
  const beta = await talk(world.beta)
  return { world, acme, beta }
}

const replacing = (call: PhoneCall): string =>
  `${call.usage.sipCallId};to-tag=${call.usage.remoteTag};from-tag=${call.usage.localTag}`

describe('two companies with the same extensions', () => {
  it('reach their own people', async () => {
    const world = new CallWorld()
    const mine = world.phone('202')
    const theirs = world.phone('202', { company: world.beta })
    const call = world.phone('201', { company: world.beta }).call('202')
    await world.pass()
    assert.equal(mine.calls.length, 0)
    assert.equal(theirs.calls.length, 1)
    call.hangUp()
    await world.finish()
  })

  it('cannot call into the other by its domain', async () => {
    const world = new CallWorld()
    const mine = world.phone('202')
    const theirs = world.phone('202', { company: world.beta })
    const call = world.phone('201').call('202', { uri: 'sip:202@beta.test' })
    await world.pass()
    assert.equal(call.failure, 404)
    assert.equal(mine.calls.length + theirs.calls.length, 0)
    assert.equal(world.ledger.events.length, 0)
    await world.finish()
  })

  it('cannot transfer to, join with or take over a call of the other', async () => {
    const { world, acme, beta } = await two()
    const joined = acme.call.joinWith(beta.call, '202')
    await world.pass()
    assert.equal(await joined, 404)
    const elsewhere = acme.call.transferTo('sip:203@beta.test')
    await world.pass()
    assert.equal(await elsewhere, 404)
    const stolen = world.phone('202').call('201', { headers: [['Replaces', replacing(beta.callee)]] })
    await world.pass()
    assert.equal(stolen.failure, 481)
    assert.ok(acme.call.isUp && beta.call.isUp && acme.callee.isUp && beta.callee.isUp)
    acme.call.hangUp()
    beta.call.hangUp()
    await world.finish()
  })

  it('cannot command or see a call of the other', async () => {
    const { world, acme, beta } = await two()
    const [mine] = world.commands.liveCalls(world.acme.id)
    const [theirs] = world.commands.liveCalls(world.beta.id)
    assert.ok(mine && theirs)
    assert.equal(world.commands.liveCalls(world.beta.id).length, 1)
    const intruder = { companyId: world.beta.id }
    for (const verb of ['clear', 'hold', 'transfer', 'deflect', 'consult', 'sendDigits', 'startRecording'] as const) {
      const outcome = await world.commands.command(intruder, mine.id, verb, { to: '203', digits: '1' })
      assert.equal('code' in outcome && outcome.code, 'CALL_NOT_FOUND', verb)
    }
    const joined = await world.commands.command(intruder, theirs.id, 'transfer', {
      otherCallId: mine.id,
      legId: theirs.connections[0]!.id,
    })
    assert.equal('code' in joined && joined.code, 'CALL_NOT_FOUND')
    const made = await world.commands.makeCall({
      companyId: world.beta.id,
      fromUserId: world.user('201').id,
      to: '202',
    })
    assert.ok('code' in made)
    const colleague = { companyId: world.acme.id, userId: world.user('203').id }
    const notMine = await world.commands.command(colleague, mine.id, 'clear', {})
    assert.equal('code' in notMine && notMine.code, 'CONNECTION_NOT_YOURS')
    acme.call.hangUp()
    beta.call.hangUp()
    await world.finish()
  })

  it('trace their own messages, also when a carrier sends a call of one to the other as it is', async () => {
    const world = new CallWorld()
    const { carrier } = world.trunk()
    const other = world.trunk({}, world.beta)
    world.directory.addNumber(world.beta, '+46846500502', { kind: 'user', userId: world.user('202', world.beta).id })
    const called = world.phone('202', { company: world.beta })
    const call = world.phone('201').call('+46846500502')
    await world.pass()
    const sent = carrier.last.invite!.request
    const raw = world.network.packets.findLast((p) => p.to === carrier.address && p.text.startsWith('INVITE'))!.text
    const proxied = raw
      .replace(/^INVITE \S+/, 'INVITE sip:+46846500502@beta.test')
      .replace('Via:', 'Via: SIP/2.0/UDP 10.0.9.99;branch=z9hG4bKcarrier\r\nVia:')
    world.network.carry(
      { from: other.carrier.address, to: '10.0.0.100', protocol: 'udp', text: proxied },
      new TextEncoder().encode(proxied),
    )
    await world.pass()
    assert.equal(called.calls.length, 1)
    const owners = new Map([...world.ledger.calls.values()].map((c) => [c.id, c.companyId]))
    for (const message of world.ledger.messages) {
      assert.equal(message.companyId, owners.get(message.callId))
      if (message.sipCallId !== sent.callId) continue
      const peer = message.remote.split(':')[0]
      assert.equal(peer, message.companyId === world.acme.id ? carrier.address : other.carrier.address, message.text)
    }
    call.hangUp()
    carrier.last.refuse(486)
    await world.pass(100)
    called.last.refuse(486)
    await world.finish()
  })
})

describe('a call from a trunk', () => {
  it("reaches the company's own numbers, by any spelling, and nothing else", async () => {
    const world = new CallWorld()
    const { carrier } = world.trunk()
    world.directory.addNumber(world.acme, '+46846500402', { kind: 'user', userId: world.user('202').id })
    world.directory.addNumber(world.beta, '+46846500502', { kind: 'user', userId: world.user('202', world.beta).id })
    const bo = world.phone('202')
    const inbound = carrier.call('0846500402')
    const foreign = carrier.call('+46846500502')
    const through = carrier.call('+15551234567')
    const emergency = carrier.call('112')
    await world.pass()
    assert.deepEqual(inbound.lines, ['180'])
    assert.equal(bo.last.invite?.request.from.uri.user, '+46701740605')
    assert.deepEqual([foreign.failure, through.failure, emergency.failure], [404, 404, 404])
    assert.equal(carrier.calls.length, 0)
    inbound.hangUp()
    await world.finish()
  })

  it('cannot go out again by a transfer that the outside asks for', async () => {
    const world = new CallWorld()
    const { carrier } = world.trunk()
    world.directory.addNumber(world.acme, '+46846500402', { kind: 'user', userId: world.user('202').id })
    const bo = world.phone('202')
    bo.onCall = (call) => call.answer()
    const inbound = carrier.call('+46846500402')
    await world.pass()
    const status = inbound.transferTo('sip:+15551234567@acme.test')
    await world.pass()
    await status
    assert.equal(inbound.notified.at(-1), 404)
    assert.equal(carrier.calls.length, 0)
    inbound.hangUp()
    await world.finish()
  })
})

describe('who calls', () => {
  it('is told to a trunk by the direct number, else the main number', async () => {
    const world = new CallWorld()
    const { carrier } = world.trunk()
    world.directory.addNumber(world.acme, '+46846500401', { kind: 'user', userId: world.user('201').id })
    const calls = [world.phone('201').call('+46701740610'), world.phone('202').call('+46701740610')]
    await world.pass()
    const asserted = carrier.calls.map((c) => c.invite?.request.headers.get('P-Asserted-Identity'))
    assert.deepEqual(asserted, [
      '"Person 201" <sip:+46846500401@acme.test>',
      '"Person 202" <sip:+46846500400@acme.test>',
    ])
    for (const call of calls) call.hangUp()
    await world.finish()
  })

  it('is hidden on request: phones are told nothing, a trunk is told in confidence', async () => {
    const world = new CallWorld()
    const { carrier } = world.trunk()
    const bo = world.phone('202')
    const anna = world.phone('201')
    const headers = [['Privacy', 'id']] as const
    const calls = [anna.call('202', { headers }), anna.call('+46701740610', { headers })]
    await world.pass()
    const inside = bo.last.invite!.request
    assert.equal(inside.from.uri.host, 'anonymous.invalid')
    assert.equal(inside.headers.has('P-Asserted-Identity'), false)
    assert.doesNotMatch(
      JSON.stringify([...inside.headers.entries()].filter(([n]) => n !== 'Via')),
      /Person 201|sip:201@/,
    )
    const outside = carrier.last.invite!.request
    assert.equal(outside.from.uri.host, 'anonymous.invalid')
    assert.equal(outside.headers.get('Privacy'), 'id')
    assert.match(outside.headers.get('P-Asserted-Identity')!, /\+46846500400/)
    for (const call of calls) call.hangUp()
    await world.finish()
  })

  it('is not what an untrusted phone claims', async () => {
    const world = new CallWorld()
    const { carrier } = world.trunk()
    const call = world.phone('201').call('+46701740610', {
      from: '"The King" <sip:+46800000000@evil.test>',
      headers: [
        ['P-Asserted-Identity', '<sip:+46800000000@evil.test>'],
        ['P-Preferred-Identity', '<sip:+46800000000@evil.test>'],
        ['Remote-Party-ID', '<sip:+46800000000@evil.test>'],
        ['Diversion', '<sip:+46800000000@evil.test>'],
        ['History-Info', '<sip:+46800000000@evil.test>;index=1'],
      ],
    })
    await world.pass()
    const fields = [...carrier.last.invite!.request.headers.entries()]
    assert.doesNotMatch(JSON.stringify(fields), /46800000000|King/)
    call.hangUp()
    await world.finish()
  })

  it('cannot write header fields of ours by what is dialled', async () => {
    const world = new CallWorld()
    const bo = world.phone('202')
    const anna = world.phone('201')
    const broken = anna.call('20%0d%0a%0d%0a2')
    const spaced = anna.call('2%200%202')
    await world.pass()
    assert.equal(broken.failure, 404)
    assert.equal(bo.calls.length, 1)
    assert.equal(bo.last.invite?.request.headers.get('To'), '<sip:2%200%202@acme.test>')
    spaced.hangUp()
    await world.finish()
  })

  it('is the hop count less at each pass, so that a spiral ends', async () => {
    const world = new CallWorld()
    const { carrier } = world.trunk()
    const call = world.phone('201').call('+46701740610', { headers: [['Max-Forwards', '3']] })
    await world.pass()
    assert.equal(carrier.last.invite?.request.maxForwards, 2)
    call.hangUp()
    await world.finish()
  })

  it('is served again by a trunk whose challenge or fault the caller could not answer', async () => {
    const world = new CallWorld()
    const { carrier } = world.trunk()
    carrier.onCall = (call) => call.refuse(407)
    const call = world.phone('201').call('+46701740610')
    await world.pass(100)
    assert.equal(call.failure, 500)
    await world.finish()
  })
})
