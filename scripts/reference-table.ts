// Tables of the reference pages, in Markdown.

/** One line of a table; a bar or a line break in a cell does no harm. */
export const row = (...cells: readonly unknown[]): string =>
  `| ${cells
    .map((cell) =>
      String(cell ?? '')
        .replaceAll('|', '\\|')
        .replace(/\s+/g, ' '),
    )
    .join(' | ')} |`

/** Head, rule and rows. */
export const table = (head: readonly string[], rows: readonly string[]): string =>
  [row(...head), row(...head.map(() => '---')), ...rows].join('\n')
