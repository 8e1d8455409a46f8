import type { NatKind } from './nat.ts'

/**
 * nftables rules of a home router. Linux translates to the same outside port for all destinations and lets in only who was
 * spoken to (port-restricted); the wider kinds remember which inside host used a port, the symmetric one draws a port for each destination.
 * What comes from outside for nobody is dropped in silence, as home routers do.
 * @param bindingSeconds how long the wider kinds remember; conntrack has its own times
 */
export function natRules(kind: NatKind, bindingSeconds: number, hasAlg: boolean): string {
  const masquerade = kind === 'symmetric' ? 'masquerade fully-random' : 'masquerade'
  const memory = {
    'full-cone': {
      map: `map cone { type inet_service : ipv4_addr; flags dynamic,timeout; timeout ${bindingSeconds}s; }`,
      learn: 'oifname "wan" ip protocol udp update @cone { udp sport : ip saddr }',
      enter: 'iifname "wan" ip protocol udp dnat to udp dport map @cone',
    },
    'address-restricted': {
      map: `map cone { type ipv4_addr . inet_service : ipv4_addr; flags dynamic,timeout; timeout ${bindingSeconds}s; }`,
      learn: 'oifname "wan" ip protocol udp update @cone { ip daddr . udp sport : ip saddr }',
      enter: 'iifname "wan" ip protocol udp dnat to ip saddr . udp dport map @cone',
    },
    'port-restricted': undefined,
    symmetric: undefined,
  }[kind]
  return [
    'table ip home {',
    memory?.map ?? '',
    ...(hasAlg
      ? [
          'ct helper gateway { type "sip" protocol udp; }',
          'chain helped { type filter hook prerouting priority 0;',
          'iifname "lan" udp dport 5060 ct helper set "gateway"',
          '}',
        ]
      : []),
    'chain enter { type nat hook prerouting priority -100;',
    memory?.enter ?? '',
    '}',
    'chain learn { type filter hook forward priority 0;',
    memory?.learn ?? '',
    '}',
    'chain leave { type nat hook postrouting priority 100;',
    `oifname "wan" ${masquerade}`,
    '}',
    'chain closed { type filter hook input priority 0;',
    'iifname "wan" ip protocol udp drop',
    '}',
    '}',
    '',
  ].join('\n')
}
