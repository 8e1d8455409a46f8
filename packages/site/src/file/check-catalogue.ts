import Type from 'typebox'
import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Requirement } from '../catalogue/requirement.ts'
import { bodySchemas } from './body-schemas.ts'
import { catalogueFields, mostRequirements, requirementFields } from './catalogue-schema.ts'
import { checkAddresses, checkBody } from './check-body.ts'
import { checkCondition, knownFacts, planFacts } from './check-condition.ts'
import { checkSchema } from './check-schema.ts'
import { checkDate, checkUnique, checkVersion, checkWindow } from './check-values.ts'
import { below, type Mistakes } from './read-file.ts'
import { Closed, List } from './shapes.ts'

// Bodies and conditions are looked at apart, so that only the mistakes of the kind that was meant are told.
const catalogueShell = Closed({ ...catalogueFields, requirements: List(Type.Unknown(), '', mostRequirements) })
const requirementShell = Closed({ ...requirementFields, appliesWhen: Type.Unknown(), body: Type.Unknown() })
const kinds = Object.keys(bodySchemas)

/** Adds everything that is wrong with a catalogue, by its schema and beyond it. */
export function checkCatalogue(given: unknown, mistakes: Mistakes): void {
  const fits = checkSchema(catalogueShell, given, '', mistakes)
  const requirements = (given as { requirements?: unknown } | null)?.requirements
  const shaped = Array.isArray(requirements)
    ? requirements
        .slice(0, mostRequirements)
        .map((one, index) => checkShape(one, below('/requirements', index), mistakes))
    : []
  // What follows looks into parts that must have their shape; those with a mistake already are left out.
  if (!fits) return
  const catalogue = given as Catalogue
  checkHead(catalogue, mistakes)
  const sections = checkDocuments(catalogue, mistakes)
  const facts = knownFacts(catalogue.options)
  const places = new Set(catalogue.places.map(({ name }) => name))
  const ids = new Set(catalogue.requirements.map((one) => (one as { id?: string } | null)?.id))
  const whole = catalogue.requirements.flatMap((one, index) => (shaped[index] ? [{ one, index }] : []))
  checkUnique(
    whole.map(({ one }) => one.id),
    (index) => below('/requirements', whole[index]!.index, 'id'),
    'an id',
    mistakes,
  )
  const tables = new Set(whole.flatMap(({ one: { id, body } }) => (body.kind === 'sizing' && body.table ? [id] : [])))
  const counts = (fact: string): boolean => facts.get(fact) === 'number' || planFacts.includes(fact)
  const named = new Set<string>()
  for (const { one, index } of whole) {
    if (mistakes.isFull) return
    const path = below('/requirements', index)
    checkCondition(one.appliesWhen, below(path, 'appliesWhen'), facts, mistakes)
    checkWindow(one.window, below(path, 'window'), mistakes)
    checkProof(one, path, ids, mistakes)
    for (const [at, { document, version, section }] of one.provenance.entries()) {
      const key = sectionKey(document, version, section)
      named.add(key)
      if (!sections.has(key))
        mistakes.add(
          below(path, 'provenance', at),
          `names section ${section} of ${document} ${version}, which is not among the documents of this catalogue`,
        )
    }
    checkBody(one.body, below(path, 'body'), places, counts, mistakes)
    const moved = one.body.kind === 'sizing' ? one.body.table?.movesRowOf : undefined
    if (moved !== undefined && !tables.has(moved))
      mistakes.add(below(path, 'body', 'table', 'movesRowOf'), 'is not the id of a requirement with a table')
  }
  // A requirement that could not be read may be the one that names a section.
  if (whole.length === catalogue.requirements.length) checkCoverage(catalogue, named, mistakes)
}

const sectionKey = (document: string, version: string, section: string): string =>
  JSON.stringify([document, version, section])

/** @returns whether it has the shape of a requirement */
function checkShape(given: unknown, path: string, mistakes: Mistakes): boolean {
  if (mistakes.isFull) return false
  const fits = checkSchema(requirementShell, given, path, mistakes)
  const body = (given as { body?: unknown } | null)?.body
  if (typeof body !== 'object' || body === null) {
    if (body !== undefined) mistakes.add(below(path, 'body'), 'must be an object {…}')
    return false
  }
  const { kind } = body as { kind?: unknown }
  if (typeof kind !== 'string' || !Object.hasOwn(bodySchemas, kind)) {
    mistakes.add(below(path, 'body', 'kind'), `must be one of ${kinds.join(', ')}`)
    return false
  }
  return checkSchema(bodySchemas[kind as keyof typeof bodySchemas], body, below(path, 'body'), mistakes) && fits
}

function checkHead(catalogue: Catalogue, mistakes: Mistakes): void {
  checkVersion(catalogue.version, '/version', mistakes)
  checkDate(catalogue.publishedAt, '/publishedAt', mistakes)
  const unique = (keys: readonly string[], list: string, field: string, what: string): void => {
    checkUnique(keys, (index) => below('', list, index, field), what, mistakes)
  }
  unique(
    catalogue.places.map(({ name }) => name),
    'places',
    'name',
    'the name of a place',
  )
  unique(
    catalogue.options.map(({ id }) => id),
    'options',
    'id',
    'the id of an option',
  )
  for (const [index, { addresses }] of catalogue.places.entries())
    checkAddresses(addresses, below('/places', index, 'addresses'), mistakes)
  for (const [index, { kind, choices }] of catalogue.options.entries()) {
    const path = below('/options', index, 'choices')
    if (kind === 'choice' && !choices?.length) mistakes.add(path, 'is missing: a choice needs something to choose from')
    if (kind !== 'choice' && choices) mistakes.add(path, `must be left out: a ${kind} has no choices`)
    checkUnique(
      (choices ?? []).map(({ id }) => id),
      (at) => below(path, at, 'id'),
      'a choice',
      mistakes,
    )
  }
}

/** @returns every section of every document */
function checkDocuments({ documents }: Catalogue, mistakes: Mistakes): ReadonlySet<string> {
  const sections = new Set<string>()
  checkUnique(
    documents.map(({ id, version }) => `${id} ${version}`),
    (index) => below('/documents', index, 'id'),
    'an id of a document',
    mistakes,
  )
  for (const [index, document] of documents.entries()) {
    const path = below('/documents', index)
    checkDate(document.date, below(path, 'date'), mistakes)
    checkUnique(
      document.sections.map(({ number }) => number),
      (at) => below(path, 'sections', at, 'number'),
      'a section',
      mistakes,
    )
    for (const { number } of document.sections) sections.add(sectionKey(document.id, document.version, number))
  }
  return sections
}

function checkProof(
  { id, checks, unverifiable, conflictsWith, conflict }: Requirement,
  path: string,
  ids: ReadonlySet<string | undefined>,
  mistakes: Mistakes,
): void {
  if (checks.length === 0 && unverifiable === undefined)
    mistakes.add(below(path, 'unverifiable'), 'is missing: name checks that prove it, or say why nothing can')
  if (checks.length > 0 && unverifiable !== undefined)
    mistakes.add(below(path, 'unverifiable'), 'must be left out where checks prove it')
  checkUnique(checks, (index) => below(path, 'checks', index), 'a check', mistakes)
  for (const [index, other] of (conflictsWith ?? []).entries()) {
    if (other === id) mistakes.add(below(path, 'conflictsWith', index), 'must be another requirement')
    else if (!ids.has(other))
      mistakes.add(below(path, 'conflictsWith', index), 'is not the id of a requirement of this catalogue')
  }
  if (conflictsWith?.length && conflict === undefined)
    mistakes.add(below(path, 'conflict'), 'is missing: say what contradicts, and how a plan treats it')
}

/** Each section became a requirement, or says why not. */
function checkCoverage({ documents }: Catalogue, named: ReadonlySet<string>, mistakes: Mistakes): void {
  for (const [index, { id, version, sections }] of documents.entries())
    for (const [at, { number, without }] of sections.entries()) {
      const isNamed = named.has(sectionKey(id, version, number))
      const path = below('/documents', index, 'sections', at, 'without')
      if (!isNamed && without === undefined)
        mistakes.add(path, `is missing: no requirement names section ${number}; say why nothing of it became one`)
      if (isNamed && without !== undefined) mistakes.add(path, `must be left out: requirements name section ${number}`)
    }
}
