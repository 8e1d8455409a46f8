import type { Api, ReplyOf } from '../../api/api.ts'
import type { ContactKind } from '../contact-draft.ts'
import type { ContactRow } from './read-contacts.ts'

export interface Verdict {
  readonly id: string
  readonly line: number
  readonly name: string
  readonly what: ReplyOf<'createContacts'>['items'][number]['what']
  /** JSON pointers of the fields that are wrong. */
  readonly wrong: readonly string[]
}

export interface ImportResult {
  readonly isDone: boolean
  readonly verdicts: readonly Verdict[]
}

/** The server takes so many at a time. */
const rowsAtOnce = 500

type Rows = readonly { readonly line: number; readonly contact: ContactRow }[]

/**
 * Says what would come of the rows, or makes them. Nothing is made as soon as one row is refused: all rows are looked at before the first
 * one is made.
 */
export async function importContacts(
  api: Api,
  rows: Rows,
  { kind, isPreview }: { readonly kind: ContactKind; readonly isPreview: boolean },
): Promise<ImportResult> {
  const preview = await inParts(api, rows, kind, true)
  if (isPreview || preview.some(({ what }) => what === 'refused')) return { isDone: false, verdicts: preview }
  return { isDone: true, verdicts: await inParts(api, rows, kind, false) }
}

async function inParts(api: Api, rows: Rows, kind: ContactKind, isPreview: boolean): Promise<Verdict[]> {
  const verdicts: Verdict[] = []
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    const part = rows.slice(from, from + rowsAtOnce)
    const { items } = await api.call('createContacts', {
      body: { kind, isPreview, items: part.map(({ contact }) => contact) },
    })
    items.forEach(({ what, mistakes }, i) => {
      const { line, contact } = part[i]!
      verdicts.push({
        id: String(line),
        line,
        name: contact.name ?? '',
        what,
        wrong: [...new Set((mistakes ?? []).map(({ path }) => path.split('/')[1] ?? ''))],
      })
    })
  }
  return verdicts
}
