import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Enclosure } from './enclosure.ts'
import { lose, twoPhones } from './testing/two-phones.ts'

const enclosure: Enclosure = {
  contentId: 'place@vaxel.test',
  contentType: 'application/pidf+xml',
  content: '<presence/>',
  headers: [['Geolocation', '<cid:place@vaxel.test>']],
}

describe('what an INVITE encloses beside its offer', () => {
  it('is a second part that nobody needs to understand, and the offer is found beside it (RFC 5621)', async () => {
    const { network, connect, finish } = twoPhones()
    const { call, leg } = await connect({ enclosure })
    const { text } = network.packets[0]!
    const boundary = /^Content-Type: multipart\/mixed;boundary=(\S+)\r$/m.exec(text)![1]!
    assert.equal(text.split(`--${boundary}`).length, 4)
    assert.match(text, /^Geolocation: <cid:place@vaxel\.test>\r$/m)
    assert.match(text, /\r\nContent-Type: application\/sdp\r\n\r\noffer\r\n--/)
    assert.match(
      text,
      /Content-ID: <place@vaxel\.test>\r\nContent-Disposition: by-reference;handling=optional\r\nContent-Type: application\/pidf\+xml\r\n\r\n<presence\/>\r\n--\S+--\r\n$/,
    )
    assert.equal(leg.offer, 'offer')
    call.end()
    await finish()
  })

  for (const status of [400, 415, 424, 488, 500])
    it(`is left out once the peer has refused with ${status}, and what it refuses then counts`, async () => {
      const { clock, network, anna, bo, told, finish } = twoPhones()
      anna.call('10.0.0.2', told, { enclosure })
      await clock.advance(10)
      bo.invites[0]!.refuse(status)
      await clock.advance(10)
      const again = network.packets.findLast(({ text }) => text.startsWith('INVITE'))!.text
      assert.match(again, /^CSeq: 2 INVITE\r$/m)
      assert.match(again, /^Content-Type: application\/sdp\r$/m)
      assert.doesNotMatch(again, /Geolocation|MIME-Version|multipart/)
      bo.invites[1]!.refuse(status)
      await clock.advance(10)
      assert.deepEqual(told.lines, [`ended peer ${status}`])
      await finish()
    })

  for (const status of [486, 404, 503, 603])
    it(`stays what it is where ${status} speaks of something else`, async () => {
      const { clock, anna, bo, told, finish } = twoPhones()
      anna.call('10.0.0.2', told, { enclosure })
      await clock.advance(10)
      bo.invites[0]!.refuse(status)
      await clock.advance(10)
      assert.equal(bo.invites.length, 1)
      assert.deepEqual(told.lines, [`ended peer ${status}`])
      await finish()
    })

  it('is left out where the peer was silent about it, and who answers the first one late is told that it is over', async () => {
    const { clock, network, anna, bo, told, finish } = twoPhones({ protocols: ['udp'] })
    const call = anna.call('10.0.0.2', told, { enclosure, patienceMs: 1000 })
    lose(network, /100 INVITE/)
    await clock.advance(1_600)
    lose(network, /none/)
    const [first, second] = bo.invites
    assert.equal(first!.request.headers.has('Geolocation'), true)
    assert.equal(second!.request.headers.has('Geolocation'), false)
    second!.accept('answer')
    await clock.advance(2_000)
    assert.equal(call.state, 'confirmed')
    first!.accept('answer')
    await clock.advance(5_000)
    assert.deepEqual(bo.told[0]!.lines, ['confirmed', 'ended peer'])
    assert.deepEqual(bo.told[1]!.lines, ['confirmed'])
    assert.deepEqual(told.lines, ['accepted answer'])
    call.end()
    await finish()
  })

  it('is not sent again to nobody: who hangs up first is not called anew', async () => {
    const { clock, anna, bo, told, finish } = twoPhones()
    const call = anna.call('10.0.0.2', told, { enclosure })
    await clock.advance(10)
    bo.invites[0]!.progress(180)
    await clock.advance(10)
    call.end()
    bo.invites[0]!.refuse(415)
    await clock.advance(50)
    assert.equal(bo.invites.length, 1)
    await finish()
  })
})
