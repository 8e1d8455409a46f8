import type { JournalFound } from './journal-file.ts'

export type JournalRequest =
  | { readonly id: number; readonly op: 'open'; readonly path: string; readonly sizeBytes: number }
  | { readonly id: number; readonly op: 'append'; readonly text: string }
  | { readonly id: number; readonly op: 'clear' }
  | { readonly id: number; readonly op: 'close' }

export type JournalReply =
  | { readonly id: number; readonly found: JournalFound }
  /** `isWritten` is false when there was no room. */
  | { readonly id: number; readonly isWritten: boolean; readonly usedBytes: number }
  | { readonly id: number; readonly error: string }
