import { type Draft, notProvable } from '../draft.ts'
import { type Edition, serviceNetworks } from './editions.ts'

const everywhere = ['customer-network', 'service'] as const
const byOpenings = 'A summary: the openings of chapter 6 are tried one by one.'
const overDataNet = { fact: 'connection', is: 'private-network' } as const

/** Chapters 1, 2.1 and 2.2: the internet connection and the local network. */
export const networkDrafts = (edition: Edition): readonly Draft[] => [
  {
    id: 'tp-customer-responsibility',
    title: 'The customer sees to the site',
    at: { '3.44': ['1'], '3.54': ['1'] },
    lost: 'Nobody puts right what is wrong at the site: the provider answers for its own platform only.',
    unverifiable: notProvable.agreed,
    body: {
      kind: 'duty',
      what: 'Follow the document for the connection, the network, computers, telephones and mobiles.',
    },
  },
  {
    id: 'tp-delay-between-phones',
    title: 'Delay from telephone to telephone',
    at: { '3.44': ['2.1'], '3.54': ['2.1'] },
    lost: 'People talk over each other and wait for answers that are already on their way.',
    by: 'both',
    checks: ['stream-quality'],
    body: {
      kind: 'quality',
      metric: 'one-way-delay',
      operator: '<',
      value: 150,
      unit: 'ms',
      segment: ['telephones', 'telephones'],
    },
  },
  {
    id: 'tp-delay-to-service',
    title: 'Delay from a telephone to the service, one way',
    at: { '3.44': ['2.1'], '3.54': ['2.1'] },
    lost: 'The way to the service alone uses up the time that a conversation can bear.',
    by: 'both',
    checks: ['stream-quality'],
    body: {
      kind: 'quality',
      metric: 'one-way-delay',
      operator: '<',
      value: 60,
      unit: 'ms',
      segment: ['telephones', 'service'],
    },
  },
  {
    id: 'tp-jitter',
    title: 'Jitter',
    at: { '3.44': ['2.1'], '3.54': ['2.1'] },
    lost: 'Words come chopped or robot-like, because the telephone throws late packets away.',
    by: 'both',
    checks: ['stream-quality'],
    body: { kind: 'quality', metric: 'jitter', operator: '<', value: 20, unit: 'ms', segment: everywhere },
  },
  {
    id: 'tp-packet-loss',
    title: 'Packet loss',
    at: { '3.44': ['2.1'], '3.54': ['2.1'] },
    lost: 'Syllables are missing, and fax calls break off.',
    by: 'both',
    checks: ['stream-quality'],
    body: { kind: 'quality', metric: 'packet-loss', operator: '<', value: 1, unit: '%', segment: everywhere },
  },
  {
    id: 'tp-local-voice',
    title: 'Voice between softphones of one site stays inside',
    at: { '3.44': ['2.1'], '3.54': ['2.1'] },
    when: { fact: 'people.softphone', atLeast: 2 },
    lost: 'Two softphones behind one public address connect, and hear nothing of each other.',
    unverifiable: 'It takes two softphones at the same time, in each pair of networks of the site.',
    body: {
      kind: 'lan',
      topic: 'nat',
      rule: 'Networks with softphones behind the same public address let them send voice to each other directly.',
    },
  },
  {
    id: 'tp-addressing',
    title: 'Addresses of telephones, softphones and fax adapters',
    at: { '3.44': ['2.1'], '3.54': ['2.1'] },
    lost: 'A device without a way to the internet never registers, and stays dark.',
    checks: ['nat'],
    body: {
      kind: 'lan',
      topic: 'addressing',
      rule: 'By DHCP or fixed; public, or private behind NAT; in each case with a route to the internet.',
    },
  },
  {
    id: 'tp-switched-ethernet',
    title: 'Switched Ethernet, 100 Mbit/s, full duplex',
    at: { '3.44': ['2.1'], '3.54': ['2.1'] },
    lost: 'Voices break up whenever somebody copies a file, although the internet connection is idle.',
    unverifiable: notProvable.cabling,
    body: {
      kind: 'lan',
      topic: 'ethernet',
      rule: 'At least 100 Mbit/s, switched and full duplex; no repeaters, no hubs.',
      minimumMbps: 100,
      duplex: 'full',
    },
  },
  {
    id: 'tp-wireless-not-guaranteed',
    title: 'No promise over wireless and mobile data',
    at: { '3.44': [['2.1', 'no promise in wireless networks nor over GSM, 3G or 4G data']] },
    lost: 'When calls over Wi-Fi or mobile data are bad, the provider does not look for the cause.',
    unverifiable: notProvable.agreed,
    conflictsWith: ['tp-app-devices'],
    conflict:
      'The document excludes wireless and mobile data, and offers an app for smartphones and tablets. A plan counts the app as supported and its voice over mobile data as without promise.',
    body: { kind: 'unsupported', what: 'Calls over wireless networks and over mobile data (GSM, 3G, 4G).', asIs: true },
  },
  {
    id: 'tp-outbound-openings',
    title: 'Outgoing traffic of chapter 6 is allowed',
    at: { '3.44': ['2.1'], '3.54': ['2.1'] },
    lost: 'Telephones do not register, or calls connect without sound, depending on what is blocked.',
    unverifiable: byOpenings,
    conflictsWith: ['tp-certificates'],
    conflict:
      'Revocation lists and responders of public certificate authorities are on TCP/80 and TCP/443 of addresses that chapter 6 does not name. A plan tells it, and opens nothing for it.',
    body: { kind: 'lan', topic: 'firewall', rule: 'The firewall lets out the protocols and ports of chapter 6.' },
  },
  {
    id: 'tp-dns-names',
    title: 'The service’s name and all names below it',
    at: { '3.44': ['2.1'], '3.54': ['2.1'] },
    lost: 'Telephones, softphones and the portal do not find the service at all.',
    checks: ['dns'],
    body: {
      kind: 'dns',
      names: ['touchpoint.telia.se'],
      duty: 'resolve',
      records: ['A'],
      subdomains: true,
    },
  },
  {
    id: 'tp-proxy-bypass',
    title: 'The web proxy leaves the service alone',
    at: {
      '3.44': ['2.1'],
      '3.54': [['2.1', 'softphones and telephones begin over HTTPS; 3.44 said HTTP or HTTPS']],
    },
    when: {
      any: [
        { fact: 'proxy', is: 'forced' },
        { fact: 'proxy', is: 'bypassed' },
      ],
    },
    lost: 'Softphones and telephones fail to log in or lose their settings, although web pages work.',
    checks: ['tls'],
    ...(edition === '3.54' && {
      conflictsWith: ['tp-portal-http', 'tp-redirect-mediatrix', 'tp-redirect-mitel', 'tp-redirect-snom'],
      conflict:
        '2.1 says that traffic begins over HTTPS, chapter 6 still opens TCP/80 for the first request. A plan keeps TCP/80 and exempts both from the proxy.',
    }),
    body: { kind: 'lan', topic: 'proxy', rule: 'Traffic to the service does not go through the web proxy.' },
  },
  {
    id: 'tp-any-destination',
    title: 'Any destination address is allowed',
    at: { '3.44': ['2.1'], '3.54': ['2.1'] },
    level: 'optional',
    lost: 'When the provider moves to new addresses, the site is cut off until its firewall is changed.',
    unverifiable: 'No check can try every address; those of today are tried by the openings of chapter 6.',
    body: {
      kind: 'lan',
      topic: 'firewall',
      rule: 'Outgoing traffic on the ports of chapter 6 may go to any address (the way that the provider prefers).',
    },
  },
  {
    id: 'tp-service-networks',
    title: 'Networks of the service, where destinations are limited',
    at: { '3.44': ['2.1'], '3.54': [['2.1', 'the two new networks come during 2026']] },
    when: { not: { fact: 'option.anyDestination' } },
    lost:
      edition === '3.44'
        ? 'Nothing works: every part of the service is behind this network.'
        : 'Without the new networks, everything stops on the day that the customer is moved to the new data centres; without the old one, it stops today.',
    unverifiable: byOpenings,
    conflictsWith: [
      'tp-connectme-login',
      'tp-connectme-gateway',
      'tp-attendant-signalling',
      'tp-ad-files',
      ...(edition === '3.54' ? ['tp-datanet-routing'] : []),
    ],
    conflict:
      edition === '3.44'
        ? 'The list of 2.1 looks complete, yet chapter 6 needs other addresses for the Advanced Attendant and AD integration. A plan follows chapter 6.'
        : 'The list of 2.1 looks complete, yet chapter 6 needs other addresses for ConnectMe, the Advanced Attendant and AD integration: a plan follows chapter 6. And 2.3.2 dates the new networks 2025 where 2.1 and chapter 6 say 2026: a plan opens them at once, which suits both.',
    body: {
      kind: 'lan',
      topic: 'firewall',
      rule: 'Where destinations are limited, at least these networks are allowed.',
      addresses: serviceNetworks(edition),
    },
  },
  {
    id: 'tp-keep-old-networks',
    title: 'The old network stays open beside the new ones',
    at: { '3.54': ['2.1', '6'] },
    lost: 'Those customers and parts that have not moved yet lose calls, telephones and portal at once.',
    unverifiable: byOpenings,
    body: {
      kind: 'lan',
      topic: 'firewall',
      rule: 'New networks are added; the old one is not taken away during the move.',
      addresses: serviceNetworks(edition).slice(0, 1),
    },
  },
  {
    id: 'tp-address-changes',
    title: 'Follow changes of addresses',
    at: { '3.44': ['2.1'], '3.54': ['2.1', '6'] },
    lost: 'After a change of addresses the site is cut off, until somebody finds out why.',
    unverifiable: notProvable.agreed,
    body: {
      kind: 'duty',
      what: 'Open new addresses of the service in the own equipment.',
      when: 'Whenever the provider announces them.',
    },
  },
  {
    id: 'tp-certificates',
    title: 'Public certificates of the service are accepted, also after renewal',
    at: { '3.44': ['2.2'], '3.54': ['2.2'] },
    lost: 'On the day a certificate is renewed, portal and softphones warn or refuse to connect.',
    checks: ['tls'],
    conflictsWith: ['tp-outbound-openings'],
    conflict:
      'The section asks for automatic renewal and removal of certificates that are the provider’s own. What a site can do is renew its root certificates and reach revocation services, for which chapter 6 opens nothing.',
    body: {
      kind: 'tls',
      of: 'service',
      issuer: 'public',
      automaticRenewal: true,
      note: 'Machines of the site take up new roots and notice revoked certificates by themselves.',
    },
  },
  {
    id: 'tp-datanet-general',
    title: 'DataNet frees from none of the requirements of the network',
    at: { '3.44': ['2.3'], '3.54': ['2.3'] },
    when: overDataNet,
    lost: 'Calls are as bad over the private network as over any other that is too slow.',
    unverifiable: 'The requirements of 2.1 are checked one by one, over whichever connection the site has.',
    body: { kind: 'lan', topic: 'wan', rule: 'What chapter 2.1 asks for holds over DataNet too.' },
  },
  {
    id: 'tp-datanet-limits',
    title: 'Which networks may use the service over DataNet',
    at: { '3.44': ['2.3'], '3.54': ['2.3'] },
    when: { all: [overDataNet, { fact: 'option.limitedDataNet' }] },
    lost: 'Networks that should be kept out can use the service, or new ones are kept out unseen.',
    unverifiable: notProvable.agreed,
    body: {
      kind: 'duty',
      what: 'Tell the provider which networks may connect; all may, otherwise.',
      when: 'While the installation is planned.',
    },
  },
  {
    id: 'tp-datanet-link-network',
    title: 'A link network to the DataNet access router',
    at: { '3.44': ['2.3.1'], '3.54': ['2.3.1'] },
    when: overDataNet,
    lost: 'The connection cannot be handed over, so nothing reaches the service.',
    unverifiable: notProvable.agreed,
    body: {
      kind: 'lan',
      topic: 'wan',
      rule: 'The customer gives a link network between the provider’s access router and the own router or firewall.',
    },
  },
  {
    id: 'tp-datanet-demarcation',
    title: 'Where the provider’s part of DataNet ends',
    at: { '3.44': ['2.3.1'], '3.54': ['2.3.1'] },
    when: overDataNet,
    by: 'provider',
    lost: 'With a fault between the two routers, each side waits for the other.',
    unverifiable: notProvable.agreed,
    body: {
      kind: 'duty',
      what: 'The provider answers for everything up to the access router’s port towards the site.',
    },
  },
  {
    id: 'tp-datanet-routing',
    title: 'All traffic to the service goes over DataNet',
    at: {
      '3.44': ['2.3.2'],
      '3.54': [['2.3.2', 'the two new networks come during 2025']],
    },
    when: overDataNet,
    lost: 'Traffic takes the internet instead, or nothing at all: calls fail or miss the quality of the private network.',
    unverifiable: 'The path that packets take is visible in the routers of the site only.',
    conflictsWith: ['tp-adapter-internet', ...(edition === '3.54' ? ['tp-service-networks'] : [])],
    conflict:
      edition === '3.44'
        ? 'Everything has to go over DataNet, while adapters and telephones fetch their settings from the internet. A plan keeps a way out to the internet for the start-up servers.'
        : 'The new networks are dated 2025 here and 2026 in 2.1 and chapter 6: a plan routes them at once. And everything has to go over DataNet, while adapters and telephones fetch their settings from the internet: a plan keeps a way out for the start-up servers.',
    body: {
      kind: 'lan',
      topic: 'routing',
      rule: 'These networks are routed to the access router of DataNet.',
      addresses: serviceNetworks(edition, '2025'),
    },
  },
]
