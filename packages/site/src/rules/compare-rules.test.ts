import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { toNetworks, writeIp } from '../net/ip-range.ts'
import type { Opening, OpeningEnd } from '../plan/opening.ts'
import { type ComparisonOptions, compareRules, type RuleComparison } from './compare-rules.ts'
import { describeComparison } from './describe-comparison.ts'
import { readRules } from './read/read-rules.ts'
import type { RuleFormat } from './read/rule-set.ts'
import { writeRules } from './write-rules.ts'

const end = (networks: readonly string[], names: readonly string[] = []): OpeningEnd => ({
  place: 'place',
  label: 'Place',
  any: networks.length + names.length === 0,
  networks,
  names,
})

const opening = (id: string, given: Partial<Opening> = {}): Opening => ({
  id,
  requirementIds: [id],
  title: `Title of ${id}`,
  lostIfMissing: 'No calls.',
  direction: 'out',
  from: end(['10.1.0.0/16']),
  to: end(['81.228.2.192/27']),
  protocol: 'udp',
  ports: [{ from: 20_000, to: 29_999 }],
  carries: 'SRTP',
  level: 'required',
  ...given,
})

const media = opening('media')
const web = opening('web', { protocol: 'tcp', ports: [{ from: 443, to: 443 }] })

const compare = (
  openings: readonly Opening[],
  text: string,
  format: RuleFormat = 'nftables',
  options: ComparisonOptions = {},
): RuleComparison => compareRules(openings, readRules(text, format), options)

/** A router's ruleset around some lines of its forward chain. */
const forward = (...lines: readonly string[]): string =>
  [
    'table inet filter {',
    'chain forward {',
    'type filter hook forward priority filter; policy drop;',
    'ct state established,related accept',
    ...lines,
    '}',
    '}',
  ].join('\n')

const missing = ({ missing: list }: RuleComparison) =>
  list.map(({ openingId, what, parts }) => [openingId, what, parts.map(({ to, ports }) => `${to} ${ports}`)])

describe('a rule set against what a site needs', () => {
  it('is complete when every part is covered, by several rules or one', () => {
    assert.equal(
      compare(
        [media, web],
        forward(
          'ip saddr 10.1.0.0/16 ip daddr 81.228.2.192/27 meta l4proto { tcp, udp } th dport { 443, 20000-29999 } accept',
        ),
      ).missing.length,
      0,
    )
    const split = forward(
      'ip saddr 10.1.0.0/17 ip daddr 81.228.2.192/28 udp dport 20000-24999 accept',
      'ip saddr 10.1.0.0/17 ip daddr 81.228.2.192/28 udp dport 25000-29999 accept',
      'ip saddr 10.1.128.0/17 ip daddr 81.228.2.192/28 udp dport 20000-29999 accept',
      'ip saddr 10.1.0.0/16 ip daddr 81.228.2.208-81.228.2.223 udp dport 20000-29999 accept',
    )
    assert.equal(compare([media], split).verdict, 'complete')
  })

  it('names the part that is closed, and what people lose', () => {
    const found = compare(
      [media],
      forward('ip saddr 10.1.0.0/16 ip daddr 81.228.2.192/27 udp dport 20000-29998 accept'),
    )
    assert.equal(found.verdict, 'missing')
    assert.deepEqual(missing(found), [['media', 'part', ['81.228.2.192/27 29999']]])
    assert.equal(found.missing[0]!.lostIfMissing, 'No calls.')
    assert.deepEqual(missing(compare([media], forward())), [['media', 'all', ['81.228.2.192/27 20000-29999']]])
  })

  it('lets the first rule that applies decide', () => {
    const drop = 'ip daddr 81.228.2.200 udp dport 20000-20099 drop'
    const accept = 'ip saddr 10.1.0.0/16 ip daddr 81.228.2.192/27 udp dport 20000-29999 accept'
    assert.deepEqual(missing(compare([media], forward(drop, accept))), [
      ['media', 'part', ['81.228.2.200 20000-20099']],
    ])
    assert.equal(compare([media], forward(accept, drop)).verdict, 'complete')
  })

  it('follows jump, goto and return, sets, maps and definitions', () => {
    const text = `
define SERVICE = { 81.228.2.192/28, 81.228.2.208/28 }
table inet filter {
  set phones { type ipv4_addr; flags interval; elements = { 10.1.0.0/17, 10.1.128.0/17 } }
  map ways { type inet_proto : verdict; elements = { udp : jump sound, tcp : goto others } }
  chain sound {
    udp dport != 20000-29999 return
    ip daddr $SERVICE accept
  }
  chain others { tcp dport vmap { 443 : accept, 80 : drop } }
  chain forward {
    type filter hook forward priority 0
    policy drop
    ct state vmap { established : accept, related : accept, invalid : drop }
    ip saddr @phones meta l4proto vmap @ways
    log prefix "end; of # all " counter packets 0 bytes 0 drop comment "the \\ rest"
  }
}`
    assert.deepEqual(missing(compare([media, { ...web, to: end(['81.228.2.192/27']) }], text)), [])
    assert.deepEqual(
      missing(compare([opening('after-goto', { protocol: 'tcp', ports: [{ from: 80, to: 80 }] })], text)),
      [['after-goto', 'all', ['81.228.2.192/27 80']]],
    )
  })

  it('sends a packet that returns on to the rules after the jump', () => {
    const text = `table ip filter {
      chain first { ip daddr 81.228.2.192/28 return; drop; }
      chain forward { type filter hook forward priority 0; policy drop; ct state established accept; jump first; udp dport 20000-29999 accept; }
    }`
    assert.deepEqual(missing(compare([media], text)), [['media', 'part', ['81.228.2.208/28 20000-29999']]])
  })

  it('asks every base chain on the way: one that drops is enough', () => {
    const text = `${forward('ip daddr 81.228.2.192/27 udp dport 20000-29999 accept')}
table ip raw { chain early { type filter hook prerouting priority raw; policy accept; udp dport 21000 drop; } }`
    assert.deepEqual(missing(compare([media], text)), [['media', 'part', ['81.228.2.192/27 21000']]])
  })

  it('sees that answers are not let back', () => {
    const text = `table inet f { chain forward { type filter hook forward priority 0; policy drop; ip daddr 81.228.2.192/27 udp dport 20000-29999 accept; } }`
    assert.deepEqual(
      missing(compare([media], text)).map(([id, what]) => [id, what]),
      [['media', 'answers']],
    )
    const stateless = text.replace('accept; }', 'accept; ip saddr 81.228.2.192/27 udp sport 20000-29999 accept; }')
    assert.deepEqual(missing(compare([media], stateless)), [])
  })

  it('claims nothing where a line that matters is not understood', () => {
    const accept = 'ip daddr 81.228.2.192/27 udp dport 20000-29999 accept'
    for (const [line, expected] of [
      ['meta mark 7 drop', 'notUnderstood'],
      ['udp dport 20000-29999 limit rate over 10/second drop', 'notUnderstood'],
      ['frobnicate the packet drop', 'notUnderstood'],
      ['ip daddr @unknown drop', 'notUnderstood'],
      ['tcp dport 1 meta mark 7 drop', 'complete'],
      ['ip daddr 192.0.2.1 frobnicate drop', 'complete'],
      ['ip daddr 81.228.2.192/27 counter', 'complete'],
    ] as const) {
      const found = compare([{ ...media, from: end([]) }], forward(line, accept))
      assert.equal(found.verdict, expected, line)
      if (expected === 'notUnderstood') assert.equal(found.notUnderstood[0]?.line, 5, line)
    }
    assert.equal(compare([media], forward('meta mark 7 accept')).verdict, 'notUnderstood')
    assert.equal(compare([media], `include "/etc/more.nft"\n${forward(accept)}`).verdict, 'notUnderstood')
  })

  it('works out rules on interfaces when it knows them, and says on what it relied when not', () => {
    const text = forward('iifname "lan*" oifname "wan0" udp dport 20000-29999 accept', 'iifname "wan0" drop')
    const blind = compare([media], text, 'nftables', { shared: true })
    assert.deepEqual(blind.missing, [])
    assert.deepEqual(
      blind.notes.map(({ line, said }) => [line, said.key]),
      [[5, 'onlyInterface']],
    )
    const interfaces = { inside: ['lan0', 'lan1'], outside: ['wan0'] }
    assert.deepEqual(compare([media], text, 'nftables', { interfaces }).missing, [])
    assert.equal(compare([{ ...media, direction: 'in' }], text, 'nftables', { interfaces }).verdict, 'missing')
  })

  it('does not hold some addresses of an unknown site against a rule, but says so', () => {
    const found = compare(
      [{ ...media, from: end([]) }],
      forward(
        'ip saddr 10.9.0.0/16 drop',
        'ip saddr 10.1.0.0/16 ip daddr 81.228.2.192/27 udp dport 20000-29999 accept',
      ),
    )
    assert.equal(found.verdict, 'complete')
    assert.deepEqual(
      found.notes.map(({ said }) => said),
      [{ key: 'onlyPart', values: { networks: '10.1.0.0/16' } }],
    )
  })

  it('finds what is too open, what nothing needs and what is past', () => {
    const old = opening('old', { to: end(['192.0.2.0/28']), closeAfter: '2025-12-31' })
    const text = forward(
      'ip saddr 10.1.0.0/16 ip daddr 81.228.2.192/27 udp dport 1024-65535 accept',
      'ip daddr 192.0.2.0/28 udp dport 20000-29999 accept',
      'ip daddr 198.51.100.7 tcp dport 25 accept',
      'accept',
    )
    const found = compare([media, old], text, 'nftables', { today: '2026-03-01' })
    assert.equal(found.verdict, 'tooOpen')
    assert.deepEqual(
      found.tooOpen.map(({ line, said }) => [line, said.key]),
      [
        [5, 'wider'],
        [8, 'everything'],
      ],
    )
    assert.deepEqual(found.tooOpen[0]!.said.values, { part: '10.1.0.0/16 → 81.228.2.192/27 udp 1024-19999' })
    assert.deepEqual(
      found.superseded.map(({ line }) => line),
      [6],
    )
    assert.deepEqual(
      found.unused.map(({ line }) => line),
      [7],
    )
    const others = forward(
      'ip saddr 10.1.0.0/16 ip daddr 81.228.2.192/27 udp dport 20000-29999 accept',
      'ip daddr 198.51.100.7 tcp dport 25 accept',
    )
    assert.equal(compare([media], others).verdict, 'tooOpen')
    assert.equal(compare([media], others, 'nftables', { shared: true }).verdict, 'complete')
    const policy = 'table ip f { chain forward { type filter hook forward priority 0; policy accept; } }'
    assert.deepEqual(
      compare([media], policy).tooOpen.map(({ said }) => said.key),
      ['policyAccepts'],
    )
  })

  it('does not call missing what is needed only later', () => {
    const found = compare(
      [media, { ...web, openBy: '2026-09' }],
      writeRules([media], 'nftables', { whole: true }).text,
      'nftables',
      { today: '2026-03-01' },
    )
    assert.equal(found.verdict, 'complete')
    assert.deepEqual(
      found.comingUp.map(({ openingId, openBy }) => [openingId, openBy]),
      [['web', '2026-09']],
    )
  })

  it('knows that addresses prove nothing about names, and that a table of names does', () => {
    const named = { ...web, to: end([], ['a.example.com', '*.example.net']) }
    assert.equal(
      compare([named], forward('ip daddr 192.0.2.1 tcp dport 443 accept'), 'nftables', { shared: true }).verdict,
      'notUnderstood',
    )
    assert.deepEqual(compare([named], forward('tcp dport 443 accept')).unproven, [])
    const rows = (to: string): string => `from,to,protocol,ports\n10.1.0.0/16,${to},tcp,443\n`
    assert.equal(compare([named], rows('*.example.com *.example.net'), 'csv').verdict, 'complete')
    assert.deepEqual(missing(compare([named], rows('a.example.com b.example.net'), 'csv')).length, 1)
    assert.equal(compare([named], rows('*.com *.net'), 'csv').missing.length, 0)
  })

  it('sees that the other family has no rules', () => {
    const dual = {
      ...media,
      from: end(['10.1.0.0/16', '2001:db8:1::/48']),
      to: end(['81.228.2.192/27', '2001:db8:2::1']),
    }
    const v4 =
      '*filter\n:FORWARD DROP [0:0]\n-A FORWARD -m state --state ESTABLISHED -j ACCEPT\n-A FORWARD -s 10.1.0.0/255.255.0.0 -d 81.228.2.192/27 -p udp -m udp --dport 20000:29999 -j ACCEPT\nCOMMIT\n'
    assert.deepEqual(
      compare([dual], v4, 'iptables-save').unproven.map(({ said }) => said.key),
      ['familyNotRead'],
    )
    const v6 =
      '# Generated by ip6tables-save v1.8.9\n*filter\n:FORWARD DROP [0:0]\n-A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT\n-A FORWARD -d 2001:db8:2::1/128 -p udp -m multiport --dports 20000:29999 -j ACCEPT\nCOMMIT\n'
    assert.equal(
      compare([dual], `# Generated by iptables-save v1.8.9\n${v4}${v6}`, 'iptables-save', { shared: true }).missing
        .length,
      0,
    )
  })

  it('reads iptables with chains, negations, ranges, marks and unknown matches', () => {
    const around = (...lines: readonly string[]): string =>
      [
        '*filter',
        ':FORWARD DROP [0:0]',
        ':SOUND - [0:0]',
        '-A FORWARD -m conntrack --ctstate ESTABLISHED -j ACCEPT',
        ...lines,
        'COMMIT',
      ].join('\n')
    const verdict = (...lines: readonly string[]): string =>
      compare([media], around(...lines), 'iptables-save', { shared: true }).verdict
    const accept = '-A SOUND -d 81.228.2.192/27 -m comment --comment "a \\"b\\" -j DROP" -j ACCEPT'
    assert.equal(
      verdict(
        '-A FORWARD -p udp -m udp --dport 20000:29999 -g SOUND',
        '-A FORWARD -j ACCEPT',
        '-A SOUND ! -s 10.1.0.0/16 -j RETURN',
        '-A SOUND -j LOG --log-prefix "x "',
        accept,
      ),
      'tooOpen',
    )
    assert.equal(
      verdict(
        '-A FORWARD -m iprange --src-range 10.1.0.0-10.1.255.255 -p udp -j SOUND',
        '-A SOUND -p udp -m multiport ! --dports 20000:29999 -j DROP',
        accept,
      ),
      'tooOpen',
    )
    assert.equal(verdict('-A FORWARD -m u32 --u32 "0&1=2" -j DROP', '-A FORWARD -j SOUND', accept), 'notUnderstood')
    assert.equal(
      verdict(
        '-A FORWARD -p udp --dport 20001 -j REJECT --reject-with icmp-port-unreachable',
        '-A FORWARD -j SOUND',
        accept,
      ),
      'missing',
    )
  })

  it('says everything in three languages', () => {
    const found = compare([media, web], forward('ip daddr 81.228.2.192/27 tcp dport 443 accept', 'meta mark 4 accept'))
    for (const [language, word] of [
      ['en', 'MISSING'],
      ['sv', 'SAKNAS'],
      ['fr', 'MANQUANT'],
    ] as const) {
      const text = describeComparison(
        compare([media, web], forward('accept comment "x"').replace('accept comment', 'tcp dport 443 accept comment')),
        language,
      )
      assert.ok(text.startsWith(word), text)
      assert.doesNotMatch(describeComparison(found, language), /\{\w+\}|undefined/)
    }
  })
})

describe('what is written and read back', () => {
  const v4 = fc.tuple(fc.nat(0xffffff), fc.nat(300)).map(([start, size]) => {
    const first = 0x0b000000n + BigInt(start)
    return { family: 4 as const, first, last: first + BigInt(size) }
  })
  const v6 = fc.tuple(fc.nat(0xffffff), fc.nat(70_000)).map(([start, size]) => {
    const first = (0x20010db8n << 96n) + BigInt(start)
    return { family: 6 as const, first, last: first + BigInt(size) }
  })
  const network = fc
    .oneof(v4, v6)
    .chain((range) =>
      fc.constantFrom(
        `${writeIp(range.family, range.first)}-${writeIp(range.family, range.last)}`,
        toNetworks(range)[0]!,
        writeIp(range.family, range.first),
      ),
    )
  const name = fc.constantFrom('sip.example.com', '*.example.net', 'a-b.example.org')
  const anEnd = (names: boolean) =>
    fc
      .record({
        networks: fc.array(network, { maxLength: 4 }),
        names: names ? fc.array(name, { maxLength: 2 }) : fc.constant([]),
      })
      .map(({ networks, names: some }) => end(networks, some))
  const ports = fc
    .uniqueArray(fc.integer({ min: 1, max: 65_000 }), { minLength: 1, maxLength: 20 })
    .map((starts) =>
      starts
        .sort((a, b) => a - b)
        .map((from, at) => ({ from, to: Math.min(from + (from % 3) * 7, (starts[at + 1] ?? 65_535) - 1, 65_535) })),
    )
  const anOpening = (names: boolean) =>
    fc
      .record({
        direction: fc.constantFrom('out' as const, 'in' as const, 'inside' as const),
        from: anEnd(names),
        to: anEnd(names),
        protocol: fc.constantFrom('tcp' as const, 'udp' as const, 'icmp' as const),
        ports,
        title: fc.string(),
      })
      .map((given) => opening('x', { ...given, ports: given.protocol === 'icmp' ? [] : given.ports }))
  const openings = (names: boolean) =>
    fc
      .array(anOpening(names), { minLength: 1, maxLength: 6 })
      .map((list) => list.map((one, at) => ({ ...one, id: `o${at}`, requirementIds: [`r${at}`] })))

  for (const [device, format, whole, names] of [
    ['nftables', 'nftables', true, false],
    ['nftables', 'nftables', false, false],
    ['iptables', 'iptables-save', true, false],
    ['csv', 'csv', false, true],
  ] as const)
    it(`${device}${whole ? ' as a whole' : ''} is complete, and no opening less is`, () => {
      fc.assert(
        fc.property(openings(names), (list) => {
          const file = writeRules(list, device, { whole })
          const said = list.filter(({ id }) => !file.cannot.some(({ openingId }) => openingId === id))
          const found = compare(said, file.text, format)
          assert.ok(
            ['complete', 'tooOpen'].includes(found.verdict) || said.length === 0,
            describeComparison(found, 'en'),
          )
          if (said.length === list.length) assert.equal(found.verdict, 'complete', describeComparison(found, 'en'))
          const extra = opening('extra', {
            to: end(['203.0.113.77']),
            from: end(['172.31.0.0/24']),
            protocol: 'tcp',
            ports: [{ from: 65_200, to: 65_210 }],
          })
          const anyCovers = said.some(({ from, to }) => from.any || to.any)
          if (!anyCovers && said.length > 0)
            assert.equal(compare([...said, extra], file.text, format).missing.at(-1)?.openingId, 'extra')
        }),
        { numRuns: 100, interruptAfterTimeLimit: 20_000 },
      )
    })
})
