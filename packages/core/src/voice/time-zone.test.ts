import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isTimeZone } from '@vaxel/base'
import { timeZoneOf } from './time-zone.ts'

describe('the hours of a company', () => {
  it("are those of its country's clocks, wherever it is", () => {
    for (const [country, zone] of [
      ['SE', 'Europe/Stockholm'],
      ['HU', 'Europe/Budapest'],
      ['HR', 'Europe/Zagreb'],
      ['BG', 'Europe/Sofia'],
      ['TR', 'Europe/Istanbul'],
      ['JP', 'Asia/Tokyo'],
      ['ZA', 'Africa/Johannesburg'],
      ['UA', 'Europe/Kyiv'],
      ['BR', 'America/Sao_Paulo'],
      ['RU', 'Europe/Moscow'],
    ] as const) {
      assert.equal(timeZoneOf({ country }), zone)
      assert.ok(isTimeZone(zone))
    }
    assert.equal(timeZoneOf({ country: 'XX' }), 'UTC')
    assert.equal(timeZoneOf({ country: '' }), 'UTC')
    assert.equal(timeZoneOf({ country: 'US', timeZone: 'America/Los_Angeles' }), 'America/Los_Angeles')
  })
})
