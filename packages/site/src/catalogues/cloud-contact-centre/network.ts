import type { Condition } from '../../catalogue/condition.ts'
import type { FlowBody, Ports } from '../../catalogue/requirement.ts'
import { type Draft, notProvable } from '../draft.ts'

const collaborate = { fact: 'option.collaborate' } as const
const recordings = { fact: 'option.recordingDownload' } as const
const restrictive = { fact: 'option.restrictiveFirewall' } as const

const port = (number: number): Ports => ({ from: number, to: number })

/** Places whose addresses the provider names to each customer: none stands in the document. */
const outgoing = (to: string, ports: readonly Ports[], carries: string): FlowBody => ({
  kind: 'flow',
  from: { place: 'customer-network' },
  to: { place: to },
  protocol: 'tcp',
  ports,
  carries,
})

const mail = (protocol: string): Condition => ({
  all: [{ fact: 'option.mail', is: protocol }, { not: { fact: 'option.mailHost', is: 'third-party' } }],
})

const retrievals = [
  { id: 'pop3', label: 'POP3', number: 110 },
  { id: 'pop3s', label: 'POP3 over TLS', number: 995 },
  { id: 'imap', label: 'IMAP', number: 143 },
  { id: 'imaps', label: 'IMAP over TLS', number: 993 },
]

const mailSection = 'Enabling Cloud Contact Centre to Retrieve Email'
const webSection = 'Enabling Outbound HTTP/HTTPS Communications'
const selective = 'Selectively Enabling IP Addresses and TCP Ports'
const ftpSection = 'Enabling Call Recording FTP Requirements'
const collaborateSection = 'Collaborate Technical Requirements'
const firewallSection = 'Agent Firewall Requirements'

const onlyWeb =
  'One section calls TCP 80 and 443 the only outgoing access that is required; others need further ports for recordings, Collaborate and telephony over the internet. A plan opens what each chosen function needs.'

/** The customer's network: mail, web, firewall, recordings and Collaborate. */
export const networkDrafts: readonly Draft[] = [
  {
    id: 'cc-network-configured',
    title: 'Network and workstations are set up for the service',
    at: { '1.0': ['Overview of Configuration Requirements', 'Network Configuration Requirements'] },
    lost: 'Agents log in at home, and not behind the firewall of a larger company.',
    unverifiable: notProvable.agreed,
    body: {
      kind: 'duty',
      what: 'Set up the mail server, the firewall or other NAT equipment, and Collaborate, as far as each is used.',
    },
  },
  {
    id: 'cc-business-internet',
    title: 'A business-grade connection to the internet',
    at: {
      '1.0': [
        'Overview of Configuration Requirements',
        'Overview Of Agent Technical Requirements',
        'Agent Network Connectivity Requirements',
      ],
    },
    lost: 'The agent’s screen lags behind the call, and calls over the internet break up.',
    checks: ['stream-quality'],
    body: {
      kind: 'lan',
      topic: 'wan',
      rule: 'Fast internet for every agent, supervisor and administrator (DSL, cable or a company network).',
    },
  },
  {
    id: 'cc-dedicated-internet',
    title: 'A connection for the service alone',
    at: { '1.0': ['Agent Network Connectivity Requirements'] },
    level: 'optional',
    lost: 'Other traffic of the site slows the agents down.',
    unverifiable: notProvable.agreed,
    body: { kind: 'lan', topic: 'wan', rule: 'Business-grade internet, where possible for the service alone.' },
  },
  ...retrievals.map(
    ({ id, label, number }): Draft => ({
      id: `cc-mail-${id}`,
      title: `Mail is fetched by ${label}`,
      at: { '1.0': [mailSection] },
      when: mail(id),
      lost: 'Mails of customers reach no agent.',
      unverifiable: notProvable.incoming,
      body: {
        kind: 'flow',
        from: { place: 'service' },
        to: { place: 'mail-server' },
        protocol: 'tcp',
        ports: [port(number)],
        carries: label,
      },
    }),
  ),
  {
    id: 'cc-mail-no-openings',
    title: 'No openings for mailboxes of a public provider',
    at: { '1.0': [mailSection] },
    when: { fact: 'option.mailHost', is: 'third-party' },
    by: 'provider',
    lost: 'Nothing at the site: the service fetches the mail from the public provider.',
    unverifiable: 'The traffic does not touch the site.',
    body: { kind: 'duty', what: 'Mail at a public provider is fetched without touching the site.' },
  },
  {
    id: 'cc-mail-account',
    title: 'Name and password of each mailbox',
    at: { '1.0': [mailSection] },
    when: { all: [{ fact: 'option.mail' }, { not: { fact: 'option.mail', is: 'none' } }] },
    lost: 'When the password changes, mails of customers reach no agent.',
    unverifiable: notProvable.agreed,
    body: {
      kind: 'secret',
      type: 'account',
      subject: 'name and password of each mailbox that the service fetches from',
      mayExpire: false,
      owner: 'customer',
    },
  },
  {
    id: 'cc-mail-other-ports',
    title: 'Mail ports other than usual are entered',
    at: { '1.0': [mailSection] },
    when: { fact: 'option.mailOtherPorts' },
    lost: 'The service looks for mail at the usual port and finds none.',
    unverifiable: notProvable.agreed,
    body: {
      kind: 'software',
      category: 'setting',
      for: 'the Configuration Manager, email channels',
      products: [{ name: 'The port that the mail server really uses' }],
    },
  },
  {
    id: 'cc-incoming-mail-only',
    title: 'Nothing comes in but the fetching of mail',
    at: { '1.0': [mailSection] },
    by: 'provider',
    lost: 'Wider openings inwards serve nobody but attackers.',
    unverifiable: 'Whether more is open can be tried from outside only.',
    body: { kind: 'lan', topic: 'firewall', rule: 'No access from outside is needed but to fetch mail.' },
  },
  {
    id: 'cc-web',
    title: 'Web access of agents and administrators',
    at: { '1.0': [[webSection, 'the only outgoing access that is required'], firewallSection] },
    lost: 'Agents and administrators cannot log in.',
    checks: ['tcp'],
    conflictsWith: ['cc-recordings-download', 'cc-collaborate', 'cc-cloud-telephony'],
    conflict: onlyWeb,
    body: outgoing('service', [port(80), port(443)], 'HTTP, HTTPS'),
  },
  {
    id: 'cc-service-address',
    title: 'Addresses of the service are asked for',
    at: { '1.0': [selective, ftpSection] },
    when: restrictive,
    lost: 'The firewall blocks the service, because nobody entered where it is.',
    by: 'both',
    unverifiable: notProvable.agreed,
    body: {
      kind: 'duty',
      what: 'Ask the provider for the addresses of the Configuration Manager, the Agent Console and the server of recordings, and open them.',
      when: 'Before the first login, and when the provider changes them.',
    },
  },
  {
    id: 'cc-recordings-download',
    title: 'Recordings are fetched by FTPS',
    at: { '1.0': [[ftpSection, 'TCP 21 and 30000 to 30999, outgoing'], firewallSection] },
    when: recordings,
    lost: 'Recordings cannot be fetched, or the list comes and the files do not.',
    checks: ['tcp'],
    conflictsWith: ['cc-web'],
    conflict: onlyWeb,
    body: outgoing('recordings-server', [port(21), { from: 30_000, to: 30_999 }], 'FTPS'),
  },
  {
    id: 'cc-recordings-client',
    title: 'FTPS client',
    at: { '1.0': [ftpSection] },
    when: recordings,
    lost: 'With plain FTP the server refuses; with an untried client nobody helps.',
    unverifiable: notProvable.installed,
    body: {
      kind: 'software',
      category: 'client',
      for: 'fetching recordings',
      products: [{ name: 'Core FTP LE', limitation: 'The one that the provider has tried; any must speak FTPS.' }],
    },
  },
  {
    id: 'cc-collaborate',
    title: 'Collaborate: help on somebody’s screen',
    at: { '1.0': [[collaborateSection, 'TCP 5907 at both ends'], firewallSection] },
    when: collaborate,
    lost: 'Agents cannot see or use the computer of the person whom they help.',
    checks: ['tcp'],
    conflictsWith: ['cc-web'],
    conflict: onlyWeb,
    body: outgoing('collaborate', [port(5907)], 'Collaborate'),
  },
  {
    id: 'cc-collaborate-other-side',
    title: 'Collaborate: the other side’s firewall',
    at: { '1.0': [collaborateSection] },
    when: collaborate,
    lost: 'Agents can help some people and others not.',
    unverifiable: 'The computer of the person who is helped is somewhere else.',
    body: {
      kind: 'lan',
      topic: 'firewall',
      rule: 'The computer that is helped, and its firewall, allow TCP 5907 too.',
    },
  },
  {
    id: 'cc-collaborate-java',
    title: 'Collaborate: Java on both computers',
    at: { '1.0': [collaborateSection, 'Agent Computer Hardware and Software Requirements'] },
    when: collaborate,
    lost: 'Collaborate does not start.',
    unverifiable: notProvable.installed,
    body: {
      kind: 'software',
      category: 'framework',
      for: 'Collaborate, on the agent’s computer and on the one that is helped',
      products: [{ name: 'Java Runtime Environment' }],
    },
  },
  {
    id: 'cc-collaborate-antivirus',
    title: 'Collaborate is no virus',
    at: { '1.0': [collaborateSection] },
    when: collaborate,
    lost: 'The protection of the other computer takes the program for a threat and deletes it.',
    unverifiable: notProvable.installed,
    body: {
      kind: 'duty',
      what: 'Let virus protection and system security of the computer that is helped download and run the program.',
    },
  },
  {
    id: 'cc-latency',
    title: 'Latency',
    at: { '1.0': ['Agent Network Connectivity Requirements'] },
    lost: 'The agent’s screen lags behind the call: the caller waits while it loads.',
    checks: ['stream-quality'],
    conflictsWith: ['cc-satellite'],
    conflict:
      'Less than 100 ms on average is required, and no satellite keeps that; they are called possible all the same. A plan holds to the limit.',
    by: 'both',
    body: {
      kind: 'quality',
      metric: 'latency',
      operator: '<',
      value: 100,
      unit: 'ms',
      segment: ['agent-computers', 'service'],
      percentile: 'average',
    },
  },
  {
    id: 'cc-packet-loss',
    title: 'Little or no packet loss',
    at: { '1.0': ['Agent Network Connectivity Requirements'] },
    lost: 'The agent’s screen hangs, and calls over the internet lose syllables.',
    unverifiable: 'The document gives no figure to measure against.',
    by: 'both',
    body: { kind: 'lan', topic: 'wan', rule: 'Packet loss is low or not worth mentioning.' },
  },
  {
    id: 'cc-bandwidth-agent',
    title: 'Bandwidth of an agent',
    at: { '1.0': ['Agent Network Connectivity Requirements'] },
    lost: 'With all agents logged on, screens lag.',
    checks: ['several-calls'],
    conflict:
      'The unit is written Kb, which may be read as kilobits or as kilobytes. A plan counts kilobits, as is usual of lines.',
    body: {
      kind: 'bandwidth',
      per: 'agent-session',
      use: 'the browser of an agent',
      kbps: 100,
      layer: 'not stated',
      between: ['agent-computers', 'service'],
    },
  },
  {
    id: 'cc-satellite',
    title: 'Satellite connections',
    at: { '1.0': [['Agent Network Connectivity Requirements', 'possible, though slower']] },
    when: { fact: 'option.satellite' },
    lost: 'Everything answers late; nobody will call it a fault.',
    checks: ['stream-quality'],
    conflictsWith: ['cc-latency'],
    conflict: 'Called possible, though the limit of 100 ms cannot be kept. A plan holds to the limit.',
    body: {
      kind: 'unsupported',
      what: 'The service over satellite: it runs, with the delay of the satellite.',
      asIs: true,
    },
  },
  {
    id: 'cc-agents-in-australia',
    title: 'Agents in Australia',
    at: { '1.0': ['Agent Network Connectivity Requirements'] },
    level: 'optional',
    lost: 'From far away, the agent’s screen lags behind the call.',
    checks: ['stream-quality'],
    body: { kind: 'lan', topic: 'wan', rule: 'Agents are in Australia, where the service is.' },
  },
  {
    id: 'cc-dial-up',
    title: 'No dial-up connections',
    at: { '1.0': ['Agent Network Connectivity Requirements'] },
    when: { fact: 'option.dialUp' },
    lost: 'The service is too slow to work with.',
    unverifiable: notProvable.agreed,
    body: { kind: 'unsupported', what: 'Dial-up internet connections.' },
  },
  {
    id: 'cc-stateful-firewall',
    title: 'A firewall that remembers connections',
    at: { '1.0': [firewallSection] },
    lost: 'Sessions of agents and telephones break off when they are quiet for a while.',
    by: 'both',
    checks: ['nat'],
    body: {
      kind: 'lan',
      topic: 'firewall',
      rule: 'Stateful inspection in its usual settings; sessions send something now and then to stay open.',
    },
  },
  {
    id: 'cc-stateful-openings',
    title: 'Strict firewalls open ports when they are needed',
    at: { '1.0': [firewallSection] },
    when: restrictive,
    level: 'optional',
    lost: 'Openings that stand all the time are more than the service needs.',
    unverifiable: 'How a firewall opens is visible in its rules only.',
    body: {
      kind: 'lan',
      topic: 'firewall',
      rule: 'Ports are opened by stateful inspection while they are used: 80 and 443, with Collaborate 5907, for recordings 21 and 30000 to 30999.',
    },
  },
  {
    id: 'cc-no-alg',
    title: 'NAT without a telephony gateway in it',
    at: { '1.0': [firewallSection] },
    lost: 'Calls have sound one way only or none, because the router rewrites addresses in them.',
    checks: ['sip-alg'],
    body: {
      kind: 'lan',
      topic: 'nat',
      rule: 'Ordinary NAT; application-layer gateways for VoIP, which rewrite addresses, are switched off.',
    },
  },
]
