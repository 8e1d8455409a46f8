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

/** What is found in a recording's file. */
export interface InspectedSound {
  readonly durationMs: number
  readonly sizeBytes: number
  /** Of the file as it lies there, hexadecimal. */
  readonly sha256: string
  /** `cut`: it has no end, and what is there is good. `changed`: part of it does not open. */
  readonly verdict: 'whole' | 'cut' | 'changed'
}

/** Where the files of recordings lie. */
export interface RecordingFolder extends RecordingFiles {
  /** Where a new one goes; its folder is there. `file` is relative to the data folder, `path` absolute. */
  place(companyId: string, name: string): Promise<{ readonly file: string; readonly path: string }>
  /** Reads all of it. Undefined when it is not there. */
  inspect(file: string, key: Uint8Array): Promise<InspectedSound | undefined>
  isThere(file: string): Promise<boolean>
  /** Resolves when it is gone from the disk. */
  remove(file: string): Promise<void>
  /** Room on the disk; undefined where the system does not say. */
  freeBytes(): Promise<number | undefined>
}

/** How sealed sound files are read: the media engine's own form. */
export interface SealedSoundReader {
  /** The WAV file in a sealed one. Undefined when it is none; rejects when the key does not open it. */
  open(path: string, key: Uint8Array): Promise<RecordingFile | undefined>
  /** Opens all of it. */
  inspect(path: string, key: Uint8Array): Promise<Pick<InspectedSound, 'durationMs' | 'verdict'> | undefined>
}
