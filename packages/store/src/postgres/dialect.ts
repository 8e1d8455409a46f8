import { type DataTypeNode, PostgresDialect, PostgresQueryCompiler } from 'kysely'
import type { Parameter } from '../sqlite/messages.ts'

/** Kysely over PostgreSQL with the one difference that the shared schema needs: text sorts by its bytes, as in SQLite. */
export class BytewisePostgresDialect extends PostgresDialect {
  override createQueryCompiler(): PostgresQueryCompiler {
    return new BytewiseCompiler()
  }
}

class BytewiseCompiler extends PostgresQueryCompiler {
  protected override visitDataType(node: DataTypeNode): void {
    super.visitDataType(node)
    // Pages of history go by the order of ids, which a language's collation would change.
    if (node.dataType === 'text') this.append(' collate "C"')
  }
}

const bigint = 20
const asText = (value: string): string => value

/** Integers of 64 bits (times, event numbers) become numbers; everything else of the schema is text or a small integer. */
export const types = {
  getTypeParser: (oid: number): ((value: string) => unknown) =>
    oid === bigint || oid === 21 || oid === 23 ? Number : oid === 16 ? (value) => value === 't' : asText,
}

/** PostgreSQL has no NUL in text, a message from the wire may: its picture stands for it. */
export const toParameter = (value: Parameter): Parameter =>
  typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\u2400') : value
