import type { Condition } from '../../catalogue/condition.ts'
import type { Address, CheckName, FlowBody, PlaceName, Ports } from '../../catalogue/requirement.ts'
import type { Draft } from '../draft.ts'
import { type Edition, port, serviceNetworks, voicePorts } from './editions.ts'

const anySoftphone: Condition = {
  any: [
    { fact: 'people.softphone' },
    { fact: 'people.attendant' },
    { fact: 'people.deskPhone' },
    { fact: 'people.adapter' },
  ],
}
const connectMe = { fact: 'people.webSoftphone' } as const
const deskPhone = { fact: 'people.deskPhone' } as const
const device: Condition = { any: [deskPhone, { fact: 'people.adapter' }] }

/** Telephones of that maker, or telephones of which nobody has said the maker. */
const phonesNotOnlyOf = (...others: readonly string[]): Condition => ({
  all: [deskPhone, ...others.map((is): Condition => ({ not: { fact: 'option.phoneMaker', is } }))],
})

interface Way {
  readonly to: PlaceName
  readonly addresses: readonly Address[]
  readonly protocol?: 'udp'
  readonly ports: readonly Ports[]
  readonly carries: string
  readonly dscp?: number
}

/** Out of the customer's network, as nearly all rows of chapter 6. */
const outgoing = ({ to, addresses, protocol, ports, carries }: Way): FlowBody => ({
  kind: 'flow',
  from: { place: 'customer-network' },
  to: { place: to, addresses },
  protocol: protocol ?? 'tcp',
  ports,
  carries,
})

interface Start {
  readonly maker: string
  readonly addresses: readonly Address[]
}

/** Start-up servers are met once, by HTTP first. */
const redirection = ({ maker, addresses }: Start): FlowBody =>
  outgoing({ to: `${maker}-redirection`, addresses, ports: [port(80), port(443)], carries: 'HTTP, HTTPS' })

const tcp: readonly CheckName[] = ['tcp']
const tls: readonly CheckName[] = ['tcp', 'tls']
const named: readonly CheckName[] = ['dns', 'tcp']
const startUp = 'after unpacking or a reset to the factory’s settings'

/** Chapter 6: every row of its tables but those of the integrations. */
export function openingDrafts(edition: Edition): readonly Draft[] {
  const service = { to: 'service', addresses: serviceNetworks(edition) }
  const proxyConflict =
    edition === '3.54'
      ? {
          conflictsWith: ['tp-proxy-bypass'],
          conflict:
            '2.1 says that traffic begins over HTTPS, this row opens TCP/80 for the first request. A plan keeps both.',
        }
      : {}
  const notInList = 'Not among the networks of 2.1, which look like the whole list. A plan follows chapter 6.'
  const devices = edition === '3.44' ? '6.3' : '6.4'
  return [
    {
      id: 'tp-portal-http',
      title: 'Web portal: the first request',
      at: { '3.44': ['6.1'], '3.54': ['6.1'] },
      lost: 'Whoever types the address without https sees a page that never comes.',
      checks: tcp,
      ...proxyConflict,
      body: outgoing({ ...service, ports: [port(80)], carries: 'HTTP' }),
    },
    {
      id: 'tp-portal-https',
      title: 'Web portal, softphones and telephones: HTTPS',
      at: { '3.44': ['6.1', '6.2', '6.3'], '3.54': ['6.1', '6.2', '6.4'] },
      lost: 'No portal, no administration; softphones and telephones cannot log in or fetch settings.',
      checks: tls,
      body: outgoing({ ...service, ports: [port(443)], carries: 'HTTPS' }),
    },
    {
      id: 'tp-softphone-signalling',
      title: 'Softphones and telephones: calls, presence and chat',
      at: { '3.44': ['6.2', '6.3'], '3.54': ['6.2', '6.4'] },
      when: anySoftphone,
      lost: 'Softphones and telephones do not register: no calls, no presence, no chat.',
      checks: tls,
      body: outgoing({ ...service, ports: [port(5061)], carries: 'SIPS' }),
    },
    {
      id: 'tp-softphone-media',
      title: 'Softphones and telephones: voice',
      at: { '3.44': ['6.2', '6.3'], '3.54': ['6.2', '6.4'] },
      when: anySoftphone,
      lost: 'Calls connect and are silent, one way or both.',
      checks: ['udp-media'],
      body: outgoing({ ...service, protocol: 'udp', ports: voicePorts(edition), carries: 'SRTP' }),
    },
    {
      id: 'tp-connectme-login',
      title: 'ConnectMe: login',
      at: { '3.54': [['6.3', 'one address outside of the networks of 2.1']] },
      when: connectMe,
      lost: 'Nobody can log in to the web softphone.',
      checks: ['dns', 'tcp', 'tls'],
      conflictsWith: ['tp-service-networks'],
      conflict: notInList,
      body: outgoing({
        to: 'connectme-login',
        addresses: [{ name: 'login.touchpoint.telia.se' }, { network: '185.39.125.17' }],
        ports: [port(443)],
        carries: 'HTTPS',
      }),
    },
    {
      id: 'tp-connectme-gateway',
      title: 'ConnectMe: web gateway',
      at: { '3.54': [['6.3', 'four addresses outside of the networks of 2.1']] },
      when: connectMe,
      lost: 'The web softphone logs in and stays without lines.',
      checks: tcp,
      conflictsWith: ['tp-service-networks'],
      conflict: notInList,
      body: outgoing({
        to: 'connectme-gateway',
        addresses: [{ network: '185.39.124.98-99' }, { network: '185.39.125.98-99' }],
        ports: [port(443)],
        carries: 'HTTPS',
      }),
    },
    {
      id: 'tp-connectme-signalling',
      title: 'ConnectMe: calls, presence and chat',
      at: { '3.54': [['6.3', 'port 5061 for TCP alone']] },
      when: connectMe,
      lost: 'The web softphone rings for nobody and can call nobody.',
      checks: tls,
      conflictsWith: ['tp-verify-page'],
      conflict:
        'The tables open port 5061 for TCP; the verify page tests UDP 5061. A plan opens TCP by this row, and UDP 5061 as part of the wider voice range.',
      body: outgoing({ ...service, ports: [port(5061)], carries: 'SIPS' }),
    },
    {
      id: 'tp-connectme-media',
      title: 'ConnectMe: voice',
      at: { '3.54': ['6.3'] },
      when: connectMe,
      lost: 'Calls of the web softphone connect and are silent.',
      checks: ['udp-media'],
      body: outgoing({ ...service, protocol: 'udp', ports: voicePorts(edition), carries: 'SRTP' }),
    },
    {
      id: 'tp-verify-page',
      title: 'Verify page of the provider is passed',
      at: { '3.54': [['6', 'tests UDP 5061 and UDP 55555']] },
      when: { any: [connectMe, { fact: 'people.softphone' }] },
      level: 'optional',
      lost: 'Whether the new networks are open is noticed on the day of the move, by people without sound.',
      checks: ['udp-media'],
      conflictsWith: ['tp-connectme-signalling'],
      conflict:
        'The page tests UDP 5061, which the tables open for TCP only: a site with the tables’ old range fails it, and one with the wider range of 2026 passes. Over DataNet it may fail though all is right, and a candidate that it shows proves no call. A plan opens both ports within the wider range.',
      body: outgoing({
        to: 'service',
        addresses: serviceNetworks(edition).slice(1),
        protocol: 'udp',
        ports: [port(5061), port(55_555)],
        carries: 'STUN',
      }),
    },
    {
      id: 'tp-phones-time',
      title: 'Telephones: time',
      at: { '3.44': [devices], '3.54': [devices] },
      when: device,
      lost: 'Telephones show a wrong time, and take valid certificates for expired ones.',
      checks: ['ntp'],
      body: outgoing({ ...service, protocol: 'udp', ports: [port(123)], carries: 'NTP' }),
    },
    {
      id: 'tp-phones-authentication',
      title: 'Telephones: proof of identity',
      at: { '3.44': [devices], '3.54': [devices] },
      when: device,
      lost: 'A telephone cannot prove who it is, and gets no settings.',
      checks: tcp,
      body: outgoing({ ...service, ports: [port(9443)], carries: 'HTTPS' }),
    },
    {
      id: 'tp-redirect-mediatrix',
      title: 'Start-up of Mediatrix adapters',
      at: {
        '3.44': [[devices, 'ems2.media5corp.com stands there twice']],
        '3.54': [[devices, 'ems2.media5corp.com stands there twice']],
      },
      when: { all: [{ fact: 'people.adapter' }, { not: { fact: 'option.ataMaker', is: 'other' } }] },
      lost: `An adapter does not find the service ${startUp}.`,
      checks: named,
      ...(edition === '3.54' && { conflictsWith: ['tp-proxy-bypass'] }),
      conflict:
        'One of its four names stands there twice: either a slip, or another name is missing. A plan uses the three.' +
        (edition === '3.54' ? ' And it opens TCP/80, where 2.1 says HTTPS.' : ''),
      body: redirection({
        maker: 'mediatrix',
        addresses: [
          { name: 'ems2.media5corp.com' },
          { name: 'ems.media5corp.com' },
          { name: 'virtuo.media5corp.com' },
          ...(edition === '3.44' ? [{ network: '192.99.54.246' }] : []),
        ],
      }),
    },
    {
      id: 'tp-redirect-mitel',
      title: 'Start-up of Mitel telephones',
      at: {
        '3.44': [[devices, 'the address that the row of Snom has too']],
        '3.54': [devices],
      },
      when: phonesNotOnlyOf('snom', 'other'),
      lost: `A Mitel telephone does not find the service ${startUp}.`,
      checks: named,
      ...(edition === '3.44'
        ? {
            conflictsWith: ['tp-redirect-snom'],
            conflict:
              'Two makers’ servers have one and the same address. It belongs to Mitel by 3.54, where Snom has none. A plan allows it for both.',
          }
        : proxyConflict),
      body: redirection({
        maker: 'mitel',
        addresses: [
          { name: 'rcs.aastra.com' },
          ...(edition === '3.44'
            ? [{ network: '216.191.234.139' }]
            : [{ network: '15.156.224.40' }, { network: '15.156.224.41' }]),
        ],
      }),
    },
    {
      id: 'tp-redirect-snom',
      title: 'Start-up of Snom telephones',
      at: {
        '3.44': [[devices, 'the address that the row of Mitel has too']],
        '3.54': [devices],
      },
      when: phonesNotOnlyOf('mitel', 'other'),
      lost: `A Snom telephone does not find the service ${startUp}.`,
      checks: named,
      ...(edition === '3.44'
        ? {
            conflictsWith: ['tp-redirect-mitel'],
            conflict:
              'Two makers’ servers have one and the same address. It belongs to Mitel by 3.54, where Snom has none. A plan allows it for both.',
          }
        : proxyConflict),
      body: redirection({
        maker: 'snom',
        addresses: [
          { name: 'secure-provisioning.snom.com' },
          { name: 'provisioning.snom.com' },
          ...(edition === '3.44' ? [{ network: '216.191.234.139' }] : []),
        ],
      }),
    },
    {
      id: 'tp-attendant-signalling',
      title: 'Advanced Attendant',
      at: { '3.44': ['3.4', '6.6'], '3.54': ['3.3', '6.6'] },
      when: { fact: 'option.advancedAttendant' },
      lost: 'Attendants see no calls and can put none through.',
      checks: tcp,
      conflictsWith: ['tp-service-networks'],
      conflict: notInList,
      body: outgoing({
        to: 'attendant-service',
        addresses: [{ network: '213.65.172.64-67' }],
        ports: [port(211), port(14_711)],
        carries: 'ACE',
      }),
    },
    {
      id: 'tp-ad-files',
      title: 'AD integration: files up and down',
      at: { '3.44': ['3.5', '6.7'], '3.54': ['3.4', '6.7'] },
      when: { fact: 'option.adCsv' },
      lost: 'New people get no account, those who left keep theirs, and numbers in the directory grow old.',
      checks: tcp,
      conflictsWith: ['tp-service-networks'],
      conflict: notInList,
      body: {
        kind: 'flow',
        from: { place: 'ad-server' },
        to: { place: 'ad-integration', addresses: [{ network: '213.65.58.109' }, { network: '213.65.37.180' }] },
        protocol: 'tcp',
        ports: [port(443)],
        carries: 'HTTPS',
      },
    },
  ]
}
