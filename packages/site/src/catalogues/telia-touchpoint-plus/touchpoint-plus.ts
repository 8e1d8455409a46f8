import { type Catalogue, catalogueFormat } from '../../catalogue/catalogue.ts'
import { requirementsOfEdition } from '../draft.ts'
import { addOnDrafts, calendarDrafts } from './add-ons.ts'
import { bandwidthDrafts } from './bandwidth.ts'
import { type Edition, editions } from './editions.ts'
import { networkDrafts } from './network.ts'
import { openingDrafts } from './openings.ts'
import { peopleDrafts } from './people.ts'
import { optionsOf, placesOf } from './places.ts'
import { sectionsOf } from './sections.ts'
import { skypeDrafts } from './skype.ts'

const documentId = 'site-environment-requirements'

/** What Telia Touchpoint Plus asks of a site: "Site Environment Requirements", one edition of it. */
function touchpointPlus(edition: Edition): Catalogue {
  const { date, version } = editions[edition]
  const drafts = [networkDrafts, peopleDrafts, calendarDrafts, addOnDrafts, bandwidthDrafts, openingDrafts]
  return {
    format: catalogueFormat,
    id: 'telia-touchpoint-plus',
    title: 'Telia Touchpoint Plus',
    provider: 'Telia',
    version,
    publishedAt: date,
    language: 'en',
    documents: [
      {
        id: documentId,
        title: 'Site Environment Requirements Telia Touchpoint Plus',
        version: edition,
        date,
        language: 'en',
        sections: sectionsOf(edition),
      },
    ],
    places: placesOf(edition),
    options: optionsOf(edition),
    requirements: requirementsOfEdition(
      [...drafts.flatMap((make) => make(edition)), ...skypeDrafts],
      documentId,
      edition,
    ),
  }
}

export const touchpointPlus344 = touchpointPlus('3.44')
export const touchpointPlus354 = touchpointPlus('3.54')
