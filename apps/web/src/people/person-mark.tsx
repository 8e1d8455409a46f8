import type { ReactNode } from 'react'
import { PresenceMark } from '../presence/index.ts'
import type { Entry } from './people-search.ts'

/** What stands at the corner of a photo: how a colleague can be reached now. Nothing for people outside. */
export const personMark = ({ id, kind }: Pick<Entry, 'id' | 'kind'>): ReactNode =>
  kind === 'colleague' ? <PresenceMark userId={id} /> : undefined
