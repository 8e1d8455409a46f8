/** A table as it is read: those that others refer to come before those that refer to them. */
export interface SourceTable {
  readonly name: string
  readonly columns: readonly string[]
}

export type Value = string | number | null
export type Row = readonly Value[]

/** A database at one moment, while its server goes on writing. */
export interface BackupSource {
  readonly database: 'SQLite' | 'PostgreSQL'
  readonly schemaVersion: number
  readonly tables: readonly SourceTable[]
  /** Some thousand at a time, in no order. */
  rows(table: SourceTable): AsyncIterable<readonly Row[]>
  close(): Promise<void>
}

/** Written by the migrations of whoever restores. */
export const versionTable = 'schema_version'

/**
 * Those that are referred to first.
 * @param references for each table, the tables that it refers to
 */
export function inOrderOfReference(references: ReadonlyMap<string, readonly string[]>): string[] {
  const order: string[] = []
  const seen = new Set<string>()
  const visit = (name: string): void => {
    if (seen.has(name)) return
    seen.add(name)
    for (const other of references.get(name) ?? []) if (references.has(other)) visit(other)
    order.push(name)
  }
  for (const name of [...references.keys()].sort()) visit(name)
  return order
}

/** A name in SQL; it comes from the database's own catalogue. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
