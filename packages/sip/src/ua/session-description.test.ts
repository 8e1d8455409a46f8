import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { HeaderList } from '../message/header-list.ts'
import { SipRequest } from '../message/sip-message.ts'
import { hasSessionDescription, sessionDescriptionOf } from './session-description.ts'

function withBody(contentType: string, body: string): SipRequest {
  const headers = new HeaderList().append('Content-Type', contentType)
  return new SipRequest('INVITE', 'sip:x', headers, new TextEncoder().encode(body))
}

describe('the session description of a message', () => {
  it('is the whole body of application/sdp, parameters or not', () => {
    assert.equal(sessionDescriptionOf(withBody('Application/SDP;charset=utf-8', 'v=0')), 'v=0')
  })

  it('is the first such part of a multipart body (RFC 5621 §3)', () => {
    const body =
      '--b1\r\nContent-Type: application/pidf+xml\r\n\r\n<x/>\r\n--b1\r\nContent-Type: application/sdp\r\n\r\nv=0\r\ns=-\r\n\r\n--b1--\r\n'
    for (const type of ['multipart/mixed;boundary=b1', 'multipart/mixed; boundary="b1"']) {
      assert.equal(sessionDescriptionOf(withBody(type, body)), 'v=0\r\ns=-\r\n')
      assert.equal(hasSessionDescription(withBody(type, body)), true)
    }
  })

  it('is none without a body, of another type, or without a boundary', () => {
    assert.equal(sessionDescriptionOf(withBody('application/sdp', '')), undefined)
    assert.equal(sessionDescriptionOf(withBody('text/plain', 'v=0')), undefined)
    assert.equal(sessionDescriptionOf(withBody('multipart/mixed', '--\r\n')), undefined)
    assert.equal(hasSessionDescription(withBody('multipart/mixed;boundary=b', '--b--')), false)
  })
})
