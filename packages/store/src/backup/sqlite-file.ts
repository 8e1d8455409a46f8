import Database from 'better-sqlite3'

/** An SQLite file in this thread: backup and restore run in a process of their own, where nothing waits for them. */
export type SqliteFile = Database.Database
export type SqliteStatement = Database.Statement<unknown[]>

export const openSqliteFile = (path: string, options: { readonly: boolean }): SqliteFile =>
  new Database(path, { ...options, fileMustExist: options.readonly, timeout: 5000 })
