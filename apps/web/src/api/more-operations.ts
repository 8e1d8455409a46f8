import type { Operations } from './http-api.ts'

let known: Promise<Operations> | undefined

/** The operations that no page needs to start, fetched once; tried again at the next call where that failed. */
export function moreOperations(): Promise<Operations> {
  known ??= import('vaxel:operations').then(
    ({ operations }) => operations,
    (error: unknown) => {
      known = undefined
      throw error
    },
  )
  return known
}
