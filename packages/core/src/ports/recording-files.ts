/** A recording's file, as it is read. */
export interface RecordingFile {
  readonly sizeBytes: number
  /** Bytes from `start` (inclusive) to `end` (exclusive). */
  read(start: number, end: number): AsyncIterable<Uint8Array>
}

/** The sound of recordings. */
export interface RecordingFiles {
  /** @param file relative to the data folder, as the ledger has it; undefined when it is not there (any more) */
  open(file: string): Promise<RecordingFile | undefined>
}
