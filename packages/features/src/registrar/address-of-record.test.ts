import { equal, throws } from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseUri } from '@vaxel/sip'
import fc from 'fast-check'
import { addressOfRecord } from './address-of-record.ts'

describe('addressOfRecord', () => {
  it('spells what needs no escape as it spells everything else', () => {
    const name = fc.oneof(
      fc.constantFrom('201', '+46 8', 'anna.ek', 'a*b', 'å', 'a@b'),
      fc.string({ minLength: 1, maxLength: 8 }),
    )
    const domain = fc.oneof(fc.constantFrom('Demo.test', '127.0.0.1', 'a--b.test', 'x'), fc.domain())
    fc.assert(
      fc.property(name, domain, (who, where) => {
        const uri = parseUri(`sip:${where}`)!
        uri.user = who
        equal(addressOfRecord(who, where), uri.toString())
      }),
    )
  })

  it('knows addresses of IPv6, and refuses what is no host', () => {
    equal(addressOfRecord('201', '2001:db8::1'), 'sip:201@[2001:db8::1]')
    throws(() => addressOfRecord('201', 'no host'), TypeError)
  })
})
