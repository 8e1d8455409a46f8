import type { Condition } from '../../catalogue/condition.ts'
import { type Draft, notProvable } from '../draft.ts'
import { when } from './conditions.ts'
import { edition, heading } from './sections.ts'

const event = (id: string, use: string, bytes: number, only?: Condition): Draft => ({
  id: `tws-bandwidth-${id}`,
  title: `Bandwidth: ${use}`,
  at: { [edition]: [heading.bandwidth] },
  level: 'required',
  ...(only && { when: only }),
  lost: 'The screen shows what happened some seconds late.',
  unverifiable: notProvable.agreed,
  body: { kind: 'bandwidth', per: 'event', use, bytes, layer: 'not stated', between: ['pc', 'tws-server'] },
})

const alerter: Condition = { fact: 'option.alerter' }

/** What clients and calls need of the network; 1 Ko of the document is 1,000 bytes here. */
export const bandwidthDrafts: readonly Draft[] = [
  event('start', 'start of a client, once loaded', 500_000),
  event('click-to-call', 'a click that dials', 5000),
  event('answer', 'an answered call, without TWS Alerter', 28_000, { not: alerter }),
  event('answer-alerter', 'an answered call with what TWS Alerter knows of the caller', 40_000, alerter),
  event('search', 'a search with 10 answers', 200_000),
  event('supervision', 'alerts about one call', 12_000),
  {
    id: 'tws-bandwidth-voice',
    title: 'Bandwidth of a call by TWS Softphone',
    at: { [edition]: [heading.bandwidth] },
    level: 'required',
    when: when.softphone,
    lost: 'Voices break up when many speak.',
    checks: ['several-calls'],
    conflict:
      'The document names no layer. 84 kbit/s is what an encrypted call of G.711 has at the IP layer, so a plan counts it as that and adds the frames below.',
    body: {
      kind: 'bandwidth',
      per: 'concurrent-call',
      use: 'voice by G.711 (64 kbit/s of it are the voice alone)',
      kbps: 84,
      layer: 'ip',
      between: ['pc', 'pbx'],
      people: ['softphone'],
    },
  },
]
