import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type ClockWitness, compareClocks, witnessOfDate } from './compare-clocks.ts'
import { readNtpReply, writeNtpRequest } from './ntp-packet.ts'

const ntp = (offsetMs: number): ClockWitness => ({ by: 'ntp', kind: 'ntp', offsetMs, uncertainMs: 20 })
const http = (offsetMs: number): ClockWitness => ({ by: 'web', kind: 'http', offsetMs, uncertainMs: 600 })
const year = 365 * 86_400_000

describe('whether a machine’s clock can be believed', () => {
  const table: readonly (readonly [string, readonly ClockWitness[], string])[] = [
    ['nobody to ask', [], 'unknown'],
    ['everybody agrees', [ntp(3), http(-400)], 'right'],
    ['a minute is borne', [http(60_500)], 'right'],
    ['everybody says that it is a year slow', [ntp(year), http(year)], 'wrong'],
    ['the one that is asked says so', [http(-year)], 'wrong'],
    ['a web server alone is off, time servers agree', [ntp(5), http(year)], 'right'],
    ['a time server that may be off by a day itself says so', [{ ...ntp(year), uncertainMs: 2 * year }], 'unknown'],
    ['such a one agrees, a web server does not', [{ ...ntp(0), uncertainMs: year }, http(year)], 'wrong'],
    ['time servers disagree', [ntp(5), { ...ntp(year), by: 'other' }], 'disputed'],
    ['a web server agrees, a time server does not', [ntp(year), http(0)], 'disputed'],
    ['both say wrong, each another time', [ntp(year), http(-year)], 'disputed'],
  ]
  for (const [name, witnesses, state] of table)
    it(`${name}: ${state}`, () => assert.equal(compareClocks(witnesses).state, state))

  it('takes the Date of an answer for half a second of a second', () => {
    const atMs = Date.parse('2026-11-21T12:00:00.500Z')
    assert.equal(witnessOfDate('x', 'Sat, 21 Nov 2026 12:00:00 GMT', { atMs, roundTripMs: 10 })?.offsetMs, 0)
    assert.equal(witnessOfDate('x', 'yesterday', { atMs, roundTripMs: 10 }), undefined)
  })
})

describe('NTP packets (RFC 5905 §7.3)', () => {
  it('sends 48 bytes with a nonce and no time of its own', () => {
    const bytes = writeNtpRequest(0x0102030405060708n)
    assert.equal(Buffer.from(bytes).toString('hex'), `23${'00'.repeat(39)}0102030405060708`)
  })

  it('reads a server’s answer across the end of the era in 2036, and nothing that is no answer', () => {
    const bytes = Buffer.alloc(48)
    bytes.set([0x24, 2])
    bytes.writeBigUInt64BE(7n, 24)
    bytes.writeUInt32BE(10, 40)
    bytes.writeUInt32BE(0x8000_0000, 44)
    const around = Date.parse('2036-02-07T06:28:20Z')
    assert.equal(new Date(readNtpReply(bytes, around)!.transmitMs).toISOString(), '2036-02-07T06:28:26.500Z')
    assert.equal(readNtpReply(bytes.subarray(0, 47), around), undefined)
    assert.equal(readNtpReply(Buffer.from(writeNtpRequest(7n)), around), undefined)
  })
})
