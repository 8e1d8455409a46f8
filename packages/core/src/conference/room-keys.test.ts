import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { RoomKeys } from './room-keys.ts'
import { WrongPins } from './wrong-pins.ts'

describe('keys in a conference', () => {
  it('mean something only after a star, and soon after it', () => {
    const keys = new RoomKeys()
    assert.equal(keys.press('6', 0), undefined)
    assert.equal(keys.press('*', 100), undefined)
    assert.equal(keys.press('6', 900), 'muteSelf')
    assert.equal(keys.press('6', 1000), undefined)
    keys.press('*', 2000)
    assert.equal(keys.press('6', 7000), undefined)
    keys.press('*', 8000)
    keys.press('*', 8100)
    assert.equal(keys.press('1', 8200), 'help')
  })
})

describe('wrong PINs of a room', () => {
  it('close it to PINs after twenty in an hour, until the oldest is an hour ago', () => {
    const wrong = new WrongPins()
    for (let minute = 0; minute < 20; minute++) {
      assert.equal(wrong.isBlocked('r', minute * 60_000), false)
      wrong.note('r', minute * 60_000)
    }
    assert.equal(wrong.isBlocked('r', 20 * 60_000), true)
    assert.equal(wrong.isBlocked('other', 20 * 60_000), false)
    assert.equal(wrong.isBlocked('r', 60 * 60_000), false)
  })
})
