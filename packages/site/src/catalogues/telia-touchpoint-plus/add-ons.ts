import type { Address, FlowBody } from '../../catalogue/requirement.ts'
import { type Draft, notProvable } from '../draft.ts'
import { type Edition, oldNetworkOnly, port, serviceNetworks } from './editions.ts'

const online = { fact: 'option.exchange', is: 'online' } as const
const onPremise = { fact: 'option.exchange', is: 'on-premise' } as const
const attendant = { fact: 'option.advancedAttendant' } as const
const adCsv = { fact: 'option.adCsv' } as const
const adGraph = { fact: 'option.adGraph' } as const

const toExchange = (addresses: readonly Address[]): FlowBody => ({
  kind: 'flow',
  from: { place: 'service', addresses },
  to: { place: 'exchange-server' },
  protocol: 'tcp',
  ports: [port(443)],
  carries: 'HTTPS (Exchange Web Services)',
})

/** Chapter 3.1: calendars of Exchange in the cloud and on premise. */
export const calendarDrafts = (edition: Edition): readonly Draft[] => {
  const sameSource =
    edition === '3.54'
      ? {
          conflictsWith: ['tp-exchange-opening'],
          conflict: '3.1.2 names the old network alone, 6.5 adds the two new ones. A plan allows all three.',
        }
      : {}
  return [
    {
      id: 'tp-exchange-kinds',
      title: 'Where calendars may be',
      at: { '3.44': ['3.1'], '3.54': ['3.1'] },
      when: { any: [online, onPremise] },
      lost: 'Calendars of another system do not show who is in a meeting.',
      unverifiable: notProvable.cloud,
      body: {
        kind: 'software',
        category: 'server',
        for: 'calendar integration',
        products: [{ name: 'Microsoft 365 (Exchange Online)' }, { name: 'Exchange Server on premise' }],
      },
    },
    {
      id: 'tp-exchange-online-account',
      title: 'Account of the service in Microsoft 365',
      at: { '3.44': ['3.1.1'], '3.54': ['3.1.1'] },
      when: online,
      lost: 'On the day that the password has to be changed, calendars stop without a word.',
      unverifiable: notProvable.cloud,
      body: {
        kind: 'secret',
        type: 'account',
        subject: 'user account for the service, with the rights that it needs and no periodic change of password',
        mayExpire: false,
        owner: 'customer',
      },
    },
    {
      id: 'tp-exchange-client-secret',
      title: 'Client secret of calendar integration',
      at: { '3.44': ['3.1.1'], '3.54': ['3.1.1'] },
      when: online,
      lost: 'When it expires, calendars are no longer read: people are called in their meetings.',
      unverifiable: notProvable.cloud,
      body: {
        kind: 'secret',
        type: 'client-secret',
        subject: 'client secret of the calendar integration in Microsoft 365 (at most two years)',
        longestLifetimeDays: 730,
        mayExpire: true,
        owner: 'customer',
      },
    },
    {
      id: 'tp-exchange-online-instruction',
      title: 'Calendar integration set up by its instruction',
      at: { '3.44': ['3.1.1'], '3.54': ['3.1.1'] },
      when: online,
      lost: 'The service is not let in, and shows no calendars.',
      unverifiable: notProvable.cloud,
      body: { kind: 'duty', what: 'Set up Microsoft 365 by the provider’s instruction for calendar integration.' },
    },
    {
      id: 'tp-exchange-online-direct',
      title: 'No openings for Exchange Online',
      at: { '3.44': ['3.1.1', '6.4'], '3.54': ['3.1.1', '6.5'] },
      when: online,
      by: 'provider',
      lost: 'Nothing at the site: the provider and Microsoft 365 talk to each other.',
      unverifiable: 'The traffic does not touch the site.',
      conflictsWith: ['tp-bandwidth-example'],
      conflict:
        'The example of 5.1 counts 1.6 kbit/s for each calendar without saying which Exchange; calendars in Microsoft 365 load no connection of the site. A plan counts them for Exchange on premise only.',
      body: { kind: 'duty', what: 'Calendars in Microsoft 365 are read from data centre to data centre.' },
    },
    {
      id: 'tp-exchange-versions',
      title: 'Versions of Exchange on premise',
      at: { '3.44': ['3.1.2'], '3.54': ['3.1.2'] },
      when: onPremise,
      lost: 'Calendars of another version are not read.',
      unverifiable: 'The version of the server is visible to its administrator only.',
      body: {
        kind: 'software',
        category: 'server',
        for: 'calendar integration on premise',
        products: [{ name: 'Exchange Server', minimum: '2007 SP1', maximum: '2019' }],
      },
    },
    {
      id: 'tp-exchange-public-name',
      title: 'Public name of Exchange Web Services',
      at: { '3.44': ['3.1.2'], '3.54': ['3.1.2'] },
      when: onPremise,
      lost: 'The service does not find the calendars.',
      unverifiable: 'The name is in the customer’s own zone, which the document does not know.',
      body: {
        kind: 'duty',
        what: 'Publish Exchange Web Services at port 443 towards the internet, with a name in public DNS.',
      },
    },
    {
      id: 'tp-exchange-incoming',
      title: 'Exchange Web Services let the service in',
      at: {
        '3.44': ['3.1.2'],
        '3.54': [['3.1.2', 'from the old network alone']],
      },
      when: onPremise,
      lost: 'Calendars are not read: people are called in their meetings.',
      unverifiable: notProvable.incoming,
      ...sameSource,
      body: toExchange(oldNetworkOnly),
    },
    {
      id: 'tp-exchange-basic-authentication',
      title: 'Basic authentication over HTTPS for the service',
      at: {
        '3.44': ['3.1.2'],
        '3.54': [['3.1.2', 'from the old network alone']],
      },
      when: onPremise,
      lost: 'The service is asked for a login that it cannot give, and reads no calendars.',
      unverifiable: notProvable.incoming,
      ...sameSource,
      body: {
        kind: 'software',
        category: 'setting',
        for: 'Exchange Web Services',
        products: [{ name: 'Basic authentication over HTTPS, allowed from the networks of the service' }],
      },
    },
    {
      id: 'tp-exchange-account',
      title: 'Account of the service in Exchange',
      at: { '3.44': ['3.1.2'], '3.54': ['3.1.2'] },
      when: onPremise,
      lost: 'On the day that the password has to be changed, calendars stop without a word.',
      unverifiable: notProvable.cloud,
      body: {
        kind: 'secret',
        type: 'account',
        subject:
          'user account for the service in Exchange, with the rights that it needs and no periodic change of password',
        mayExpire: false,
        owner: 'customer',
      },
    },
    {
      id: 'tp-exchange-interval',
      title: 'Calendars are fetched every tenth minute',
      at: { '3.44': ['3.1.2'], '3.54': ['3.1.2'] },
      when: onPremise,
      by: 'provider',
      level: 'optional',
      lost: 'A meeting that was just entered shows up to ten minutes late; that is how it works.',
      unverifiable: notProvable.incoming,
      body: { kind: 'limit', what: 'fetches of calendars', most: 6, per: 'hour' },
    },
    {
      id: 'tp-exchange-opening',
      title: 'Opening for Exchange Web Services',
      at: {
        '3.44': ['6.4'],
        '3.54': [['6.5', 'from the old network and the two new ones']],
      },
      when: onPremise,
      lost: 'Calendars are not read: people are called in their meetings.',
      unverifiable: notProvable.incoming,
      ...(edition === '3.54' && {
        conflictsWith: ['tp-exchange-incoming', 'tp-exchange-basic-authentication'],
        conflict: '3.1.2 names the old network alone, this row adds the two new ones. A plan allows all three.',
      }),
      body: toExchange(serviceNetworks(edition)),
    },
  ]
}

/** The other add-ons: attendant, directory by file and by Graph, call recording. */
export const addOnDrafts = (edition: Edition): readonly Draft[] => [
  {
    id: 'tp-attendant-telephones',
    title: 'Telephones of attendants',
    at: { '3.44': ['3.4'], '3.54': ['3.3'] },
    when: attendant,
    lost: 'An attendant’s telephone does not follow what the screen does.',
    unverifiable: notProvable.device,
    body: {
      kind: 'duty',
      what: 'Fixed telephones are of the kinds that the contact centre’s own requirements document names for the service.',
    },
  },
  {
    id: 'tp-attendant-network',
    title: 'Network of attendants',
    at: { '3.44': ['3.4'], '3.54': ['3.3'] },
    when: attendant,
    lost: 'The attendant programs freeze or lose their connection.',
    unverifiable: 'Its figures are in another document.',
    body: { kind: 'duty', what: 'WAN and LAN meet what the contact centre’s own requirements document asks for.' },
  },
  {
    id: 'tp-attendant-administrator-programs',
    title: 'Programs for administrators of the attendant',
    at: { '3.44': ['3.4'], '3.54': ['3.3'] },
    when: attendant,
    lost: 'Nobody can change queues and attendants.',
    unverifiable: notProvable.installed,
    body: {
      kind: 'software',
      category: 'client',
      for: 'administrators of the attendant',
      every: true,
      products: [{ name: 'ACE Admin' }, { name: 'ACE Pulse' }],
    },
  },
  {
    id: 'tp-attendant-not-over-datanet',
    title: 'Advanced Attendant goes over the internet',
    at: { '3.44': ['3.4', '2.3.2'], '3.54': ['3.3', '2.3.2'] },
    when: { all: [attendant, { fact: 'connection', is: 'private-network' }] },
    lost: 'Attendants of a site with DataNet alone see no calls.',
    checks: ['tcp'],
    body: {
      kind: 'unsupported',
      what: 'Traffic of the Advanced Attendant over DataNet: it needs a way to the internet.',
    },
  },
  {
    id: 'tp-ad-import',
    title: 'File of people to import',
    at: { '3.44': ['3.5'], '3.54': ['3.4'] },
    when: adCsv,
    lost: 'People are missing or twice in the service.',
    unverifiable: notProvable.agreed,
    body: {
      kind: 'duty',
      what: 'Make a CSV or LDIF file of the directory and upload it; people are told apart by mobile number, else by fixed number.',
    },
  },
  {
    id: 'tp-ad-export',
    title: 'File of people to export',
    at: { '3.44': ['3.5'], '3.54': ['3.4'] },
    when: adCsv,
    level: 'optional',
    lost: 'The own directory does not learn of numbers that were changed in the service.',
    unverifiable: notProvable.agreed,
    body: {
      kind: 'duty',
      what: 'Download the CSV or LDIF file for the own directory; each person needs a unique mark in the service, best the mail address.',
    },
  },
  {
    id: 'tp-ad-export-interval',
    title: 'Export at most once a day',
    at: { '3.44': ['3.5'], '3.54': ['3.4'] },
    when: adCsv,
    lost: 'The provider may refuse further downloads.',
    unverifiable: notProvable.agreed,
    body: { kind: 'limit', what: 'downloads of the exported file', most: 1, per: '24 hours' },
  },
  {
    id: 'tp-ad-graph-interface',
    title: 'AD integration by Microsoft Graph',
    at: { '3.44': ['3.6'], '3.54': ['3.5'] },
    when: adGraph,
    by: 'provider',
    lost: 'People of the directory do not come into the service by themselves.',
    unverifiable: notProvable.cloud,
    body: { kind: 'duty', what: 'The provider reads the directory by Microsoft Graph.' },
  },
  {
    id: 'tp-ad-graph-users',
    title: 'All integrated people are in the directory of Microsoft 365',
    at: { '3.44': ['3.6'], '3.54': ['3.5'] },
    when: adGraph,
    lost: 'Whoever is not there is missing in the service.',
    unverifiable: notProvable.cloud,
    body: { kind: 'duty', what: 'Keep every integrated person as a user in the directory of Microsoft 365.' },
  },
  {
    id: 'tp-ad-graph-on-premise',
    title: 'No updates of a directory on premise',
    at: { '3.54': ['3.5'] },
    when: adGraph,
    lost: 'Changes made in the service do not reach the own directory server.',
    unverifiable: notProvable.cloud,
    body: { kind: 'unsupported', what: 'Updates of an on-premise directory by Graph: only Azure AD is written to.' },
  },
  {
    id: 'tp-ad-graph-registration',
    title: 'App registration for AD integration',
    at: { '3.44': ['3.6'], '3.54': ['3.5'] },
    when: adGraph,
    lost: 'The service is not let into the directory.',
    unverifiable: notProvable.cloud,
    body: {
      kind: 'secret',
      type: 'app-registration',
      subject: 'app registration for Microsoft Graph (AD integration)',
      mayExpire: false,
      owner: 'customer',
    },
  },
  {
    id: 'tp-ad-graph-direct',
    title: 'No openings for AD integration by Graph',
    at: { '3.44': ['3.6'], '3.54': ['3.5'] },
    when: adGraph,
    by: 'provider',
    lost: 'Nothing at the site: the provider and Microsoft 365 talk to each other.',
    unverifiable: 'The traffic does not touch the site.',
    body: { kind: 'duty', what: 'The directory is read from data centre to data centre.' },
  },
  {
    id: 'tp-recording-mail',
    title: 'Mail with recordings arrives',
    at: { '3.44': ['3.7'], '3.54': ['3.6'] },
    when: { fact: 'option.callRecording' },
    lost: 'Recordings lie among spam or are thrown away.',
    unverifiable: 'Only a recording that is sent shows whether its mail arrives.',
    body: { kind: 'duty', what: 'Let mail from no-reply@touchpoint.telia.se in, and never treat it as spam.' },
  },
  ...teamsDrafts(edition),
]

const presence = {
  any: [
    { fact: 'option.teams', is: 'presence' },
    { fact: 'option.teams', is: 'voice' },
  ],
} as const
const voice = { fact: 'option.teams', is: 'voice' } as const

/** Teams: 3.3 in 3.44, 3.2 in 3.54. */
function teamsDrafts(edition: Edition): readonly Draft[] {
  const at = (part: string): Draft['at'] => ({ '3.44': [`3.3${part}`], '3.54': [`3.2${part}`] })
  const inBoth: Draft['at'] = { '3.44': ['3.3.1', '3.3.2'], '3.54': ['3.2.1', '3.2.2'] }
  return [
    {
      id: 'tp-teams-planning',
      title: 'Calls and presence are planned together',
      at: at(''),
      when: presence,
      by: 'both',
      lost: 'People ring in the wrong program, or show free while they speak.',
      unverifiable: notProvable.agreed,
      body: {
        kind: 'duty',
        what: 'Decide with the provider how calls and presence go between Teams and the service.',
        when: 'While Teams integration is set up.',
      },
    },
    {
      id: 'tp-teams-graph',
      title: 'Presence of Teams is read by Microsoft Graph',
      at: at('.1'),
      when: presence,
      by: 'provider',
      lost: 'The service does not see who is in a call or meeting of Teams.',
      unverifiable: notProvable.cloud,
      body: {
        kind: 'duty',
        what: 'The provider reads presence by Microsoft Graph, with monitor users and admin consents.',
      },
    },
    {
      id: 'tp-teams-monitor-users',
      title: 'Monitor users',
      at: at('.1'),
      when: presence,
      lost: 'The presence in Teams of some people is not seen.',
      unverifiable: notProvable.cloud,
      body: {
        kind: 'sizing',
        what: 'monitor users',
        onePer: { count: 600, of: 'monitored users', fact: 'people.total' },
      },
    },
    {
      id: 'tp-teams-app-registration',
      title: 'App registration for Teams',
      at: inBoth,
      when: presence,
      lost: 'The service is not let into Microsoft 365.',
      unverifiable: notProvable.cloud,
      body: {
        kind: 'secret',
        type: 'app-registration',
        subject: 'app registration for Microsoft Graph (Teams integration)',
        mayExpire: false,
        owner: 'customer',
      },
    },
    {
      id: 'tp-teams-consents',
      title: 'Consents of administrator and users for Teams',
      at: inBoth,
      when: presence,
      lost: 'When they lapse, Teams integration stops: no presence, and with voice no calls.',
      unverifiable: notProvable.cloud,
      body: {
        kind: 'secret',
        type: 'consent',
        subject: 'admin and user consents for Teams integration (30 days by Microsoft’s default)',
        longestLifetimeDays: 30,
        mayExpire: true,
        owner: 'customer',
      },
    },
    {
      id: 'tp-teams-instruction',
      title: 'Teams integration set up by its instruction',
      at: inBoth,
      when: presence,
      lost: 'The integration does not come up.',
      unverifiable: notProvable.cloud,
      body: { kind: 'duty', what: 'Set up Microsoft 365 by the provider’s instruction for Teams integration.' },
    },
    {
      id: 'tp-teams-presence-direct',
      title: 'No openings for presence of Teams',
      at: at('.1'),
      when: presence,
      by: 'provider',
      lost: 'Nothing at the site: the provider and Microsoft 365 talk to each other.',
      unverifiable: 'The traffic does not touch the site.',
      body: { kind: 'duty', what: 'Presence is read from data centre to data centre.' },
    },
    {
      id: 'tp-teams-voice-licences',
      title: 'Licences for calls in Teams',
      at: at('.2'),
      when: voice,
      lost: 'People without the licence have no dial pad in Teams and are not called there.',
      unverifiable: notProvable.cloud,
      body: {
        kind: 'licence',
        for: 'calls in Teams by Direct Routing',
        anyOf: [['Microsoft 365 licences that Teams Phone with Direct Routing needs']],
        per: 'user',
        fact: 'people.integrated',
      },
    },
    {
      id: 'tp-teams-direct-routing',
      title: 'Direct Routing set up in Teams',
      at: at('.2'),
      when: voice,
      lost: 'Teams and the service pass no calls to each other.',
      unverifiable: notProvable.cloud,
      body: {
        kind: 'duty',
        what: 'Set up Direct Routing by Microsoft’s documentation and by the provider’s instruction for Teams.',
      },
    },
    {
      id: 'tp-teams-users',
      title: 'Integrated people are users of Microsoft 365',
      at: at('.2'),
      when: voice,
      lost: 'Whoever is not there has no calls in Teams.',
      unverifiable: notProvable.cloud,
      body: { kind: 'duty', what: 'Keep every integrated person as a user of Microsoft 365.' },
    },
    {
      id: 'tp-teams-hybrid',
      title: 'No mixture with Lync or Skype for Business on premise',
      at: at('.2'),
      when: voice,
      lost: 'Calls of people in such a mixture get lost between the systems.',
      unverifiable: notProvable.cloud,
      body: { kind: 'unsupported', what: 'Office 365 in a hybrid with Lync or Skype for Business on premise.' },
    },
    {
      id: 'tp-teams-number-format',
      title: 'Numbers in the directory as E.164',
      at: at('.2'),
      when: voice,
      lost: 'Calls to people with a number in another form do not arrive.',
      unverifiable: notProvable.cloud,
      body: {
        kind: 'duty',
        what: 'Write telephone numbers in Active Directory with a plus sign and the country: +468123456.',
      },
    },
    {
      id: 'tp-teams-voice-direct',
      title: 'No openings for calls of Teams',
      at: {
        '3.44': ['3.3.2'],
        '3.54': [['3.2.2', 'all traffic goes between the data centres and Microsoft 365']],
      },
      when: voice,
      by: 'provider',
      lost: 'Nothing more at the site than Teams itself needs.',
      unverifiable: 'The traffic does not touch the site.',
      conflictsWith: edition === '3.54' ? ['tp-bandwidth-integrated-call'] : [],
      conflict:
        'The example of 5.1 counts calls of Teams on the way to the service; this section says that they do not take it. A plan keeps the figure: the site carries the same call to Microsoft 365.',
      body: {
        kind: 'duty',
        what: 'Calls go from data centre to data centre; what Teams itself needs of the site is Microsoft’s matter.',
      },
    },
  ]
}
