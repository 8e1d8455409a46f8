import type { FlowBody } from '../../catalogue/requirement.ts'
import { type Draft, notProvable } from '../draft.ts'
import { oldNetworkOnly, port } from './editions.ts'

const any = {
  any: [
    { fact: 'option.skypeForBusiness', is: 'presence' },
    { fact: 'option.skypeForBusiness', is: 'voice' },
  ],
} as const
const voice = { fact: 'option.skypeForBusiness', is: 'voice' } as const
const privateCertificate = { all: [any, { fact: 'option.skypePrivateCertificate' }] } as const
const publicCertificate = (which: typeof any | typeof voice): Draft['when'] => ({
  all: [which, { not: { fact: 'option.skypePrivateCertificate' } }],
})
const overInternet = (which: typeof any | typeof voice): Draft['when'] => ({
  all: [which, { fact: 'connection', is: 'internet' }],
})

const from = (place: string, onPort: number): FlowBody => ({
  kind: 'flow',
  from: { place },
  to: { place: 'service', addresses: oldNetworkOnly },
  protocol: 'tcp',
  ports: [port(onPort)],
  carries: 'SIPS',
})
const to = (place: string, onPort: number): FlowBody => ({
  kind: 'flow',
  from: { place: 'service', addresses: oldNetworkOnly },
  to: { place },
  protocol: 'tcp',
  ports: [port(onPort)],
  carries: 'SIPS',
})

const range = [{ from: 49_152, to: 65_535 }]
const notFromHere = 'Its servers begin, and a check from another machine of the site shows nothing about them.'

/** Skype for Business and Lync: chapters 3.2 and 6.5 of 3.44, gone in 3.54. */
export const skypeDrafts: readonly Draft[] = [
  {
    id: 'tp-skype-levels',
    title: 'Two levels of Skype for Business integration',
    at: { '3.44': ['3.2'] },
    when: any,
    lost: 'With presence only, calls of Skype for Business stay outside of the service.',
    unverifiable: notProvable.agreed,
    body: {
      kind: 'licence',
      for: 'Skype for Business or Lync with the service',
      anyOf: [['Presence only'], ['Presence & Voice']],
      per: 'user',
      fact: 'people.integrated',
    },
  },
  {
    id: 'tp-skype-versions',
    title: 'Versions of Skype for Business and Lync',
    at: { '3.44': ['3.2.1'] },
    when: any,
    lost: 'Another version shows no presence and passes no calls.',
    unverifiable: 'The version of the server is visible to its administrator only.',
    body: {
      kind: 'software',
      category: 'server',
      for: 'Skype for Business integration, Standard or Enterprise edition on premise',
      products: [
        { name: 'Skype for Business', versions: ['2015', '2019'] },
        { name: 'Lync Server', versions: ['2013'] },
      ],
    },
  },
  {
    id: 'tp-skype-online',
    title: 'Skype for Business Online is not supported',
    at: { '3.44': ['3.2.1'] },
    when: any,
    lost: 'People of the online service have neither presence nor calls.',
    unverifiable: notProvable.cloud,
    body: { kind: 'unsupported', what: 'Skype for Business Online.' },
  },
  {
    id: 'tp-skype-presence-both-servers',
    title: 'The service may reach Front End and Mediation servers',
    at: { '3.44': [['3.2.1', 'Mediation servers too, for presence only']] },
    when: any,
    lost: 'Presence of Skype for Business is not seen in the service.',
    unverifiable: notProvable.incoming,
    conflictsWith: ['tp-skype-to-mediation'],
    conflict:
      'For presence only, 3.2.1 lets the service reach the Mediation servers; 3.2.2 and 6.5 need them for voice only. A plan opens them for voice only.',
    body: {
      kind: 'lan',
      topic: 'firewall',
      rule: 'The service may begin connections to Front End and Mediation servers.',
    },
  },
  {
    id: 'tp-skype-public-addresses',
    title: 'Public addresses of the Skype servers',
    at: { '3.44': ['3.2.1'] },
    when: overInternet(any),
    lost: 'The service does not reach the servers: no presence, no calls.',
    unverifiable: notProvable.incoming,
    body: {
      kind: 'lan',
      topic: 'addressing',
      rule: 'Over the internet the servers have public addresses; over DataNet they may have private ones.',
    },
  },
  ...['front-end', 'mediation'].map((server): Draft => {
    const isMediation = server === 'mediation'
    const section = isMediation ? '3.2.2' : '3.2.1'
    return {
      id: `tp-skype-${server}-certificate`,
      title: `Certificate of the ${isMediation ? 'Mediation' : 'Front End'} servers`,
      at: { '3.44': [section] },
      when: publicCertificate(isMediation ? voice : any),
      lost: isMediation
        ? 'The service refuses the connection: no calls.'
        : 'The service refuses the connection: no presence.',
      checks: ['tls'],
      body: {
        kind: 'tls',
        of: `s4b-${server}`,
        issuer: 'public',
        wildcard: 'forbidden',
        extendedKeyUsages: ['serverAuth', 'clientAuth'],
        port: isMediation ? 5067 : 5061,
        note: 'Public authorities stop issuing certificates for client authentication.',
      },
    }
  }),
  {
    id: 'tp-skype-private-certificate',
    title: 'Private certificates of the Skype servers',
    at: { '3.44': ['3.2.1', '3.2.2'] },
    when: privateCertificate,
    lost: 'The service does not know who issued the certificates, and refuses the connection.',
    checks: ['tls'],
    body: {
      kind: 'tls',
      of: 's4b-front-end',
      issuer: 'private',
      wildcard: 'forbidden',
      extendedKeyUsages: ['serverAuth', 'clientAuth'],
      note: 'Root and intermediate certificates go to the provider, encoded as Base64; the customer answers for their being right, valid and not expired.',
    },
  },
  {
    id: 'tp-skype-private-certificate-add-on',
    title: 'Add-on for private certificates',
    at: { '3.44': ['3.2.1', '3.2.2'] },
    when: privateCertificate,
    lost: 'The provider does not accept private certificates.',
    unverifiable: notProvable.agreed,
    body: {
      kind: 'licence',
      for: 'private certificates on Skype servers',
      anyOf: [['Skype For Business Private Certificate']],
      per: 'site',
    },
  },
  {
    id: 'tp-skype-private-certificate-renewal',
    title: 'Renewed private certificates reach the provider in time',
    at: { '3.44': ['3.2.1', '3.2.2'] },
    when: privateCertificate,
    lost: 'From the day that the old root or intermediate expires, presence and calls stop.',
    unverifiable: notProvable.agreed,
    body: {
      kind: 'secret',
      type: 'certificate',
      subject: 'private root and intermediate certificates of the Skype servers',
      leadDays: 31,
      mayExpire: true,
      owner: 'customer',
    },
  },
  {
    id: 'tp-skype-only-from-service',
    title: 'Nobody but the service reaches the Skype servers',
    at: { '3.44': ['3.2.1'] },
    when: any,
    lost: 'Strangers on the internet reach the servers, and try logins and calls.',
    unverifiable: 'Whether the internet reaches a server can be tried from outside only.',
    body: {
      kind: 'lan',
      topic: 'firewall',
      rule: 'Connections to the Skype servers are allowed from the network of the service and from nowhere else.',
      addresses: oldNetworkOnly,
    },
  },
  {
    id: 'tp-skype-to-front-end',
    title: 'Presence from the service to the Front End servers',
    at: { '3.44': ['3.2.1', '6.5'] },
    when: any,
    lost: 'People of Skype for Business do not see who is on the telephone.',
    unverifiable: notProvable.incoming,
    body: to('s4b-front-end', 5061),
  },
  {
    id: 'tp-skype-from-front-end',
    title: 'Presence from the Front End servers to the service',
    at: { '3.44': ['3.2.1', '6.5'] },
    when: any,
    lost: 'The service does not see who is in a meeting of Skype for Business.',
    unverifiable: notFromHere,
    body: from('s4b-front-end', 5061),
  },
  {
    id: 'tp-skype-front-end-dns',
    title: 'Front End servers and pool in public DNS',
    at: { '3.44': ['3.2.1'] },
    when: overInternet(any),
    lost: 'The service does not find the servers.',
    unverifiable: 'The names are in the customer’s own zone, which the document does not know.',
    body: { kind: 'duty', what: 'Enter the Front End servers and their pool in public DNS.' },
  },
  {
    id: 'tp-skype-datanet-names',
    title: 'Names of the Skype servers over DataNet',
    at: { '3.44': ['3.2.1', '3.2.2'] },
    when: { all: [any, { fact: 'connection', is: 'private-network' }] },
    by: 'provider',
    lost: 'The service does not find the servers.',
    unverifiable: notProvable.agreed,
    body: { kind: 'duty', what: 'The provider enters the names of servers and pools on its own side.' },
  },
  {
    id: 'tp-skype-trusted-application',
    title: 'The service as trusted application server',
    at: { '3.44': ['3.2.1'] },
    when: any,
    lost: 'The Skype servers do not believe the service, and pass nothing.',
    unverifiable: 'It stands in the topology of the Skype servers.',
    body: {
      kind: 'software',
      category: 'setting',
      for: 'the Skype for Business topology',
      products: [{ name: 'Trusted application server: the service' }],
    },
  },
  {
    id: 'tp-bandwidth-skype-presence',
    title: 'Bandwidth of presence with Skype for Business',
    at: { '3.44': ['3.2.1'] },
    when: any,
    lost: 'Presence comes late.',
    unverifiable: notFromHere,
    conflictsWith: ['tp-bandwidth-example'],
    conflict:
      'Each Skype user costs 1.6 kbit/s of presence; the example with its 50 Skype users does not count it. A plan leaves it out of the document’s sum and counts it in its own.',
    body: {
      kind: 'bandwidth',
      per: 'user',
      use: 'the presence of a user of Skype for Business',
      kbps: 1.6,
      layer: 'not stated',
      between: ['customer-network', 'service'],
      people: ['integrated'],
      leftOutOfDocumentsSum: true,
    },
  },
  {
    id: 'tp-skype-technician',
    title: 'A certified technician and a best-practice analysis',
    at: { '3.44': ['3.2.1'] },
    when: any,
    level: 'optional',
    lost: 'Mistakes in the Skype servers show as faults of calls and as gaps in security.',
    unverifiable: notProvable.agreed,
    body: { kind: 'duty', what: 'Let a certified technician set up the Skype servers, and have them analysed.' },
  },
  {
    id: 'tp-skype-voice-licences',
    title: 'Licences for Enterprise Voice',
    at: { '3.44': ['3.2.2'] },
    when: voice,
    lost: 'People without the licence cannot call in Skype for Business.',
    unverifiable: notProvable.cloud,
    body: {
      kind: 'licence',
      for: 'Enterprise Voice',
      anyOf: [['Plus CAL'], ['Office 365 Enterprise E4'], ['Office 365 Enterprise E5']],
      per: 'user',
      fact: 'people.integrated',
    },
  },
  {
    id: 'tp-skype-to-mediation',
    title: 'Calls from the service to the Mediation servers',
    at: { '3.44': ['3.2.2', ['6.5', 'for presence and voice only']] },
    when: voice,
    lost: 'Calls to people of Skype for Business do not arrive.',
    unverifiable: notProvable.incoming,
    conflictsWith: ['tp-skype-presence-both-servers'],
    conflict: 'Needed for voice only by 3.2.2 and 6.5; 3.2.1 asks for it with presence too. A plan opens it for voice.',
    body: to('s4b-mediation', 5067),
  },
  {
    id: 'tp-skype-from-mediation',
    title: 'Calls from the Mediation servers to the service',
    at: { '3.44': ['3.2.2', '6.5'] },
    when: voice,
    lost: 'People of Skype for Business can call nobody outside.',
    unverifiable: notFromHere,
    body: from('s4b-mediation', 5061),
  },
  {
    id: 'tp-skype-media',
    title: 'Voice between the service and the Mediation servers',
    at: { '3.44': ['3.2.2', '6.5'] },
    when: voice,
    lost: 'Calls of Skype for Business connect and are silent.',
    unverifiable: notFromHere,
    body: {
      kind: 'flow',
      from: { place: 's4b-mediation' },
      to: { place: 'service', addresses: oldNetworkOnly },
      protocol: 'udp',
      ports: range,
      carries: 'SRTP',
      bothWays: true,
    },
  },
  {
    id: 'tp-skype-mediation-dns',
    title: 'Mediation servers and pool in public DNS',
    at: { '3.44': ['3.2.2'] },
    when: overInternet(voice),
    lost: 'The service does not find the servers, so calls do not arrive.',
    unverifiable: 'The names are in the customer’s own zone, which the document does not know.',
    body: { kind: 'duty', what: 'Enter the Mediation servers and their pool in public DNS.' },
  },
  {
    id: 'tp-skype-local-voice',
    title: 'Voice between two Skype users of one company stays inside',
    at: { '3.44': ['3.2.2'] },
    when: voice,
    level: 'optional',
    lost: 'Nothing, as long as the networks of both reach each other.',
    unverifiable: notFromHere,
    body: {
      kind: 'lan',
      topic: 'wan',
      rule: 'A call between two Skype users of one company loads the own network only.',
    },
  },
  {
    id: 'tp-skype-number-format',
    title: 'Numbers in the directory as E.164',
    at: { '3.44': ['3.2.2'] },
    when: voice,
    lost: 'Calls to people with a number in another form do not arrive.',
    unverifiable: notProvable.cloud,
    body: {
      kind: 'duty',
      what: 'Write telephone numbers in Active Directory with a plus sign and the country: +468123456.',
    },
  },
]
