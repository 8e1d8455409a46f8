import type { Condition } from '../../catalogue/condition.ts'
import type { FlowBody, Ports } from '../../catalogue/requirement.ts'
import { type Draft, notProvable, type Source } from '../draft.ts'
import { port, tcpFlow, when, why } from './conditions.ts'
import { edition, heading } from './sections.ts'

const at = (...sections: Source[]): Draft['at'] => ({ [edition]: sections })
const both = (...all: Condition[]): Condition => ({ all })

const toServer = (ports: readonly Ports[], carries: string): FlowBody => tcpFlow('pc', 'tws-server', ports, carries)

/** One function of a client, over its plain or its secured port; some have only the secured one. */
interface Pair {
  readonly id: string
  readonly title: string
  readonly lost: string
  readonly plain?: readonly number[]
  readonly secured: readonly number[]
  readonly carries: string
  readonly when?: Condition
}

const pairs: readonly Pair[] = [
  {
    id: 'web',
    title: 'Pages, sounds and photos',
    lost: 'Web pages, sound files and photos are missing, from TWS Caller on.',
    plain: [80],
    secured: [443],
    carries: 'HTTP',
  },
  {
    id: 'api',
    title: 'Web services of the client',
    lost: 'Nobody can log in to the client.',
    plain: [9001, 9005],
    secured: [9011, 9015],
    carries: 'HTTP',
  },
  {
    id: 'alerts',
    title: 'Alerts about calls',
    lost: 'The screen shows no call, no caller and nobody’s state.',
    plain: [9004],
    secured: [9014],
    carries: 'events',
  },
  {
    id: 'collaboration',
    title: 'Chat and other collaboration',
    lost: 'Chat does not work, from TWS Caller on.',
    plain: [9006],
    secured: [9016],
    carries: 'collaboration',
  },
  {
    id: 'web-socket',
    title: 'Events for own programs',
    lost: 'Programs that the customer wrote hear of no call.',
    plain: [9003],
    secured: [9013],
    carries: 'WebSocket',
    when: { fact: 'option.webSocketDevelopment' },
  },
  {
    id: 'conference',
    title: 'Conferences',
    lost: 'Nobody can join a conference.',
    secured: [9017],
    carries: 'conference service',
    when: { fact: 'option.conference' },
  },
  {
    id: 'files',
    title: 'Sharing of files',
    lost: 'Files cannot be shared.',
    secured: [9018],
    carries: 'file sharing',
    when: { fact: 'option.fileSharing' },
  },
  {
    id: 'remote-access',
    title: 'Help on the screen of another',
    lost: 'Nobody can be helped on their screen.',
    secured: [9019],
    carries: 'remote access',
    when: { fact: 'option.remoteAccess' },
  },
  {
    id: 'v4-services',
    title: 'Web services of the version 4 client',
    lost: 'Clients of version 4 cannot log in.',
    plain: [8000],
    secured: [8001],
    carries: 'HTTP',
    when: when.v4Client,
  },
]

const pairDrafts = pairs.flatMap(({ id, title, lost, plain, secured, carries, when: only }): Draft[] => {
  const draft = (suffix: string, ports: readonly number[], mode: Condition | undefined, says: string): Draft => {
    const condition = only && mode ? both(only, mode) : (only ?? mode)
    return {
      id: `tws-pc-${id}${suffix}`,
      title: suffix === '' ? title : `${title}, without TLS`,
      at: at(heading.serverToPcs),
      level: 'required',
      ...(condition && { when: condition }),
      lost,
      checks: ['tcp'],
      ...(ports.every((one) => one >= 9000) && {
        conflictsWith: ['tws-pc-port-summary'],
        conflict: 'The summary opens ten ports where the list names single ones. A plan opens those of the list.',
      }),
      body: toServer(
        ports.map((one) => port(one)),
        says,
      ),
    }
  }
  // What has a secured port alone needs it in either mode.
  const tls = draft('', secured, plain ? when.secured : undefined, carries === 'HTTP' ? 'HTTPS' : `${carries} over TLS`)
  return plain ? [tls, draft('-plain', plain, when.unsecured, carries)] : [tls]
})

const singlePorts = pairDrafts.filter(({ conflictsWith }) => conflictsWith).map(({ id }) => id)

/** Between PCs and the server. */
export const pcDrafts: readonly Draft[] = [
  {
    id: 'tws-pc-port-summary',
    title: 'The summary’s ten ports in a row',
    at: at([heading.serverToPcs, 'TCP 9001 to 9010, or 9011 to 9020 in secured mode, and UDP 40000 to 41000']),
    level: 'optional',
    lost: 'Nothing today: no function of the list uses the other ports.',
    unverifiable: 'A second, wider wording of flows that are checked one by one.',
    conflictsWith: singlePorts,
    conflict:
      'The summary opens TCP 9001-9010 and 9011-9020, the list below it only 9001, 9003 to 9006 and 9011, 9013 to 9019. A plan opens those of the list.',
    body: {
      kind: 'lan',
      topic: 'firewall',
      rule: 'From PCs to the server TCP 80 and 9001-9010, in secured mode 443 and 9011-9020, and UDP 40000-41000.',
    },
  },
  ...pairDrafts,
  {
    id: 'tws-pc-v4-alerts',
    title: 'Alerts about calls for the version 4 client',
    at: at(heading.serverToPcs),
    level: 'required',
    when: when.v4Client,
    lost: 'Clients of version 4 show no call.',
    checks: ['tcp'],
    body: toServer([port(9000)], 'events'),
  },
  {
    id: 'tws-pc-v4-chat',
    title: 'Chat for the version 4 client',
    at: at(heading.serverToPcs),
    level: 'required',
    when: when.v4Client,
    lost: 'Chat does not work in clients of version 4, from TWS Caller on.',
    checks: ['tcp'],
    body: toServer([port(2500)], 'chat'),
  },
  {
    id: 'tws-pc-video',
    title: 'Picture and sound of conferences',
    at: at(heading.serverToPcs, [heading.serverToPcs, 'the summary says UDP, the list names no protocol']),
    level: 'required',
    when: { fact: 'option.conference' },
    lost: 'People join a conference and neither see nor hear anybody.',
    unverifiable: 'Only the conference service answers on these ports, and only during a conference.',
    conflict: 'The list names the ports without a protocol, the summary says UDP. A plan opens UDP, which WebRTC uses.',
    body: {
      kind: 'flow',
      from: { place: 'pc' },
      to: { place: 'tws-server' },
      protocol: 'udp',
      ports: [port(40_000, 41_000)],
      carries: 'WebRTC',
    },
  },
  {
    id: 'tws-softphone-signalling',
    title: 'Signalling of TWS Softphone',
    at: at(heading.softphone),
    level: 'required',
    when: when.softphone,
    lost: 'The softphone does not register: no calls in or out.',
    unverifiable: why.betweenMachines,
    body: {
      kind: 'flow',
      from: { place: 'pc' },
      to: { place: 'pbx' },
      protocol: 'udp',
      ports: [port(5060)],
      carries: 'SIP',
      bothWays: true,
    },
  },
  {
    id: 'tws-softphone-media',
    title: 'Voice of TWS Softphone',
    at: at(heading.softphone),
    level: 'required',
    when: when.softphone,
    lost: 'Calls connect and one side, or both, hear nothing.',
    unverifiable: why.betweenMachines,
    conflict:
      'The document says where the ports of the PC begin and in what steps, and not where they end. A plan opens enough for 25 calls at once on one PC. Both ways are asked for; the other way goes to ports of the exchange, which its own documents name, and answers this one.',
    body: {
      kind: 'flow',
      from: { place: 'pbx' },
      to: { place: 'pc' },
      protocol: 'udp',
      ports: [port(40_000, 40_099)],
      carries: 'RTP (call n of a PC from port 40000 + 4n on)',
    },
  },
  {
    id: 'tws-softphone-between-pcs',
    title: 'Voice from PC to PC',
    at: at(heading.softphone),
    level: 'required',
    when: when.softphone,
    lost: 'Colleagues on two softphones do not hear each other.',
    unverifiable: why.betweenMachines,
    body: {
      kind: 'flow',
      from: { place: 'pc' },
      to: { place: 'pc' },
      protocol: 'udp',
      ports: [port(5060), port(40_000, 40_099)],
      carries: 'SIP and RTP',
    },
  },
  ...(['snom', 'yealink'] as const).flatMap((maker): Draft[] => {
    const name = maker === 'snom' ? 'Snom' : 'Yealink'
    return [
      {
        id: `tws-pc-${maker}`,
        title: `PCs steer ${name} telephones`,
        at: at(heading.pcsToPhones),
        level: 'required',
        when: when[maker],
        lost: 'A click dials nothing.',
        checks: ['tcp'],
        body: tcpFlow('pc', 'phones', [port(80)], `HTTP of the telephone (or the port that is set on the ${name})`),
      },
      {
        id: `tws-${maker}-to-server`,
        title: `${name} telephones tell the server of their calls`,
        at: at(heading.serverToPhones),
        level: 'required',
        when: when[maker],
        lost: 'Calls of the telephone do not appear on the screen.',
        unverifiable: why.portOfSite,
        body: tcpFlow('phones', 'tws-server', [port(7000, 7999)], 'events (one port 7xxx for each telephony link)'),
      },
    ]
  }),
]

const channelSteps = [2, 4, 8, 16, 32, 50]

/** Voice of the Media Server: two ports a channel; a step for each size, so that no more is opened than the channels need. What goes to the exchange goes to its ports, and answers this. */
const mediaServerVoice = channelSteps.map((channels, index): Draft => {
  const before = channelSteps[index - 1] ?? 0
  return {
    id: `tws-media-server-voice-${channels}`,
    title: `Voice of the Media Server, ${before + 1} to ${channels} channels`,
    at: at(heading.serverToPbx),
    level: 'required',
    when: both(
      { fact: 'option.mediaChannels', atLeast: before + 1 },
      { not: { fact: 'option.mediaChannels', atLeast: channels + 1 } },
    ),
    lost: 'Callers hear no announcement, and nothing is recorded.',
    unverifiable: why.betweenMachines,
    body: {
      kind: 'flow',
      from: { place: 'pbx' },
      to: { place: 'tws-server' },
      protocol: 'udp',
      ports: [port(40_000, 40_000 + 2 * channels - 1)],
      carries: 'RTP',
    },
  }
})

const link = (id: string, title: string, only: Condition, ports: readonly number[], carries: string): Draft => ({
  id: `tws-pbx-${id}`,
  title,
  at: at(heading.serverToPbx),
  level: 'required',
  when: only,
  lost: 'The server hears of no call: nothing appears on screens, and a click dials nothing.',
  checks: ['tcp'],
  // Both ways, says the heading; the port is the exchange's, so the server begins.
  body: tcpFlow(
    'tws-server',
    'pbx',
    ports.map((one) => port(one)),
    `${carries} (default port)`,
  ),
})

/** Between server, exchange and other servers. */
export const serverFlowDrafts: readonly Draft[] = [
  link('mivoice5000-vti', 'Link to MiVoice 5000 by VTI-XML', when.mitel5000Vti, [3199], 'VTI-XML'),
  link('mivoice5000-csta', 'Link to MiVoice 5000 by CSTA', when.mitel5000Csta, [3211, 4211], 'CSTA, one of the two,'),
  link('mxone', 'Link to MX-ONE', when.mxOne, [8882], 'CSTA XML'),
  link('mivoice400', 'Link to MiVoice Office 400', when.mitel400, [7001], 'CSTA'),
  link('alcatel', 'Link to OmniPCX Office or Enterprise', when.alcatel, [2555], 'CSTA'),
  link('unify', 'Link to OpenScape Office, Voice or Business', when.unify, [7001], 'CSTA'),
  ...mediaServerVoice,
  {
    id: 'tws-media-server-direct',
    title: 'Voice may go straight to the telephones',
    at: at(heading.serverToPbx),
    level: 'optional',
    when: when.mediaServer,
    lost: 'With some exchanges, announcements stay silent although the way to the exchange is open.',
    unverifiable: why.betweenMachines,
    body: {
      kind: 'lan',
      topic: 'firewall',
      rule: 'The voice of the Media Server can go from the server to the IP telephone without passing the exchange; then the same UDP ports are needed from the telephones.',
    },
  },
  {
    id: 'tws-browser',
    title: 'TWP Browser on NeXspan and A5000',
    at: at(heading.serverToPbx),
    level: 'required',
    when: both(when.mitel5000, { fact: 'option.twpBrowser' }),
    lost: 'The menu on the telephone’s display stays empty.',
    unverifiable: why.toServer,
    body: tcpFlow('pbx', 'tws-server', [port(8020)], 'TWP Browser (default port)'),
  },
  {
    id: 'tws-sms',
    title: 'SMS',
    at: at(heading.serverToOthers),
    level: 'required',
    when: { fact: 'option.sms' },
    lost: 'No SMS is sent.',
    checks: ['tcp'],
    body: tcpFlow('tws-server', 'sms-server', [port(2775)], 'SMPP'),
  },
  {
    id: 'tws-ldap',
    title: 'Directory by LDAP',
    at: at([heading.serverToOthers, 'calls 443 and 389 the ports of LDAP']),
    level: 'required',
    when: { fact: 'option.ldap' },
    lost: 'The search for people finds nobody of the company’s directory.',
    checks: ['tcp'],
    conflict:
      'LDAP over TLS is on port 636 as a rule; 443 is that of HTTPS. The document says 443, and a plan opens what it says: ask Akio before leaving it out.',
    body: tcpFlow('tws-server', 'ldap-server', [port(389), port(443)], 'LDAP'),
  },
  {
    id: 'tws-calendar-https',
    title: 'Calendars and contacts over HTTPS',
    at: at(heading.serverToOthers),
    level: 'required',
    when: {
      any: ['exchange', 'office365', 'google', 'zimbra'].map((is) => ({ fact: 'option.groupware', is })),
    },
    lost: 'Nobody sees who is in a meeting, and contacts are missing.',
    checks: ['tcp', 'tls'],
    body: tcpFlow('tws-server', 'groupware-server', [port(443)], 'HTTPS'),
  },
  {
    id: 'tws-notes',
    title: 'Lotus Notes',
    at: at(heading.serverToOthers),
    level: 'required',
    when: { fact: 'option.groupware', is: 'notes' },
    lost: 'Nobody sees who is in a meeting, and contacts are missing.',
    checks: ['tcp'],
    body: tcpFlow('tws-server', 'groupware-server', [port(63_148)], 'DIIOP'),
  },
  {
    id: 'tws-other-connectors',
    title: 'Ports of further connectors',
    at: at(heading.serverToOthers),
    level: 'optional',
    lost: 'A connector that the document does not list has no way out.',
    unverifiable: notProvable.agreed,
    body: { kind: 'duty', what: 'Open what each further connector needs; the document lists examples only.' },
  },
]
