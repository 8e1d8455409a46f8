import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { checkCodes } from './check-codes.ts'
import { codesOf, featureRows } from './feature-code.ts'
import { findCode } from './find-code.ts'
import { defaultParking, isParkingPlace, parkingPlaces } from './parking-places.ts'

const nobody = () => false

describe('feature codes', () => {
  it('are delivered without a mistake', () => {
    assert.deepEqual(checkCodes(undefined, defaultParking, nobody), [])
    assert.equal(new Set(featureRows.map(({ feature }) => feature)).size, featureRows.length)
  })

  it('are read with what follows them, however public networks frame it', () => {
    const read = (number: string) => {
      const found = findCode(undefined, number)
      return found && `${found.feature} ${found.argument}`.trim()
    }
    assert.equal(read('*8'), 'groupPickup')
    assert.equal(read('*8#'), 'groupPickup')
    assert.equal(read('**201'), 'directedPickup 201')
    assert.equal(read('**'), undefined)
    assert.equal(read('*80201'), 'intercom 201')
    assert.equal(read('*68'), 'park')
    assert.equal(read('*68701'), 'park 701')
    assert.equal(read('*21*0701740605#'), 'forwardAlways 0701740605')
    assert.equal(read('*21+46701740605'), 'forwardAlways +46701740605')
    assert.equal(read('#21#'), 'forwardAlwaysOff')
    assert.equal(read('*9419'), 'deskSharing')
    assert.equal(read('*94191'), undefined)
    assert.equal(read('201'), undefined)
    assert.equal(read('*12345'), undefined)
  })

  it('are what the company says, or none', () => {
    const own = { park: '#1', intercom: '' }
    assert.equal(findCode(own, '#1')?.feature, 'park')
    assert.equal(findCode(own, '*68'), undefined)
    assert.equal(findCode(own, '*80201'), undefined)
    assert.equal(codesOf(own).length, featureRows.length - 1)
  })

  it('tells all mistakes at once', () => {
    const own = { park: '68', retrieve: '*8', intercom: '*9', flip: '*44' }
    const mistakes = checkCodes(own, { ...defaultParking, fallback: '702' }, (n) => n === '*44' || n === '703')
    assert.deepEqual(mistakes.map(({ at }) => at).toSorted(), [
      'flip',
      'groupPickup',
      'intercom',
      'park',
      'parking',
      'parking',
      'retrieve',
    ])
  })
})

describe('parking places', () => {
  it('are numbers one after another', () => {
    const parking = { first: '098', count: 3, recallSeconds: 30 }
    assert.deepEqual(parkingPlaces(parking), ['098', '099', '100'])
    assert.deepEqual(
      ['097', '098', '100', '101', '98', '*68'].map((n) => isParkingPlace(parking, n)),
      [false, true, true, false, false, false],
    )
    assert.match(checkCodes(undefined, { first: '998', count: 5, recallSeconds: 30 }, nobody)[0]!.text, /not so many/)
  })
})
