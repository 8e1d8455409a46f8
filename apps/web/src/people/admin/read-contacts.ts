import type { PastedTable } from '../../admin/parse-table.ts'
import type { RequestOf } from '../../api/api.ts'

export type ContactRow = RequestOf<'createContacts'>['body']['items'][number]
type NumberKind = 'work' | 'mobile' | 'home' | 'fax' | 'other'

/** What a column holds. A name may be in one column or two. */
type Column =
  | 'name'
  | 'given'
  | 'family'
  | 'organisation'
  | 'title'
  | 'department'
  | 'location'
  | 'emails'
  | 'skills'
  | 'notes'
  | NumberKind

/** What people call the columns, in the three languages and in what Outlook and Google export. */
const columnNames: Readonly<Record<Column, readonly string[]>> = {
  name: ['name', 'full name', 'display name', 'namn', 'visningsnamn', 'nom complet', 'file as'],
  given: ['first name', 'given name', 'förnamn', 'prénom'],
  family: ['last name', 'family name', 'surname', 'efternamn', 'nom', 'nom de famille'],
  organisation: ['company', 'organisation', 'organization', 'organization name', 'företag', 'entreprise', 'société'],
  title: ['title', 'job title', 'organization title', 'titel', 'befattning', 'fonction', 'titre'],
  department: ['department', 'organization department', 'avdelning', 'service', 'département'],
  location: ['place', 'location', 'city', 'business city', 'plats', 'ort', 'stad', 'lieu', 'ville'],
  emails: [
    'e-mail',
    'email',
    'e-mail address',
    'email address',
    'e-post',
    'e-postadress',
    'courriel',
    'adresse e-mail',
  ],
  skills: ['skills', 'kompetenser', 'kompetens', 'compétences'],
  notes: ['notes', 'anteckningar', 'anteckning', 'remarques'],
  work: [
    'phone',
    'telephone',
    'number',
    'work',
    'work phone',
    'business phone',
    'telefon',
    'nummer',
    'arbete',
    'telefon, arbete',
    'téléphone',
    'numéro',
    'bureau',
    'téléphone professionnel',
  ],
  mobile: ['mobile', 'mobile phone', 'cell', 'mobil', 'mobiltelefon', 'portable', 'tél. mobile'],
  home: ['home', 'home phone', 'hem', 'telefon, hem', 'domicile'],
  fax: ['fax', 'business fax', 'télécopie'],
  other: ['other', 'other phone', 'annat', 'autre'],
}
const numberColumns: readonly NumberKind[] = ['work', 'mobile', 'home', 'fax', 'other']
const textColumns = ['organisation', 'title', 'department', 'location', 'notes'] as const

/** Google has a pair of columns for each number and address of whoever has most: what it is, and itself. */
const googleColumn = /^(phone|e-mail) (\d{1,2}) - value$/
const googleKinds: readonly (readonly [RegExp, NumberKind])[] = [
  [/fax/, 'fax'],
  [/mobil|cell|portable/, 'mobile'],
  [/home|hem|domicile/, 'home'],
  [/^$|work|main|arbete|bureau|travail|professionnel/, 'work'],
]

export type ContactsRead =
  | { readonly ok: false; readonly why: 'empty' | 'noName' }
  | { readonly ok: true; readonly rows: readonly { readonly line: number; readonly contact: ContactRow }[] }

/** Makes contacts of a pasted table, as they stand there: what is wrong with them the server says. */
export function readContacts(table: PastedTable): ContactsRead {
  if (table.rows.length === 0) return { ok: false, why: 'empty' }
  const places = placesOf(table.columns)
  const pairs = googlePairs(table.columns)
  if (places.name === undefined && places.given === undefined && places.family === undefined)
    return { ok: false, why: 'noName' }
  const rows = table.rows.map(({ line, cells }) => {
    const cell = (column: Column): string => {
      const place = places[column]
      return place === undefined ? '' : (cells[place] ?? '').trim()
    }
    const name = cell('name') || [cell('given'), cell('family')].filter((part) => part !== '').join(' ')
    const numbers = [
      ...numberColumns.flatMap((kind) => partsOf(cell(kind), /;|\s:::\s/).map((number) => ({ number, kind }))),
      ...pairs.phone.flatMap(({ label, value }) =>
        partsOf(cells[value], /;|\s:::\s/).map((number) => ({ number, kind: googleKind(cells[label]) })),
      ),
    ]
    const emails = [cell('emails'), ...pairs['e-mail'].map(({ value }) => cells[value])].flatMap((text) =>
      partsOf(text, /[,;]|\s:::\s/),
    )
    const skills = partsOf(cell('skills'), /[,;]|\s:::\s/)
    const contact: ContactRow = { name: name || cell('organisation') }
    for (const field of textColumns) if (cell(field) !== '') contact[field] = cell(field)
    if (numbers.length > 0) contact.numbers = numbers
    if (emails.length > 0) contact.emails = emails
    if (skills.length > 0) contact.skills = skills
    return { line, contact }
  })
  return { ok: true, rows }
}

function placesOf(columns: readonly string[]): Partial<Record<Column, number>> {
  const places: Partial<Record<Column, number>> = {}
  for (const [column, names] of Object.entries(columnNames) as [Column, readonly string[]][]) {
    const place = columns.findIndex((title) => names.includes(title.toLowerCase()))
    if (place >= 0) places[column] = place
  }
  return places
}

const partsOf = (text: string | undefined, between: RegExp): string[] =>
  (text ?? '')
    .split(between)
    .map((part) => part.trim())
    .filter((part) => part !== '')

/** Where Google's pairs stand; a label that is missing is at −1. */
function googlePairs(columns: readonly string[]) {
  const titles = columns.map((title) => title.toLowerCase())
  const pairs: Record<'phone' | 'e-mail', { label: number; value: number }[]> = { phone: [], 'e-mail': [] }
  for (const [value, title] of titles.entries()) {
    const [, what, number] = googleColumn.exec(title) ?? []
    const isLabel = (one: string) => one === `${what} ${number} - label` || one === `${what} ${number} - type`
    if (what === 'phone' || what === 'e-mail') pairs[what].push({ label: titles.findIndex(isLabel), value })
  }
  return pairs
}

function googleKind(label = ''): NumberKind {
  // The number that is called first has a star.
  const plain = label.replace(/^\*/, '').trim().toLowerCase()
  return googleKinds.find(([pattern]) => pattern.test(plain))?.[1] ?? 'other'
}
