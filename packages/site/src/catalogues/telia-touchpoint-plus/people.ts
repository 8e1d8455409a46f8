import type { Condition } from '../../catalogue/condition.ts'
import type { Product } from '../../catalogue/requirement.ts'
import { type Draft, notProvable } from '../draft.ts'
import type { Edition } from './editions.ts'

const softphone = { fact: 'people.softphone' } as const
const connectMe = { fact: 'people.webSoftphone' } as const
const deskPhone = { fact: 'people.deskPhone' } as const
const adapter = { fact: 'people.adapter' } as const
const mobile = { fact: 'people.mobile' } as const
const attendant = { fact: 'option.advancedAttendant' } as const
const both = (...all: readonly Condition[]): Condition => ({ all })

const priceList = 'The list of supported devices is in the price list of the day, not in the document.'
const windowsVersions: readonly Product[] = [{ name: 'Windows 10' }, { name: 'Windows 11' }]

/** Chapters 2.4 to 2.8: mail, computers, telephones, adapters and mobiles. */
export const peopleDrafts = (edition: Edition): readonly Draft[] => [
  {
    id: 'tp-own-mailbox',
    title: 'A mail account for each user',
    at: { '3.44': ['2.4'], '3.54': ['2.4'] },
    lost: 'Somebody without a mailbox of their own gets no login, no voice message and no notice.',
    unverifiable: notProvable.agreed,
    body: { kind: 'duty', what: 'Give each user a mail account of their own.' },
  },
  {
    id: 'tp-spf',
    title: 'The service’s mail server in the SPF record',
    at: { '3.44': ['2.4'], '3.54': ['2.4'] },
    when: { fact: 'option.spf' },
    level: 'optional',
    lost: 'Mail that the service sends in the customer’s name ends among spam.',
    checks: ['dns'],
    body: { kind: 'dns', names: ['spf-b.telia.com'], duty: 'publish', records: ['TXT'] },
  },
  {
    id: 'tp-portal-browsers',
    title: 'Browser for administration',
    at: { '3.44': ['2.5.1'], '3.54': ['2.5.1'] },
    lost: 'Pages of the portal stay empty or buttons do nothing, so settings cannot be changed.',
    checks: ['browser'],
    body: {
      kind: 'software',
      category: 'browser',
      for: 'administration in the web portal',
      products: [
        { name: 'Firefox', minimum: '54' },
        { name: 'Internet Explorer', versions: ['11'] },
        { name: 'Edge (Chromium)', minimum: '80' },
        { name: 'Safari', minimum: '10' },
        { name: 'Chrome', minimum: '60' },
      ],
    },
  },
  {
    id: 'tp-softphone-pc',
    title: 'PC for the softphone',
    at: { '3.44': ['2.5.2'], '3.54': ['2.5.2'] },
    when: softphone,
    lost: 'Calls stutter or have no sound as soon as other programs are open.',
    unverifiable: notProvable.installed,
    body: { kind: 'hardware', of: 'pc', memoryGb: 16, rule: 'With a sound card.' },
  },
  {
    id: 'tp-softphone-mac',
    title: 'Mac for the softphone',
    at: {
      '3.44': ['2.5.2'],
      '3.54': [['2.5.2', 'an Intel processor, and nothing about memory any more']],
    },
    when: both(softphone, { fact: 'option.macComputers' }),
    lost: 'The softphone does not start on the Mac, or stops during calls.',
    unverifiable: notProvable.installed,
    ...(edition === '3.54' && {
      conflictsWith: ['tp-softphone-macos'],
      conflict:
        'An Intel processor is a must, and the two newest macOS releases are what is validated. Newer releases of macOS leave Intel out, so both can hold for a short time only. A plan names both.',
    }),
    body: {
      kind: 'hardware',
      of: 'pc',
      processor: 'Intel',
      ...(edition === '3.44' && { memoryGb: 16 }),
      rule: 'Mac computers with Apple processors are not named.',
    },
  },
  {
    id: 'tp-softphone-windows',
    title: 'Windows for the softphone',
    at: { '3.44': ['2.5.2'], '3.54': ['2.5.2'] },
    when: softphone,
    lost: 'The softphone cannot be installed, or its faults are not looked at.',
    unverifiable: notProvable.installed,
    body: {
      kind: 'software',
      category: 'operating-system',
      for: 'the softphone on a PC',
      products:
        edition === '3.44'
          ? windowsVersions
          : windowsVersions.map((product) => ({
              ...product,
              limitation: 'With the latest service pack and security updates.',
            })),
    },
  },
  {
    id: 'tp-softphone-macos',
    title: 'macOS for the softphone',
    at: { '3.44': ['2.5.2'], '3.54': ['2.5.2'] },
    when: both(softphone, { fact: 'option.macComputers' }),
    lost: 'The softphone may not start on the Mac, and nobody has tried it there.',
    unverifiable: notProvable.installed,
    conflictsWith: edition === '3.54' ? ['tp-softphone-mac'] : [],
    conflict: 'See the processor: the two newest releases of macOS and an Intel processor soon exclude each other.',
    body: {
      kind: 'software',
      category: 'operating-system',
      for: 'the softphone on a Mac',
      products:
        edition === '3.44'
          ? [{ name: 'macOS', versions: ['10.13 High Sierra', '10.14 Mojave'] }]
          : [{ name: 'macOS', latest: 2, limitation: 'Earlier releases may work and are not validated.' }],
    },
  },
  {
    id: 'tp-softphone-screen',
    title: 'Screen for contact centre and attendant view',
    at: { '3.44': ['2.5.2'], '3.54': ['2.5.2'] },
    when: { any: [{ fact: 'option.acdViews' }, { fact: 'people.attendant' }] },
    lost: 'Queues or buttons are outside of the screen, so calls are answered late.',
    unverifiable: notProvable.installed,
    body: { kind: 'hardware', of: 'screen', screenPixels: [1024, 768] },
  },
  {
    id: 'tp-softphone-version',
    title: 'Version of the softphone',
    at: { '3.44': ['2.5.2'], '3.54': ['2.5.2'] },
    when: softphone,
    lost: 'An old softphone loses functions or is refused after an update of the service.',
    unverifiable: notProvable.installed,
    body: {
      kind: 'software',
      category: 'client',
      for: 'calls on a computer',
      products: [
        {
          name: 'Touchpoint Plus Softphone',
          minimum: '5.1.3',
          limitation: 'The newest that the platform hands out is recommended.',
        },
      ],
    },
  },
  {
    id: 'tp-thin-clients',
    title: 'Softphone on thin clients and terminal servers',
    at: { '3.44': ['2.5.2'], '3.54': ['2.5.2'] },
    when: { fact: 'option.thinClients' },
    lost: 'The provider only looks into faults that also show on an ordinary computer of one user.',
    unverifiable: notProvable.installed,
    body: {
      kind: 'unsupported',
      what: 'The softphone on multi-user, thin-client or application-streaming systems.',
      asIs: true,
    },
  },
  {
    id: 'tp-softphone-trial',
    title: 'Try the softphone beside the other programs',
    at: { '3.44': ['2.5.2'], '3.54': ['2.5.2'] },
    when: softphone,
    level: 'optional',
    lost: 'That one kind of computer or one business program spoils calls is noticed by everybody on the first day.',
    unverifiable: notProvable.agreed,
    body: {
      kind: 'duty',
      what: 'Try the softphone with the programs that run at the same time, on each kind of computer.',
      when: 'Before it is given to everybody.',
    },
  },
  {
    id: 'tp-connectme-browsers',
    title: 'Browser for ConnectMe',
    at: { '3.54': ['2.5.3', '2.5.1'] },
    when: connectMe,
    lost: 'The web softphone does not start, or calls in it have no sound.',
    checks: ['browser'],
    body: {
      kind: 'software',
      category: 'browser',
      for: 'ConnectMe, the web softphone',
      products: [
        { name: 'Chrome', minimum: '90.0.4430' },
        { name: 'Firefox', minimum: '74', limitation: 'The choice of loudspeaker is limited.' },
        { name: 'Brave (Chromium)' },
        { name: 'Edge', minimum: '123', limitation: 'Stable channel.' },
      ],
    },
  },
  {
    id: 'tp-attendant-pc',
    title: 'Computer of the Advanced Attendant',
    at: {
      '3.44': ['2.5.3', '3.4'],
      '3.54': [
        ['2.5.4', 'see reference 2'],
        ['3.3', 'see reference 1'],
        ['7', 'there is reference 1 only'],
      ],
    },
    when: attendant,
    lost: 'The attendant programs run slowly or not at all, and callers wait.',
    unverifiable: notProvable.installed,
    ...(edition === '3.54' && {
      conflict:
        'One section sends to reference 2, which the list of references does not have any more; the other to reference 1, which has the right title. A plan means reference 1.',
    }),
    body: {
      kind: 'duty',
      what: 'Computers meet what the contact centre’s own requirements document (Telia ACE) says of agents’ and administrators’ PCs.',
    },
  },
  {
    id: 'tp-attendant-programs',
    title: 'Programs for attendants',
    at: { '3.44': ['2.5.3', '3.4'], '3.54': ['2.5.4', '3.3'] },
    when: attendant,
    lost: 'The attendant cannot log in, see queues or change them.',
    unverifiable: notProvable.installed,
    body: {
      kind: 'software',
      category: 'client',
      for: 'attendants',
      every: true,
      products: [{ name: 'ACE Agent' }, { name: 'ACE Admin' }, { name: 'ACE Pulse' }],
    },
  },
  {
    id: 'tp-remote-installation',
    title: 'Packages for remote installation',
    at: { '3.44': ['2.5.4'], '3.54': ['2.5.5'] },
    when: { fact: 'option.remoteInstallation' },
    lost: 'Computers keep an old softphone, or have none.',
    unverifiable: notProvable.installed,
    body: {
      kind: 'duty',
      what: 'Package the programs and hand them out by the own installation system (such as WSUS).',
    },
  },
  {
    id: 'tp-local-firewall',
    title: 'Firewall on the computers',
    at: { '3.44': ['2.5.5'], '3.54': ['2.5.6'] },
    when: { fact: 'option.localFirewall' },
    lost: 'One computer has calls without sound, while the one beside it works.',
    checks: ['udp-media', 'tcp'],
    body: {
      kind: 'lan',
      topic: 'firewall',
      rule: 'A firewall on the computer lets the same traffic through as the firewall of the site.',
    },
  },
  {
    id: 'tp-phones-supported',
    title: 'IP telephones of the price list',
    at: { '3.44': ['2.6'], '3.54': ['2.6'] },
    when: deskPhone,
    lost: 'Another telephone gets no settings and no help.',
    unverifiable: priceList,
    body: { kind: 'hardware', of: 'phone', rule: 'Only models of the valid price list, ordered from the provider.' },
  },
  {
    id: 'tp-phones-behind-firewall',
    title: 'IP telephones behind NAT or firewall',
    at: { '3.44': ['2.6'], '3.54': ['2.6'] },
    when: deskPhone,
    lost: 'Strangers on the internet ring telephones, try passwords and call at the cost of the customer.',
    unverifiable: 'Whether the internet reaches a telephone can be tried from outside only.',
    body: {
      kind: 'lan',
      topic: 'nat',
      rule: 'Telephones stand behind NAT, a firewall or both; nothing of the internet reaches them directly.',
    },
  },
  {
    id: 'tp-phones-tls',
    title: 'TLS of IP telephones',
    at: { '3.44': ['2.6'], '3.54': ['2.6'] },
    when: deskPhone,
    lost: 'A telephone that speaks older TLS only never registers.',
    unverifiable: notProvable.device,
    body: { kind: 'tls', of: 'telephones', versions: ['1.2', '1.3'] },
  },
  {
    id: 'tp-adapters-supported',
    title: 'Analogue adapters of the price list',
    at: { '3.44': ['2.7'], '3.54': ['2.7'] },
    when: adapter,
    lost: 'Another adapter gets no settings, so fax and analogue telephones stay dead.',
    unverifiable: priceList,
    body: { kind: 'hardware', of: 'adapter', rule: 'Only models of the valid price list, ordered from the provider.' },
  },
  {
    id: 'tp-adapter-settings',
    title: 'Settings of analogue adapters',
    at: { '3.44': ['2.7'], '3.54': ['2.7'] },
    when: adapter,
    by: 'provider',
    lost: 'The adapter starts and has no number.',
    unverifiable: notProvable.agreed,
    body: { kind: 'duty', what: 'The provider makes and updates the settings of each adapter.' },
  },
  {
    id: 'tp-adapter-internet',
    title: 'Adapters fetch their settings from the internet',
    at: { '3.44': ['2.7'], '3.54': ['2.7'] },
    when: adapter,
    lost: 'The adapter never gets its settings, so fax and analogue telephones stay dead.',
    unverifiable: 'A summary: the start-up servers of chapter 6 are tried one by one.',
    conflictsWith: ['tp-datanet-routing'],
    conflict:
      'Over DataNet all traffic of the service goes through the private network, while adapters need the public internet for their settings. A plan gives them both.',
    body: {
      kind: 'lan',
      topic: 'routing',
      rule: 'Adapters have a way to the public internet, over which they fetch their settings.',
    },
  },
  {
    id: 'tp-adapter-firewall',
    title: 'Adapters behind a firewall',
    at: { '3.44': ['2.7'], '3.54': ['2.7'] },
    when: adapter,
    lost: 'Strangers on the internet reach the adapter and call at the cost of the customer.',
    unverifiable: 'Whether the internet reaches an adapter can be tried from outside only.',
    body: { kind: 'lan', topic: 'firewall', rule: 'Adapters are never connected to the internet directly.' },
  },
  {
    id: 'tp-adapter-wan-port',
    title: 'The adapter’s WAN socket',
    at: { '3.44': ['2.7'] },
    when: adapter,
    lost: 'Plugged into the other socket, the adapter has no network.',
    unverifiable: notProvable.cabling,
    body: {
      kind: 'hardware',
      of: 'adapter',
      rule: 'The cable goes into the WAN socket; the LAN socket is switched off.',
    },
  },
  {
    id: 'tp-adapter-addressing',
    title: 'Fixed addresses and VLAN of adapters',
    at: { '3.44': ['2.7'], '3.54': ['2.7'] },
    when: adapter,
    lost: 'The adapter comes with settings for another network, and stays silent.',
    unverifiable: notProvable.agreed,
    body: {
      kind: 'duty',
      what: 'Tell the provider the fixed address, the gateway and the VLAN of each adapter, where DHCP is not used.',
      when: 'Before the adapters are delivered.',
    },
  },
  {
    id: 'tp-mobile-subscription',
    title: 'Mobile subscription of the provider',
    at: { '3.44': ['2.8'], '3.54': ['2.8'] },
    when: mobile,
    lost: 'The mobile cannot be made part of the service.',
    unverifiable: notProvable.agreed,
    body: {
      kind: 'licence',
      for: 'mobiles in the service',
      anyOf: [['Telia mobile subscription with its SIM']],
      per: 'device',
      fact: 'people.mobile',
    },
  },
  {
    id: 'tp-mobile-extension',
    title: 'Mobile Integration or Office Extension',
    at: { '3.44': ['2.8'] },
    when: mobile,
    level: 'optional',
    lost: 'Some functions of the service are missing on the mobile.',
    unverifiable: notProvable.agreed,
    body: {
      kind: 'licence',
      for: 'all functions on a mobile',
      anyOf: [['Mobile Integration'], ['Office Extension']],
      per: 'device',
      fact: 'people.mobile',
    },
  },
  {
    id: 'tp-mobile-updates',
    title: 'Mobiles that still get updates',
    at: { '3.54': ['2.8'] },
    when: mobile,
    lost: 'The app stops working on the mobile, or the mobile becomes a way into the company.',
    unverifiable: notProvable.installed,
    body: {
      kind: 'software',
      category: 'operating-system',
      for: 'mobile devices',
      products: [{ name: 'Any that its maker still gives updates and security patches' }],
    },
  },
  {
    id: 'tp-app-devices',
    title: 'Mobiles and tablets for the app',
    at: { '3.44': ['2.8'], '3.54': ['2.8'] },
    when: mobile,
    lost: 'The app cannot be installed, also on some mobiles that were just bought.',
    unverifiable: notProvable.installed,
    ...(edition === '3.44' && {
      conflictsWith: ['tp-wireless-not-guaranteed'],
      conflict:
        'An app for mobiles is offered, and 2.1 gives no promise over wireless and mobile data. A plan counts the app as supported and its voice over mobile data as without promise.',
    }),
    body: {
      kind: 'software',
      category: 'operating-system',
      for: 'the Touchpoint Plus app',
      products: [
        { name: 'Android', latest: 3 },
        { name: 'iOS or iPadOS', latest: 2 },
      ],
    },
  },
  {
    id: 'tp-mobile-voicemail-off',
    title: 'Voicemail of mobiles switched off',
    at: { '3.44': ['2.8'], '3.54': ['2.8'] },
    when: mobile,
    lost: 'Callers end in the mobile’s own mailbox, where the service does not see their message.',
    unverifiable: notProvable.agreed,
    body: { kind: 'duty', what: 'Switch off voicemail and the like on mobiles: the service’s own takes its place.' },
  },
]
