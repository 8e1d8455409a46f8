import { type Draft, notProvable } from '../draft.ts'

const browserSection = 'Agent Browser Configuration Requirements'
const zones = 'Managing Agent Browsers and Security Zones'
const explorer = 'Configuring Internet Explorer'
const hardware = 'Agent Computer Hardware and Software Requirements'
const telephone = 'Agent Telephone Connection and Equipment Requirements'
const supervisors = { fact: 'option.supervisors' } as const
const pstn = { fact: 'option.telephone', is: 'pstn' } as const
const cloud = { fact: 'option.telephone', is: 'cloud-telephony' } as const

/** An agent's computer, browser, telephone and headset. */
export const agentDrafts: readonly Draft[] = [
  {
    id: 'cc-agent-equipment',
    title: 'What each agent needs',
    at: { '1.0': ['Overview of Configuration Requirements', 'Overview Of Agent Technical Requirements'] },
    lost: 'The agent takes no calls.',
    unverifiable: notProvable.agreed,
    body: {
      kind: 'duty',
      what: 'Give each agent a computer with a browser, a fast connection and a telephone; more, depending on what the agent handles.',
    },
  },
  {
    id: 'cc-agent-pc',
    title: 'Computer of an agent',
    at: { '1.0': [[hardware, 'fast with Internet Explorer 7 or later']] },
    lost: 'The console is slow, and the caller waits for it.',
    unverifiable: notProvable.installed,
    conflictsWith: ['cc-browser'],
    conflict:
      'Here Internet Explorer 7 or later is what to measure a computer by, there 6 to 9 are supported, and the next release takes 8 and 9 only. A plan asks for 8 or 9.',
    body: {
      kind: 'hardware',
      of: 'pc',
      rule: 'Fast enough, with its connection, that common search sites come up quickly in Internet Explorer 7 or later.',
    },
  },
  {
    id: 'cc-agent-pc-softphone',
    title: 'Computer with a softphone',
    at: { '1.0': [hardware] },
    when: { all: [cloud, { fact: 'people.softphone' }] },
    lost: 'Calls stutter while other programs work.',
    checks: ['stream-quality'],
    body: {
      kind: 'hardware',
      of: 'pc',
      rule: 'Computer and connection perform well all the time, with every other program of the agent running.',
    },
  },
  {
    id: 'cc-screen',
    title: 'Screen of an agent',
    at: { '1.0': [hardware] },
    lost: 'Parts of the console are outside of the screen.',
    unverifiable: notProvable.installed,
    body: { kind: 'hardware', of: 'screen', screenPixels: [1200, 900], rule: 'More is recommended.' },
  },
  {
    id: 'cc-browser',
    title: 'Internet Explorer',
    at: { '1.0': [[browserSection, 'versions 6, 7, 8 and 9; from release 7.0 on 8 and 9 only']] },
    lost: 'Essential functions of the console are missing.',
    checks: ['browser'],
    conflictsWith: ['cc-agent-pc'],
    conflict:
      'Versions 6 to 9 are supported and 6 and 7 about to end, while computers are measured by 7 or later. A plan asks for 8 or 9.',
    body: {
      kind: 'software',
      category: 'browser',
      for: 'agents and supervisors',
      products: [
        {
          name: 'Internet Explorer',
          versions: ['6', '7', '8', '9'],
          limitation: '6 and 7 end with release 7.0 of the service, announced for 2013.',
        },
      ],
    },
  },
  {
    id: 'cc-other-browsers',
    title: 'Other browsers',
    at: { '1.0': [browserSection] },
    lost: 'One or more essential functions are missing.',
    checks: ['browser'],
    body: {
      kind: 'unsupported',
      what: 'Firefox and Safari, but for the control panel of the console; any other browser.',
      asIs: true,
    },
  },
  {
    id: 'cc-supervisor-zone',
    title: 'Security zone of the supervisor’s console',
    at: { '1.0': [zones] },
    when: supervisors,
    lost: 'Parts of the supervisor’s console do not work.',
    unverifiable: notProvable.installed,
    conflict:
      'The zones are listed with Internet as the most trusted, above Trusted sites; in Internet Explorer it is the other way about. A plan uses Trusted sites.',
    body: {
      kind: 'software',
      category: 'setting',
      for: 'Internet Explorer of supervisors',
      products: [{ name: 'Address of the console in the zone Internet or Trusted sites' }],
    },
  },
  {
    id: 'cc-zone-after-change',
    title: 'Security zone after a change of address',
    at: { '1.0': [zones] },
    lost: 'After the change the console does not work, or only in part.',
    unverifiable: notProvable.installed,
    body: {
      kind: 'duty',
      what: 'Take the old address out of its zone, enter the new one, and set up its security anew.',
      when: 'When the provider changes the address of the console.',
    },
  },
  {
    id: 'cc-smartscreen-off',
    title: 'SmartScreen filter off in Internet Explorer 8',
    at: { '1.0': [explorer] },
    when: { fact: 'option.internetExplorer8' },
    lost: 'The console is held up or blocked by the filter.',
    unverifiable: notProvable.installed,
    body: {
      kind: 'software',
      category: 'setting',
      for: 'Internet Explorer 8 of agents and supervisors',
      products: [{ name: 'SmartScreen filter switched off', versions: ['8'] }],
    },
  },
  {
    id: 'cc-download-prompt',
    title: 'Downloads of supervisors',
    at: { '1.0': [explorer] },
    when: supervisors,
    lost: 'Supervisors do not get reports and recordings that they download.',
    unverifiable: notProvable.installed,
    conflict:
      'The table asks to switch prompting for downloads off, its steps say to enable automatic prompting. The steps are what makes downloads work; a plan follows them.',
    body: {
      kind: 'software',
      category: 'setting',
      for: 'Internet Explorer of supervisors',
      products: [{ name: 'Automatic prompting for file downloads enabled in the zone of the console' }],
    },
  },
  {
    id: 'cc-crm-popups',
    title: 'Pop-ups and accelerators with CRM integration',
    at: { '1.0': [explorer] },
    when: { fact: 'option.crm' },
    lost: 'The customer’s card does not come up with the call.',
    unverifiable: notProvable.installed,
    body: {
      kind: 'software',
      category: 'setting',
      for: 'Internet Explorer of agents with CRM integration (Salesforce, NetSuite and others)',
      every: true,
      products: [{ name: 'Pop-up blocker off' }, { name: 'All accelerators off' }],
    },
  },
  {
    id: 'cc-telephone',
    title: 'A telephone for each agent',
    at: { '1.0': [telephone] },
    lost: 'The agent gets no calls.',
    unverifiable: notProvable.agreed,
    body: { kind: 'duty', what: 'Give each agent a line of the public network or of Cloud Telephony.' },
  },
  {
    id: 'cc-telephone-available',
    title: 'The agent’s telephone is always free for calls',
    at: { '1.0': [telephone] },
    lost: 'Callers who were given to this agent hear busy tone, and wait again.',
    unverifiable: notProvable.agreed,
    body: { kind: 'duty', what: 'Keep the telephone of an agent free for calls of the service.' },
  },
  {
    id: 'cc-telephone-no-voicemail',
    title: 'No other voicemail is faster',
    at: { '1.0': [telephone] },
    lost: 'Callers end in a private mailbox instead of with the next agent or in the service’s mailbox.',
    unverifiable: notProvable.agreed,
    body: {
      kind: 'duty',
      what: 'Do not let the telephone forward to a mailbox of its own before the service has taken the call back.',
    },
  },
  {
    id: 'cc-pstn-direct',
    title: 'Lines that can be dialled directly',
    at: { '1.0': ['Agent PSTN Equipment Requirements'] },
    when: pstn,
    lost: 'The service reaches a greeting that asks for an extension, and never the agent.',
    unverifiable: notProvable.agreed,
    body: {
      kind: 'duty',
      what: 'Each agent has a number for direct dialling in; nothing asks the caller for an extension.',
    },
  },
  {
    id: 'cc-pstn-equipment',
    title: 'Telephones on the public network',
    at: { '1.0': ['Agent PSTN Equipment Requirements'] },
    when: pstn,
    lost: 'Other equipment is not looked at when calls fail.',
    unverifiable: notProvable.agreed,
    body: {
      kind: 'hardware',
      of: 'phone',
      rule: 'A telephone on a landline, a mobile, or an IP telephone with a number of its own.',
    },
  },
  {
    id: 'cc-cloud-telephony',
    title: 'Calls over the internet connection',
    at: { '1.0': [['Agent Cloud Telephony Telephone Requirements', 'calls go over the data connection']] },
    when: cloud,
    by: 'both',
    lost: 'Calls over the internet fail, or have no sound.',
    unverifiable: 'The document names no addresses and ports for it: ask the provider.',
    conflictsWith: ['cc-web'],
    conflict:
      'Calls go over the data connection, for which no section names a port; TCP 80 and 443 are called the only ones. A plan says that the ports of calls have to be asked for.',
    body: {
      kind: 'lan',
      topic: 'firewall',
      rule: 'Signalling and voice of Cloud Telephony pass; the provider names the ports.',
    },
  },
  {
    id: 'cc-cloud-telephones',
    title: 'Telephones for Cloud Telephony',
    at: { '1.0': ['Agent Cloud Telephony Telephone Requirements'] },
    when: cloud,
    lost: 'Another telephone does not register, or is not looked at when calls fail.',
    unverifiable: notProvable.device,
    body: {
      kind: 'hardware',
      of: 'phone',
      makes: ['CounterPath eyeBeam Basic (softphone)', 'NEC DT700', 'Polycom SoundPoint IP'],
      rule: 'Such as these.',
    },
  },
  {
    id: 'cc-headset',
    title: 'Headset',
    at: { '1.0': ['Agent Voice Headset Selection Guidelines'] },
    level: 'optional',
    lost: 'Callers hear the room, echo or themselves.',
    checks: ['devices'],
    body: {
      kind: 'hardware',
      of: 'headset',
      makes: ['Plantronics', 'Jabra (GN Netcom)'],
      rule: 'Professional quality, made for contact centres.',
    },
  },
]
