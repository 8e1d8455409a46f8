import type { Condition } from '../../catalogue/condition.ts'
import type { LicenceBody } from '../../catalogue/requirement.ts'
import { type Draft, notProvable, type Source } from '../draft.ts'
import { edition } from './sections.ts'

export const at = (...sections: Source[]): Draft['at'] => ({ [edition]: sections })

const flag = (id: string): Condition => ({ fact: `option.${id}` })
const not = (condition: Condition): Condition => ({ not: condition })

/** When requirements of myPortal @work apply. */
export const when = {
  voip: { fact: 'people.softphone' },
  cti: { fact: 'people.ctiOnly' },
  lan: flag('lan'),
  vpn: flag('vpn'),
  internet: flag('internet'),
  deskshare: flag('deskshare'),
  mulap: flag('mulap'),
  suite: { fact: 'option.ucMode', is: 'suite' },
  smart: { fact: 'option.ucMode', is: 'smart' },
} as const satisfies Readonly<Record<string, Condition>>

/** All of these, of which one may be left out by `always`. */
export const all = (...parts: Condition[]): Condition => ({ all: parts })

const ipWithUc: LicenceBody['anyOf'] = [
  ['IP User', 'UC User'],
  ['IP User', 'Groupware'],
]
const deskshareWithUc: LicenceBody['anyOf'] = [
  ['Deskshare', 'UC User'],
  ['Deskshare', 'Groupware'],
]

const readTwoWays =
  'The sentence can also be read as "Groupware alone is enough". A plan counts the licence of the telephone (IP User, or Deskshare) with either.'

interface Scenario {
  readonly id: string
  readonly title: string
  readonly section: string
  readonly when: Condition
  readonly anyOf: LicenceBody['anyOf']
}

const ordinary = not({ any: [when.deskshare, when.mulap] })

const scenarios: readonly Scenario[] = [
  {
    id: 'lan',
    title: 'In the office',
    section: '1.2',
    when: all(when.lan, not(when.vpn), not(when.internet), ordinary),
    anyOf: ipWithUc,
  },
  {
    id: 'mulap',
    title: 'With a second device under the same number (MULAP)',
    section: '1.3',
    when: when.mulap,
    anyOf: ipWithUc,
  },
  {
    id: 'vpn',
    title: 'At home over VPN',
    section: '1.4',
    when: all(when.vpn, not(when.lan), ordinary),
    anyOf: ipWithUc,
  },
  {
    id: 'internet',
    title: 'Over the internet',
    section: '1.5',
    when: all(when.internet, not(when.lan), ordinary),
    anyOf: ipWithUc,
  },
  {
    id: 'vpn-lan',
    title: 'At home over VPN and in the office',
    section: '1.6',
    when: all(when.vpn, when.lan, ordinary),
    anyOf: ipWithUc,
  },
  {
    id: 'internet-lan',
    title: 'Over the internet and in the office',
    section: '1.7',
    when: all(when.internet, when.lan, ordinary),
    anyOf: ipWithUc,
  },
  {
    id: 'deskshare',
    title: 'Deskshare in the office',
    section: '1.8',
    when: all(when.deskshare, when.lan),
    anyOf: deskshareWithUc,
  },
  {
    id: 'deskshare-vpn',
    title: 'Deskshare over VPN',
    section: '1.9',
    when: all(when.deskshare, when.vpn),
    anyOf: deskshareWithUc,
  },
  {
    id: 'deskshare-internet',
    title: 'Deskshare over the internet',
    section: '1.10',
    when: all(when.deskshare, when.internet),
    anyOf: deskshareWithUc,
  },
]

const licences = scenarios.map(
  ({ id, title, section, when: only, anyOf }): Draft => ({
    id: `mp-licence-${id}`,
    title: `Licences: ${title}`,
    at: at(section),
    level: 'required',
    when: all(when.voip, only),
    lost: 'The client logs in and cannot be turned into a telephone, or does not log in at all.',
    by: 'both',
    unverifiable: notProvable.device,
    conflict: readTwoWays,
    body: { kind: 'licence', for: `myPortal @work with voice: ${title}`, anyOf, per: 'user' },
  }),
)

/** Licences, by how people work. */
export const licenceDrafts: readonly Draft[] = [
  {
    id: 'mp-licence-cti',
    title: 'Licences: steering a desk phone, without voice on the PC',
    at: at('1.1'),
    level: 'required',
    when: when.cti,
    lost: 'People cannot log in to the client.',
    by: 'both',
    unverifiable: notProvable.device,
    body: {
      kind: 'licence',
      for: 'myPortal @work as UC and CTI client',
      anyOf: [['UC User'], ['Groupware']],
      per: 'user',
    },
  },
  ...licences,
  {
    id: 'mp-licence-mulap-device',
    title: 'A licence for the other device of a MULAP',
    at: at('1.3'),
    level: 'required',
    when: when.mulap,
    lost: 'The cordless or desk phone of the pair is dead.',
    by: 'both',
    unverifiable: notProvable.device,
    body: {
      kind: 'licence',
      for: 'the other device, for example DECT',
      anyOf: [['TDM User'], ['IP User']],
      per: 'device',
    },
  },
  {
    id: 'mp-beside-uc-user',
    title: 'Beside myPortal for Desktop',
    at: at('1.11', '1.11.1'),
    when: all(when.suite, { fact: 'option.beside', is: 'desktop' }),
    lost: 'One of the two clients is logged out by the other.',
    by: 'both',
    unverifiable: notProvable.device,
    body: {
      kind: 'licence',
      for: 'myPortal @work and myPortal for Desktop at once, in the office and over VPN',
      anyOf: [['UC User']],
      per: 'user',
      with: ['myPortal for Desktop'],
    },
  },
  {
    id: 'mp-beside-groupware',
    title: 'Beside myPortal for Outlook (OLI)',
    at: at('1.11', '1.11.2'),
    when: all(when.suite, { fact: 'option.beside', is: 'outlook' }),
    lost: 'One of the two clients is logged out by the other.',
    by: 'both',
    unverifiable: notProvable.device,
    body: {
      kind: 'licence',
      for: 'myPortal @work and OLI at once, in the office and over VPN',
      anyOf: [['Groupware']],
      per: 'user',
      with: ['OLI (myPortal for Outlook)'],
    },
  },
  {
    id: 'mp-beside-agent',
    title: 'As the telephone of myAgent',
    at: at('1.11', '1.11.3'),
    when: all(when.suite, { fact: 'option.beside', is: 'agent' }),
    lost: 'Agents have no telephone on their PC.',
    by: 'both',
    unverifiable: notProvable.device,
    body: {
      kind: 'licence',
      for: 'myAgent with myPortal @work as its softphone, in the office and over VPN',
      anyOf: [['IP User', 'UC User', 'myAgent']],
      per: 'agent',
      with: ['myAgent'],
      notWith: ['Free Seating of myAgent'],
    },
  },
  {
    id: 'mp-no-free-seating',
    title: 'No Free Seating of myAgent',
    at: at('1.11.3', '3.5'),
    when: all(when.suite, { fact: 'option.beside', is: 'agent' }),
    lost: 'Agents who choose another device at login get no calls.',
    by: 'both',
    unverifiable: notProvable.agreed,
    body: {
      kind: 'unsupported',
      what: 'Free Seating (an agent chooses the device from a list at login) together with myPortal @work.',
    },
  },
]
