import { type Catalogue, catalogueFormat } from '../../catalogue/catalogue.ts'
import { readIp } from '../../net/ip-range.ts'
import { requirementsOfEdition } from '../draft.ts'
import { edition, listenerDrafts } from './listener-flows.ts'
import { outgoingDrafts } from './outgoing-flows.ts'
import { qualityDrafts } from './quality-drafts.ts'
import type { RunningListeners } from './running-listeners.ts'
import { trustDrafts } from './trust-drafts.ts'

const documentId = 'configuration'

/**
 * What this platform asks of a site, made from what it runs with. Equal listeners give equal requirements.
 * @param version `YYYYMMDDNN`
 * @param publishedAt day
 */
export function vaxelCatalogue(listeners: RunningListeners, version: string, publishedAt: string): Catalogue {
  const requirements = requirementsOfEdition(
    [
      ...listenerDrafts(listeners),
      ...trustDrafts(listeners),
      ...qualityDrafts(listeners),
      ...outgoingDrafts(listeners),
    ],
    documentId,
    edition,
  )
  const sections = new Set(requirements.flatMap(({ provenance }) => provenance.map(({ section }) => section)))
  return {
    format: catalogueFormat,
    id: 'vaxel',
    title: 'Vaxel',
    provider: 'Vaxel',
    version,
    publishedAt,
    language: 'en',
    documents: [
      {
        id: documentId,
        title: 'Running configuration',
        version: edition,
        date: publishedAt,
        language: 'en',
        sections: [...sections].map((section) => ({ number: section, title: section })),
      },
    ],
    places: [
      { name: 'pc', label: 'PCs and mobiles', side: 'customer' },
      { name: 'phone', label: 'Telephones and adapters', side: 'customer' },
      {
        name: 'service',
        label: 'Vaxel',
        side: 'provider',
        ...(listeners.reachedBy.length > 0 && {
          addresses: listeners.reachedBy.map((one) => (readIp(one) ? { network: one } : { name: one })),
        }),
      },
      { name: 'platform', label: 'Server of Vaxel, where it stands at this site', side: 'customer' },
      { name: 'internet', label: 'Internet', side: 'third-party' },
      { name: 'carrier', label: 'Carriers (SIP trunks)', side: 'third-party' },
      { name: 'push-services', label: 'Push services of browsers', side: 'third-party' },
      { name: 'dns-server', label: 'DNS server', side: 'third-party' },
      { name: 'identity-provider', label: 'Provider of logins (OpenID Connect)', side: 'third-party' },
      { name: 'calendar-server', label: 'Servers of people’s calendars', side: 'third-party' },
      { name: 'directory-server', label: 'Directory server (LDAP)', side: 'customer' },
      { name: 'mail-server', label: 'Mail server', side: 'customer' },
      { name: 'database-server', label: 'Database server', side: 'customer' },
      { name: 'certificate-authority', label: 'Certificate authority', side: 'third-party' },
    ],
    options: [
      {
        id: 'phoneTransport',
        label: 'Telephones register over',
        kind: 'choice',
        choices: [
          { id: 'tls', label: 'TLS' },
          { id: 'tcp', label: 'TCP' },
          { id: 'udp', label: 'UDP' },
        ],
      },
      {
        id: 'codec',
        label: 'Voice between this site and the platform',
        kind: 'choice',
        choices: [
          { id: 'g711', label: 'G.711 or G.722' },
          { id: 'opus', label: 'Opus' },
        ],
      },
      { id: 'platformHere', label: 'The server of Vaxel stands at this site', kind: 'flag' },
      { id: 'outsidePeople', label: 'People or telephones are outside the site', kind: 'flag' },
      { id: 'singleSignOn', label: "Login by the company's own provider", kind: 'flag' },
      ...(listeners.ports.ftps || listeners.ports.ftpsImplicit
        ? [{ id: 'fetchesRecordings', label: 'A program fetches recordings over FTPS', kind: 'flag' as const }]
        : []),
    ],
    requirements,
  }
}
