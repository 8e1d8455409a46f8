import Type from 'typebox'
import { reportFormat } from '../verdict/site-report.ts'
import { checkNames } from './catalogue-schema.ts'
import { Closed, Count, Id, Instant, Line, List, Maybe, OneOf, Value, Version } from './shapes.ts'

const Segment = Value('VLAN or other part of the site, as the person named it.', 100)
const Who = OneOf(
  ['customer-firewall', 'customer-network', 'internet-provider', 'service', 'endpoint', 'unknown'],
  'Who has to act.',
)
const Control = Type.Union([Type.Boolean(), Type.Literal('not-tested')], {
  description: 'true, false or `not-tested`.',
})

const SaidSchema = Closed({
  key: Type.String({ maxLength: 100, pattern: '^[a-zA-Z0-9][a-zA-Z0-9._-]*$', description: 'Which sentence.' }),
  values: Type.Record(
    Type.String({ pattern: '^[a-zA-Z0-9_]{1,60}$' }),
    Type.Union([Value('Text.'), Type.Number({ minimum: -1e15, maximum: 1e15 })]),
    { additionalProperties: false, maxProperties: 50, description: 'What is put into the sentence.' },
  ),
})

const ResultSchema = Closed({
  check: OneOf(checkNames, 'The check.'),
  requirementIds: List(Id('Requirement.'), 'Requirements that this is evidence for.', 500),
  target: Value('What was tried, as one line.', 500),
  outcome: OneOf(['pass', 'limit', 'fail', 'inconclusive', 'not-tested', 'not-applicable', 'stale'], 'How it ended.'),
  segment: Segment,
  startedAt: Instant('Beginning.'),
  endedAt: Instant('End.'),
  finding: SaidSchema,
  measured: Maybe(
    List(
      Closed({
        name: Line('What was measured.', 100),
        value: Type.Number({ minimum: -1e15, maximum: 1e15, description: 'Value.' }),
        unit: OneOf(['ms', '%', 'kbit/s', 'bytes', 'days', 's', 'mos', 'count'], 'Unit.'),
        definition: Maybe(Line('Id of the formula or definition that made it.', 100)),
      }),
      'Figures.',
      100,
    ),
  ),
  sample: Maybe(SaidSchema),
  controls: Maybe(Closed({ knownGood: Control, closed: Control })),
  faultOwner: Maybe(Who),
  evidence: Maybe(
    Type.Record(Type.String({ pattern: '^[a-zA-Z0-9][a-zA-Z0-9 ._:/-]{0,99}$' }), Value('Text.', 4000), {
      additionalProperties: false,
      maxProperties: 100,
      description: 'Short texts by name, for the engineer.',
    }),
  ),
})

const JudgementSchema = Closed({
  verdict: OneOf(['ready', 'ready-with-limits', 'not-ready', 'not-proven'], 'Verdict.'),
  coverage: Closed({
    required: Count('Required requirements that can be proven.'),
    proven: Count('Of those, proven.'),
    cannotBeProvenHere: Count('Requirements that nothing can prove from inside the site.'),
  }),
  losses: List(
    Closed({
      requirementId: Id('Requirement.'),
      title: Line('Its title.'),
      lost: Line('What people lose.', 2000),
      outcome: OneOf(['fail', 'limit', 'inconclusive', 'not-tested', 'stale'], 'Why.'),
      who: Who,
      segments: List(Segment, 'Where it was so.', 200),
    }),
    'Worst first.',
    5000,
  ),
})

export const ReportSchema = Closed(
  {
    format: Type.Literal(reportFormat, { description: 'Format and its version.' }),
    site: Value('Name of the site.', 300),
    catalogue: Closed({ id: Id('Catalogue.'), version: Version('Its version.') }),
    madeBy: Closed({
      tool: OneOf(['verify-page', 'probe'], 'Tool.'),
      version: Line('Version of the tool.', 100),
      on: Line('Browser or machine.', 500),
    }),
    startedAt: Instant('Beginning.'),
    endedAt: Instant('End.'),
    segments: List(Segment, 'Parts of the site that were tested.', 200),
    results: List(ResultSchema, 'One for each thing tried.', 5000),
    judgement: JudgementSchema,
  },
  { title: 'Site report', description: 'What a page or a probe found at a site, and what it means.' },
)
