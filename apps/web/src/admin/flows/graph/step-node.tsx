import { Handle, type Node as CanvasNode, type NodeProps, Position } from '@xyflow/react'
import { classNames, Icon } from '../../../look/index.ts'
import css from '../flows.module.css'
import { exitsOf, type Node } from '../flow-draft.ts'
import { kindIcons } from '../kind-icons.ts'
import { useFlowWords } from '../use-flow-words.ts'

export type DrawnNode = CanvasNode<
  {
    readonly node: Node
    /** What it does, in a few words. */
    readonly summaryOf: (node: Node) => string
    readonly isStart: boolean
    readonly isPassed: boolean
    readonly worst: 'error' | 'warning' | undefined
  },
  'step'
>

/** One step of the drawing: what it is, what it does, and its exits to draw lines from. */
export function StepNode({ data: { node, summaryOf, isStart, isPassed, worst }, selected }: NodeProps<DrawnNode>) {
  const text = useFlowWords()
  return (
    <div
      className={classNames(
        css.step,
        selected && css.stepChosen,
        isPassed && css.stepPassed,
        worst && css[worst],
        isStart && css.stepStart,
      )}
    >
      <Handle type="target" position={Position.Left} className={css.entry!} />
      <div className={css.stepHead}>
        <Icon name={kindIcons[node.kind]} />
        <span className={css.stepTitle}>{text.node(node)}</span>
        {worst && <Icon name="warning" size={16} />}
      </div>
      <div className={css.stepSummary}>{summaryOf(node)}</div>
      {exitsOf(node).map((exit) => (
        <div key={exit} className={css.exit}>
          {text.exit(exit)}
          <Handle
            type="source"
            position={Position.Right}
            id={exit}
            className={classNames(css.exitHandle, node.exits[exit] === undefined && css.exitOpen)}
          />
        </div>
      ))}
    </div>
  )
}
