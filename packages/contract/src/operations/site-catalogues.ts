import Type from 'typebox'
import { NotFound, TooManyRequests } from '../errors.ts'
import { Closed, Id } from '../objects/common.ts'
import { CatalogueEntry, CatalogueVersion, SiteCatalogue, SiteLanguage } from '../objects/site.ts'
import { operation } from '../operation.ts'
import { ReplyBytes } from '../reply-bytes.ts'
import { CatalogueNotYours, CatalogueOlder } from '../site-errors.ts'

const tag = 'site'
const params = { catalogueId: Id('The catalogue.') }
const errors = [TooManyRequests]
/** As large as a catalogue may be. */
const mostCatalogueBytes = 5 * 1024 * 1024

export const listSiteCatalogues = operation({
  id: 'listSiteCatalogues',
  method: 'GET',
  path: '/api/v1/site/catalogues',
  tag,
  summary: 'Catalogues of what services ask of a site, with their versions',
  access: 'anyone',
  reply: Closed({ items: Type.Array(CatalogueEntry) }, { title: 'SiteCatalogues' }),
  errors,
})

export const readSiteCatalogue = operation({
  id: 'readSiteCatalogue',
  method: 'GET',
  path: '/api/v1/site/catalogues/{catalogueId}',
  tag,
  summary: 'One catalogue: every requirement with its source',
  access: 'anyone',
  params,
  query: { version: Type.Optional(CatalogueVersion('The newest, if it is left out.')) },
  reply: SiteCatalogue,
  errors,
})

export const readSiteChanges = operation({
  id: 'readSiteChanges',
  method: 'GET',
  path: '/api/v1/site/catalogues/{catalogueId}/changes',
  tag,
  summary: 'What changed since a version: what to open before, what may be closed, by when',
  access: 'anyone',
  params,
  query: {
    since: CatalogueVersion('The version that you know.'),
    until: Type.Optional(CatalogueVersion('The newest, if it is left out.')),
    language: Type.Optional(SiteLanguage),
  },
  reply: Closed(
    {
      from: CatalogueVersion('The one before.'),
      to: CatalogueVersion('The one after.'),
      changes: Type.Array(Type.Unsafe<Record<string, unknown>>({ type: 'object', title: 'CatalogueChange' }), {
        description: 'What to do first stands first.',
      }),
      text: Type.String({ description: 'The same in words.' }),
    },
    { title: 'CatalogueChanges' },
  ),
  errors,
})

export const readSiteFeed = operation({
  id: 'readSiteFeed',
  method: 'GET',
  path: '/api/v1/site/changes.atom',
  tag,
  summary: 'Changes of the catalogues for a feed reader (Atom, RFC 4287)',
  access: 'anyone',
  query: { language: Type.Optional(SiteLanguage) },
  reply: ReplyBytes(['application/atom+xml']),
  errors,
})

export const readSiteSchema = operation({
  id: 'readSiteSchema',
  method: 'GET',
  path: '/api/v1/site/schemas/{schema}',
  tag,
  summary: 'JSON schema of a file format: `catalogue`, `profile` or `report`',
  access: 'anyone',
  params: { schema: Id('`catalogue`, `profile` or `report`.') },
  reply: Type.Unsafe<Record<string, unknown>>({ type: 'object', title: 'JsonSchema' }),
  errors: [...errors, NotFound],
})

export const publishSiteCatalogue = operation({
  id: 'publishSiteCatalogue',
  method: 'PUT',
  path: '/api/v1/site/catalogues/{catalogueId}',
  tag,
  summary: 'Publish a version of a catalogue of your own; every mistake is told with its place',
  access: 'operator',
  params,
  body: SiteCatalogue,
  bodyLimitBytes: mostCatalogueBytes,
  reply: CatalogueEntry,
  errors: [CatalogueOlder, CatalogueNotYours],
})
