import type { User } from '../use-company.ts'
import type { CentreModel, CentreView, Finding } from './centre-model.ts'

/** What every tab is given. */
export interface CentreProps {
  readonly model: CentreModel
  readonly view: CentreView
  readonly users: readonly User[]
}

/** What is the matter with one thing. */
export const findingsAt = ({ findings }: CentreView, section: Finding['section'], id: string): readonly Finding[] =>
  findings.items.filter((finding) => finding.section === section && finding.id === id)

/** What the draft has done to one thing. */
export const changeAt = ({ changes }: CentreView, section: Finding['section'], id: string) =>
  changes.items.find((change) => change.section === section && change.id === id)?.change

/** What is absent is left out: an optional field is never undefined. */
export function without<T extends object, K extends keyof T>(thing: T, key: K): Omit<T, K> {
  const { [key]: _, ...rest } = thing
  return rest
}

/** A field that may be absent, put in or left out. */
export const withMaybe = <T extends object, K extends keyof T>(thing: T, key: K, value: T[K] | undefined): T =>
  value === undefined ? (without(thing, key) as T) : { ...thing, [key]: value }
