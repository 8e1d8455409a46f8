export interface PastedTable {
  /** Names of the columns as they were written, trimmed. */
  readonly columns: readonly string[]
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[]
}

const delimiters = ['\t', ';', ','] as const
/** A line for Excel, which takes it away itself; other programs fill it up with empty cells. */
const saysDelimiter = /^"?sep=([\t;,])"?[\t;, ]*(?:\n|$)/i

/**
 * Reads a table that was pasted from a spreadsheet or a CSV file (RFC 4180; tab, semicolon or comma, whichever the first
 * line has most of, or says as `sep=;`). Empty lines are left out; a quote that is not closed ends with the text.
 */
export function parseTable(text: string): PastedTable {
  // Lines end with CR LF, LF, or, where a spreadsheet on a Mac has written them, CR.
  const plain = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
  const said = saysDelimiter.exec(plain)
  const head = plain.split('\n', 1)[0] ?? ''
  const delimiter = said?.[1] ?? [...delimiters].sort((a, b) => head.split(b).length - head.split(a).length)[0]!
  const lines = readLines(plain, delimiter, said?.[0].length).filter(({ cells }) => cells.some((cell) => cell !== ''))
  const [first, ...rows] = lines
  return { columns: first?.cells ?? [], rows }
}

function readLines(text: string, delimiter: string, from = 0): { line: number; cells: string[] }[] {
  const lines: { line: number; cells: string[] }[] = []
  let cells: string[] = []
  let cell = ''
  let isQuoted = false
  let line = from === 0 ? 1 : 2
  let begunAt = line
  const endCell = () => {
    cells.push(cell.trim())
    cell = ''
  }
  const endLine = () => {
    endCell()
    lines.push({ line: begunAt, cells })
    cells = []
  }
  for (let i = from; i < text.length; i++) {
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
