import type { Condition } from '../../catalogue/condition.ts'
import type { PbxBody } from '../../catalogue/requirement.ts'
import { type Draft, notProvable, type Source } from '../draft.ts'
import { when } from './conditions.ts'
import { edition, heading } from './sections.ts'

const at = (...sections: Source[]): Draft['at'] => ({ [edition]: sections })

const exchange = (id: string, title: string, section: Source, only: Condition, body: Omit<PbxBody, 'kind'>): Draft => ({
  id: `tws-exchange-${id}`,
  title,
  at: at(section),
  level: 'required',
  when: only,
  lost: 'The exchange cannot be linked: TWS neither sees nor steers calls.',
  unverifiable: notProvable.device,
  body: { kind: 'pbx', ...body },
})

const cstaKeys = (id: string, section: string, only: Condition, per: string): Draft => ({
  id: `tws-csta-keys-${id}`,
  title: 'A CSTA key for each user',
  at: at(section),
  level: 'required',
  when: only,
  lost: 'People beyond the number of keys see no calls on their screen.',
  unverifiable: notProvable.device,
  body: {
    kind: 'licence',
    for: `being watched and steered by TWS (as many as ${per})`,
    anyOf: [['CSTA key of the exchange, unlocked']],
    per: 'user',
  },
})

const sipUser = (id: string, section: string, only: Condition): Draft => ({
  id: `tws-sip-user-${id}`,
  title: 'A SIP licence of the exchange for each softphone',
  at: at(section),
  level: 'required',
  when: { all: [only, when.softphone] },
  lost: 'The softphone does not register: no calls in or out.',
  unverifiable: notProvable.device,
  body: {
    kind: 'licence',
    for: 'TWS Softphone',
    anyOf: [['SIP user licence of the exchange']],
    per: 'user',
    fact: 'people.softphone',
  },
})

const sipChannel = (id: string, section: string, only: Condition): Draft => ({
  id: `tws-sip-channel-${id}`,
  title: 'A SIP licence of the exchange for each channel of the Media Server',
  at: at(section),
  level: 'required',
  when: { all: [only, when.mediaServer] },
  lost: 'The channels without one take no call.',
  unverifiable: notProvable.device,
  body: {
    kind: 'licence',
    for: 'TWS Media Server',
    anyOf: [['SIP licence of the exchange']],
    per: 'channel',
    fact: 'option.mediaChannels',
  },
})

/** Telephones and exchanges. */
export const telephonyDrafts: readonly Draft[] = [
  {
    id: 'tws-snom-firmware',
    title: 'Snom telephones and their firmware',
    at: at(heading.snom),
    level: 'required',
    when: when.snom,
    lost: 'TWS neither sees nor steers calls of the telephone.',
    unverifiable: notProvable.device,
    body: {
      kind: 'firmware',
      maker: 'Snom',
      models: ['D7xxx', 'D3xxx', '300', '320', '370', '710', '720', '760', '821', '870'],
      minimum: '8.7.3.25',
      protocols: ['uaCSTA'],
      rule: 'uaCSTA costs nothing; which of its functions work depends on the firmware. Works with any exchange that speaks SIP, without setting anything up there.',
    },
  },
  {
    id: 'tws-yealink-csta-firmware',
    title: 'Yealink telephones by uaCSTA',
    at: at(heading.yealink),
    level: 'required',
    when: when.yealinkCsta,
    lost: 'TWS neither sees nor steers calls of the telephone; with versions 84 and 85, transfers go wrong.',
    unverifiable: notProvable.device,
    body: {
      kind: 'firmware',
      maker: 'Yealink',
      models: ['Every telephone that speaks uaCSTA'],
      minimum: 'v81',
      bad: [
        { version: 'v84', fault: 'Faults when calls are transferred.' },
        { version: 'v85', fault: 'Faults when calls are transferred.' },
      ],
      protocols: ['uaCSTA'],
      rule: 'CSTA and web service cost nothing.',
    },
  },
  {
    id: 'tws-yealink-action-firmware',
    title: 'Yealink telephones by action URLs',
    at: at(heading.yealink),
    level: 'required',
    when: when.yealinkActions,
    lost: 'TWS hears nothing of the telephone’s calls.',
    unverifiable: notProvable.device,
    body: {
      kind: 'firmware',
      maker: 'Yealink',
      models: ['Every telephone with action URLs'],
      minimum: 'x.73.x.x',
      protocols: ['action URLs'],
    },
  },
  {
    id: 'tws-yealink-dect',
    title: 'No Yealink DECT',
    at: at(heading.yealink),
    level: 'required',
    when: when.yealink,
    lost: 'Who has a cordless telephone sees no calls on the screen.',
    unverifiable: notProvable.device,
    body: { kind: 'unsupported', what: 'DECT telephones of Yealink.' },
  },
  exchange('mivoice5000', 'MiVoice 5000 or Aastra 5000', heading.mitel, when.mitel5000, {
    maker: 'Mitel',
    models: ['MiVoice 5000', 'Aastra 5000'],
    minimum: 'R5.3',
    link: ['VTI-XML (no charge)', 'CSTA'],
  }),
  {
    ...exchange(
      'mivoice400',
      'MiVoice Office 400 or Aastra 400',
      [heading.mitel, 'once names Aastra 4000 where it means Aastra 400'],
      when.mitel400,
      {
        maker: 'Mitel',
        models: ['MiVoice Office 400', 'Aastra 400'],
        minimum: 'R3.2 (mib v.08.63)',
        link: ['CSTA XML'],
        needs: ['CSTA keys, one for each TWS user'],
      },
    ),
    conflict:
      'The list calls the old system Aastra 4000, the sentence above it and the one beside it Aastra 400. A plan takes Aastra 400, which is the one that became MiVoice Office 400.',
  },
  exchange('mxone', 'MiVoice MX-ONE', heading.mitel, when.mxOne, {
    maker: 'Mitel',
    models: ['MiVoice MX-ONE', 'Ericsson MX-ONE'],
    minimum: 'Application Link 4.0 (CSTA phase 1, 2 or 3), or V4 SP5 by CSTA XML',
    link: ['Application Link', 'CSTA XML'],
    needs: ['IP card', 'CSTA keys, one for each TWS user'],
  }),
  cstaKeys('mitel', heading.mitel, { any: [when.mitel400, when.mxOne] }, 'TWS users'),
  sipUser('mitel', heading.mitel, when.mitel),
  exchange('oxe', 'OmniPCX Enterprise', heading.alcatel, when.oxe, {
    maker: 'Alcatel',
    models: ['OmniPCX Enterprise (OXE)'],
    minimum: 'R8',
    link: ['CSTA'],
    needs: ['IP card', 'CSTA keys, one for each TWS Caller licence'],
  }),
  exchange('oxo', 'OmniPCX Office', heading.alcatel, when.oxo, {
    maker: 'Alcatel',
    models: ['OmniPCX Office (OXO)'],
    minimum: 'R7',
    link: ['CSTA'],
    needs: ['IP card', 'CSTA keys, one for each TWS Caller licence'],
  }),
  cstaKeys('alcatel', heading.alcatel, when.alcatel, 'TWS Caller licences'),
  sipUser('alcatel', heading.alcatel, when.alcatel),
  sipChannel('alcatel', heading.alcatel, when.alcatel),
  exchange('unify', 'OpenScape and HiPath', heading.unify, when.unify, {
    maker: 'Unify',
    models: ['OpenScape Office', 'OpenScape Business', 'OpenScape Voice', 'HiPath 3xxx version 8', 'HiPath OpenOffice'],
    link: ['CSTA over IP'],
    needs: ['IP card', 'CSTA keys, one for each TWS Caller licence'],
  }),
  cstaKeys('unify', heading.unify, when.unify, 'TWS Caller licences'),
  sipUser('unify', heading.unify, when.unify),
  sipChannel('unify', heading.unify, when.unify),
]
