import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { addressOf, emptyAddress } from './site-address.ts'

describe('the address of a site', () => {
  it('is what was typed, without what was left empty', () => {
    const draft = { ...emptyAddress, street: ' Stortorget ', houseNumber: '1 B', city: 'Lund', country: 'se' }
    assert.deepEqual(addressOf(draft), {
      address: { street: 'Stortorget', houseNumber: '1 B', city: 'Lund', country: 'SE' },
      mistakes: {},
    })
  })

  it('is none where nothing was typed, and says what is missing in half of one', () => {
    assert.deepEqual(addressOf({ ...emptyAddress, city: '  ' }), { address: null, mistakes: {} })
    assert.deepEqual(addressOf({ ...emptyAddress, city: 'Lund', country: 'S1' }).mistakes, {
      street: 'needed',
      country: 'country',
    })
    assert.deepEqual(addressOf({ ...emptyAddress, postalCode: '223 50' }).mistakes, {
      street: 'needed',
      city: 'needed',
      country: 'needed',
    })
  })
})
