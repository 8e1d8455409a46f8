import type { ReplyOf } from '../api/api.ts'

export type SharedCall = ReplyOf<'readSharedCall'>
