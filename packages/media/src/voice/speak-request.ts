import type { Language } from '@vaxel/core'

/** One sentence to be read into a file. */
export interface SpeakRequest {
  /** Absolute; its folder is made. */
  readonly file: string
  readonly language: Language
  readonly text: string
}

export interface SpeakAnswer {
  readonly file: string
  /** Why there is no file; absent when there is. */
  readonly problem?: string
}
