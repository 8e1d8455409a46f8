import assert, { deepEqual, equal } from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { makeResponse } from './make-response.ts'
import { parseMessage } from './parse-message.ts'
import { serialize } from './serialize.ts'
import type { SipRequest, SipResponse } from './sip-message.ts'
import { parseUri } from './uri.ts'

/** What a torture message must come to: read (with these meanings), answered with a status, or dropped in silence. */
type Verdict =
  | { read: 'request'; check?: (request: SipRequest) => void }
  | { read: 'response'; check?: (response: SipResponse) => void }
  | { answer: number; reason: RegExp }
  | { drop: RegExp }

const folder = new URL('./torture/', import.meta.url)
const request = (check?: (request: SipRequest) => void): Verdict => ({ read: 'request', ...(check && { check }) })
const response = (check?: (response: SipResponse) => void): Verdict => ({ read: 'response', ...(check && { check }) })
const answer = (status: number, reason: RegExp): Verdict => ({ answer: status, reason })
const drop = (reason: RegExp): Verdict => ({ drop: reason })

/** RFC 4475 §3, in its order. `test` is in the archive of the RFC but not in its text. */
const rfc4475: Record<string, Verdict> = {
  // §3.1.1 valid
  wsinv: request((r) => {
    equal(r.uri, 'sip:vivekg@chair-dnrc.example.com;unknownparam')
    equal(r.to.tag, '1918181833n')
    equal(r.from.displayName, 'J Rosenberg \\"')
    equal(r.from.tag, '98asjd8')
    equal(r.maxForwards, 68)
    deepEqual(r.cseq, { number: 9, method: 'INVITE' })
    deepEqual(
      r.vias.map((via) => [via.protocol, via.host, via.branch]),
      [
        ['UDP', '192.0.2.2', '390skdjuw'],
        ['TCP', 'spindle.example.com', 'z9hG4bK9ikj8'],
        ['UDP', '192.168.255.111', 'z9hG4bK30239'],
      ],
    )
    equal(r.headers.get('Subject'), '')
    equal(r.headers.get('NewFangledHeader'), 'newfangled value continued newfangled value')
    equal(r.headers.get('UnknownHeaderWithUnusualValue'), ';;,,;;,;')
    equal(r.routes[0]!.uri.parameters.has('lr'), true)
    equal(r.contacts[0]!.displayName, 'Quoted string ""')
    equal(r.contacts[0]!.parameters.get('newparam'), 'newvalue')
    equal(r.contacts[0]!.parameters.get('q'), '0.33')
    equal(r.body.length, 150)
  }),
  intmeth: request((r) => {
    equal(r.method, "!interesting-Method0123456789_*+`.%indeed'~")
    const uri = parseUri(r.uri)!
    equal(uri.user, "1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*")
    equal(uri.password, "&it+has=1,weird!*pas$wo~d_too.(doesn't-it)")
    equal(r.to.displayName, 'BEL:\x07 NUL:\0 DEL:\x7f')
    equal(r.from.displayName, "token1~` token2'+_ token3*%!.-")
    equal(r.from.parameters.get("fromparam''~+*_!.-%"), 'работающий')
    equal(r.headers.get("extensionHeader-!.%*+_`'~"), '﻿大停電')
    equal(r.maxForwards, 255)
  }),
  esc01: request((r) => {
    equal(parseUri(r.uri)!.user, 'sips:user@example.com')
    equal(r.to.uri.user, 'user')
    equal(r.from.uri.user, 'I have spaces')
    equal(r.contacts[0]!.uri.user, 'caller')
    equal(r.contacts[0]!.uri.parameters.has('lr'), true)
    equal(r.contacts[0]!.uri.parameters.get('name'), 'value%41')
  }),
  escnull: request((r) => {
    equal(r.to.uri.user, 'null-\0-null')
    deepEqual(
      r.contacts.map((contact) => contact.uri.user),
      ['\0', '\0\0'],
    )
    equal(r.contacts[1]!.uri.toString(), 'sip:%00%00@host5.example.com')
  }),
  esc02: request((r) => {
    equal(r.method, 'RE%47IST%45R')
    equal(r.to.displayName, '%Z%45')
    equal(r.contacts.length, 2)
    equal(r.headers.get('C%6Fntact'), '<sip:alias2@host2.example.com>')
  }),
  lwsdisp: request((r) => equal(r.from.displayName, 'caller')),
  longreq: request((r) => {
    equal(r.vias.length, 34)
    equal(r.vias[33]!.received, '192.0.2.5')
    equal(r.to.uri.port, 6000)
  }),
  dblreq: request((r) => {
    equal(r.method, 'REGISTER')
    equal(r.body.length, 0)
  }),
  semiuri: request((r) => {
    const uri = parseUri(r.uri)!
    equal(uri.user, 'user;par=u@example.net')
    equal(uri.host, 'example.com')
    equal(r.headers.getAll('Accept').length, 6)
  }),
  transports: request((r) =>
    deepEqual(
      r.vias.map((via) => via.protocol),
      ['UDP', 'SCTP', 'TLS', 'UNKNOWN', 'TCP'],
    ),
  ),
  mpart01: request((r) => {
    equal(r.body.length, 553)
    equal(r.contentType, 'multipart/mixed')
  }),
  unreason: response((r) => equal(r.reason, '= 2**3 * 5**2 но сто девяносто девять - простое')),
  noreason: response((r) => {
    equal(r.status, 100)
    equal(r.reason, '')
  }),
  // §3.1.2 invalid
  badinv01: answer(400, /Via/),
  clerr: answer(400, /shorter than Content-Length/),
  ncl: answer(400, /Content-Length/),
  scalar02: answer(400, /CSeq/),
  scalarlg: drop(/CSeq/),
  quotbal: answer(400, /malformed To/),
  ltgtruri: answer(400, /Request-URI/),
  lwsruri: answer(400, /Request-URI/),
  lwsstart: answer(400, /Request-URI/),
  trws: answer(400, /request line/),
  escruri: answer(400, /Request-URI/),
  // The Date is not ours to use, so it is carried as text (the RFC allows either).
  baddate: request((r) => equal(r.headers.get('Date'), 'Fri, 01 Jan 2010 16:00:00 EST')),
  regbadct: answer(400, /Contact/),
  badaspec: answer(400, /malformed To/),
  baddn: answer(400, /malformed From/),
  badvers: answer(505, /Version/),
  mismatch01: answer(400, /CSeq/),
  mismatch02: answer(400, /CSeq/),
  bigcode: drop(/status line/),
  // §3.2 transaction layer: sound as a message; the branch is empty behind the cookie
  badbranch: request((r) => equal(r.via.branch, 'z9hG4bK')),
  // §3.3 application layer: sound as messages unless noted; what they come to above is tested there
  insuf: answer(400, /missing From/),
  unkscm: request((r) => equal(parseUri(r.uri)!.scheme, 'nobodyknowsthisscheme')),
  novelsc: request((r) => equal(parseUri(r.uri)!.scheme, 'soap.beep')),
  unksm2: request((r) => {
    equal(r.to.uri.toString(), 'isbn:2983792873')
    equal(r.from.uri.scheme, 'http')
    equal(r.contacts[0]!.uri.scheme, 'name')
  }),
  bext01: request((r) => deepEqual(r.headers.getAll('Require'), ['nothingSupportsThis', 'nothingSupportsThisEither'])),
  invut: request((r) => equal(r.contentType, 'application/unknownformat')),
  regaut01: request((r) => equal(r.headers.get('Authorization'), 'NoOneKnowsThisScheme opaque-data=here')),
  multi01: answer(400, /more than one/),
  mcl01: answer(400, /Content-Length/),
  bcast: response((r) => equal(r.vias[1]!.host, '255.255.255.255')),
  zeromf: request((r) => equal(r.maxForwards, 0)),
  cparam01: request((r) => {
    equal(r.contacts[0]!.parameters.has('unknownparam'), true)
    equal(r.contacts[0]!.uri.parameters.size, 0)
  }),
  cparam02: request((r) => {
    equal(r.contacts[0]!.parameters.size, 0)
    equal(r.contacts[0]!.uri.parameters.has('unknownparam'), true)
  }),
  regescrt: request((r) => equal(r.contacts[0]!.uri.headers.get('Route'), '<sip:sip.example.com>')),
  sdp01: request((r) => deepEqual(r.headers.getAll('Accept'), ['text/nobodyKnowsThis'])),
  // §3.4 RFC 2543: no tag, no branch, no Content-Length, no Max-Forwards
  inv2543: request((r) => {
    equal(r.from.tag, undefined)
    equal(r.via.branch, undefined)
    equal(r.maxForwards, undefined)
    equal(r.text.startsWith('v=0'), true)
  }),
  test: drop(/without a colon|request line/),
}

/** RFC 5118 §4, in its order. Content-Length of the three with a body is that of the printed body (the printed one is not). */
const rfc5118: Record<string, Verdict> = {
  'ipv6-good': request((r) => {
    equal(parseUri(r.uri)!.host, '2001:db8::10')
    equal(r.via.host, '2001:db8::9:1')
    equal(r.contacts[0]!.uri.host, '2001:db8::1')
  }),
  'ipv6-bad': answer(400, /Request-URI/),
  'port-ambiguous': request((r) => {
    equal(parseUri(r.uri)!.host, '2001:db8::10:5070')
    equal(parseUri(r.uri)!.port, undefined)
  }),
  'port-unambiguous': request((r) => {
    equal(parseUri(r.uri)!.host, '2001:db8::10')
    equal(parseUri(r.uri)!.port, 5070)
  }),
  'via-received-param-with-delim': request((r) => equal(r.via.received, '2001:db8::9:255')),
  'via-received-param-no-delim': request((r) => equal(r.via.received, '2001:db8::9:255')),
  'ipv6-in-sdp': request((r) => equal(r.text.includes('c=IN IP6 2001:db8::20\r\n'), true)),
  'mult-ip-in-header': request((r) =>
    deepEqual(
      r.vias.map((via) => [via.host, via.port, via.received]),
      [
        ['2001:db8::9:1', 6050, undefined],
        ['192.0.2.1', undefined, undefined],
        ['2001:db8::9:255', undefined, '192.0.2.200'],
      ],
    ),
  ),
  'mult-ip-in-sdp': request((r) => equal(r.text.includes('c=IN IP6 2001:db8::1\r\n'), true)),
  'ipv4-mapped-ipv6': request((r) => {
    equal(r.via.host, '::ffff:192.0.2.10')
    equal(r.via.port, 19823)
    equal(r.contacts[0]!.uri.host, '::ffff:192.0.2.2')
  }),
  'ipv6-bug-abnf-3-colons': request((r) => equal(parseUri(r.uri)!.host, '2001:db8::192.0.2.1')),
  'ipv6-correct-abnf-2-colons': request((r) => equal(parseUri(r.uri)!.host, '2001:db8::192.0.2.1')),
}

function judge(bytes: Uint8Array, verdict: Verdict): void {
  const outcome = parseMessage(bytes)
  if ('read' in verdict) {
    assert.ok(outcome.ok, outcome.ok ? '' : outcome.reason)
    assert.equal(outcome.message.kind, verdict.read)
    verdict.check?.(outcome.message as never)
    const again = parseMessage(serialize(outcome.message))
    assert.ok(again.ok, 'what we write of it can be read')
    assert.deepEqual(
      [...again.message.headers.entries()].filter(isOther),
      [...outcome.message.headers.entries()].filter(isOther),
    )
    verdict.check?.(again.message as never)
    return
  }
  assert.equal(outcome.ok, false)
  if (outcome.ok) return
  assert.match(outcome.reason, 'drop' in verdict ? verdict.drop : verdict.reason)
  assert.equal(outcome.status, 'drop' in verdict ? undefined : verdict.answer)
  assert.equal(outcome.request !== undefined, 'answer' in verdict)
  if (outcome.request !== undefined) serialize(makeResponse(outcome.request, outcome.status!, outcome.reason))
}

const isOther = ([name]: readonly [string, string]): boolean => name !== 'Content-Length'

for (const [title, name, verdicts] of [
  ['RFC 4475', 'rfc4475', rfc4475],
  ['RFC 5118', 'rfc5118', rfc5118],
] as const) {
  describe(`torture messages of ${title}`, () => {
    it('leaves none out', () => {
      const files = readdirSync(new URL(`${name}/`, folder)).map((file) => file.replace('.dat', ''))
      assert.deepEqual(files.sort(), Object.keys(verdicts).sort())
      assert.equal(files.length, title === 'RFC 4475' ? 49 + 1 : 12)
    })
    for (const [file, verdict] of Object.entries(verdicts)) {
      const what =
        'read' in verdict ? `reads the ${verdict.read}` : 'drop' in verdict ? 'drops' : `answers ${verdict.answer} to`
      it(`${what} ${file}`, () => judge(readFileSync(new URL(`${name}/${file}.dat`, folder)), verdict))
    }
  })
}
