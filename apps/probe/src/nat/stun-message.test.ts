import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { isSameAddress, readBindingAnswer, writeBindingRequest } from './stun-message.ts'

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'))

describe('STUN messages of the probe', () => {
  it('asks for an answer from elsewhere (RFC 5780 §7.2), and to another port (§7.5)', () => {
    const transactionId = new Uint8Array(12).fill(7)
    const change = writeBindingRequest({ transactionId, change: { address: true, port: true } })
    assert.equal(Buffer.from(change.subarray(20)).toString('hex'), '0003000400000006')
    const port = writeBindingRequest({ transactionId, responsePort: 50_000 })
    assert.equal(Buffer.from(port.subarray(20)).toString('hex'), '00270004c3500000')
  })

  it('reads the sample responses of RFC 5769 §2.2 and §2.3', () => {
    const id = bytesOf('b7e7a701bc34d686fa87dfae')
    const four = bytesOf(
      `0101003c2112a442b7e7a701bc34d686fa87dfae802200 0b7465737420766563746f7220
       002000080001a147e112a643 000800142b91f599fd9e90c38c7489f92af9ba53f06be7d7 80280004c07d4c96`.replaceAll(
        /\s/g,
        '',
      ),
    )
    const found = readBindingAnswer(four, id)
    assert.deepEqual(found, { kind: 'success', mapped: { address: '192.0.2.1', port: 32_853 } })
    const six = bytesOf(
      `010100482112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220
       002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9 00080014a382954e4be67bf11784c97c8292c275bfe3ed41 80280004c8fb0b4c`.replaceAll(
        /\s/g,
        '',
      ),
    )
    const other = readBindingAnswer(six, id)
    assert.ok(other?.kind === 'success')
    assert.ok(isSameAddress(other.mapped.address, '2001:db8:1234:5678:11:2233:4455:6677'))
    assert.equal(other.mapped.port, 32_853)
  })

  it('takes nothing that is not the answer to its own request, and breaks at no bytes', () => {
    const id = new Uint8Array(12).fill(1)
    const request = writeBindingRequest({ transactionId: id })
    assert.equal(readBindingAnswer(request, id), undefined)
    const error = bytesOf(`0111000c2112a442${'01'.repeat(12)}0009000800000414${'00'.repeat(4)}`)
    assert.deepEqual(readBindingAnswer(error, id), { kind: 'error', code: 420 })
    assert.equal(readBindingAnswer(error, new Uint8Array(12)), undefined)
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (tail) => {
        const head = bytesOf(`0101${tail.length.toString(16).padStart(4, '0')}2112a442${'01'.repeat(12)}`)
        readBindingAnswer(Uint8Array.of(...head, ...tail), id)
        readBindingAnswer(tail, id)
      }),
    )
  })
})
