import { type Catalogue, catalogueFormat, type SiteOption } from '../../catalogue/catalogue.ts'
import { requirementsOfEdition } from '../draft.ts'
import { bandwidthDrafts } from './bandwidth.ts'
import { clientDrafts } from './clients.ts'
import { pcDrafts, serverFlowDrafts } from './flows.ts'
import { edition, sections } from './sections.ts'
import { serverDrafts } from './server.ts'
import { telephonyDrafts } from './telephony.ts'

const documentId = 'prerequis-techniques'

const flag = (id: string, label: string): SiteOption => ({ id, label, kind: 'flag' })

/** What Akio TWS 5 asks of a site: "Prérequis techniques" of September 2024. */
export const akioTws: Catalogue = {
  format: catalogueFormat,
  id: 'akio-tws',
  title: 'Akio TWS 5',
  provider: 'Akio',
  version: '2024090100',
  publishedAt: '2024-09-01',
  language: 'en',
  documents: [
    {
      id: documentId,
      title: 'Prérequis techniques Akio TWS V5',
      version: edition,
      date: '2024-09',
      language: 'fr',
      sections,
    },
  ],
  places: [
    { name: 'pc', label: 'PCs of users', side: 'customer' },
    { name: 'phones', label: 'IP telephones', side: 'customer' },
    { name: 'tws-server', label: 'Akio TWS server', side: 'customer' },
    { name: 'pbx', label: 'Exchange (PABX or SIP proxy)', side: 'customer' },
    { name: 'ldap-server', label: 'Directory server (LDAP)', side: 'customer' },
    { name: 'groupware-server', label: 'Calendar and mail server', side: 'third-party' },
    { name: 'sms-server', label: 'SMS gateway', side: 'third-party' },
  ],
  options: [
    {
      id: 'pbx',
      label: 'Exchange',
      kind: 'choice',
      choices: [
        { id: 'none', label: 'None of these: Snom or Yealink telephones with any SIP exchange' },
        { id: 'mivoice5000', label: 'MiVoice 5000 or Aastra 5000' },
        { id: 'mivoice400', label: 'MiVoice Office 400 or Aastra 400' },
        { id: 'mxone', label: 'MiVoice MX-ONE' },
        { id: 'oxe', label: 'Alcatel OmniPCX Enterprise' },
        { id: 'oxo', label: 'Alcatel OmniPCX Office' },
        { id: 'unify', label: 'Unify OpenScape or HiPath' },
      ],
    },
    flag('mitelCsta', 'MiVoice 5000 is linked by CSTA in place of VTI-XML'),
    flag('twpBrowser', 'TWP Browser on telephones of A5000'),
    flag('snom', 'Snom telephones'),
    {
      id: 'yealink',
      label: 'Yealink telephones',
      kind: 'choice',
      choices: [
        { id: 'none', label: 'None' },
        { id: 'uacsta', label: 'Steered by uaCSTA' },
        { id: 'action-url', label: 'With action URLs' },
      ],
    },
    { id: 'mediaChannels', label: 'Channels of the Media Server (TWS Rules, TWS Mail)', kind: 'count' },
    flag('conference', 'TWS Conference'),
    flag('fileSharing', 'Files are shared'),
    flag('remoteAccess', 'People are helped on their screens'),
    flag('alerter', 'TWS Alerter'),
    flag('sms', 'SMS'),
    flag('ldap', 'Directory by LDAP'),
    {
      id: 'groupware',
      label: 'Calendars and contacts',
      kind: 'choice',
      choices: [
        { id: 'none', label: 'None' },
        { id: 'exchange', label: 'Microsoft Exchange' },
        { id: 'office365', label: 'Office 365' },
        { id: 'google', label: 'Google' },
        { id: 'zimbra', label: 'Zimbra' },
        { id: 'notes', label: 'Lotus Notes' },
      ],
    },
    flag('webSocketDevelopment', 'Programs of the customer receive events'),
    flag('v4Client', 'Some people still use the version 4 client'),
    flag('citrix', 'Citrix or Remote Desktop'),
    flag('sharedPcs', 'PCs that several people use'),
    flag('virtual', 'The server is a virtual machine'),
    flag('unsecured', 'Without the secured mode (the document advises against it)'),
  ],
  requirements: requirementsOfEdition(
    [...serverDrafts, ...clientDrafts, ...pcDrafts, ...serverFlowDrafts, ...bandwidthDrafts, ...telephonyDrafts],
    documentId,
    edition,
  ),
}
