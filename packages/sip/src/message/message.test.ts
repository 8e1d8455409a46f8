import assert, { deepEqual, equal } from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { HeaderList } from './header-list.ts'
import { makeResponse } from './make-response.ts'
import { messageLimits } from './message-limits.ts'
import { makeNameAddress } from './name-address.ts'
import { type ParseFault, parseMessage } from './parse-message.ts'
import { serialize } from './serialize.ts'
import { SipRequest } from './sip-message.ts'
import { parseUri } from './uri.ts'

const invite = [
  'INVITE sip:201@demo.test SIP/2.0',
  'Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK1, SIP/2.0/TCP b;branch=z9hG4bK2',
  'Max-Forwards: 70',
  'From: <sip:202@demo.test>;tag=1',
  'To: <sip:201@demo.test>',
  'Call-ID: abc@10.0.0.1',
  'CSeq: 1 INVITE',
]
const bytes = (lines: readonly string[], body = ''): Uint8Array =>
  new TextEncoder().encode(`${lines.join('\r\n')}\r\n\r\n${body}`)

function parsed(lines: readonly string[], body?: string): SipRequest {
  const outcome = parseMessage(bytes(lines, body))
  assert.ok(outcome.ok && outcome.message.kind === 'request')
  return outcome.message
}

function refused(lines: readonly string[], body?: string): ParseFault {
  const outcome = parseMessage(bytes(lines, body))
  assert.ok(!outcome.ok)
  return outcome
}

describe('HeaderList', () => {
  it('knows a field by any case and by its compact form (RFC 3261 §7.3.1, §7.3.3)', () => {
    const list = new HeaderList().append('v', 'a').append('VIA', 'b').append('i', 'c')
    deepEqual(list.getAll('Via'), ['a', 'b'])
    equal(list.get('call-id'), 'c')
    deepEqual(
      [...list.entries()].map(([name]) => name),
      ['Via', 'Via', 'Call-ID'],
    )
  })

  it('splits lists of list headers only', () => {
    const list = new HeaderList()
      .append('Supported', '100rel, timer')
      .append('k', 'path')
      .append('Date', 'Sat, 13 Nov 2010 23:29:00 GMT')
      .append('WWW-Authenticate', 'Digest realm="a", nonce="b"')
    deepEqual(list.getAll('Supported'), ['100rel', 'timer', 'path'])
    equal(list.getAll('Date').length, 1)
    equal(list.getAll('WWW-Authenticate').length, 1)
    equal(list.lists('Supported', 'TIMER'), true)
    equal(list.count('Supported'), 3)
  })

  it('reads an empty list as no value, an empty text as one', () => {
    const list = new HeaderList()
      .append('Require', '')
      .append('Supported', 'path')
      .append('Supported', '')
      .append('Subject', '')
    deepEqual(
      [list.getAll('Require'), list.get('Require'), list.getAll('Supported'), list.get('Subject')],
      [[], undefined, ['path'], ''],
    )
  })

  it('removes the first value of a list and keeps the place of the others', () => {
    const list = new HeaderList().append('Route', '<sip:a>,<sip:b>').append('To', 'x').append('Route', '<sip:c>')
    list.removeFirst('Route')
    deepEqual(
      [...list.entries()],
      [
        ['Route', '<sip:b>'],
        ['To', 'x'],
        ['Route', '<sip:c>'],
      ],
    )
    list.set('Route', '<sip:d>').prepend('Via', 'v')
    deepEqual(
      [...list.entries()],
      [
        ['Via', 'v'],
        ['Route', '<sip:d>'],
        ['To', 'x'],
      ],
    )
    equal(list.clone().remove('Route').has('Route'), false)
    equal(list.has('Route'), true)
  })

  it('does not let a value break the line', () => {
    assert.throws(() => new HeaderList().append('Subject', 'a\r\nVia: x'), TypeError)
    assert.throws(() => serialize(new SipRequest('OPTIONS', 'sip:a\r\nX: y')), TypeError)
    equal(makeResponse(parsed(invite), 400, 'a\r\nb').reason, 'a b')
  })
})

describe('parseMessage', () => {
  it('drops what is behind Content-Length in a datagram (RFC 3261 §18.3)', () => {
    equal(parsed([...invite, 'l: 2'], 'okmore').text, 'ok')
    equal(parsed(invite, 'all of it').text, 'all of it')
    equal(refused([...invite, 'l: 2'], 'x').status, 400)
  })

  it('skips empty lines before the message (RFC 3261 §7.5)', () => {
    equal(parsed(['', '', ...invite]).method, 'INVITE')
  })

  it('names what is missing and gives what an answer needs (RFC 3261 §8.2)', () => {
    for (const name of ['From', 'To', 'Call-ID', 'CSeq']) {
      const fault = refused(invite.filter((line) => !line.startsWith(name)))
      equal(fault.reason, `missing ${name}`)
      equal(fault.status, 400)
      equal(makeResponse(fault.request!, 400).vias.length, 2)
    }
    equal(refused(invite.filter((line) => !line.startsWith('Via'))).request, undefined)
    equal(refused(invite.map((line) => line.replaceAll('INVITE', 'ACK').replace('To: <', 'To: "'))).request, undefined)
  })

  it('lets Max-Forwards be missing, but not be wrong', () => {
    equal(parsed(invite.filter((line) => !line.startsWith('Max'))).maxForwards, undefined)
    equal(refused(invite.map((line) => line.replace('70', '256'))).reason, 'malformed Max-Forwards')
  })

  it('keeps to its limits', () => {
    equal(refused([...invite, ...Array.from({ length: 256 }, () => 'X: y')]).status, 513)
    equal(refused([...invite, `X: ${'y'.repeat(messageLimits.headerLength)}`]).status, 513)
    equal(refused([invite[0]!.replace('201', '2'.repeat(5000)), ...invite.slice(1)]).status, 414)
    equal(parseMessage(new Uint8Array(70_000)).ok, false)
  })

  it('refuses lone line breaks, which others might read as a new header field', () => {
    equal(refused([...invite, 'Subject: a\nVia: b']).status, 400)
    equal(refused([...invite, 'Subject: a\rVia: b']).status, 400)
  })

  it('drops responses whose reason phrase breaks the line', () => {
    for (const line of [
      'SIP/2.0 200 a\nb',
      'SIP/2.0 200 a\rb',
      'SIP/2.0 200\n',
      'SIP/2.0 099 x',
      'SIP/2.0 700 x',
      'SIP/2.0 2000 x',
    ]) {
      const outcome = parseMessage(bytes([line, ...invite.slice(1)]))
      equal(outcome.ok, false)
      equal(!outcome.ok && outcome.request, undefined)
    }
  })

  it('reads structured fields anew when the headers change', () => {
    const request = parsed(invite)
    equal(request.via, request.via)
    request.headers.removeFirst('Via')
    equal(request.via.host, 'b')
    request.headers.set('CSeq', '2 INVITE')
    equal(request.cseq.number, 2)
  })

  it('writes the top Via and keeps what was read of the other fields', () => {
    const request = parsed(invite)
    const { via, from, to, cseq } = request
    via.parameters.set('received', '10.9.9.9')
    request.writeVia()
    deepEqual(request.headers.getAll('Via'), [
      'SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK1;received=10.9.9.9',
      'SIP/2.0/TCP b;branch=z9hG4bK2',
    ])
    equal(request.via, via)
    equal(request.from, from)
    equal(request.to, to)
    equal(request.cseq, cseq)
    deepEqual(
      request.vias.map(({ received }) => received),
      ['10.9.9.9', undefined],
    )
    request.headers.set('To', '<sip:203@demo.test>')
    equal(request.to.uri.user, '203')
    const single = parsed(invite.with(1, 'Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK1'))
    single.via.parameters.set('rport', '5060')
    single.writeVia()
    equal(single.headers.get('Via'), 'SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK1;rport=5060')
    equal(single.vias[0]!.rport, 5060)
  })

  it('never throws, and what it accepts it can write and read again (mutated torture messages)', () => {
    const folder = new URL('./torture/rfc4475/', import.meta.url)
    const seeds = readdirSync(folder).map((name) => readFileSync(new URL(name, folder)))
    const mutation = fc.tuple(
      fc.nat(),
      fc.constantFrom('set', 'cut', 'double', 'join'),
      fc.integer({ min: 0, max: 255 }),
      fc.nat(40),
    )
    fc.assert(
      fc.property(fc.nat(seeds.length - 1), fc.array(mutation, { minLength: 1, maxLength: 6 }), (seed, mutations) => {
        let message: Buffer = Buffer.from(seeds[seed]!)
        for (const [place, kind, byte, length] of mutations) {
          const at = place % message.length
          if (kind === 'set') message[at] = byte
          else if (kind === 'cut') message = Buffer.concat([message.subarray(0, at), message.subarray(at + length)])
          else if (kind === 'double') message = Buffer.concat([message.subarray(0, at + length), message.subarray(at)])
          else message = Buffer.concat([message.subarray(0, at), seeds[byte % seeds.length]!.subarray(length)])
          if (message.length === 0) return
        }
        survives(message)
      }),
      { numRuns: 1500, seed: 4475 },
    )
  })

  it('never throws on messages made by a grammar gone wrong', () => {
    const crumb = fc.constantFrom(
      '"',
      '\\',
      '<',
      '>',
      ';',
      ',',
      '=',
      ':',
      '@',
      '?',
      '&',
      '%',
      '%4',
      '%00',
      '[',
      ']',
      '::',
      ' ',
      '\t',
      '\r\n ',
      '*',
      'sip:',
      'tag',
      'a',
      '1',
      '2147483648',
      'SIP/2.0/UDP',
      'é',
      '\0',
      '//',
    )
    const value = fc.array(crumb, { maxLength: 12 }).map((crumbs) => crumbs.join(''))
    const names = [
      'Via',
      'From',
      'To',
      'CSeq',
      'Call-ID',
      'Contact',
      'Route',
      'Record-Route',
      'Max-Forwards',
      'l',
      'm',
      'X',
    ]
    fc.assert(
      fc.property(fc.constantFrom(...names), value, value, (name, text, uri) => {
        survives(
          bytes([
            `INVITE sip:${uri} SIP/2.0`,
            ...invite.slice(1).filter((line) => !line.startsWith(name)),
            `${name}:${text}`,
          ]),
        )
        survives(bytes([...invite.filter((line) => !line.startsWith(name)), `${name}:${text}`]))
      }),
      { numRuns: 1500, seed: 3261 },
    )
  })

  it('reads what it wrote: any header fields, any body (round trip)', () => {
    const token = fc.stringMatching(/^[A-Za-z][A-Za-z0-9.!%*_+`'~-]{0,12}$/)
    const text = fc.string({ unit: 'grapheme', maxLength: 30 }).map((raw) => raw.replace(/[\r\n]/g, '').trim())
    const address = fc.record({ name: text, user: token, tag: token }).map(({ name, user, tag }) => {
      const made = makeNameAddress(parseUri('sip:h.example;lr')!, name, new Map([['tag', tag]]))
      made.uri.user = user
      return made.toString()
    })
    fc.assert(
      fc.property(
        token,
        fc.array(
          fc.tuple(
            token.map((name) => `X-${name}`),
            text,
          ),
          { maxLength: 8 },
        ),
        fc.array(address, { minLength: 1, maxLength: 5 }),
        fc.uint8Array({ maxLength: 200 }),
        (method, others, addresses, body) => {
          const request = new SipRequest(method, 'sip:h', new HeaderList(), body)
          const { headers } = request
          headers
            .append('Via', 'SIP/2.0/UDP h;branch=z9hG4bK1')
            .append('From', addresses[0]!)
            .append('To', addresses.at(-1)!)
          headers.append('Call-ID', 'c').append('CSeq', `7 ${method}`).append('Contact', addresses.join(' , '))
          for (const [name, value] of others) headers.append(name, value)
          const outcome = parseMessage(serialize(request))
          assert.ok(outcome.ok && outcome.message.kind === 'request', outcome.ok ? '' : outcome.reason)
          const read = outcome.message
          equal(read.method, method)
          deepEqual(read.headers.getAll('Contact'), addresses)
          deepEqual(read.contacts.map(String), addresses)
          deepEqual(
            [...read.headers.entries()].filter(([name]) => name.startsWith('X-')),
            [...headers.entries()].filter(([name]) => name.startsWith('X-')),
          )
          deepEqual([...read.body], [...body])
        },
      ),
      { numRuns: 300, seed: 822 },
    )
  })

  it('takes a number of steps that grows with the size alone', () => {
    const grow = (make: (times: number) => readonly string[]): void => {
      const [small, large] = [steps(bytes(make(1))), steps(bytes(make(2)))]
      assert.ok(large < 2.5 * small + 500, `${small} then ${large} steps`)
    }
    grow((times) => [...invite, ...Array.from({ length: 60 * times }, () => `X: ${'y, '.repeat(60)}`)])
    grow((times) => [...invite, `Contact: ${'<sip:a@b>,'.repeat(300 * times)}`])
    grow((times) => [...invite, `Contact: ${'"'.repeat(3000 * times)}`])
    grow((times) => [...invite, `Contact: <sip:a@b>${';'.repeat(3000 * times)}`])
    grow((times) => [...invite, `Contact: <sip:a@b${';x'.repeat(1000 * times)}>`])
    grow((times) => [...invite, `X: y${'\r\n '.repeat(1300 * times)}`])
    grow((times) => [...invite, `Via: SIP/2.0/UDP h${' '.repeat(3000 * times)}:${' '.repeat(30)}x`])
    grow((times) => [...invite, `Contact: <sip:${'%41'.repeat(600 * times)}@b>`])
  })
})

function survives(message: Uint8Array): void {
  const outcome = parseMessage(message)
  if (!outcome.ok) {
    if (outcome.request !== undefined) serialize(makeResponse(outcome.request, outcome.status!, outcome.reason))
    return
  }
  const again = parseMessage(serialize(outcome.message))
  assert.ok(again.ok, again.ok ? '' : again.reason)
  equal(again.message.callId, outcome.message.callId)
  for (const address of [
    outcome.message.from,
    outcome.message.to,
    ...outcome.message.contacts,
    ...outcome.message.vias,
  ])
    address.toString()
}

/** Characters looked at while parsing: calls of charCodeAt, and lengths that searches and copies go over. */
function steps(message: Uint8Array): number {
  const { charCodeAt, indexOf, slice, trim } = String.prototype
  let count = 0
  String.prototype.charCodeAt = function (this: string, at: number) {
    count++
    return charCodeAt.call(this, at)
  }
  String.prototype.indexOf = function (this: string, search: string, from = 0) {
    const found = indexOf.call(this, search, from)
    count += (found < 0 ? this.length : found) - from
    return found
  }
  String.prototype.slice = function (this: string, from, to) {
    const part = slice.call(this, from, to)
    count += part.length
    return part
  }
  try {
    parseMessage(message)
  } finally {
    Object.assign(String.prototype, { charCodeAt, indexOf, slice, trim })
  }
  return count
}
