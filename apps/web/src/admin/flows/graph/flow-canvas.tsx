import '@xyflow/react/dist/base.css'
import {
  Background,
  type Connection,
  Controls,
  type Edge,
  type EdgeChange,
  type NodeChange,
  applyNodeChanges,
  ReactFlow,
} from '@xyflow/react'
import { useEffect, useMemo, useState } from 'react'
import { useValue } from '../../../base/use-value.ts'
import css from '../flows.module.css'
import { link, placeNodes, removeNodes } from '../flow-draft.ts'
import type { FlowEditor } from '../flow-editor.ts'
import { useFlowWords } from '../use-flow-words.ts'
import { nodeHeight, nodeWidth } from '../places.ts'
import { placesOf } from './arrange.ts'
import { type DrawnNode, StepNode } from './step-node.tsx'

const nodeTypes = { step: StepNode }
const closest = { maxZoom: 1, padding: 0.12 }

/** The rule as a drawing: steps are dragged, exits are joined to steps, keys go from step to step and take away. */
export function FlowCanvas({
  editor,
  summaryOf,
}: {
  readonly editor: FlowEditor
  readonly summaryOf: DrawnNode['data']['summaryOf']
}) {
  const text = useFlowWords()
  const { now: graph } = useValue(editor.history)
  const chosen = useValue(editor.chosen)
  const findings = useValue(editor.findings)
  const path = useValue(editor.path)
  const made = useMemo((): DrawnNode[] => {
    const places = placesOf(graph)
    const passed = new Set(path?.steps.map(({ nodeId }) => nodeId))
    return graph.nodes.map((node) => ({
      id: node.id,
      type: 'step',
      position: places.get(node.id) ?? { x: 0, y: 0 },
      width: nodeWidth,
      height: nodeHeight(node),
      selected: node.id === chosen,
      ariaLabel: `${text.node(node)}. ${text(`kind.${node.kind}`)}`,
      data: {
        node,
        summaryOf,
        isStart: node.id === graph.start,
        isPassed: passed.has(node.id),
        worst: findings
          .filter(({ nodeId }) => nodeId === node.id)
          .reduce<DrawnNode['data']['worst']>(
            (worst, { severity }) => (worst === 'error' ? worst : severity),
            undefined,
          ),
      },
    }))
  }, [graph, chosen, findings, path, text, summaryOf])
  // While a step is dragged, it is where the pointer is; the drawing learns where it was put.
  const [nodes, setNodes] = useState(made)
  useEffect(() => setNodes(made), [made])
  const edges = useMemo((): Edge[] => {
    const left = new Set(path?.steps.map(({ nodeId, exit }) => `${nodeId} ${exit}`))
    return graph.nodes.flatMap((node) =>
      Object.entries(node.exits).map(([exit, target]) => ({
        id: `${node.id} ${exit}`,
        source: node.id,
        sourceHandle: exit,
        target,
        ariaLabel: `${text.node(node)}, ${text.exit(exit)}`,
        className: left.has(`${node.id} ${exit}`) ? css.passedEdge! : css.edge!,
      })),
    )
  }, [graph, path, text])

  const change = (changes: readonly NodeChange<DrawnNode>[]) => {
    setNodes((before) => applyNodeChanges([...changes], before))
    const gone = changes.flatMap((each) => (each.type === 'remove' ? [each.id] : []))
    if (gone.length > 0) editor.edit((before) => removeNodes(before, gone))
    const put = changes.flatMap((each) =>
      each.type === 'position' && each.position && !each.dragging ? [[each.id, each.position] as const] : [],
    )
    if (put.length > 0) editor.edit((before) => placeNodes(before, new Map([...placesOf(before), ...put])))
    for (const each of changes) if (each.type === 'select' && each.selected) editor.chosen.set(each.id)
  }
  const changeEdges = (changes: readonly EdgeChange[]) => {
    for (const each of changes) {
      if (each.type !== 'remove') continue
      const [id, exit] = each.id.split(' ')
      editor.edit((before) => link(before, id!, exit!, undefined))
    }
  }
  const join = ({ source, sourceHandle, target }: Connection) => {
    if (sourceHandle) editor.edit((before) => link(before, source, sourceHandle, target))
  }
  return (
    <div className={css.canvas} role="group" aria-label={text('drawing')}>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        onNodesChange={change}
        onEdgesChange={changeEdges}
        onConnect={join}
        onPaneClick={() => editor.chosen.set(undefined)}
        deleteKeyCode="Delete"
        multiSelectionKeyCode={null}
        fitView
        fitViewOptions={closest}
        minZoom={0.2}
        maxZoom={1.6}
        proOptions={{ hideAttribution: true }}
        ariaLabelConfig={{
          'node.a11yDescription.default': text('chooseStep'),
          'node.a11yDescription.keyboardDisabled': text('chooseStep'),
          'edge.a11yDescription.default': text('removeStep'),
          'controls.ariaLabel': text('drawing'),
          'controls.zoomIn.ariaLabel': '+',
          'controls.zoomOut.ariaLabel': '−',
          'controls.fitView.ariaLabel': text('arrange'),
        }}
      >
        <Background gap={20} />
        <Controls showInteractive={false} />
      </ReactFlow>
    </div>
  )
}
