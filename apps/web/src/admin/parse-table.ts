export interface PastedTable {
  /** Names of the columns as they were written, trimmed. */
  readonly columns: readonly string[]
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[]
}

const delimiters = ['\t', ';', ','] as const

/**
 * Reads a table that was pasted from a spreadsheet or a CSV file (RFC 4180; tab, semicolon or comma, whichever the first
 * line has most of). Empty lines are left out; a quote that is not closed ends with the text.
 */
export function parseTable(text: string): PastedTable {
  // Lines end with CR LF, LF, or, where a spreadsheet on a Mac has written them, CR.
  const plain = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
  const head = plain.split('\n', 1)[0] ?? ''
  const delimiter = [...delimiters].sort((a, b) => head.split(b).length - head.split(a).length)[0]!
  const lines = readLines(plain, delimiter).filter(({ cells }) => cells.some((cell) => cell !== ''))
  const [first, ...rows] = lines
  return { columns: first?.cells ?? [], rows }
}

function readLines(text: string, delimiter: string): { line: number; cells: string[] }[] {
  const lines: { line: number; cells: string[] }[] = []
  let cells: string[] = []
  let cell = ''
  let isQuoted = false
  let line = 1
  let begunAt = 1
  const endCell = () => {
    cells.push(cell.trim())
    cell = ''
  }
  const endLine = () => {
    endCell()
    lines.push({ line: begunAt, cells })
    cells = []
  }
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!
    if (char === '\n') line++
    if (isQuoted) {
      if (char === '"' && text[i + 1] === '"') cell += text[++i]
      else if (char === '"') isQuoted = false
      else cell += char
    } else if (char === '"' && cell.trim() === '') {
      cell = ''
      isQuoted = true
    } else if (char === delimiter) endCell()
    else if (char === '\n') {
      endLine()
      begunAt = line
    } else cell += char
  }
  if (cell !== '' || cells.length > 0) endLine()
  return lines
}
