import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { makeChallenge } from './testing/challenge.ts'
import { InMemoryNetwork } from './testing/in-memory-network.ts'
import { TestClock } from './testing/test-clock.ts'
import { TestPhone, Told } from './testing/test-phone.ts'
import { lose, twoPhones } from './testing/two-phones.ts'
import { makeResponse } from '../message/make-response.ts'
import type { Protocol } from './transport.ts'

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)

/** A phone that is sent raw messages from `10.0.0.9`, which keeps what comes back. */
function rawPeer(options: { maxServerTransactions?: number } = {}) {
  const clock = new TestClock()
  const network = new InMemoryNetwork(clock)
  const phone = new TestPhone(network.host('10.0.0.1'), { clock, ...options })
  const peer = network.host('10.0.0.9')
  const received: string[] = []
  peer.receive = (_, bytes) => received.push(new TextDecoder().decode(bytes))
  const send = async (text: string): Promise<string | undefined> => {
    const before = received.length
    peer.send(peer.flowTo('10.0.0.1'), encode(text))
    await clock.advance(3)
    return received.slice(before).at(-1)
  }
  return { clock, network, phone, peer, received, send }
}

function request(method: string, changes: Record<string, string | undefined> = {}, body = ''): string {
  const { uri = 'sip:201@10.0.0.1', branch = 'z9hG4bKraw', ...headers } = changes
  const fields: Record<string, string | undefined> = {
    Via: `SIP/2.0/UDP 10.0.0.9:5060;branch=${branch};rport`,
    'Max-Forwards': '70',
    From: '<sip:raw@10.0.0.9>;tag=raw',
    To: '<sip:201@10.0.0.1>',
    'Call-ID': 'raw-call',
    CSeq: `1 ${method}`,
    Contact: '<sip:raw@10.0.0.9>',
    ...headers,
    'Content-Length': String(body.length),
  }
  const lines = Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]))
  return `${[`${method} ${uri} SIP/2.0`, ...lines].join('\r\n')}\r\n\r\n${body}`
}

describe('a new request is inspected in the order of §8.2', () => {
  const cases: Array<[name: string, text: string, status: number, header?: RegExp]> = [
    ['an unknown method', request('FLY'), 405, /^Allow: INVITE, /m],
    ['a foreign Request-URI scheme', request('OPTIONS', { uri: 'http://x' }), 416],
    ['an unknown extension', request('OPTIONS', { Require: '100rel, teleport' }), 420, /^Unsupported: teleport\r$/m],
    [
      'an unknown body',
      request('INVITE', { 'Content-Type': 'text/plain' }, 'hi'),
      415,
      /^Accept: application\/sdp\r$/m,
    ],
    ['an encoded body', request('INVITE', { 'Content-Encoding': 'gzip' }, 'hi'), 415, /^Accept-Encoding: identity\r$/m],
    ['no hops left', request('INVITE', { 'Max-Forwards': '0' }), 483],
    [
      'a session interval that is too small',
      request('INVITE', { Supported: 'timer', 'Session-Expires': '30' }),
      422,
      /^Min-SE: 90\r$/m,
    ],
    ['an INVITE without Contact', request('INVITE', { Contact: undefined }), 400],
    ['a CSeq of another method', request('OPTIONS', { CSeq: '1 INVITE' }), 400],
    ...['BYE', 'INFO', 'UPDATE', 'PRACK', 'NOTIFY'].map((method): [string, string, number] => [
      `a ${method} outside dialogs`,
      request(method),
      481,
    ]),
    ['an INFO in a dialog that nobody knows', request('INFO', { To: '<sip:201@10.0.0.1>;tag=gone' }), 481],
    ['a request in a dialog that nobody knows', request('BYE', { To: '<sip:201@10.0.0.1>;tag=gone' }), 481],
  ]
  for (const [name, text, status, header] of cases) {
    it(`${name} gets ${status}, the same again for a retransmission, and nothing is kept`, async () => {
      const { clock, phone, send } = rawPeer()
      const answer = await send(text)
      assert.match(answer ?? '', new RegExp(`^SIP/2\\.0 ${status} `))
      assert.match(answer!, /^To: .*;tag=\w+\r$/m)
      if (header) assert.match(answer!, header)
      assert.equal(await send(text), answer)
      assert.equal(phone.invites.length + phone.requests.length, 0)
      await clock.advance(40_000)
      assert.equal(phone.stack.counts().serverTransactions, 0)
    })
  }

  it('a CANCEL for nothing gets 481', async () => {
    const { send } = rawPeer()
    assert.match((await send(request('CANCEL'))) ?? '', /^SIP\/2\.0 481 /)
  })

  it('a malformed request gets 400 with the reason', async () => {
    const { send } = rawPeer()
    assert.match((await send(request('OPTIONS', { CSeq: 'many OPTIONS' }))) ?? '', /^SIP\/2\.0 400 /)
  })

  it('a malformed request gets back nothing but what is sound in it (RFC 4475 §3.3.1)', async () => {
    for (const [changes, kept, left] of [
      [{ To: undefined }, ['Via', 'From', 'Call-ID', 'CSeq'], ['To']],
      [{ To: '"unclosed <sip:201@10.0.0.1>' }, ['Via', 'From', 'Call-ID', 'CSeq'], ['To']],
      [{ From: '<<garbage', CSeq: 'x' }, ['Via', 'To', 'Call-ID'], ['From', 'CSeq']],
      [{ 'Call-ID': 'a b c' }, ['Via', 'From', 'To', 'CSeq'], ['Call-ID']],
      [{ To: '<sip:a@b>\r\nTo: <sip:c@d>' }, ['Via', 'From', 'To', 'Call-ID', 'CSeq'], ['<sip:c@d>']],
    ] as const) {
      const { send } = rawPeer()
      const answer = (await send(request('OPTIONS', changes))) ?? ''
      assert.match(answer, /^SIP\/2\.0 400 /)
      for (const name of kept) assert.match(answer, new RegExp(`^${name}: `, 'm'))
      for (const name of left) assert.doesNotMatch(answer, new RegExp(name.startsWith('<') ? name : `^${name}:`, 'm'))
      assert.doesNotMatch(answer, /undefined|garbage|unclosed/)
    }
  })

  it('a copy of a request that came by another way gets 482 (§8.2.2.2)', async () => {
    const { phone, send } = rawPeer()
    phone.onRequest = () => {}
    await send(request('MESSAGE'))
    assert.match((await send(request('MESSAGE', { branch: 'z9hG4bKother' }))) ?? '', /^SIP\/2\.0 482 /)
    assert.equal(phone.requests.length, 1)
  })

  it('a MESSAGE, SUBSCRIBE, REGISTER or OPTIONS goes to the upper layer, a retransmission only to the transaction', async () => {
    const { clock, phone, send } = rawPeer()
    for (const method of ['MESSAGE', 'SUBSCRIBE', 'REGISTER', 'OPTIONS']) {
      const text = request(method, { branch: `z9hG4bK${method}` })
      const answer = await send(text)
      assert.match(answer!, /^SIP\/2\.0 200 OK\r\n[^]*To: .*;tag=/)
      assert.equal(await send(text), answer)
    }
    assert.equal(phone.requests.length, 4)
    await clock.advance(40_000)
    assert.equal(phone.stack.counts().serverTransactions, 0)
  })

  it('a REGISTER with the same Call-ID and next CSeq is a new request', async () => {
    const { phone, send } = rawPeer()
    await send(request('REGISTER'))
    await send(request('REGISTER', { branch: 'z9hG4bKnext', CSeq: '2 REGISTER' }))
    assert.equal(phone.requests.length, 2)
  })

  it('`rport` and `received` are written into the Via (RFC 3581)', async () => {
    const { send } = rawPeer()
    const text = request('OPTIONS', {
      Via: 'SIP/2.0/UDP 192.168.1.7:5070;rport;branch=z9hG4bKnat, SIP/2.0/TCP up;branch=z9hG4bKup',
    })
    const answer = await send(text)
    assert.match(
      answer!,
      /^Via: SIP\/2\.0\/UDP 192\.168\.1\.7:5070;rport=5060;branch=z9hG4bKnat;received=10\.0\.0\.9\r\nVia: SIP\/2\.0\/TCP up;branch=z9hG4bKup\r$/m,
    )
  })

  it('without `rport` the answer goes to the port of the Via (§18.2.2)', async () => {
    const { network, send } = rawPeer()
    await send(request('OPTIONS', { Via: 'SIP/2.0/UDP 10.0.0.9:5099;branch=z9hG4bKport' }))
    assert.equal(network.packets.at(-1)!.to.port, 5099)
  })

  it('too many transactions get 503 with Retry-After', async () => {
    const { phone, send } = rawPeer({ maxServerTransactions: 2 })
    phone.onRequest = () => {}
    for (const n of [1, 2]) await send(request('MESSAGE', { branch: `z9hG4bK${n}`, 'Call-ID': `call${n}` }))
    const answer = await send(request('MESSAGE', { branch: 'z9hG4bK3', 'Call-ID': 'call3' }))
    assert.match(answer!, /^SIP\/2\.0 503 [^]*Retry-After: 5/)
    assert.equal(phone.requests.length, 2)
  })

  it('answers to OPTIONS are kept for retransmissions within a budget, those to others beside it', async () => {
    const { phone, peer, clock, send, received } = rawPeer()
    const flood = (n: number) => request('OPTIONS', { branch: `z9hG4bKf${n}`, 'Call-ID': `flood${n}` })
    await send(request('MESSAGE', { branch: 'z9hG4bKkept' }))
    for (let n = 0; n < 20_000; n++) peer.send(peer.flowTo('10.0.0.1'), encode(flood(n)))
    await clock.advance(3)
    assert.equal(received.length, 20_001)
    const { serverTransactions } = phone.stack.counts()
    assert.ok(serverTransactions > 1000 && serverTransactions < 8000, `${serverTransactions} are kept`)
    const asked = phone.requests.length
    await send(request('MESSAGE', { branch: 'z9hG4bKkept' }))
    await send(flood(19_999))
    assert.equal(phone.requests.length, asked, 'what is kept is answered from there')
    await send(flood(0))
    assert.equal(phone.requests.length, asked + 1, 'what is not is answered anew')
    await clock.advance(32_000)
    assert.deepEqual(phone.stack.counts(), { clientTransactions: 0, serverTransactions: 0, usages: 0, timers: 0 })
  })

  it('a screen of the upper layer answers without a transaction', async () => {
    const { phone, send } = rawPeer()
    phone.stack.setUser({
      screen: (message) => makeResponse(message, 407),
      onInvite: () => assert.fail(),
      onRequest: () => assert.fail(),
    })
    assert.match((await send(request('INVITE')))!, /^SIP\/2\.0 407 /)
    assert.deepEqual(phone.stack.counts(), { clientTransactions: 0, serverTransactions: 0, usages: 0, timers: 0 })
  })

  it('a request that the upper layer never answers is let go of when its sender has given up', async () => {
    const { clock, phone, send } = rawPeer()
    phone.onRequest = () => {}
    await send(request('MESSAGE'))
    assert.equal(phone.stack.counts().serverTransactions, 1)
    await clock.advance(32_000)
    assert.deepEqual(phone.stack.counts(), { clientTransactions: 0, serverTransactions: 0, usages: 0, timers: 0 })
  })

  it('an INVITE that requires 100rel and has no offer gets ours reliably, and the PRACK answers it (RFC 3262 §5)', async () => {
    const { clock, phone, send, received } = rawPeer()
    await send(request('INVITE', { Require: '100rel' }))
    phone.invites[0]!.progress(183, { sdp: 'our offer' })
    phone.invites[0]!.accept('ignored')
    await clock.advance(3)
    const progress = received.at(-1)!
    assert.match(progress, /^SIP\/2\.0 183 [^]*our offer$/)
    const to = /^To: (.*)\r$/m.exec(progress)![1]!
    const rack = `${/^RSeq: (\d+)/m.exec(progress)![1]} 1 INVITE`
    const fields = { To: to, branch: 'z9hG4bKprack', CSeq: '2 PRACK', RAck: rack, 'Content-Type': 'application/sdp' }
    await send(request('PRACK', fields, 'their answer'))
    assert.deepEqual(phone.told[0]!.lines, ['answer their answer'])
    const ok = received.find((text) => /^SIP\/2\.0 200 [^]*CSeq: 1 INVITE/.test(text))!
    assert.match(ok, /\r\n\r\n$/)
    await send(request('ACK', { To: to, branch: 'z9hG4bKack', CSeq: '1 ACK' }))
    assert.equal(phone.invites[0]!.state, 'confirmed')
    phone.invites[0]!.end()
  })

  it('a PRACK may bring a further offer, and its 2xx the answer', async () => {
    const { clock, phone, send, received } = rawPeer()
    await send(request('INVITE', { Supported: '100rel', 'Content-Type': 'application/sdp' }, 'first'))
    phone.invites[0]!.progress(183, { sdp: 'early' })
    await clock.advance(3)
    const progress = received.at(-1)!
    const to = /^To: (.*)\r$/m.exec(progress)![1]!
    const rack = `${/^RSeq: (\d+)/m.exec(progress)![1]} 1 INVITE`
    const fields = { To: to, branch: 'z9hG4bKprack', CSeq: '2 PRACK', RAck: rack, 'Content-Type': 'application/sdp' }
    const answer = await send(request('PRACK', fields, 'second'))
    assert.match(answer!, /^SIP\/2\.0 200 [^]*CSeq: 2 PRACK[^]*answer$/)
    assert.deepEqual(phone.told[0]!.lines, ['offer second'])
    phone.invites[0]!.refuse(486)
  })

  it('a closed connection is made anew for the answer, to the port of the Via (§18.2.2)', async () => {
    const { clock, network, phone, peer } = rawPeer()
    const flow = phone.host.flowTo('10.0.0.9', 'tcp', 40_000)
    phone.onRequest = () => {}
    const text = request('MESSAGE', { Via: 'SIP/2.0/TCP 10.0.0.9:5060;branch=z9hG4bKtcp' })
    network.host('10.0.0.9', { protocols: ['tcp'] }).receive = peer.receive
    phone.stack.receive(flow, encode(text))
    phone.host.breakFlow(flow)
    await clock.advance(3)
    const { request: message, respond } = phone.requests[0]!
    respond(makeResponse(message, 200))
    await clock.advance(3)
    assert.equal(network.packets.at(-1)!.to.port, 5060)
    assert.match(network.packets.at(-1)!.text, /^SIP\/2\.0 200/)
  })

  it('an upper layer that throws answers 500 and the stack goes on', async () => {
    const { phone, send } = rawPeer()
    phone.onRequest = () => {
      throw new Error('broken')
    }
    assert.match((await send(request('MESSAGE')))!, /^SIP\/2\.0 500 /)
    phone.onInvite = () => {
      throw new Error('broken too')
    }
    assert.match((await send(request('INVITE', { 'Call-ID': 'c2', branch: 'z9hG4bKc2' })))!, /^SIP\/2\.0 500 /)
    assert.equal(phone.errors.length, 2)
  })

  it('an INVITE of RFC 2543 (no branch) is matched with its retransmission, ACK and CANCEL', async () => {
    const { clock, phone, send, received } = rawPeer()
    const old = { Via: 'SIP/2.0/UDP 10.0.0.9:5060' }
    await send(request('INVITE', old))
    await send(request('INVITE', old))
    assert.equal(phone.invites.length, 1)
    await send(request('CANCEL', { ...old, CSeq: '1 CANCEL' }))
    const final = received.find((text) => text.startsWith('SIP/2.0 487'))!
    await send(request('ACK', { ...old, To: /^To: (.*)\r$/m.exec(final)![1]!, CSeq: '1 ACK' }))
    const before = received.length
    await clock.advance(40_000)
    assert.equal(received.length, before)
    assert.deepEqual(phone.stack.counts(), { clientTransactions: 0, serverTransactions: 0, usages: 0, timers: 0 })
  })

  it('requests follow the recorded route, strict and loose (§12.2.1.1)', async () => {
    for (const [route, uri, next] of [
      ['<sip:10.0.0.9;lr>', 'sip:raw@10.0.0.9', '<sip:10.0.0.9;lr>'],
      ['<sip:10.0.0.9>', 'sip:10.0.0.9', '<sip:raw@10.0.0.9>'],
    ]) {
      const { clock, phone, send, received } = rawPeer()
      await send(request('INVITE', { 'Record-Route': route }))
      phone.invites[0]!.accept('sdp')
      await clock.advance(3)
      const ok = received.at(-1)!
      assert.match(ok, new RegExp(`^Record-Route: ${route}\\r$`, 'm'))
      await send(request('ACK', { branch: 'z9hG4bKack', To: /^To: (.*)\r$/m.exec(ok)![1]!, CSeq: '1 ACK' }))
      phone.invites[0]!.end()
      await clock.advance(3)
      const bye = received.find((text) => text.startsWith('BYE'))!
      assert.match(bye, new RegExp(`^BYE ${uri} SIP/2.0\r\n`))
      assert.match(bye, new RegExp(`^Route: ${next}\\r$`, 'm'))
    }
  })

  it('a peer behind a NAT is reached the way its INVITE came, whatever its Contact', async () => {
    const { clock, phone, send, received } = rawPeer()
    await send(
      request('INVITE', {
        Via: 'SIP/2.0/UDP 192.168.1.7:5070;rport;branch=z9hG4bKnat',
        Contact: '<sip:raw@192.168.1.7:5070>',
      }),
    )
    phone.invites[0]!.accept('sdp')
    await clock.advance(3)
    const to = /^To: (.*)\r$/m.exec(received.at(-1)!)![1]!
    await send(request('ACK', { branch: 'z9hG4bKack', To: to, CSeq: '1 ACK' }))
    phone.invites[0]!.end()
    await clock.advance(3)
    assert.match(received.at(-1)!, /^BYE sip:raw@192\.168\.1\.7:5070 SIP/)
  })

  it('NOTIFY, MESSAGE and SUBSCRIBE within the dialog go to the upper layer, OPTIONS is answered', async () => {
    const { clock, phone, send, received } = rawPeer()
    await send(request('INVITE'))
    phone.invites[0]!.accept('sdp')
    await clock.advance(3)
    const to = /^To: (.*)\r$/m.exec(received.at(-1)!)![1]!
    await send(request('ACK', { branch: 'z9hG4bKack', To: to, CSeq: '1 ACK' }))
    let seq = 2
    for (const method of ['NOTIFY', 'MESSAGE', 'SUBSCRIBE', 'OPTIONS']) {
      const text = request(method, { branch: `z9hG4bK${method}`, To: to, CSeq: `${seq++} ${method}`, Event: 'dialog' })
      assert.match((await send(text))!, /^SIP\/2\.0 200 /)
    }
    assert.deepEqual(
      phone.requests.map((incoming) => incoming.request.method),
      ['NOTIFY', 'MESSAGE', 'SUBSCRIBE'],
    )
    phone.invites[0]!.end()
  })
})

describe('a request of ours outside dialogs', () => {
  const options = { method: 'OPTIONS', uri: 'sip:10.0.0.2', from: '<sip:a@test>', to: '<sip:b@test>' }

  it('brings the response', async () => {
    const { clock, anna, network, finish } = twoPhones()
    const outcome = anna.stack.request(options)
    await clock.advance(5)
    const result = await outcome
    assert.equal(result.kind === 'response' && result.response.status, 200)
    assert.match(network.packets[0]!.text, /^From: <sip:a@test>;tag=\w{16}\r$/m)
    await finish()
  })

  it('times out over UDP after timer F, with retransmissions by timer E', async () => {
    const { clock, anna, network, finish } = twoPhones()
    lose(network, /./)
    const outcome = anna.stack.request(options)
    await clock.advance(33_000)
    assert.deepEqual(await outcome, { kind: 'timeout' })
    assert.equal(network.packets.length, 11)
    await finish()
  })

  it('says when nothing resolves or connects', async () => {
    const { clock, anna } = twoPhones()
    const nowhere = anna.stack.request({ ...options, uri: 'sip:nowhere.test' })
    const refused = anna.stack.request({ ...options, uri: 'sip:10.0.0.2;transport=tls' })
    await clock.advance(5)
    assert.equal((await nowhere).kind, 'transport')
    assert.equal((await refused).kind, 'transport')
  })

  it('answers a challenge once, with the next CSeq and the same Call-ID', async () => {
    const { clock, anna, bo, network, finish } = twoPhones()
    bo.onRequest = ({ request: message, respond }) =>
      respond(message.headers.has('Authorization') ? makeResponse(message, 403) : makeChallenge(message))
    const outcome = anna.stack.request({ ...options, credentials: { username: 'a', password: 'secret' } })
    await clock.advance(10)
    const result = await outcome
    assert.equal(result.kind === 'response' && result.response.status, 403)
    const [first, second] = network.packets.filter(({ text }) => text.startsWith('OPTIONS')).map(({ text }) => text)
    assert.match(second!, /^Authorization: Digest username="a"/m)
    assert.match(second!, /^CSeq: 2 OPTIONS\r$/m)
    assert.equal(/^Call-ID: (.*)$/m.exec(first!)![1], /^Call-ID: (.*)$/m.exec(second!)![1])
    await finish()
  })

  it('goes over TCP when it is larger than 1300 bytes, and by UDP where there is no TCP (§18.1.1)', async () => {
    const body = { contentType: 'text/plain', bytes: new Uint8Array(1400) }
    for (const [protocols, expected] of [
      [['udp', 'tcp'], ['tcp']],
      [['udp'], ['udp']],
    ] as const) {
      const { clock, anna, network, finish } = twoPhones({ protocols: [...protocols] })
      const outcome = anna.stack.request({ ...options, method: 'MESSAGE', body })
      await clock.advance(5)
      assert.equal((await outcome).kind, 'response')
      const sent = network.packets.filter(({ text }) => text.startsWith('MESSAGE'))
      assert.deepEqual(
        sent.map(({ protocol }) => protocol),
        expected,
      )
      assert.match(sent[0]!.text, new RegExp(`^Via: SIP/2\\.0/${expected[0].toUpperCase()} `, 'm'))
      await finish()
    }
  })
})

describe('a large request to a phone that is reached by its UDP flow alone', () => {
  const body = { contentType: 'text/plain', bytes: new Uint8Array(4000) }

  it('goes by UDP, in fragments, though the address would take TCP: that is some other way, past the NAT', async () => {
    const { clock, anna, network, finish } = twoPhones()
    const flow = anna.host.flowTo('10.0.0.2')
    const outcome = anna.stack.request({ ...message, method: 'MESSAGE', uri: 'sip:10.0.0.2', body, flow })
    await clock.advance(5)
    assert.equal((await outcome).kind, 'response')
    assert.deepEqual(
      network.packets.map(({ protocol }) => protocol),
      ['udp', 'udp'],
    )
    await finish()
  })

  it('does so within a call too', async () => {
    const { clock, network, told, connect, finish } = twoPhones()
    const { call } = await connect({ offer: `v=0 ${'a'.repeat(3000)}` })
    const outcome = call.reoffer(`v=0 ${'b'.repeat(3000)}`)
    await clock.advance(10)
    assert.equal((await outcome).kind, 'answered')
    assert.deepEqual(told.ends, [])
    const again = network.packets.findLast(({ text }) => text.startsWith('INVITE'))!
    assert.ok(again.text.length > 3000)
    call.end()
    await finish()
  })

  it('says so when it cannot leave at all', async () => {
    const { clock, anna, finish } = twoPhones()
    const flow = { ...anna.host.flowTo('10.0.0.2'), isOpen: true }
    anna.host.send = (_flow, _bytes, onError) => void clock.startTimer(0, () => onError?.('EMSGSIZE'))
    const outcome = anna.stack.request({ ...message, uri: 'sip:nowhere.test', body, flow })
    await clock.advance(5)
    assert.equal((await outcome).kind, 'transport')
    await finish()
  })
})

describe('targets of DNS (RFC 3263 §4.3)', () => {
  async function callTrunk(behaviour: 'silent' | 'busy' | 'refused') {
    const clock = new TestClock()
    const network = new InMemoryNetwork(clock)
    const target = (address: string) => ({
      protocol: behaviour === 'refused' && address === '10.0.0.2' ? ('tcp' as const) : ('udp' as const),
      address,
      port: 5060,
    })
    const names = { 'trunk.test': [target('10.0.0.2'), target('10.0.0.3')] }
    const anna = new TestPhone(network.host('10.0.0.1', { names }), { clock })
    const bad = new TestPhone(network.host('10.0.0.2'), { clock })
    const good = new TestPhone(network.host('10.0.0.3'), { clock })
    if (behaviour === 'busy') bad.onInvite = (invite) => invite.refuse(503)
    if (behaviour === 'silent') bad.host.receive = () => {}
    good.onInvite = (invite) => invite.refuse(486)
    const told = new Told()
    anna.call('trunk.test', told)
    await clock.advance(behaviour === 'silent' ? 4_100 : 10)
    assert.deepEqual(told.lines, ['ended peer 486'])
    assert.deepEqual(
      anna.host.failed,
      ['10.0.0.2'],
      'the network is told, so that the next call starts with the good one',
    )
    await clock.advance(100_000)
    assert.deepEqual(anna.stack.counts(), { clientTransactions: 0, serverTransactions: 0, usages: 0, timers: 0 })
  }

  it('the next one is tried after 503', () => callTrunk('busy'))
  it('the next one is tried when no connection comes about', () => callTrunk('refused'))
  it('the next one is tried when nothing answers an INVITE for 8 × T1', () => callTrunk('silent'))

  it('one that is given up, refuses or answers late is not held to have failed', async () => {
    const { clock, anna, bo, told, finish } = twoPhones()
    bo.onInvite = (invite) => invite.progress(180)
    const call = anna.call('10.0.0.2', told)
    await clock.advance(5_000)
    call.end()
    bo.onInvite = (invite) => invite.refuse(500)
    anna.call('10.0.0.2', new Told())
    await finish()
    assert.deepEqual(anna.host.failed, [])
  })

  it('a request that times out on the last one is told too', async () => {
    const { clock, network, anna, finish } = twoPhones()
    lose(network, /./)
    const outcome = anna.stack.request({ method: 'OPTIONS', uri: 'sip:10.0.0.2', from: '<sip:a@t>', to: '<sip:b@t>' })
    await clock.advance(33_000)
    assert.equal((await outcome).kind, 'timeout')
    assert.deepEqual(anna.host.failed, ['10.0.0.2'])
    await finish()
  })
})

const message = { method: 'MESSAGE', from: '<sip:a@test>', to: '<sip:b@test>' }

describe('an INVITE of ours', () => {
  it('answers a challenge of the callee once, and the ACK of the call carries the credentials (§22.1)', async () => {
    const { clock, network, anna, bo, finish } = twoPhones()
    const told = new Told()
    bo.stack.setUser({
      screen: (message) => (message.headers.has('Authorization') ? undefined : makeChallenge(message)),
      onInvite: (invite) => {
        invite.setHandlers(new Told())
        invite.accept('answer')
      },
      onRequest: () => {},
    })
    const call = anna.call('10.0.0.2', told, { credentials: { username: 'a', password: 'secret' } })
    await clock.advance(20)
    assert.deepEqual(told.lines, ['accepted answer'])
    assert.deepEqual(network.ladder().slice(0, 4), [
      '10.0.0.1 INVITE',
      '10.0.0.2 401 INVITE',
      '10.0.0.1 ACK',
      '10.0.0.1 INVITE',
    ])
    assert.match(network.packets.findLast(({ text }) => text.startsWith('ACK'))!.text, /^Authorization: Digest /m)
    call.end()
    await finish()
  })

  it('answers a proxy and then the callee, in one INVITE with both answers (§22.3), and gives up after two', async () => {
    const { clock, network, anna, bo, finish } = twoPhones()
    const credentials = { username: 'a', password: 'secret' }
    let isHard = false
    bo.stack.setUser({
      screen: (invite) => {
        if (!invite.headers.has('Proxy-Authorization')) return makeChallenge(invite, 407, 'proxy')
        if (!invite.headers.has('Authorization')) return makeChallenge(invite, 401, 'home')
        return isHard ? makeChallenge(invite, 407, 'third') : undefined
      },
      onInvite: (invite) => {
        invite.setHandlers(new Told())
        invite.accept('answer')
      },
      onRequest: ({ request: bye, respond }) => respond(makeResponse(bye, 200)),
    })
    const told = new Told()
    const call = anna.call('10.0.0.2', told, { credentials })
    await clock.advance(20)
    assert.deepEqual(told.lines, ['accepted answer'])
    const invites = network.packets.filter(({ text }) => text.startsWith('INVITE')).map(({ text }) => text)
    assert.equal(invites.length, 3)
    assert.match(invites[2]!, /^Proxy-Authorization: Digest username="a", realm="proxy",.* nc=00000002,/m)
    assert.match(invites[2]!, /^Authorization: Digest username="a", realm="home",.* nc=00000001,/m)
    assert.match(invites[2]!, /^CSeq: 3 INVITE\r$/m)
    call.end()
    await clock.advance(20)

    isHard = true
    const refused = new Told()
    anna.call('10.0.0.2', refused, { credentials })
    await clock.advance(20)
    assert.deepEqual(refused.lines, ['ended peer 407'])
    await finish()
  })

  it('takes a second challenge of the same realm for the answer', async () => {
    const { clock, network, anna, bo, told, finish } = twoPhones()
    bo.stack.setUser({ screen: (invite) => makeChallenge(invite), onInvite: () => {}, onRequest: () => {} })
    anna.call('10.0.0.2', told, { credentials: { username: 'a', password: 'wrong' } })
    await clock.advance(20)
    assert.deepEqual(told.lines, ['ended peer 401'])
    assert.equal(network.packets.filter(({ text }) => text.startsWith('INVITE')).length, 2)
    await finish()
  })

  it('answers once more where the nonce alone was not liked (stale, RFC 7616 §3.3), and not for ever', async () => {
    const credentials = { username: 'a', password: 'secret' }
    const callStale = async (nonces: number): Promise<{ lines: string[]; invites: string[] }> => {
      const { clock, network, anna, bo, told, finish } = twoPhones()
      let asked = 0
      bo.stack.setUser({
        screen: (invite) => {
          if (invite.method !== 'INVITE' || asked === nonces) return undefined
          const response = makeChallenge(invite)
          const [value] = response.headers.getAll('WWW-Authenticate')
          const stale = ++asked === 1 ? '' : ', stale=true'
          response.headers.set('WWW-Authenticate', value!.replace('"n1"', `"n${asked}"${stale}`))
          return response
        },
        onInvite: (invite) => invite.refuse(486),
        onRequest: () => {},
      })
      anna.call('10.0.0.2', told, { credentials })
      await clock.advance(20)
      await finish()
      const invites = network.packets.filter(({ text }) => text.startsWith('INVITE')).map(({ text }) => text)
      return { lines: told.lines, invites }
    }
    const other = await callStale(2)
    assert.deepEqual(other.lines, ['ended peer 486'])
    assert.equal(other.invites.length, 3)
    assert.match(other.invites[2]!, /^Authorization: Digest .*nonce="n2".* nc=00000001,/m)
    assert.equal(other.invites[2]!.match(/^Authorization:/gm)!.length, 1)
    const endless = await callStale(9)
    assert.deepEqual(endless.lines, ['ended peer 401'])
    assert.equal(endless.invites.length, 3)
  })

  it('goes over the flow of a binding, and elsewhere when that is gone', async () => {
    const { clock, network, anna, bo, told, finish } = twoPhones()
    const flow = anna.host.flowTo('10.0.0.2', 'tcp')
    anna.call('10.0.0.2', told, { flow })
    await clock.advance(5)
    assert.equal(network.packets[0]!.protocol, 'tcp')
    bo.invites[0]!.refuse(486)
    await clock.advance(5)
    anna.host.breakFlow(flow)
    anna.call('10.0.0.2', new Told(), { flow })
    await clock.advance(5)
    assert.equal(network.packets.at(-1)!.protocol, 'udp')
    bo.invites[1]!.refuse(486)
    await finish()
  })

  it('never goes to a neighbour whose address a phone behind a NAT has too, once its flow is gone (RFC 5626 §5.3)', async () => {
    const clock = new TestClock()
    const network = new InMemoryNetwork(clock)
    const protocols: Protocol[] = ['udp', 'tcp']
    const anna = new TestPhone(network.host('10.0.0.1', { protocols }), { clock })
    const neighbour = new TestPhone(network.host('192.168.1.20', { protocols }), { clock })
    const home = new TestPhone(network.host('203.0.113.9', { protocols }), { clock })
    const flow = anna.host.flowTo('203.0.113.9', 'tcp')
    home.onInvite = (invite) => invite.accept('answer')
    const told = new Told()
    const call = anna.call('192.168.1.20', told, { flow })
    await clock.advance(5)
    assert.equal(call.state, 'confirmed')
    anna.host.breakFlow(flow)
    const late = new Told()
    anna.call('192.168.1.20', late, { flow })
    const outcome = anna.stack.request({ ...message, uri: 'sip:phone@192.168.1.20;transport=tcp', flow })
    call.end()
    await clock.advance(100_000)
    assert.deepEqual(late.lines, ['ended transport 503'])
    assert.equal((await outcome).kind, 'transport')
    assert.deepEqual(neighbour.invites.length + neighbour.requests.length, 0)
    assert.deepEqual(
      network.packets.filter(({ to }) => to.address === '192.168.1.20'),
      [],
    )
    assert.deepEqual(anna.stack.counts(), { clientTransactions: 0, serverTransactions: 0, usages: 0, timers: 0 })
  })

  it('carries a preloaded route, hops and further header fields', async () => {
    const { clock, network, anna, bo, told, finish } = twoPhones()
    anna.call('callee.test', told, {
      routes: ['<sip:10.0.0.2;lr>'],
      headers: [
        ['Max-Forwards', '42'],
        ['P-Asserted-Identity', '<sip:201@test>'],
      ],
      contactUser: '201',
    })
    await clock.advance(5)
    const { text } = network.packets[0]!
    assert.match(text, /^INVITE sip:callee@callee\.test SIP/)
    assert.match(text, /^Route: <sip:10\.0\.0\.2;lr>\r$/m)
    assert.match(text, /^Max-Forwards: 42\r$/m)
    assert.match(text, /^Contact: <sip:201@10\.0\.0\.1:5060>\r$/m)
    bo.invites[0]!.refuse(486)
    await finish()
  })
})

describe('closing the stack', () => {
  it('ends every usage, request and timer, and says so', async () => {
    const { clock, anna, bo, told, connect } = twoPhones()
    await connect()
    const second = new Told()
    anna.call('10.0.0.2', second)
    const outcome = anna.stack.request({ method: 'MESSAGE', uri: 'sip:10.0.0.2', from: '<sip:a@t>', to: '<sip:b@t>' })
    anna.stack.close()
    await clock.advance(1)
    assert.equal((await outcome).kind, 'transport')
    assert.equal(told.lines.at(-1), 'ended us')
    assert.equal(second.lines.at(-1), 'ended us')
    assert.deepEqual(anna.stack.counts(), { clientTransactions: 0, serverTransactions: 0, usages: 0, timers: 0 })
    assert.throws(() => anna.call('10.0.0.2', second), /closed/)
    bo.stack.close()
    assert.equal(clock.waitingCount, 0)
  })
})
