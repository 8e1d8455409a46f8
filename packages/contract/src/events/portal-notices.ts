import Type from 'typebox'
import type { NoticeKind } from './notice-kind.ts'

/** What is told to the other screens of the same person. */
export const portalNotices: readonly NoticeKind[] = [
  {
    kind: 'calls.seen',
    summary: 'You have seen the list of missed calls, on this screen or another.',
    data: Type.Object({ upTo: Type.String({ description: 'The newest call that was seen.' }) }),
  },
]
