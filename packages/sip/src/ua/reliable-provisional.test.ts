import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { lose, twoPhones } from './testing/two-phones.ts'

/** An UPDATE with an offer that the caller sends in its early dialog. */
function updateOfCaller(packets: readonly { readonly text: string }[]): Uint8Array {
  const prack = packets.find(({ text }) => text.startsWith('PRACK'))!.text
  const update = prack
    .replace(/^PRACK/, 'UPDATE')
    .replace(/branch=\w+/, 'branch=z9hG4bKu')
    .replace(/^CSeq: \d+ PRACK/m, 'CSeq: 9 UPDATE')
    .replace(/^RAck: .*\r\n/m, 'Contact: <sip:10.0.0.1>\r\nContent-Type: application/sdp\r\n')
    .replace(/Content-Length: 0\r\n\r\n/, 'Content-Length: 3\r\n\r\nnew')
  return new TextEncoder().encode(update)
}

/** An UPDATE with an offer that the callee sends in its early dialog. */
function updateOfCallee(packets: readonly { readonly text: string }[]): Uint8Array {
  const [invite, early] = [/^INVITE/, /^SIP\/2\.0 183/].map(
    (start) => packets.find(({ text }) => start.test(text))!.text,
  )
  const valueOf = (name: string) => new RegExp(`^${name}: (.*)\r$`, 'm').exec(early!)![1]
  const lines = [
    `UPDATE ${/^Contact: <(.*?)>/m.exec(invite!)![1]} SIP/2.0`,
    'Via: SIP/2.0/UDP 10.0.0.2:5060;branch=z9hG4bKu;rport',
    `From: ${valueOf('To')}`,
    `To: ${valueOf('From')}`,
    `Call-ID: ${valueOf('Call-ID')}`,
    'CSeq: 9 UPDATE',
    'Max-Forwards: 70',
    'Contact: <sip:10.0.0.2>',
    'Content-Type: application/sdp',
    'Content-Length: 3',
    '',
    'new',
  ]
  return new TextEncoder().encode(lines.join('\r\n'))
}

describe('reliable provisional responses (RFC 3262)', () => {
  it('carry early media with PRACK when the peer supports them', async () => {
    const { clock, network, anna, bo, told, finish } = twoPhones()
    const call = anna.call('10.0.0.2', told)
    await clock.advance(5)
    bo.invites[0]!.progress(183, { sdp: 'early' })
    await clock.advance(5)
    assert.deepEqual(network.ladder().slice(2), ['10.0.0.2 183 INVITE', '10.0.0.1 PRACK', '10.0.0.2 200 PRACK'])
    bo.invites[0]!.accept('early')
    await clock.advance(5)
    assert.deepEqual(told.lines, ['provisional 183 early', 'accepted early'])
    const ok = network.packets.find(({ text }) => /^SIP\/2\.0 200[^]*CSeq: 1 INVITE/.test(text))!
    assert.doesNotMatch(ok.text, /application\/sdp/)
    call.end()
    await finish()
  })

  it('are repeated until the PRACK comes, told once, and hold the 2xx back', async () => {
    const { clock, network, anna, bo, told, finish } = twoPhones()
    const call = anna.call('10.0.0.2', told)
    await clock.advance(5)
    lose(network, /183 INVITE$/, 2)
    bo.invites[0]!.progress(183, { sdp: 'early' })
    bo.invites[0]!.accept('early')
    await clock.advance(1000)
    assert.deepEqual(told.lines, [])
    await clock.advance(1000)
    assert.deepEqual(told.lines, ['provisional 183 early', 'accepted early'])
    call.end()
    await finish()
  })

  it('go one after another', async () => {
    const { clock, network, anna, bo, told, finish } = twoPhones()
    anna.call('10.0.0.2', told, { headers: [['Require', '100rel']] })
    await clock.advance(5)
    bo.invites[0]!.progress(180)
    bo.invites[0]!.progress(183, { sdp: 'early' })
    await clock.advance(10)
    assert.deepEqual(told.lines, ['provisional 180', 'provisional 183 early'])
    assert.equal(network.ladder().filter((line) => line === '10.0.0.1 PRACK').length, 2)
    bo.invites[0]!.refuse(486)
    await finish()
  })

  it('end the INVITE with 504 when no PRACK comes', async () => {
    const { clock, network, anna, bo, told, finish } = twoPhones()
    anna.call('10.0.0.2', told)
    lose(network, /PRACK$/)
    await clock.advance(5)
    bo.invites[0]!.progress(183, { sdp: 'early' })
    await clock.advance(33_000)
    assert.deepEqual(told.lines.at(-1), 'ended peer 504')
    await finish()
  })

  const nothing = { clientTransactions: 0, serverTransactions: 0, usages: 0, timers: 0 }

  for (const [title, protocol, isHeld] of [
    ['rings', 'udp', false],
    ['waits for its PRACK before the 2xx', 'udp', true],
    ['was reached by a connection that broke', 'tcp', true],
  ] as const) {
    it(`leave nothing behind when the caller dies while the callee ${title}`, async () => {
      const { clock, network, anna, bo, told } = twoPhones()
      anna.call('10.0.0.2', told, { flow: anna.host.flowTo('10.0.0.2', protocol) })
      await clock.advance(5)
      lose(network, /./)
      if (protocol === 'tcp') anna.host.breakFlow(anna.host.flowTo('10.0.0.2', 'tcp'))
      anna.stack.close()
      bo.invites[0]!.progress(183, { sdp: 'early' })
      if (isHeld) bo.invites[0]!.accept('early')
      await clock.advance(33_000)
      assert.equal(bo.invites[0]!.state, 'ended')
      assert.deepEqual(bo.told[0]!.ends, [{ by: 'us', status: 504 }])
      await clock.advance(33_000)
      assert.deepEqual(bo.stack.counts(), nothing)
      assert.equal(clock.waitingCount, 0)
      assert.deepEqual(bo.errors, [])
    })
  }

  it('leave nothing behind when the callee dies after them and the caller gives up', async () => {
    const { clock, network, anna, bo, told } = twoPhones()
    const call = anna.call('10.0.0.2', told)
    await clock.advance(5)
    bo.invites[0]!.progress(183, { sdp: 'early' })
    lose(network, /PRACK$/)
    await clock.advance(100)
    lose(network, /./)
    bo.stack.close()
    await clock.advance(60_000)
    call.end()
    await clock.advance(70_000)
    assert.deepEqual(told.lines, ['provisional 183 early', 'ended us 487'])
    assert.deepEqual(anna.stack.counts(), nothing)
    assert.equal(clock.waitingCount, 0)
  })

  it('a PRACK for nothing gets 481', async () => {
    const { clock, network, anna, bo, told, finish } = twoPhones()
    anna.call('10.0.0.2', told)
    await clock.advance(5)
    bo.invites[0]!.progress(183, { sdp: 'early' })
    await clock.advance(5)
    const prack = network.packets.find(({ text }) => text.startsWith('PRACK'))!.text
    const stray = prack.replace(/branch=\w+/, 'branch=z9hG4bKx').replace(/^RAck: \d+/m, 'RAck: 99999')
    anna.host.send(anna.host.flowTo('10.0.0.2'), new TextEncoder().encode(stray))
    await clock.advance(5)
    assert.equal(network.ladder().at(-1), '10.0.0.2 481 PRACK')
    bo.invites[0]!.refuse(486)
    await finish()
  })

  it('an UPDATE with an offer in the early dialog is told', async () => {
    const { clock, network, anna, bo, told, finish } = twoPhones()
    anna.call('10.0.0.2', told)
    await clock.advance(5)
    bo.invites[0]!.progress(183, { sdp: 'early' })
    await clock.advance(5)
    anna.host.send(anna.host.flowTo('10.0.0.2'), updateOfCaller(network.packets))
    await clock.advance(5)
    assert.equal(network.ladder().at(-1), '10.0.0.2 200 UPDATE')
    assert.deepEqual(bo.told[0]!.lines, ['offer new'])
    bo.invites[0]!.refuse(486)
    await finish()
  })

  it('an UPDATE that is thought about while the callee answers holds the 2xx back until it is replied to', async () => {
    for (const reply of ['accept', 'refuse'] as const) {
      const { clock, network, anna, bo, told, finish } = twoPhones()
      const call = anna.call('10.0.0.2', told)
      await clock.advance(5)
      bo.invites[0]!.progress(183, { sdp: 'early' })
      await clock.advance(5)
      bo.told[0]!.answer = undefined
      anna.host.send(anna.host.flowTo('10.0.0.2'), updateOfCaller(network.packets))
      await clock.advance(5)
      bo.invites[0]!.accept('early')
      await clock.advance(5)
      assert.equal(network.ladder().at(-1), '10.0.0.1 UPDATE')
      if (reply === 'accept') bo.told[0]!.replies[0]!.accept('new answer')
      else bo.told[0]!.replies[0]!.refuse(488)
      await clock.advance(5)
      assert.deepEqual(network.ladder().slice(-3), [
        `10.0.0.2 ${reply === 'accept' ? 200 : 488} UPDATE`,
        '10.0.0.2 200 INVITE',
        '10.0.0.1 ACK',
      ])
      assert.equal(bo.invites[0]!.state, 'confirmed')
      call.end()
      await finish()
    }
  })

  it('the answer of before counts no more when the callee has offered by UPDATE since', async () => {
    const { clock, network, anna, bo, told, finish } = twoPhones()
    const call = anna.call('10.0.0.2', told)
    await clock.advance(5)
    bo.invites[0]!.progress(183, { sdp: 'early' })
    await clock.advance(5)
    bo.host.send(bo.host.flowTo('10.0.0.1'), updateOfCallee(network.packets))
    await clock.advance(5)
    bo.invites[0]!.accept('early')
    await clock.advance(5)
    assert.deepEqual(told.lines, ['provisional 183 early', 'offer new', 'accepted undefined'])
    assert.equal(call.state, 'confirmed')
    call.end()
    await finish()
  })

  it('another branch that answers after one has offered by UPDATE answers our offer, and is asked at its own address', async () => {
    const { clock, network, anna, bo, told, finish } = twoPhones()
    const call = anna.call('10.0.0.2', told)
    await clock.advance(5)
    bo.invites[0]!.progress(183, { sdp: 'early' })
    await clock.advance(5)
    const ofOther = (text: string) =>
      anna.stack.receive(
        anna.host.flowTo('10.0.0.2'),
        new TextEncoder().encode(
          text.replace(/^(To: .*;tag=)\w+/m, '$1other').replace(/^Contact: .*\r$/m, 'Contact: <sip:other@10.0.0.2>\r'),
        ),
      )
    const early = network.packets.find(({ text }) => text.startsWith('SIP/2.0 183'))!.text
    ofOther(early.replace('183 Session Progress', '180 Ringing').replace(/^(Require|RSeq): .*\r\n/gm, ''))
    told.answer = undefined
    bo.host.send(bo.host.flowTo('10.0.0.1'), updateOfCallee(network.packets))
    await clock.advance(5)
    const answered = early.replace('183 Session Progress', '200 OK').replace(/^(Require|RSeq): .*\r\n/gm, '')
    ofOther(answered.replace('\r\n\r\nearly', '\r\n\r\nother'))
    await clock.advance(5)
    assert.equal(told.lines.at(-1), 'accepted other')
    told.replies[0]!.accept('answer')
    await clock.advance(5)
    call.end()
    await clock.advance(5)
    assert.match(network.packets.find(({ text }) => text.startsWith('BYE'))!.text, /^BYE sip:other@10\.0\.0\.2 /)
    bo.invites[0]!.refuse(480)
    await finish()
  })

  it('are not used for a plain 180, which is repeated every minute (§13.3.1.1)', async () => {
    const { clock, network, anna, bo, told, finish } = twoPhones()
    anna.call('10.0.0.2', told)
    await clock.advance(5)
    bo.invites[0]!.progress(180)
    await clock.advance(125_000)
    assert.equal(network.ladder().filter((line) => line === '10.0.0.2 180 INVITE').length, 3)
    bo.invites[0]!.refuse(486)
    await finish()
  })
})
