import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { factLine, factNames, longLine, timeValue } from './listing-lines.ts'

const nowMs = Date.parse('2026-11-21T12:00:00Z')
const file = { name: 'a b.wav', kind: 'file', sizeBytes: 1234, changedAtMs: nowMs - 3_600_000 } as const
const folder = { name: '11', kind: 'folder', sizeBytes: 0, changedAtMs: Date.parse('2025-03-04T05:06:07Z') } as const

describe('lines of a listing', () => {
  it('have the facts of RFC 3659 §7', () => {
    const all = new Set(factNames)
    assert.equal(factLine(file, file.name, all), 'type=file;size=1234;modify=20261121110000;perm=r; a b.wav')
    assert.equal(factLine(folder, '/2025/11', all), 'type=dir;modify=20250304050607;perm=el; /2025/11')
    assert.equal(factLine(file, file.name, new Set()), ' a b.wav')
  })

  it('look like those of ls, with the time of what is young and the year of what is old', () => {
    assert.equal(longLine(file, nowMs), '-r--r--r--   1 vaxel    vaxel            1234 Nov 21 11:00 a b.wav')
    assert.equal(longLine(folder, nowMs), 'dr-xr-xr-x   1 vaxel    vaxel               0 Mar  4  2025 11')
  })

  it('have times in UTC', () => assert.equal(timeValue(nowMs), '20261121120000'))
})
