import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { readMessage } from './read-message.ts'

const read = (type: string | undefined, body: string) => readMessage(type, Buffer.from(body))

describe('the body of a MESSAGE', () => {
  it('is a text, in UTF-8', () => {
    assert.deepEqual(read('text/plain;charset=UTF-8', 'Hej på dig'), { kind: 'text', text: 'Hej på dig' })
    assert.deepEqual(read(undefined, 'Hej'), { kind: 'text', text: 'Hej' })
    assert.deepEqual(read('text/plain; charset=iso-8859-1', 'Hej'), { kind: 'unknown' })
    assert.deepEqual(readMessage('text/plain', Uint8Array.of(0xff, 0xfe)), { kind: 'unknown' })
  })

  it('is a text in an envelope (RFC 3862 §2), whoever the envelope names', () => {
    const cpim = [
      'From: <sip:somebody@else.example>',
      'To: <sip:202@demo.vaxel.test>',
      'NS: imdn <urn:ietf:params:imdn>',
      'imdn.Message-ID: 34jk324j',
      '',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Length: 9',
      '',
      'Hej,\r\n\r\ndu',
    ].join('\r\n')
    assert.deepEqual(read('message/cpim', cpim), { kind: 'text', text: 'Hej,\r\n\r\ndu' })
    assert.deepEqual(read('message/cpim', cpim.replace('text/plain; charset=utf-8', 'message/imdn+xml')), {
      kind: 'report',
    })
    assert.deepEqual(read('message/cpim', cpim.replace('text/plain; charset=utf-8', 'message/cpim')), {
      kind: 'unknown',
    })
    assert.deepEqual(read('message/cpim', 'From: me'), { kind: 'unknown' })
  })

  it('says that somebody is writing (RFC 3994)', () => {
    const xml = (state: string) =>
      `<?xml version="1.0"?><isComposing xmlns="urn:ietf:params:xml:ns:im-iscomposing"><state>${state}</state></isComposing>`
    assert.deepEqual(read('application/im-iscomposing+xml', xml('active')), { kind: 'typing', isActive: true })
    assert.deepEqual(read('application/im-iscomposing+xml', xml('idle')), { kind: 'typing', isActive: false })
  })

  it('is not known when it is anything else', () => {
    assert.deepEqual(read('application/vnd.gsma.rcs-ft-http+xml', '<file/>'), { kind: 'unknown' })
    assert.deepEqual(read('text/html', '<b>Hej</b>'), { kind: 'unknown' })
  })

  it('never makes the reader throw', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('message/cpim', 'text/plain', 'application/im-iscomposing+xml'),
        fc.uint8Array(),
        (type, body) => {
          assert.ok(readMessage(type, body).kind)
        },
      ),
    )
  })
})
