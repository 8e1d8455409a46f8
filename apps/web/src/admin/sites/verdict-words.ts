import type { SiteSentence } from './site-words.ts'
import type { Passport } from './use-sites.ts'

type Judgement = Passport['judgement']
type Loss = Judgement['losses'][number]

export const verdictWords: Readonly<Record<Judgement['verdict'], SiteSentence>> = {
  ready: 'ready',
  'ready-with-limits': 'readyWithLimits',
  'not-ready': 'notReady',
  'not-proven': 'notProven',
}

/** Class of the colour, in sites.module.css. */
export const verdictTones: Readonly<Record<Judgement['verdict'], 'ready' | 'limits' | 'not' | 'unproven'>> = {
  ready: 'ready',
  'ready-with-limits': 'limits',
  'not-ready': 'not',
  'not-proven': 'unproven',
}

export const outcomeWords: Readonly<Record<Loss['outcome'], SiteSentence>> = {
  fail: 'fail',
  limit: 'limit',
  inconclusive: 'inconclusive',
  'not-tested': 'notTested',
  stale: 'stale',
}

export const whoWords: Readonly<Record<Loss['who'], SiteSentence>> = {
  'customer-firewall': 'customerFirewall',
  'customer-network': 'customerNetwork',
  'internet-provider': 'internetProvider',
  service: 'service',
  endpoint: 'endpoint',
  unknown: 'unknown',
}
