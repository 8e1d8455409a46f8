import assert, { equal } from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { splitList } from './header-list.ts'
import { makeNameAddress, parseNameAddress } from './name-address.ts'
import { parseUri, sameUri } from './uri.ts'
import { makeVia, parseVia } from './via.ts'

describe('parseUri', () => {
  it('reads every part (RFC 3261 §19.1)', () => {
    const uri = parseUri('SIPS:al%69ce;x:secret@Example.COM:5061;Transport=TCP;lr?Replaces=a%3Bto-tag%3Db&Subject=')!
    equal(uri.scheme, 'sips')
    equal(uri.user, 'alice;x')
    equal(uri.password, 'secret')
    equal(uri.host, 'example.com')
    equal(uri.port, 5061)
    equal(uri.parameters.get('transport'), 'TCP')
    equal(uri.parameters.has('lr'), true)
    equal(uri.headers.get('Replaces'), 'a;to-tag=b')
    equal(uri.toString(), 'sips:alice;x:secret@example.com:5061;transport=TCP;lr?Replaces=a%3Bto-tag%3Db&Subject=')
  })

  it('lets through what phones send although it should be escaped', () => {
    equal(parseUri('sip:*72#201@demo.test')?.user, '*72#201')
    equal(parseUri('sip:*72#201@demo.test')?.toString(), 'sip:*72%23201@demo.test')
    equal(
      parseUri('sip:b@h?Replaces=id@host;to-tag=1;from-tag=2')?.headers.get('Replaces'),
      'id@host;to-tag=1;from-tag=2',
    )
  })

  it('reads telephone numbers (RFC 3966)', () => {
    equal(parseUri('tel:+46-8-465004;ext=2')?.user, '+46-8-465004')
    equal(parseUri('tel:+46-8-465004;ext=2')?.toString(), 'tel:+46-8-465004;ext=2')
    equal(parseUri('tel:abc xyz'), undefined)
  })

  it('refuses the malformed', () => {
    for (const text of [
      '',
      'sip',
      'sip:',
      ':a',
      'sip:@h',
      'sip:a@',
      'sip:a@h:x',
      'sip:a@h:65536',
      'sip:a b@h',
      'sip:a@b@c',
      'sip:a%4@h',
      'sip:a@h;=x',
      'sip:a@[::1',
      'sip:a@[:::1]',
      'sip:a@[::1%<x>]',
      'sip:a@[1:2]',
      'sip:a@::1',
      'sip:a@[1::2::3]',
      'sip:a@[::1.2.3.4.5]',
      'sip:a@h?x',
      'sip:<a>@h',
      `sip:${'a'.repeat(5000)}@h`,
    ])
      equal(parseUri(text), undefined, text)
  })

  it('compares by RFC 3261 §19.1.4', () => {
    const same = (a: string, b: string): boolean =>
      sameUri(parseUri(a)!, parseUri(b)!) && sameUri(parseUri(b)!, parseUri(a)!)
    for (const [a, b] of [
      ['sip:%61lice@atlanta.com;transport=TCP', 'sip:alice@AtLanTa.CoM;Transport=tcp'],
      ['sip:carol@chicago.com', 'sip:carol@chicago.com;newparam=5'],
      ['sip:carol@chicago.com;newparam=5', 'sip:carol@chicago.com;security=on'],
      [
        'sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com',
        'sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com',
      ],
      [
        'sip:alice@atlanta.com?subject=project%20x&priority=urgent',
        'sip:alice@atlanta.com?priority=urgent&subject=project%20x',
      ],
      ['tel:+1-201-555-0123', 'tel:+12015550123'],
    ] as const)
      equal(same(a, b), true, `${a} ${b}`)
    for (const [a, b] of [
      ['SIP:ALICE@AtLanTa.CoM;Transport=udp', 'sip:alice@AtLanTa.CoM;Transport=UDP'],
      ['sip:bob@biloxi.com', 'sip:bob@biloxi.com:5060'],
      ['sip:bob@biloxi.com', 'sip:bob@biloxi.com;transport=udp'],
      ['sip:bob@biloxi.com', 'sip:bob@biloxi.com:6000;transport=tcp'],
      ['sip:carol@chicago.com', 'sip:carol@chicago.com?Subject=next%20meeting'],
      ['sip:bob@phone21.boxesbybob.com', 'sip:bob@192.0.2.4'],
      ['sip:carol@chicago.com;security=on', 'sip:carol@chicago.com;security=off'],
      ['sips:a@b', 'sip:a@b'],
    ] as const)
      equal(same(a, b), false, `${a} ${b}`)
  })

  it('writes what it can read again, whatever user, password and parameters hold', () => {
    const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(word, fc.option(word), word, fc.option(word), word, (user, password, name, value, header) => {
        const uri = parseUri('sip:x@h.example')!
        uri.user = user
        uri.password = password ?? undefined
        uri.parameters.set(name.toLowerCase(), value ?? undefined)
        uri.headers.set('Subject', header)
        const again = parseUri(uri.toString())
        assert.ok(again !== undefined, uri.toString())
        assert.deepEqual(
          [again.user, again.password, [...again.parameters], [...again.headers]],
          [uri.user, uri.password, [...uri.parameters], [...uri.headers]],
        )
      }),
      { numRuns: 500, seed: 3261 },
    )
  })
})

describe('parseNameAddress', () => {
  it('gives parameters behind a bare URI to the header field (RFC 3261 §20)', () => {
    const address = parseNameAddress('sip:a@b;tag=1')!
    equal(address.tag, '1')
    equal(address.toString(), '<sip:a@b>;tag=1')
  })

  it('takes names without quotes that phones write', () => {
    for (const name of ['Anna (Sales)', 'Björn', 'a/b: c@d', '+46 8 46', 'x?'])
      equal(parseNameAddress(`${name} <sip:a@b>`)?.displayName, name)
    equal(parseNameAddress('Björn <sip:a@b>')!.toString(), '"Björn" <sip:a@b>')
  })

  it('keeps quoted values quoted', () => {
    const text = '<sip:a@b>;+sip.instance="<urn:uuid:1>";methods="INVITE,BYE";reg-id=1'
    equal(parseNameAddress(text)!.toString(), text)
    equal(parseNameAddress(text)!.parameters.get('+sip.instance'), '<urn:uuid:1>')
  })

  it('refuses the malformed', () => {
    for (const text of [
      '',
      '<sip:a@b',
      '"a <sip:a@b>',
      '"a" sip:a@b',
      'a,b <sip:a@b>',
      'sip:a@b?x=y',
      '<sip:a@b>x',
      '<sip:a@b>;x="',
      '<sip:a@b>;=1',
      '*',
    ])
      equal(parseNameAddress(text), undefined, text)
  })

  it('writes what it can read again, whatever the name holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const written = makeNameAddress(parseUri('sip:a@b')!, name).toString()
        const clean = name.replace(/[\r\n\0]+/g, ' ')
        equal(parseNameAddress(written)?.displayName ?? '', clean)
      }),
      { numRuns: 300, seed: 1 },
    )
  })
})

describe('parseVia', () => {
  it('tells rport without value from none (RFC 3581)', () => {
    equal(parseVia('SIP/2.0/UDP h;rport')!.wantsRport, true)
    equal(parseVia('SIP/2.0/UDP h;rport')!.rport, undefined)
    equal(parseVia('SIP/2.0/UDP h;rport=5062')!.rport, 5062)
    equal(parseVia('SIP/2.0/UDP h')!.wantsRport, false)
  })

  it('writes IPv6 in brackets', () => {
    equal(
      makeVia('udp', '::1', 5060, new Map([['branch', 'z9hG4bK1']])).toString(),
      'SIP/2.0/UDP [::1]:5060;branch=z9hG4bK1',
    )
  })

  it('refuses the malformed', () => {
    for (const text of [
      '',
      'SIP/2.0',
      'SIP/2.0/UDP',
      'SIP/2.0/UDP ;branch=1',
      'SIP/2.0/UDP h:x',
      'SIP/2.0/UDP ::1',
      'SIP/2.0/UDP h h2',
    ])
      equal(parseVia(text), undefined, text)
  })
})

describe('splitList', () => {
  it('minds quotes, angle brackets and empty elements', () => {
    assert.deepEqual(splitList('"a,\\"b" <sip:x;y=1,2>,, <sip:z> ,'), ['"a,\\"b" <sip:x;y=1,2>', '<sip:z>'])
  })
})
