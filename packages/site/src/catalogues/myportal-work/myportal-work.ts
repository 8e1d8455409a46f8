import { type Catalogue, catalogueFormat, type SiteOption } from '../../catalogue/catalogue.ts'
import { requirementsOfEdition } from '../draft.ts'
import { loginDrafts } from './logins.ts'
import { networkDrafts } from './network.ts'
import { licenceDrafts } from './scenarios.ts'
import { edition, sections } from './sections.ts'

const documentId = 'scenarios-and-configurations'

const flag = (id: string, label: string): SiteOption => ({ id, label, kind: 'flag' })

/** What myPortal @work of OpenScape Business asks of a site: "scenarios and configurations" of January 2021. */
export const myPortalWork: Catalogue = {
  format: catalogueFormat,
  id: 'myportal-work',
  title: 'myPortal @work (OpenScape Business)',
  provider: 'Unify',
  version: '2021010100',
  publishedAt: '2021-01-01',
  language: 'en',
  documents: [
    {
      id: documentId,
      title: 'myPortal @work - scenarios and configurations',
      version: edition,
      date: '2021-01',
      language: 'en',
      sections,
    },
  ],
  places: [
    { name: 'pc', label: 'PCs in the office', side: 'customer' },
    { name: 'vpn-pc', label: 'PCs over VPN', side: 'customer' },
    { name: 'home-pc', label: 'PCs at home, over the internet', side: 'third-party' },
    { name: 'system', label: 'OpenScape Business', side: 'customer' },
    { name: 'stun-server', label: 'STUN server', side: 'third-party' },
  ],
  options: [
    {
      id: 'ucMode',
      label: 'UC mode of the system',
      kind: 'choice',
      choices: [
        { id: 'smart', label: 'UC Smart' },
        { id: 'suite', label: 'UC Suite' },
      ],
    },
    flag('lan', 'People work in the office'),
    flag('vpn', 'People work at home over VPN'),
    flag('internet', 'People work over the public internet'),
    flag('deskshare', 'Deskshare: several people take turns at a desk phone'),
    flag('mulap', 'MULAP: a second device under the same number'),
    {
      id: 'beside',
      label: 'Another UC client beside myPortal @work',
      kind: 'choice',
      choices: [
        { id: 'none', label: 'None' },
        { id: 'desktop', label: 'myPortal for Desktop' },
        { id: 'outlook', label: 'myPortal for Outlook (OLI)' },
        { id: 'agent', label: 'myAgent' },
      ],
    },
    {
      id: 'headset',
      label: 'Headset that is steered by its buttons',
      kind: 'choice',
      choices: [
        { id: 'none', label: 'None' },
        { id: 'jabra', label: 'Jabra' },
        { id: 'plantronics', label: 'Plantronics' },
      ],
    },
  ],
  requirements: requirementsOfEdition([...licenceDrafts, ...loginDrafts, ...networkDrafts], documentId, edition),
}
