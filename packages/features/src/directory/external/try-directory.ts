import type { Refusal } from '@vaxel/base'
import {
  InvalidRequest,
  NotFound,
  type OperationReply,
  type OperationRequest,
  type testExternalDirectory,
} from '@vaxel/contract'
import { type ExternalDirectorySettings, type FoundEntry, LdapFault, type OpenLdap } from '@vaxel/core'
import { type Asker, countryOf } from '../scope.ts'
import { nothingLeftOut } from './directory-reading.ts'
import { isSamePlace } from './external-service.ts'
import { askedAttributes, type MappedEntry, mapEntry } from './map-entry.ts'
import type { ReadingParts } from './parts.ts'
import { mistakesOf } from './settings-mistakes.ts'

type Wish = OperationRequest<typeof testExternalDirectory>['body']
type Reply = OperationReply<typeof testExternalDirectory>

const timeLimitMs = 45_000
const looked = 50
const shown = 10
const mostExamples = 5

/** Tries settings at their server, and shows what would come of its first entries. Keeps nothing. */
export async function tryDirectory(
  parts: ReadingParts,
  asker: Asker,
  { directoryId, password: given, ...settings }: Wish,
): Promise<Reply | Refusal> {
  const { externalDirectories: store, ldap } = parts
  const known = directoryId === undefined ? undefined : store.find(asker.companyId, directoryId)
  if (directoryId !== undefined && !known) return NotFound()
  const password = given ?? (known && isSamePlace(known, settings) ? store.password(known.id) : undefined)
  const mistakes = mistakesOf(settings, password)
  if (mistakes.length > 0) return InvalidRequest(undefined, { mistakes })
  try {
    const open = await ldap.open(settings, password, { timeLimitMs })
    try {
      return await look(open, settings, countryOf(parts, asker.companyId))
    } finally {
      await open.close()
    }
  } catch (error) {
    if (!(error instanceof LdapFault)) throw error
    const { trouble, message: detail } = error
    return { isWell: false, trouble, detail, entries: [], looked: 0, leftOut: copied(nothingLeftOut), unused: [] }
  }
}

async function look(open: OpenLdap, settings: ExternalDirectorySettings, country: string): Promise<Reply> {
  const { mapping } = settings
  const attributes = askedAttributes(mapping)
  const found: FoundEntry[] = []
  for await (const page of open.search({ what: { kind: 'all' }, attributes, most: looked })) found.push(...page)
  const mapped = found.map((entry) => mapEntry(entry, mapping, country))
  const photo = mapping.photo !== undefined && mapped[0] ? await open.read(mapped[0].dn, mapping.photo) : undefined
  const unread = mapped.flatMap((entry) => entry.unread)
  const isKeyless = mapped.length > 0 && mapped.every(({ key }) => key === undefined)
  return {
    isWell: !isKeyless,
    ...(isKeyless ? { trouble: 'identity' as const, detail: `no entry has ${mapping.id}` } : {}),
    entries: mapped
      .slice(0, shown)
      .map((entry, i) => entryView(entry, i === 0 && photo ? photo.length > 0 : undefined)),
    looked: mapped.length,
    leftOut: {
      ...copied(nothingLeftOut),
      nameless: mapped.filter(({ fields }) => !fields).length,
      keyless: mapped.filter(({ key }) => key === undefined).length,
      numbers: unread.length,
      examples: unread.slice(0, mostExamples),
    },
    unused: attributes.filter((attribute) => !found.some(({ values }) => values.has(attribute.toLowerCase()))),
  }
}

function entryView({ dn, fields }: MappedEntry, hasPhoto: boolean | undefined): Reply['entries'][number] {
  const { name, organisation, title, department, location, emails = [], numbers = [] } = fields ?? {}
  return {
    dn,
    ...(name === undefined ? {} : { name }),
    ...(organisation === undefined ? {} : { organisation }),
    ...(title === undefined ? {} : { title }),
    ...(department === undefined ? {} : { department }),
    ...(location === undefined ? {} : { location }),
    emails: [...emails],
    numbers: numbers.map(({ number, kind }) => ({ number, kind: kind === 'extension' ? 'other' : kind })),
    ...(hasPhoto === undefined ? {} : { hasPhoto }),
  }
}

const copied = (leftOut: typeof nothingLeftOut) => ({ ...leftOut, examples: [...leftOut.examples] })
