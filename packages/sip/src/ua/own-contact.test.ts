import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseMessage } from '../message/parse-message.ts'
import { twoPhones } from './testing/two-phones.ts'

describe('the Contact of whoever was called', () => {
  for (const user of ['%2321', '*21*205%23', 'anna%20b', 'a%3E%3Cb', 'a%0D%0Ab', '%40x', 'bo;phone-context=x'])
    it(`is written as a URI has to be (RFC 3261 §19.1.2): ${user}`, async () => {
      const { clock, network, anna, bo, told, finish } = twoPhones()
      const call = anna.call('10.0.0.2', told, { uri: `sip:${user}@10.0.0.2`, to: `<sip:${user}@10.0.0.2>` })
      await clock.advance(5)
      bo.invites[0]!.accept('answer')
      await clock.advance(5)
      assert.equal(call.state, 'confirmed')
      const answer = network.packets.find(({ text }) => text.startsWith('SIP/2.0 200'))!.text
      assert.match(answer, new RegExp(`^Contact: <sip:${user.replaceAll('*', '\\*')}@10\\.0\\.0\\.2`, 'm'))
      assert.ok(parseMessage(new TextEncoder().encode(answer)).ok)
      call.end()
      await finish()
    })
})
