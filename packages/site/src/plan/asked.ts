import type { Product, Requirement, RequirementBody } from '../catalogue/requirement.ts'
import type { Asked } from './site-plan.ts'

const equipmentKinds: readonly RequirementBody['kind'][] = [
  'lan',
  'quality',
  'tls',
  'software',
  'hardware',
  'firmware',
  'pbx',
]

/** What computers, telephones, networks and certificates must be like. */
export const askedEquipment = (requirements: readonly Requirement[]): readonly Asked[] =>
  equipmentKinds.flatMap((kind) => requirements.filter(({ body }) => body.kind === kind).map(asked))

/** What people have to do or arrange. */
export const askedDuties = (requirements: readonly Requirement[]): readonly Asked[] =>
  requirements.filter(({ body }) => body.kind === 'duty').map(asked)

/** What does not work, or works unanswered for. */
export const askedUnsupported = (requirements: readonly Requirement[]) =>
  requirements.flatMap((one) =>
    one.body.kind === 'unsupported'
      ? [{ ...asked(one), wanted: one.appliesWhen !== 'always', asIs: one.body.asIs === true }]
      : [],
  )

function asked({ id, title, lostIfMissing, responsible, level, body }: Requirement): Asked {
  return {
    requirementId: id,
    kind: body.kind,
    title,
    what: inOneLine(body),
    lostIfMissing,
    responsible,
    level,
    ...(body.kind === 'duty' && body.when !== undefined && { when: body.when }),
  }
}

const listed = (...parts: readonly (string | false | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== false && part !== '').join('; ')

const bad = (
  faults: readonly { readonly version: string; readonly fault: string }[] | undefined,
): string | undefined =>
  faults && faults.length > 0 ? faults.map(({ version, fault }) => `✗ ${version}: ${fault}`).join('; ') : undefined

const product = (one: Product): string =>
  listed(
    [
      one.name,
      one.minimum !== undefined && `≥ ${one.minimum}`,
      one.maximum !== undefined && `≤ ${one.maximum}`,
      one.latest !== undefined && `(−${one.latest})`,
      one.versions?.join(' / '),
    ]
      .filter(Boolean)
      .join(' '),
    one.limitation,
    bad(one.bad),
  )

const amount = (value: number | undefined, unit: string): string | undefined =>
  value === undefined ? undefined : `${value} ${unit}`

/** The fields of a body in one line, in signs that need no language; the catalogue's own texts as they stand. */
function inOneLine(body: RequirementBody): string {
  switch (body.kind) {
    case 'lan':
      return listed(body.rule, body.minimumMbps !== undefined && `≥ ${body.minimumMbps} Mbit/s`, body.duplex)
    case 'quality':
      return `${body.metric} ${body.operator === '<' ? '<' : '≤'} ${body.value} ${body.unit} (${body.segment.join(' – ')})`
    case 'tls':
      return listed(
        body.versions && `TLS ${body.versions.join(', ')}`,
        body.issuer,
        body.wildcard && `wildcard: ${body.wildcard}`,
        body.extendedKeyUsages?.join(' + '),
        body.names?.join(', '),
        body.port !== undefined && `TCP ${body.port}`,
        body.note,
      )
    case 'software':
      return listed(body.for, body.products.map(product).join(body.every ? ' + ' : ' | '))
    case 'hardware':
      return listed(
        body.processor,
        amount(body.memoryGb, 'GB RAM'),
        amount(body.memoryMbPerUser, 'MB RAM / user'),
        amount(body.diskGb, 'GB'),
        body.screenPixels?.join(' × '),
        body.makes?.join(', '),
        body.rule,
      )
    case 'firmware':
      return listed(
        `${body.maker} ${body.models.join(', ')}`.trim(),
        body.minimum !== undefined && `≥ ${body.minimum}`,
        body.protocols?.join(', '),
        bad(body.bad),
        body.rule,
      )
    case 'pbx':
      return listed(
        `${body.maker} ${body.models.join(', ')}`,
        body.minimum !== undefined && `≥ ${body.minimum}`,
        body.link.join(', '),
        body.needs?.join(', '),
      )
    case 'duty':
      return listed(body.what, body.when)
    case 'unsupported':
      return body.what
    default:
      return ''
  }
}
