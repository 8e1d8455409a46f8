import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { withoutCustomer } from './without-customer.ts'

describe('what the ledger says of work, without the customer', () => {
  it('keeps what figures are made of', () => {
    const item = { itemId: 'i', queueId: 'sales', channel: 'call' }
    const customer = { number: '+46701', name: 'Kim', contactId: 'c' }
    assert.deepEqual(withoutCustomer('work.arrived', { ...item, customer, priority: 3, subject: 'My invoice' }), {
      ...item,
      customer: {},
      priority: 3,
    })
    assert.deepEqual(withoutCustomer('work.callBackWished', { ...item, waitedMs: 5, number: '+46701' }), {
      ...item,
      waitedMs: 5,
      number: '',
    })
    assert.deepEqual(withoutCustomer('work.wrappedUp', { ...item, wrapMs: 5, codeId: 'sold', note: 'Wants two' }), {
      ...item,
      wrapMs: 5,
      codeId: 'sold',
    })
  })

  it('leaves alone what tells of none', () => {
    assert.equal(withoutCustomer('work.arrived', { customer: {}, priority: 3 }), undefined)
    assert.equal(withoutCustomer('work.callBackWished', { number: '' }), undefined)
    assert.equal(withoutCustomer('work.wrappedUp', { wrapMs: 5 }), undefined)
    assert.equal(withoutCustomer('agent.stateChanged', { from: 'ready' }), undefined)
  })
})
