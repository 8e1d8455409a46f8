// docs/reference/requirements.md: section by section what of each document became which requirement, and what did not.
import type { Catalogue, DocumentSection, Provenance, Requirement, SourceDocument } from '@vaxel/site'
import { deliveredCatalogues } from '@vaxel/site/catalogues'
import { row, table } from './reference-table.ts'

/** The page, made from the catalogues that come with Vaxel. */
export function requirementsPage(made: string): string {
  return `# Requirements

${made}

What the documents ask of a site, section by section: which requirements a section became, or why it became none. A
section that only repeats another is named by the same requirement. Words are ours, facts are the document's. Vaxel's own
requirements are not here: they are made from the running configuration and served at \`/api/v1/site/catalogues\`.

${table(['catalogue', 'version', 'requirements', 'proven by a check', 'not provable from the site', 'in a contradiction'], deliveredCatalogues.map(summary))}

## Contradictions

Where sections disagree, both are kept. The last column says what is wrong and how a plan treats it.

${table(['catalogue', 'requirement', 'where, and what is said there', 'against', 'what it is'], deliveredCatalogues.flatMap(contradictions))}

${deliveredCatalogues.map(documents).join('\n')}`
}

const nameOf = ({ title, documents: all, version }: Catalogue): string =>
  `${title} ${all.map((document) => document.version).join(', ') || version}`

const summary = (catalogue: Catalogue): string => {
  const { id, version, requirements } = catalogue
  const provable = requirements.filter(({ checks }) => checks.length > 0).length
  return row(
    `${nameOf(catalogue)} (\`${id}\`)`,
    version,
    requirements.length,
    provable,
    requirements.length - provable,
    requirements.filter(({ conflict }) => conflict !== undefined).length,
  )
}

/** Requirements with the same contradiction to the same others share a row. */
function contradictions(catalogue: Catalogue): readonly string[] {
  const groups = new Map<string, Requirement[]>()
  for (const requirement of catalogue.requirements) {
    if (requirement.conflict === undefined) continue
    const key = JSON.stringify([requirement.conflict, requirement.conflictsWith ?? requirement.id])
    groups.set(key, [...(groups.get(key) ?? []), requirement])
  }
  return [...groups.values()].map((of) =>
    row(
      nameOf(catalogue),
      of.map(({ id }) => `\`${id}\``).join(', '),
      [...new Set(of.flatMap(({ provenance }) => provenance.map(saidThere)))].join('; '),
      of[0]!.conflictsWith?.map((other) => `\`${other}\``).join(', ') ?? 'itself',
      of[0]!.conflict,
    ),
  )
}

const saidThere = ({ section, says }: Provenance): string => (says === undefined ? section : `${section}: ${says}`)

const documents = (catalogue: Catalogue): string =>
  catalogue.documents
    .map(
      (document) => `## ${document.title} ${document.version}

Of ${document.date}, in the catalogue \`${catalogue.id}\` ${catalogue.version}.

${table(
  ['section', 'became', 'requirement', 'kind', 'how it is proven, or why it cannot be'],
  document.sections.flatMap((section) => sectionRows(catalogue, document, section)),
)}
`,
    )
    .join('\n')

/** The first row of a section bears its name. A requirement is described where it stands first. */
function sectionRows(catalogue: Catalogue, document: SourceDocument, section: DocumentSection): readonly string[] {
  const { number, title, without } = section
  const name = number === title ? title : `${number} ${title}`
  if (without !== undefined) return [row(name, 'nothing', '', '', without)]
  return catalogue.requirements
    .filter(({ provenance }) => provenance.some((one) => one.document === document.id && one.section === number))
    .map((requirement, index) => {
      const isFirst = requirement.provenance[0]?.section === number
      return row(
        index === 0 ? name : '',
        `\`${requirement.id}\``,
        requirement.title,
        requirement.body.kind,
        isFirst ? proof(requirement) : `see ${requirement.provenance[0]?.section}`,
      )
    })
}

const proof = ({ checks, unverifiable }: Requirement): string =>
  unverifiable ?? checks.map((name) => `\`${name}\``).join(', ')
