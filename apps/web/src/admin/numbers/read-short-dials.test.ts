import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readShortDials } from './read-short-dials.ts'

describe('short dials from a spreadsheet', () => {
  it('are read with or without a head, and with or without *0', () => {
    const items = [
      { number: '*0100', to: '08-465 004 99', name: 'Taxi' },
      { number: '*0101', to: '210' },
    ]
    assert.deepEqual(readShortDials('*0100;08-465 004 99;Taxi\n*0101;210;'), items)
    assert.deepEqual(readShortDials('Short dial\tNumber\tName\r\n0100\t08-465 004 99\tTaxi\r\n101\t210\t\r\n'), items)
    assert.deepEqual(readShortDials(''), [])
  })
})
