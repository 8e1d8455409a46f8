import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { answerBinding } from './stun-keep-alive.ts'

const from = { address: '192.0.2.1', port: 32853 }
const id = 'b7e7a701bc34d686fa87dfae'
const bytes = (hex: string): Uint8Array => Buffer.from(hex.replaceAll(' ', ''), 'hex')
const hex = (data: Uint8Array | undefined): string | undefined => data && Buffer.from(data).toString('hex')

describe('a STUN Binding request on the SIP port', () => {
  it('is answered with the address it came from, xored (RFC 8489 §14.2, address as in RFC 5769 §2.2)', () => {
    assert.equal(
      hex(answerBinding(bytes(`0001 0000 2112a442 ${id}`), from)),
      `0101000c2112a442${id}00200008` + '0001a147e112a643',
    )
  })

  it('is answered for IPv6 with all 128 bits xored (address as in RFC 5769 §2.3)', () => {
    const answer = answerBinding(bytes(`0001 0000 2112a442 ${id}`), {
      address: '2001:db8:1234:5678:11:2233:4455:6677',
      port: 32853,
    })
    assert.equal(hex(answer), `010100182112a442${id}00200014` + '0002a1470113a9faa5d3f179bc25f4b5bed2b9d9')
  })

  it('with a sound fingerprint gets one back, which proves the answer sound in turn', () => {
    const asked = bytes(`0001 0008 2112a442 ${id} 80280004 ${fingerprint(`000100082112a442${id}`)}`)
    const answer = hex(answerBinding(asked, from))!
    assert.equal(answer, `010100142112a442${id}002000080001a147e112a64380280004` + fingerprint(answer.slice(0, 64)))
  })

  it('with a wrong fingerprint is not answered', () => {
    assert.equal(answerBinding(bytes(`0001 0008 2112a442 ${id} 80280004 00000000`), from), undefined)
  })

  it('with an attribute that must be understood and is not gets 420 and its type (RFC 8489 §6.3.1)', () => {
    const answer = answerBinding(bytes(`0001 0008 2112a442 ${id} 7ffe0001 01000000`), from)
    assert.equal(hex(answer), `011100102112a442${id}0009000400000414000a00027ffe0000`)
  })

  it('with SOFTWARE and other optional attributes is answered as if they were not there', () => {
    assert.equal(answerBinding(bytes(`0001 0008 2112a442 ${id} 80220004 74657374`), from)?.length, 32)
  })

  it('that is none is not answered: other classes and methods, old cookie, wrong length', () => {
    for (const wrong of [
      `0101 0000 2112a442 ${id}`,
      `0003 0000 2112a442 ${id}`,
      `0001 0000 00000000 ${id}`,
      `0001 0004 2112a442 ${id}`,
      `0001 0004 2112a442 ${id} 80220004`,
      `0001 0000 2112a442`,
    ]) {
      assert.equal(answerBinding(bytes(wrong), from), undefined, wrong)
    }
  })

  it('of any bytes never throws and is never answered with more than three times its size', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (tail) => {
        const request = Buffer.concat([bytes(`0001 0000 2112a442 ${id}`), tail])
        request.writeUInt16BE(tail.length, 2)
        const answer = answerBinding(request, from)
        assert.equal((answer?.length ?? 0) <= 3 * request.length, true)
      }),
    )
  })
})

/** Bit by bit, so that it shares nothing with the code under test. */
function fingerprint(message: string): string {
  let crc = 0xffffffff
  for (const byte of Buffer.from(message, 'hex')) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return ((crc ^ 0xffffffff ^ 0x5354554e) >>> 0).toString(16).padStart(8, '0')
}
