import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { sealedTickets } from './sealed-tickets.ts'

describe('a ticket', () => {
  it('opens for its purpose, until it is over, and not for who has changed it', () => {
    const clock = new VirtualClock()
    const tickets = sealedTickets(clock)
    const ticket = tickets.seal({ userId: 'a' }, 'login', 1000)
    assert.equal(ticket.includes('userId'), false)
    assert.deepEqual(tickets.open(ticket, 'login'), { userId: 'a' })
    assert.equal(tickets.open(ticket, 'sso'), undefined)
    assert.equal(tickets.open(ticket.replace('login', 'sso'), 'sso'), undefined)
    const at = ticket.length - 5
    const changed = `${ticket.slice(0, at)}${ticket[at] === 'A' ? 'B' : 'A'}${ticket.slice(at + 1)}`
    assert.equal(tickets.open(changed, 'login'), undefined)
    assert.equal(sealedTickets(clock).open(ticket, 'login'), undefined, 'another process')
    clock.advance(1000)
    assert.equal(tickets.open(ticket, 'login'), undefined)
  })

  it('is used up by one success', () => {
    const tickets = sealedTickets(new VirtualClock())
    const ticket = tickets.seal(1, 'login', 1000)
    assert.equal(tickets.useUp(ticket), true)
    assert.equal(tickets.useUp(ticket), false)
    assert.equal(tickets.open(ticket, 'login'), undefined)
  })
})
