import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Opening, OpeningEnd } from '../plan/opening.ts'
import { compareRules } from './compare-rules.ts'
import { describeComparison } from './describe-comparison.ts'
import { readRules } from './read/read-rules.ts'

const end = (...networks: readonly string[]): OpeningEnd => ({
  place: 'place',
  label: 'Place',
  any: false,
  networks,
  names: [],
})

const media: Opening = {
  id: 'media',
  requirementIds: ['media'],
  title: 'Media',
  lostIfMissing: 'No calls.',
  direction: 'out',
  from: end('10.1.0.0/16'),
  to: end('81.228.2.192/27'),
  protocol: 'udp',
  ports: [{ from: 20_000, to: 29_999 }],
  carries: 'SRTP',
  level: 'required',
}
const web: Opening = { ...media, id: 'web', protocol: 'tcp', ports: [{ from: 443, to: 443 }] }

const verdict = (opening: Opening, lines: readonly string[]): string =>
  compareRules([opening], readRules(lines.join('\n'), 'iptables-save')).verdict

/** What iptables-save prints, with some lines in its chain FORWARD. */
const saved = (opening: Opening, ...lines: readonly string[]): string =>
  verdict(opening, [
    '*filter',
    ':FORWARD DROP [0:0]',
    '-A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
    ...lines,
    'COMMIT',
  ])
/** A script that sets a firewall up. */
const script = (...lines: readonly string[]): string =>
  verdict(media, ['iptables -P FORWARD DROP', 'iptables -A FORWARD -m state --state ESTABLISHED -j ACCEPT', ...lines])

const ends = '-s 10.1.0.0/16 -d 81.228.2.192/27'
const accept = `-A FORWARD ${ends} -p udp -m udp --dport 20000:29999 -j ACCEPT`
const acceptWeb = `-A FORWARD ${ends} -p tcp -m tcp --dport 443 -j ACCEPT`

describe('rules of iptables', () => {
  it('have their options in any order and form', () => {
    assert.equal(saved(media, accept), 'complete')
    for (const [line, expected] of [
      [`-A FORWARD -j ACCEPT ${ends} -p udp --dport 20000:29998`, 'missing'],
      [`-A FORWARD -j ACCEPT ${ends} -p udp --dport 20000:29999`, 'complete'],
      [`-A FORWARD --src 10.1.0.0/16 --dst=81.228.2.192/27 -pudp --dport 20000:29999 -jACCEPT`, 'complete'],
      [`-A FORWARD -j LOG --log-prefix "-s 10.9.9.9 " --log-level 4`, 'missing'],
    ] as const)
      assert.equal(saved(media, line), expected, line)
    for (const line of ['-A FORWARD -jDROP', '-A FORWARD --jump=DROP', '-A FORWARD -s ! 10.9.0.0/16 -j DROP'])
      assert.equal(saved(media, line, accept), 'missing', line)
    const open = `-d 81.228.2.192/27 -p udp --dport 20000:29999 -j ACCEPT`
    assert.equal(saved(media, `-A FORWARD -4 -s 10.1.0.0/16 ${open}`), 'complete')
    assert.equal(saved(media, `-A FORWARD -s 0/0 ${open}`), 'tooOpen')
    assert.equal(saved(media, '-A FORWARD -s 0/0 -p udp -j DROP', accept), 'missing')
    for (const target of ['NOTRACK', 'CT --notrack'])
      assert.equal(saved(media, accept, 'COMMIT', '*raw', `-A PREROUTING -p udp -j ${target}`), 'notUnderstood', target)
    assert.equal(saved(media, accept, 'COMMIT', '*raw', '-A PREROUTING -p udp --dport 53 -j CT --notrack'), 'complete')
    assert.equal(saved(media, accept, 'COMMIT', '*raw', '-A PREROUTING -p udp -j CT --helper sip'), 'complete')
    for (const line of ['-A FORWARD -f -j ACCEPT', '-A FORWARD -j ACCEPT -m u32 --u32 "0&1=2"'])
      assert.equal(saved(media, line), 'notUnderstood', line)
    const incoming: Opening = { ...media, direction: 'in' }
    assert.equal(saved(incoming, '-A FORWARD -m conntrack --ctstate DNAT -j ACCEPT'), 'notUnderstood')
  })

  it('belong to the table and the program that their own line names', () => {
    const nat = 'iptables -t nat -A POSTROUTING -o eth0 -j MASQUERADE'
    const late = 'iptables -A POSTROUTING -t nat -o eth0 -j MASQUERADE'
    for (const line of [nat, late, 'iptables -t nat -F', 'ip6tables -F', 'ip6tables -P FORWARD DROP', 'iptables -X'])
      for (const lines of [
        [line, `iptables ${accept}`],
        [`iptables ${accept}`, line],
      ])
        assert.equal(script(...lines), 'complete', lines.join('; '))
    assert.equal(script(nat, 'iptables -A FORWARD -d 81.228.2.200 -j DROP', `iptables ${accept}`), 'missing')
    assert.equal(script(`iptables ${accept}`, 'iptables -F FORWARD'), 'missing')
  })

  it('may be written over several lines, and by the path of the program', () => {
    const parts = accept.replace(' -p udp', ' \\\n    -p udp')
    assert.equal(script('/sbin/iptables -Z', `/sbin/iptables ${parts}`), 'complete')
    assert.equal(script(`iptables ${accept} \\`), 'complete')
  })

  it('must let through what follows the first packet, both ways', () => {
    const fresh = accept.replace('-m udp', '-m conntrack --ctstate NEW -m udp')
    const onlyBack = [
      '*filter',
      ':FORWARD DROP [0:0]',
      '-A FORWARD -s 81.228.2.192/27 -m state --state ESTABLISHED -j ACCEPT',
    ]
    const found = compareRules([media], readRules([...onlyBack, fresh].join('\n'), 'iptables-save'))
    assert.deepEqual(
      found.missing.map(({ openingId, what }) => [openingId, what]),
      [['media', 'later']],
    )
    for (const [language, words] of [
      ['en', 'Only the first packet'],
      ['sv', 'Bara det första paketet'],
      ['fr', 'Seul le premier paquet'],
    ] as const)
      assert.ok(describeComparison(found, language).includes(words))
    assert.equal(verdict(media, [...onlyBack, accept]), 'complete')
    const both = `-A FORWARD ${ends} -m state --state ESTABLISHED -j ACCEPT`
    assert.equal(verdict(media, [...onlyBack, fresh, both]), 'complete')
  })

  it('that drop flags of TCP which no connection has are not held against it', () => {
    for (const line of [
      '-p tcp -m tcp ! --tcp-flags FIN,SYN,RST,ACK SYN -m conntrack --ctstate NEW -j DROP',
      '-p tcp -m tcp --tcp-flags FIN,SYN,RST,PSH,ACK,URG NONE -j DROP',
      '-p tcp -m tcp --tcp-flags FIN,SYN FIN,SYN -j DROP',
      '-p tcp --tcp-flags ALL ALL -j DROP',
    ])
      assert.equal(saved(web, `-A FORWARD ${line}`, acceptWeb), 'complete', line)
    const first = '-A FORWARD -p tcp -m tcp --tcp-flags FIN,SYN,RST,ACK SYN'
    assert.equal(saved(web, `${first} -j DROP`, acceptWeb), 'missing')
    assert.equal(saved(web, `${first} ${ends} --dport 443 -j ACCEPT`), 'complete')
    assert.equal(saved(web, '-A FORWARD -p tcp -m tcp --tcp-flags SYN,FOO SYN -j DROP', acceptWeb), 'notUnderstood')
  })
})
