import { type Draft, notProvable } from '../draft.ts'
import { when } from './conditions.ts'
import { edition, heading } from './sections.ts'

const at = (...sections: string[]): Draft['at'] => ({ [edition]: sections })

/** PCs, headsets, rights and exclusions. */
export const clientDrafts: readonly Draft[] = [
  {
    id: 'tws-client-os',
    title: 'Windows of the PCs',
    at: at(heading.clients),
    lost: 'The client does not install.',
    unverifiable: notProvable.installed,
    body: {
      kind: 'software',
      category: 'operating-system',
      for: 'TWS clients, SmartAttendant too',
      products: [
        { name: 'Windows 11' },
        { name: 'Windows 10' },
        { name: 'Windows 8.1' },
        { name: 'Windows 7', minimum: 'SP1' },
        { name: 'Windows Server 2022' },
        { name: 'Windows Server 2019' },
        { name: 'Windows Server 2016' },
        { name: 'Windows Server 2012' },
        { name: 'Windows Server 2008 R2', minimum: 'SP1' },
      ],
    },
  },
  {
    id: 'tws-client-framework',
    title: '.NET Framework of the PCs',
    at: at(heading.clients),
    lost: 'The client does not start.',
    unverifiable: notProvable.installed,
    body: {
      kind: 'software',
      category: 'framework',
      for: 'TWS clients (they draw with Windows Presentation Foundation)',
      products: [{ name: 'Microsoft .NET Framework', minimum: '4.7.2', limitation: 'Comes by Windows Update.' }],
    },
  },
  {
    id: 'tws-client-hardware',
    title: 'Hardware of the PCs',
    at: at(heading.clients),
    lost: 'The window with the caller’s name appears after the call was answered.',
    unverifiable: notProvable.installed,
    body: { kind: 'hardware', of: 'pc', memoryGb: 4, processor: 'Intel Core i3 of the latest generation, or equal' },
  },
  {
    id: 'tws-attendant-hardware',
    title: 'Hardware of the switchboard’s PCs',
    at: at(heading.clients),
    when: when.attendant,
    lost: 'The switchboard’s screen freezes while callers wait.',
    unverifiable: notProvable.installed,
    body: {
      kind: 'sizing',
      what: 'PC of an attendant',
      table: {
        limits: ['watched users'],
        facts: ['people.total'],
        results: ['processor', 'memory (GB)', 'of it for TWS (MB)'],
        rows: [
          { upTo: [100], gives: ['Intel Core i5 of the latest generation, or equal', 4, 500] },
          { upTo: [500], gives: ['Intel Core i5 of the latest generation, or equal', 6, 800] },
          { upTo: [1000], gives: ['Intel Core i7 of the latest generation, or equal', 8, 1000] },
        ],
      },
      rule: 'More than 1,000 watched users: ask Akio.',
    },
  },
  {
    id: 'tws-citrix-functions',
    title: 'TWS in a Citrix or Remote Desktop session',
    at: at(heading.clients),
    when: when.citrix,
    lost: 'With other systems at the two ends, nobody has tried whether voice works in the session.',
    by: 'both',
    unverifiable: notProvable.installed,
    body: {
      kind: 'software',
      category: 'operating-system',
      for: 'TWS Softphone 5.2 in a session; everything else of TWS 5.2 works on Citrix and RDS too',
      every: true,
      products: [
        { name: 'Windows Server 2019 Datacenter as the host of the session' },
        { name: 'Windows 10 on the PC that opens it' },
      ],
    },
  },
  {
    id: 'tws-softphone-headset',
    title: 'Headsets that steer TWS Softphone',
    at: at(heading.clients),
    when: when.softphone,
    level: 'optional',
    lost: 'The headset’s buttons do not answer or mute.',
    checks: ['devices'],
    body: {
      kind: 'hardware',
      of: 'headset',
      makes: [
        'Jabra, of those that its Windows SDK V2 supports (advised)',
        'Plantronics, of those that Spokes supports',
      ],
      rule: 'Recent USB headsets.',
    },
  },
  {
    id: 'tws-client-rights',
    title: 'People may write to the client’s folders',
    at: at(heading.exclusions),
    lost: 'The client cannot update itself, and differs from its server one day.',
    unverifiable: notProvable.installed,
    body: {
      kind: 'duty',
      what: 'Leave the folders of the client, %programdata%\\Akio and %appdata%\\Akio, open to their user; no administrator is needed to install it.',
    },
  },
  {
    id: 'tws-client-shared-rights',
    title: 'On a PC of several people, each may change the folder of the client',
    at: at(heading.exclusions),
    when: { any: [when.citrix, { fact: 'option.sharedPcs' }] },
    lost: 'The first one to start after an update gets it, the others cannot start.',
    unverifiable: notProvable.installed,
    body: {
      kind: 'duty',
      what: 'Give every user of the system the right to read, write and modify in the folder where the client is installed; an update is done by whoever is there.',
    },
  },
  {
    id: 'tws-firewall-by-function',
    title: 'Firewall rules for what is really used',
    at: at(heading.exclusions),
    lost: 'Too much is open, or a function that was bought does not work.',
    unverifiable: notProvable.agreed,
    body: {
      kind: 'duty',
      what: 'Make the rules from the flows of the functions that are in use, in both directions as listed.',
    },
  },
  {
    id: 'tws-antivirus-exclusions',
    title: 'What antivirus and local firewalls leave alone',
    at: at(heading.exclusions),
    level: 'optional',
    lost: 'Real-time scanning slows the client, or stops it from working at all.',
    unverifiable: notProvable.installed,
    body: {
      kind: 'software',
      category: 'setting',
      for: 'antivirus and firewall of PCs and server',
      every: true,
      products: [
        { name: 'TWS.exe (client)' },
        { name: '%programdata%\\Akio\\tws_client[xyz]\\current (where [xyz] may be empty)' },
        { name: '%appdata%\\Akio\\tws' },
        { name: '[folder of installation]\\TWS\\TWS_Services (services of the server)' },
        { name: '[folder of installation]\\TWS\\Logs' },
      ],
    },
  },
]
