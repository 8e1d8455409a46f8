import { type Catalogue, catalogueFormat, type SiteOption } from '../../catalogue/catalogue.ts'
import { requirementsOfEdition } from '../draft.ts'
import { agentDrafts } from './agents.ts'
import { networkDrafts } from './network.ts'

const documentId = 'technical-requirements'
const issue = '1.0'

/** Its sections have no numbers: the headings of its contents, and no more. */
const headings = [
  'Overview of Configuration Requirements',
  'Network Configuration Requirements',
  'Enabling Cloud Contact Centre to Retrieve Email',
  'Enabling Outbound HTTP/HTTPS Communications',
  'Selectively Enabling IP Addresses and TCP Ports',
  'Enabling Call Recording FTP Requirements',
  'Collaborate Technical Requirements',
  'Overview Of Agent Technical Requirements',
  'Agent Network Connectivity Requirements',
  'Agent Firewall Requirements',
  'Agent Computer Hardware and Software Requirements',
  'Agent Browser Configuration Requirements',
  'Managing Agent Browsers and Security Zones',
  'Configuring Internet Explorer',
  'Agent Telephone Connection and Equipment Requirements',
  'Agent PSTN Equipment Requirements',
  'Agent Cloud Telephony Telephone Requirements',
  'Agent Voice Headset Selection Guidelines',
]

const flag = (id: string, label: string): SiteOption => ({ id, label, kind: 'flag' })

/** What Cloud Contact Centre asks of a site: "Technical Requirements", issue 1.0 of January 2013. */
export const cloudContactCentre: Catalogue = {
  format: catalogueFormat,
  id: 'cloud-contact-centre',
  title: 'Cloud Contact Centre',
  provider: 'NEC',
  version: '2013010100',
  publishedAt: '2013-01-01',
  language: 'en',
  documents: [
    {
      id: documentId,
      title: 'Cloud Contact Centre Technical Requirements (221-10100-CG-2)',
      version: issue,
      date: '2013-01',
      language: 'en',
      sections: headings.map((title) => ({ number: title, title })),
    },
  ],
  places: [
    { name: 'customer-network', label: 'Customer network', side: 'customer' },
    { name: 'agent-computers', label: 'Agent computers', side: 'customer' },
    { name: 'mail-server', label: 'Customer mail server', side: 'customer' },
    { name: 'service', label: 'Cloud Contact Centre', side: 'provider' },
    { name: 'recordings-server', label: 'Server of recordings (FTPS)', side: 'provider' },
    { name: 'collaborate', label: 'The computer that is helped, by Collaborate', side: 'third-party' },
  ],
  options: [
    {
      id: 'mail',
      label: 'Mail is fetched by',
      kind: 'choice',
      choices: [
        { id: 'none', label: 'No mail' },
        { id: 'pop3', label: 'POP3' },
        { id: 'pop3s', label: 'POP3 over TLS' },
        { id: 'imap', label: 'IMAP' },
        { id: 'imaps', label: 'IMAP over TLS' },
      ],
    },
    {
      id: 'mailHost',
      label: 'Where the mailboxes are',
      kind: 'choice',
      choices: [
        { id: 'own', label: 'On a server of the customer' },
        { id: 'third-party', label: 'With a public provider' },
      ],
    },
    flag('mailOtherPorts', 'The mail server uses ports other than usual'),
    {
      id: 'telephone',
      label: 'Telephones of agents',
      kind: 'choice',
      choices: [
        { id: 'pstn', label: 'Public telephone network' },
        { id: 'cloud-telephony', label: 'Cloud Telephony' },
      ],
    },
    flag('recordingDownload', 'Recordings are downloaded'),
    flag('collaborate', 'Collaborate: agents help on the screen of others'),
    flag('crm', 'Agents use CRM integration'),
    flag('supervisors', 'There are agent supervisors'),
    flag('restrictiveFirewall', 'The firewall blocks addresses and ports that it does not know'),
    flag('internetExplorer8', 'Internet Explorer 8 is in use'),
    flag('satellite', 'The connection goes over satellite'),
    flag('dialUp', 'The connection is dialled up'),
  ],
  requirements: requirementsOfEdition([...networkDrafts, ...agentDrafts], documentId, issue),
}
