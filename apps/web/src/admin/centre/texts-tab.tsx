import { useState } from 'react'
import { Button, Checkbox, Empty, Line, Select, Stack, Table, type TableColumn, TextField } from '../../look/index.ts'
import { newId, type Template } from './centre-model.ts'
import { type CentreProps, withMaybe } from './centre-props.ts'
import { Row, Ticks } from './parts.tsx'
import { isName, NameField, ThingDialog, ThingState } from './thing-dialog.tsx'
import { useCentreText } from './use-centre-text.ts'

type Props = Omit<CentreProps, 'users'>

const kindKeys = { mail: 'kindMail', chat: 'kindChat', knowledge: 'kindKnowledge' } as const

/** Texts for mails and chats, and what agents read from. */
export function TextsTab({ model, view }: Props) {
  const text = useCentreText()
  const [opened, setOpened] = useState<Template>()
  const columns: TableColumn<Template>[] = [
    { id: 'name', title: text('name'), cell: ({ name }) => name },
    { id: 'kind', title: text('textKind'), cell: ({ kind }) => text(kindKeys[kind]) },
    { id: 'language', title: text('language'), cell: ({ language }) => language ?? text('anyLanguage') },
    { id: 'state', title: text('state'), cell: ({ id }) => <ThingState view={view} section="templates" id={id} /> },
  ]
  return (
    <Stack>
      <Line>
        <Button icon="plus" onPress={() => setOpened({ id: newId(), name: '', kind: 'mail', subject: '', text: '' })}>
          {text('newText')}
        </Button>
      </Line>
      <Table
        label={text('tabTexts')}
        columns={columns}
        rows={view.centre.templates}
        onOpen={setOpened}
        empty={<Empty icon="file" title={text('noTexts')} />}
      />
      {opened && (
        <TextDialog key={opened.id} model={model} view={view} template={opened} onClose={() => setOpened(undefined)} />
      )}
    </Stack>
  )
}

function TextDialog({
  model,
  view,
  template: opened,
  onClose,
}: Props & { readonly template: Template; readonly onClose: () => void }) {
  const text = useCentreText()
  const [template, setTemplate] = useState(opened)
  const isNew = !view.centre.templates.some(({ id }) => id === opened.id)
  const { queues } = view.centre
  return (
    <ThingDialog
      title={isNew ? text('newText') : opened.name}
      model={model}
      view={view}
      section="templates"
      id={template.id}
      isNew={isNew}
      isWide
      canSave={isName(template.name) && template.text.trim() !== ''}
      save={() => model.put('templates', template)}
      onClose={onClose}
    >
      <Stack>
        <NameField value={template.name} onChange={(name) => setTemplate({ ...template, name })} />
        <Row>
          <Select
            label={text('textKind')}
            value={template.kind}
            choices={(['mail', 'chat', 'knowledge'] as const).map((id) => ({ id, label: text(kindKeys[id]) }))}
            onChange={(kind) =>
              setTemplate(
                withMaybe({ ...template, kind }, 'subject', kind === 'mail' ? (template.subject ?? '') : undefined),
              )
            }
          />
          <Select
            label={text('language')}
            value={template.language ?? '-'}
            choices={[
              { id: '-', label: text('anyLanguage') },
              { id: 'en', label: 'English' },
              { id: 'sv', label: 'Svenska' },
              { id: 'fr', label: 'Français' },
            ]}
            onChange={(id) => setTemplate(withMaybe(template, 'language', id === '-' ? undefined : id))}
          />
        </Row>
        {template.kind === 'mail' && (
          <TextField
            label={text('subject')}
            value={template.subject ?? ''}
            maxLength={200}
            onChange={(subject) => setTemplate({ ...template, subject })}
          />
        )}
        <TextField
          label={text('text')}
          hint={text('textHint')}
          isLong
          value={template.text}
          maxLength={10_000}
          onChange={(written) => setTemplate({ ...template, text: written })}
        />
        {queues.length > 0 && (
          <>
            <Checkbox
              isOn={template.queueIds !== undefined}
              onChange={(isOn) =>
                setTemplate(withMaybe(template, 'queueIds', isOn ? queues.map(({ id }) => id) : undefined))
              }
            >
              {text('forQueues')}
            </Checkbox>
            {template.queueIds && (
              <Ticks
                label={text('queues')}
                choices={queues.map(({ id, name }) => ({ id, label: name }))}
                chosen={template.queueIds}
                onChange={(queueIds) => setTemplate({ ...template, queueIds })}
              />
            )}
          </>
        )}
      </Stack>
    </ThingDialog>
  )
}
