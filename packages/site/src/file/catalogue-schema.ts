import Type from 'typebox'
import { catalogueFormat } from '../catalogue/catalogue.ts'
import { AddressSchema, bodySchemas, WindowSchema } from './body-schemas.ts'
import { ConditionSchema } from './condition-schema.ts'
import {
  Closed,
  Day,
  Id,
  LanguageCode,
  Line,
  List,
  Maybe,
  OneOf,
  OptionId,
  Some,
  SourceDate,
  Version,
} from './shapes.ts'

/** Every check that a page or a probe can make. */
export const checkNames = [
  'dns',
  'srv',
  'tcp',
  'tls',
  'udp-media',
  'stun',
  'turn',
  'web-socket',
  'nat',
  'sip-alg',
  'dscp',
  'path-mtu',
  'ntp',
  'stream-quality',
  'several-calls',
  'browser',
  'devices',
] as const

/** Fields of a requirement that are told without looking at its kind. */
export const requirementFields = {
  id: Id('Never changes its meaning and is never used again.'),
  title: Line('Title.'),
  level: OneOf(['required', 'conditional', 'optional'], 'How much it is needed.'),
  lostIfMissing: Line('What people lose without it, in their words.', 2000),
  responsible: OneOf(['customer', 'provider', 'both'], 'Who sees to it.'),
  window: Maybe(WindowSchema),
  provenance: Some(
    Closed({
      document: Id('Id of one of the documents of the catalogue.'),
      version: Line('Version of that document.', 100),
      section: Line('Number or heading of the section.'),
      says: Maybe(Line('What that section says otherwise than another; only where they disagree.', 1000)),
    }),
    'Where it stands.',
    50,
  ),
  conflictsWith: Maybe(List(Id('Id of a requirement.'), 'Requirements that say otherwise; both are kept.', 50)),
  conflict: Maybe(Line('Why that is a contradiction, and how a plan treats it.', 2000)),
  checks: List(
    OneOf(checkNames, 'A check that proves it.'),
    'Empty: nothing can prove it from inside the site, and `unverifiable` says why.',
    checkNames.length,
  ),
  unverifiable: Maybe(Line('Why nothing can prove it from inside the site.', 1000)),
}

const BodySchema = Type.Union([
  bodySchemas.flow,
  bodySchemas.dns,
  bodySchemas.tls,
  bodySchemas.bandwidth,
  bodySchemas.quality,
  bodySchemas.lan,
  bodySchemas.software,
  bodySchemas.hardware,
  bodySchemas.firmware,
  bodySchemas.pbx,
  bodySchemas.licence,
  bodySchemas.secret,
  bodySchemas.sizing,
  bodySchemas.limit,
  bodySchemas.unsupported,
  bodySchemas.duty,
])

export const RequirementSchema = Closed(
  { ...requirementFields, appliesWhen: ConditionSchema, body: BodySchema },
  { description: 'One requirement; the body is told apart by its `kind`.' },
)

/** Fields of a catalogue other than its requirements. */
export const catalogueFields = {
  format: Type.Literal(catalogueFormat, { description: 'Format and its version.' }),
  id: Id('The same for every version.'),
  title: Line('Title.'),
  provider: Line('Whose service it is.'),
  version: Version('YYYYMMDDNN, rising.'),
  publishedAt: Day('Day of publication.'),
  language: LanguageCode('Language of its texts.'),
  documents: List(
    Closed({
      id: Id('Named by provenances.'),
      title: Line('Title.'),
      version: Line('As the document calls itself.', 100),
      date: SourceDate('Date of the document.'),
      language: LanguageCode('Language of the document.'),
      sections: List(
        Closed({
          number: Line('Number, or heading where there are none.'),
          title: Line('Title.'),
          without: Maybe(Line('Why nothing of it became a requirement.', 1000)),
        }),
        'Every section, in its order.',
        2000,
      ),
    }),
    'Documents that the requirements come from.',
    100,
  ),
  places: List(
    Closed({
      name: Id('Named by flows.'),
      label: Line('As a drawing of the network labels it.'),
      side: OneOf(['customer', 'provider', 'third-party'], 'Whose it is.'),
      addresses: Maybe(List(AddressSchema, "Known of the provider's side.")),
    }),
    'Parts of the network, by role.',
    200,
  ),
  options: List(
    Closed({
      id: OptionId('Becomes the fact `option.<id>`.'),
      label: Line('As a questionnaire asks it.'),
      kind: OneOf(['flag', 'count', 'choice'], 'What is answered.'),
      choices: Maybe(
        List(Closed({ id: OptionId('Value of the fact.'), label: Line('As people read it.') }), 'What to choose from.'),
      ),
    }),
    'What a site may choose.',
    200,
  ),
}

/** A catalogue may have so many requirements. */
export const mostRequirements = 5000

export const CatalogueSchema = Closed(
  { ...catalogueFields, requirements: List(RequirementSchema, 'What is asked of a site.', mostRequirements) },
  {
    title: 'Site catalogue',
    description: 'Everything that one service asks of a site, as one version of one provider.',
  },
)
