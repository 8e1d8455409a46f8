import type { ComponentType } from 'react'
import { useValue } from '../../base/use-value.ts'
import { Button, Card, IconButton, Line, Menu, Select, TextField } from '../../look/index.ts'
import css from './flows.module.css'
import {
  addNode,
  freeId,
  link,
  newNode,
  type Node,
  type NodeGroup,
  nodeGroups,
  type NodeKind,
  putNode,
  removeNodes,
} from './flow-draft.ts'
import type { FlowEditor } from './flow-editor.ts'
import * as actions from './forms/action-forms.tsx'
import * as conditions from './forms/condition-forms.tsx'
import type { FormProps } from './forms/form-props.ts'
import { kindIcons } from './kind-icons.ts'
import { freePlace } from './places.ts'
import { type FlowWords, namedExits, useFlowWords } from './use-flow-words.ts'
import type { Supplies } from './use-supplies.ts'

const forms: { readonly [K in NodeKind]?: ComponentType<FormProps<K>> } = {
  time: conditions.TimeForm,
  holiday: conditions.HolidayForm,
  presence: conditions.PresenceForm,
  caller: conditions.CallerForm,
  spend: conditions.SpendForm,
  variable: conditions.VariableForm,
  lookup: conditions.LookupForm,
  announce: actions.AnnounceForm,
  menu: actions.MenuForm,
  collect: actions.CollectForm,
  ring: actions.RingForm,
  queue: actions.QueueForm,
  voicemail: actions.VoicemailForm,
  forward: actions.ForwardForm,
  set: actions.SetForm,
  setLanguage: actions.LanguageForm,
  callerName: actions.CallerNameForm,
  record: actions.RecordForm,
  mail: actions.MailForm,
  webhook: actions.WebhookForm,
  hangUp: actions.HangUpForm,
}

const nowhere = '-'

/** What one step does, and where each of its exits leads: all that can be drawn, by keyboard and on a small screen too. */
export function NodeForm({
  editor,
  node,
  supplies,
}: {
  readonly editor: FlowEditor
  readonly node: Node
  readonly supplies: Supplies
}) {
  const text = useFlowWords()
  const { now: graph } = useValue(editor.history)
  const put = (changed: Node) => editor.edit((before) => putNode(before, changed))
  // Each form takes nodes of its own kind only.
  const Form = forms[node.kind] as ComponentType<FormProps<NodeKind>> | undefined
  const steps = graph.nodes.map((each) => ({ id: each.id, label: text.node(each) }))
  const remove = () => {
    editor.edit((before) => removeNodes(before, [node.id]))
    editor.chosen.set(undefined)
  }
  return (
    <Card
      title={text(`kind.${node.kind}`)}
      tools={<IconButton icon="trash" label={text('removeStep')} onPress={remove} />}
    >
      <div className={css.panel}>
        {node.id === graph.start ? (
          <span className={css.quiet}>{text('begins')}</span>
        ) : (
          <Line>
            <Button size="small" onPress={() => editor.edit((before) => ({ ...before, start: node.id }))}>
              {text('beginHere')}
            </Button>
          </Line>
        )}
        {node.kind !== 'callerName' && (
          <TextField
            label={text('stepName')}
            value={node.name ?? ''}
            maxLength={60}
            placeholder={text(`kind.${node.kind}`)}
            onChange={(name) => {
              const { name: _, ...rest } = node
              put((name === '' ? rest : { ...rest, name }) as Node)
            }}
          />
        )}
        {Form && <Form key={node.id} node={node} put={put} supplies={supplies} />}
        {namedExits(node, text).map(({ id: exit, label }) => (
          <div key={exit}>
            <Select
              label={text('leadsTo', { exit: label })}
              value={node.exits[exit] ?? nowhere}
              choices={[{ id: nowhere, label: text('nowhere') }, ...steps]}
              onChange={(to) => editor.edit((before) => link(before, node.id, exit, to === nowhere ? undefined : to))}
            />
            {node.exits[exit] === undefined && (
              <AddStep
                editor={editor}
                supplies={supplies}
                label={text('addAfter')}
                after={{ id: node.id, exit }}
                isSmall
              />
            )}
          </div>
        ))}
      </div>
    </Card>
  )
}

/** The menu of steps that there are; what is chosen is added, at the exit if one is given. */
export function AddStep({
  editor,
  supplies,
  label,
  after,
  isSmall,
}: {
  readonly editor: FlowEditor
  readonly supplies: Supplies
  readonly label: string
  readonly after?: { readonly id: string; readonly exit: string }
  readonly isSmall?: boolean
}) {
  const text = useFlowWords()
  const add = (kind: NodeKind) => {
    const id = freeId(editor.graph, kind)
    const node = newNode(kind, id, { firstUserId: supplies.users[0]?.id ?? nowhere })
    const at = freePlace(editor.graph, node, after?.id)
    editor.edit((before) => addNode(before, { ...node, at }, after))
    editor.chosen.set(id)
  }
  return (
    <Menu
      label={label}
      trigger={
        <Button icon="plus" {...(isSmall ? { size: 'small' as const, kind: 'quiet' as const } : {})}>
          {label}
        </Button>
      }
      groups={groupsOf(text, add)}
    />
  )
}

const groupsOf = (text: FlowWords, add: (kind: NodeKind) => void) =>
  (Object.keys(nodeGroups) as NodeGroup[]).map((group) => ({
    id: group,
    title: text(`group.${group}`),
    entries: nodeGroups[group].map((kind) => ({
      id: kind,
      label: text(`kind.${kind}`),
      icon: kindIcons[kind],
      onAction: () => add(kind),
    })),
  }))
