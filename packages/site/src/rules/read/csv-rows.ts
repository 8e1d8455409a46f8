import { CsvError, parse } from 'csv-parse/browser/esm/sync'

export interface CsvRow {
  /** From 1, where the row begins. */
  readonly line: number
  readonly cells: readonly string[]
}

const mostCellChars = 100_000

/** Rows of RFC 4180 text, with `,` or `;` or tab between cells as its first line has it; or what is wrong with it. */
export function csvRows(
  text: string,
):
  | { readonly ok: true; readonly rows: readonly CsvRow[] }
  | { readonly ok: false; readonly line: number; readonly reason: string } {
  const [head = ''] = text.split('\n', 1)
  const delimiter = [',', ';', '\t'].sort((a, b) => head.split(b).length - head.split(a).length)[0]!
  const rows: CsvRow[] = []
  let before = 0
  try {
    parse(text, {
      bom: true,
      delimiter,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      max_record_size: mostCellChars,
      on_record: (cells: string[], { lines }) => {
        rows.push({ line: before + 1, cells })
        before = lines
        return null
      },
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = typeof error.lines === 'number' ? error.lines : before + 1
    return {
      ok: false,
      line,
      reason:
        error.code.startsWith('CSV_QUOTE') || error.code.includes('QUOTE')
          ? 'a quotation mark stands where none may'
          : 'the row is no CSV',
    }
  }
  return { ok: true, rows }
}
