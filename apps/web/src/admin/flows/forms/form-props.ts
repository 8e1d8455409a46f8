import type { NodeKind, NodeOf } from '../flow-draft.ts'
import type { Supplies } from '../use-supplies.ts'

/** What the form of one kind of step is given. */
export interface FormProps<K extends NodeKind> {
  readonly node: NodeOf<K>
  readonly put: (node: NodeOf<K>) => void
  readonly supplies: Supplies
}
