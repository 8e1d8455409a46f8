import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { UdpAddress } from '../udp/udp-address.ts'
import { AddressBudget } from './address-budget.ts'

const at = (address: string) => UdpAddress.parse(address, 4000)!
const own = at('192.0.2.1')
const victim = at('198.51.100.7')
const dtls = Buffer.alloc(200, 22)
const rtp = Buffer.alloc(200, 0x80)

/** One whose handshake went between us and `own` alone. */
function proven(): AddressBudget {
  const budget = new AddressBudget()
  budget.received(own, dtls, 200)
  assert.ok(budget.maySend(own, dtls, 200))
  budget.received(own, dtls, 200)
  return budget
}

/** How many packets of audio may go there. */
function sends(budget: AddressBudget, to: UdpAddress, most = 500): number {
  let count = 0
  while (count < most && budget.maySend(to, rtp, 200)) count += 1
  return count
}

describe('what a stream of somebody unknown may send', () => {
  it('is all that it likes, to where the whole handshake went', () => {
    assert.equal(sends(proven(), own), 500)
  })

  it('is nothing to an address that was merely named by a connectivity check', () => {
    assert.equal(sends(proven(), victim), 0)
  })

  it('is as much as came from there, to where the peer has moved', () => {
    const budget = proven()
    for (let index = 0; index < 50; index += 1) budget.received(victim, rtp, 200)
    assert.equal(sends(budget, victim), 50)
    assert.equal(sends(budget, own), 500)
  })

  it('is no more than that anywhere, once the handshake was spread over two addresses', () => {
    for (const spread of [
      // The first flight seems to come from the victim, the rest from elsewhere, or the other way round.
      (budget: AddressBudget) => (budget.received(victim, dtls, 200), budget.received(own, dtls, 200)),
      // All seems to come from the victim, but our answer was led elsewhere.
      (budget: AddressBudget) => (
        budget.received(victim, dtls, 200), budget.maySend(own, dtls, 200), budget.received(victim, dtls, 200)
      ),
    ]) {
      const budget = new AddressBudget()
      spread(budget)
      assert.ok(sends(budget, victim) <= 2)
      assert.ok(sends(budget, own) <= 2)
    }
  })

  it('is three times what came and two kilobytes while a handshake lasts', () => {
    const budget = new AddressBudget()
    budget.received(victim, dtls, 200)
    let bytes = 0
    for (let index = 0; index < 100; index += 1) if (budget.maySend(victim, dtls, 200)) bytes += 200
    assert.equal(bytes, 2_600)
  })

  it('forgets addresses beyond what a session has, and never the proven one', () => {
    const budget = proven()
    for (let index = 0; index < 100; index += 1) budget.received(at(`198.51.100.${index}`), rtp, 200)
    assert.equal(sends(budget, own), 500)
    assert.equal(sends(budget, at('198.51.100.3')), 0)
    assert.equal(sends(budget, at('198.51.100.99')), 1)
  })
})
