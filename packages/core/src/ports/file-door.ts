import type { Refusal } from '@vaxel/base'

/** A folder or a file as a visitor of the file server sees it. */
export interface SeenFile {
  readonly name: string
  readonly kind: 'folder' | 'file'
  /** 0 of a folder. */
  readonly sizeBytes: number
  readonly changedAtMs: number
}

/** A file that is being read. */
export interface ReadFile {
  readonly sizeBytes: number
  /** Bytes from `start` (inclusive) to `end` (exclusive). */
  read(start: number, end: number): AsyncIterable<Uint8Array>
}

/**
 * What somebody who logged in at the file server may see. A path is the names from the root on, none of them empty, `.` or `..`;
 * it names an entry of this tree and never one of a disk.
 */
export interface FileVisitor {
  /** Undefined when there is no such thing. */
  find(path: readonly string[]): Promise<SeenFile | undefined>
  /** Undefined when it is no folder. */
  list(path: readonly string[]): Promise<AsyncIterable<SeenFile> | undefined>
  /** Told to the audit before it resolves. Undefined when it is no file, or gone. @param fromByte where reading begins */
  open(path: readonly string[], fromByte: number): Promise<ReadFile | undefined>
  /** Whether the account still counts; a connection of one that does not is ended. */
  isValid(): boolean
  /** Whether data connections must resume the TLS session of the control connection. */
  readonly needsSessionReuse: boolean
}

/** Who may come in at the file server. Guessing is slowed down behind it. */
export interface FileDoor {
  /** @param address IP literal of the client */
  logIn(login: string, password: string, address: string): Promise<FileVisitor | Refusal>
}
