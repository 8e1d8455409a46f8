import { type Draft, notProvable } from '../draft.ts'
import type { Edition } from './editions.ts'

/** Chapters 4 and 5, and the figures of chapters 2.1 and 3 that its example uses. */
export const bandwidthDrafts = (edition: Edition): readonly Draft[] => [
  {
    id: 'tp-bandwidth-call',
    title: 'Bandwidth of a call',
    at: { '3.44': ['2.1', '5.1'], '3.54': ['2.1', '5.1'] },
    lost: 'When many people call at once, everybody’s voices break up.',
    checks: ['several-calls'],
    conflictsWith: ['tp-bandwidth-example'],
    conflict:
      'The section counts every call; the example leaves out the calls of its 15 agents. A plan gives the document’s sum and, beside it, one with the agents.',
    body: {
      kind: 'bandwidth',
      per: 'concurrent-call',
      use: 'a call of a telephone, an adapter or a softphone',
      kbps: 100,
      layer: 'not stated',
      between: ['customer-network', 'service'],
      people: ['softphone', 'webSoftphone', 'deskPhone', 'attendant', 'adapter'],
    },
  },
  {
    id: 'tp-bandwidth-integrated-call',
    title: 'Bandwidth of a call through Skype for Business or Teams',
    at: {
      '3.44': ['3.2.2', '5.1'],
      '3.54': [['5.1', 'counts 100 kbit/s for each call of Skype or Teams']],
    },
    when: { fact: 'people.integrated' },
    lost: 'When many people call at once, everybody’s voices break up.',
    checks: ['several-calls'],
    ...(edition === '3.54' && {
      conflictsWith: ['tp-teams-voice-direct'],
      conflict:
        'The example counts calls of Teams on the way to the service; 3.2.2 says that their traffic goes between Microsoft 365 and the service without touching the site. A plan keeps the example’s figure: the site carries the same call to Microsoft 365.',
    }),
    body: {
      kind: 'bandwidth',
      per: 'concurrent-call',
      use: edition === '3.44' ? 'a call of Skype for Business, Lync or Teams' : 'a call of Teams',
      kbps: 100,
      layer: 'not stated',
      between: ['customer-network', 'service'],
      people: ['integrated'],
    },
  },
  {
    id: 'tp-bandwidth-calendar',
    title: 'Bandwidth of calendar integration',
    at: { '3.44': ['3.1.2', '5.1'], '3.54': ['3.1.2', '5.1'] },
    when: { fact: 'option.exchange', is: 'on-premise' },
    lost: 'Calendars arrive late, so people are called in their meetings.',
    unverifiable: 'The connection begins at the service, every ten minutes.',
    body: {
      kind: 'bandwidth',
      per: 'user',
      use: 'the calendar of a user, fetched every tenth minute',
      kbps: 1.6,
      layer: 'not stated',
      between: ['exchange-server', 'service'],
    },
  },
  {
    id: 'tp-bandwidth-example',
    title: 'The worked example: 3.264 Mbit/s',
    at: {
      '3.44': ['5.1'],
      '3.54': [['5.1', 'still speaks of Skype for Business and Lync, and leaves out the agents’ calls']],
    },
    level: 'optional',
    lost: 'A connection made by the example alone is too small once the agents call.',
    unverifiable: 'An example for a made-up customer; the figures that it uses are requirements of their own.',
    conflictsWith: [
      'tp-bandwidth-call',
      'tp-exchange-online-direct',
      ...(edition === '3.44' ? ['tp-bandwidth-skype-presence'] : []),
    ],
    conflict:
      edition === '3.44'
        ? 'It counts 30 calls and 165 calendars, not the calls of the 15 agents, nor the presence of its 50 Skype users (another 80 kbit/s by 3.2.1); and calendars count only with an Exchange on premise, which it does not say. A plan gives this sum as the document’s minimum and an honest one beside it.'
        : 'It counts 30 calls and 165 calendars, not the calls of the 15 agents; its 50 people on a Lync or Skype client are of an integration that the edition does not have any more; and calendars count only with an Exchange on premise, which it does not say. A plan gives this sum as the document’s minimum and an honest one beside it.',
    body: {
      kind: 'sizing',
      what: 'least bandwidth of the example: 165 people, 15 of them agents, 20 % of the other 150 in a call',
      rule: '10 x 100 + 10 x 100 + 10 x 100 + 165 x 1.6 kbit/s = 3.264 Mbit/s',
    },
  },
  {
    id: 'tp-bandwidth-newest-documents',
    title: 'Calculate with the newest documents',
    at: { '3.44': ['5'], '3.54': ['5'] },
    lost: 'The connection is made for figures that are no longer right.',
    unverifiable: notProvable.agreed,
    body: {
      kind: 'duty',
      what: 'Use the newest document of each product that is counted.',
      when: 'Whenever bandwidth is calculated anew.',
    },
  },
  {
    id: 'tp-other-products',
    title: 'What other products ask for',
    at: { '3.44': ['4'], '3.54': ['4'] },
    when: { fact: 'option.otherProducts' },
    lost: 'The other product does not work together with the service, for want of something this document does not name.',
    unverifiable: notProvable.agreed,
    body: {
      kind: 'duty',
      what: 'Ask the provider what further products ask of the site.',
      when: 'Before they are ordered.',
    },
  },
]
