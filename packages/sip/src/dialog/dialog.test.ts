import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { HeaderList } from '../message/header-list.ts'
import { makeResponse } from '../message/make-response.ts'
import { SipRequest } from '../message/sip-message.ts'
import { Dialog } from './dialog.ts'
import { applyRouteSet } from './route-set.ts'

function invite(): SipRequest {
  const headers = new HeaderList()
    .append('Via', 'SIP/2.0/UDP a;branch=z9hG4bK1')
    .append('From', 'Anna <sip:anna@a>;tag=a')
    .append('To', 'Bo <sip:bo@b>')
    .append('Call-ID', 'c1')
    .append('CSeq', '7 INVITE')
    .append('Contact', '<sip:anna@a.host:5070>')
    .append('Record-Route', '<sip:p2;lr>, <sip:p1;lr>')
  return new SipRequest('INVITE', 'sip:bo@b', headers)
}

function accepted(): ReturnType<typeof makeResponse> {
  const response = makeResponse(invite(), 200)
  response.headers.set('To', 'Bo <sip:bo@b>;tag=b')
  for (const route of ['<sip:p2;lr>', '<sip:p1;lr>']) response.headers.append('Record-Route', route)
  response.headers.append('Contact', '<sip:bo@b.host>')
  return response
}

describe('a dialog (RFC 3261 §12)', () => {
  it('of the UAS takes the route as recorded and swaps From and To (§12.1.1)', () => {
    const { request, nextHop } = Dialog.fromRequest(invite(), 'b').makeRequest('BYE')
    assert.equal(request.uri, 'sip:anna@a.host:5070')
    assert.equal(nextHop, 'sip:p2;lr')
    assert.deepEqual(request.headers.getAll('Route'), ['<sip:p2;lr>', '<sip:p1;lr>'])
    assert.equal(request.headers.get('From'), 'Bo <sip:bo@b>;tag=b')
    assert.equal(request.headers.get('To'), 'Anna <sip:anna@a>;tag=a')
    assert.equal(request.headers.get('CSeq'), '1 BYE')
  })

  it('of the UAC takes it in reverse (§12.1.2)', () => {
    const { request, nextHop } = Dialog.fromResponse(invite(), accepted()).makeRequest('BYE')
    assert.equal(request.uri, 'sip:bo@b.host')
    assert.equal(nextHop, 'sip:p1;lr')
    assert.deepEqual(request.headers.getAll('Route'), ['<sip:p1;lr>', '<sip:p2;lr>'])
    assert.equal(request.headers.get('CSeq'), '8 BYE')
  })

  it('gives an ACK the number of its INVITE', () => {
    const dialog = Dialog.fromResponse(invite(), accepted())
    assert.equal(dialog.makeRequest('ACK', 7).request.headers.get('CSeq'), '7 ACK')
    assert.equal(dialog.localSeq, 7)
  })

  it('sends to the new target after a target refresh, over the same route (§12.2)', () => {
    const dialog = Dialog.fromResponse(invite(), accepted())
    const moved = accepted()
    moved.headers.set('Contact', '<sip:bo@elsewhere>').remove('Record-Route')
    dialog.refreshTarget(moved)
    const { request } = dialog.makeRequest('INFO')
    assert.equal(request.uri, 'sip:bo@elsewhere')
    assert.equal(request.headers.getAll('Route').length, 2)
  })

  it('refuses an older CSeq than the last, not a larger gap (§12.2.2)', () => {
    const dialog = Dialog.fromRequest(invite(), 'b')
    assert.equal(dialog.acceptRemoteSeq(6), false)
    assert.equal(dialog.acceptRemoteSeq(100), true)
    assert.equal(dialog.acceptRemoteSeq(99), false)
  })

  it('hands a strict router its own URI, without what a Request-URI may not have', () => {
    const routed = applyRouteSet('sip:a@x', ['<sip:p;method=INVITE?Subject=x>', '<sip:q;lr>'])
    assert.deepEqual(routed.routes, ['<sip:q;lr>', '<sip:a@x>'])
    assert.equal(routed.uri, 'sip:p')
  })
})
