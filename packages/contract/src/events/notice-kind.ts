import type { TSchema } from 'typebox'

/** One kind of notice: what is told to open screens and not kept. */
export interface NoticeKind {
  readonly kind: string
  readonly summary: string
  /** The shape of `data`; more fields may come. */
  readonly data: TSchema
}
