import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { writePidfLo } from './pidf-lo.ts'

describe('a location document', () => {
  it('has the elements of the address in the order of the schema, whatever is in them (RFC 5139)', () => {
    const document = writePidfLo({
      entity: 'sip:205@demo.test',
      atMs: 0,
      location: { PC: '223 50', HNO: '1', RD: 'Åkergränd "<&\u0000', A3: 'Lund', country: 'SE', LOC: 'floor 2' },
    })
    assert.match(
      document,
      /<cl:civicAddress><cl:country>SE<\/cl:country><cl:A3>Lund<\/cl:A3><cl:RD>Åkergränd &quot;&lt;&amp;<\/cl:RD><cl:HNO>1<\/cl:HNO><cl:LOC>floor 2<\/cl:LOC><cl:PC>223 50<\/cl:PC><\/cl:civicAddress>/,
    )
    assert.match(document, /entity="sip:205@demo\.test"/)
    assert.match(document, /<timestamp>1970-01-01T00:00:00\.000Z<\/timestamp>/)
  })
})
