import type { Condition } from '../../catalogue/condition.ts'
import type { FlowBody, Ports } from '../../catalogue/requirement.ts'

const pbxIs = (id: string): Condition => ({ fact: 'option.pbx', is: id })

/** When requirements of TWS apply. */
export const when = {
  unsecured: { fact: 'option.unsecured' },
  secured: { not: { fact: 'option.unsecured' } },
  v4Client: { fact: 'option.v4Client' },
  softphone: { fact: 'people.softphone' },
  attendant: { fact: 'people.attendant' },
  mediaServer: { fact: 'option.mediaChannels' },
  citrix: { fact: 'option.citrix' },
  snom: { fact: 'option.snom' },
  yealinkCsta: { fact: 'option.yealink', is: 'uacsta' },
  yealinkActions: { fact: 'option.yealink', is: 'action-url' },
  yealink: {
    any: [
      { fact: 'option.yealink', is: 'uacsta' },
      { fact: 'option.yealink', is: 'action-url' },
    ],
  },
  mitel5000: pbxIs('mivoice5000'),
  mitel5000Vti: { all: [pbxIs('mivoice5000'), { not: { fact: 'option.mitelCsta' } }] },
  mitel5000Csta: { all: [pbxIs('mivoice5000'), { fact: 'option.mitelCsta' }] },
  mitel400: pbxIs('mivoice400'),
  mxOne: pbxIs('mxone'),
  mitel: { any: [pbxIs('mivoice5000'), pbxIs('mivoice400'), pbxIs('mxone')] },
  oxe: pbxIs('oxe'),
  oxo: pbxIs('oxo'),
  alcatel: { any: [pbxIs('oxe'), pbxIs('oxo')] },
  unify: pbxIs('unify'),
} as const satisfies Readonly<Record<string, Condition>>

export const port = (from: number, to: number = from): Ports => ({ from, to })

/** A flow between two places of the site, over TCP. */
export const tcpFlow = (from: string, to: string, ports: readonly Ports[], carries: string): FlowBody => ({
  kind: 'flow',
  from: { place: from },
  to: { place: to },
  protocol: 'tcp',
  ports,
  carries,
})

/** Why no check from inside the site proves it. */
export const why = {
  betweenMachines:
    'Goes between an exchange, telephones and PCs of the site; a call through them shows it, no check of ours stands there.',
  toServer: 'Begins at the exchange or at a telephone, where no check can be run.',
  portOfSite: 'The port is chosen at the site when the link is made; without it there is nothing to try.',
} as const
