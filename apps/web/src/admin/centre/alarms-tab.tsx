import { useState } from 'react'
import { Button, Checkbox, Empty, Line, Select, Stack, Table, type TableColumn } from '../../look/index.ts'
import { LinesField, WholeField } from '../flows/forms/fields.tsx'
import { type Alarm, newId } from './centre-model.ts'
import { type CentreProps, withMaybe } from './centre-props.ts'
import { Row } from './parts.tsx'
import { isName, NameField, ThingDialog, ThingState } from './thing-dialog.tsx'
import { useCentreText } from './use-centre-text.ts'

type Props = Omit<CentreProps, 'users'>

const figures = {
  waiting: 'figureWaiting',
  longestWaitSeconds: 'figureLongest',
  serviceLevelToday: 'figureLevel',
  agentsReady: 'figureReady',
  agentsLoggedIn: 'figureLoggedIn',
  missedOffers: 'figureMissed',
} as const
const figureIds = Object.keys(figures) as (keyof typeof figures)[]

/** What supervisors are told of. */
export function AlarmsTab({ model, view }: Props) {
  const text = useCentreText()
  const [opened, setOpened] = useState<Alarm>()
  const { queues, alarms } = view.centre
  const columns: TableColumn<Alarm>[] = [
    { id: 'name', title: text('name'), cell: ({ name }) => name },
    {
      id: 'queue',
      title: text('queues'),
      cell: ({ queueId }) => queues.find(({ id }) => id === queueId)?.name ?? text('allQueues'),
    },
    {
      id: 'limit',
      title: text('value'),
      cell: ({ figure, is, value }) => `${text(figures[figure])} ${text(is)} ${value}`,
    },
    { id: 'state', title: text('state'), cell: ({ id }) => <ThingState view={view} section="alarms" id={id} /> },
  ]
  const blank = (): Alarm => ({
    id: newId(),
    name: '',
    figure: 'waiting',
    is: 'over',
    value: 5,
    forSeconds: 60,
    byMail: [],
    byPush: true,
  })
  return (
    <Stack>
      <Line>
        <Button icon="plus" onPress={() => setOpened(blank())}>
          {text('newAlarm')}
        </Button>
      </Line>
      <Table
        label={text('tabAlarms')}
        columns={columns}
        rows={alarms}
        onOpen={setOpened}
        empty={<Empty icon="bell" title={text('noAlarms')} />}
      />
      {opened && (
        <AlarmDialog key={opened.id} model={model} view={view} alarm={opened} onClose={() => setOpened(undefined)} />
      )}
    </Stack>
  )
}

function AlarmDialog({
  model,
  view,
  alarm: opened,
  onClose,
}: Props & { readonly alarm: Alarm; readonly onClose: () => void }) {
  const text = useCentreText()
  const [alarm, setAlarm] = useState(opened)
  const isNew = !view.centre.alarms.some(({ id }) => id === opened.id)
  return (
    <ThingDialog
      title={isNew ? text('newAlarm') : opened.name}
      model={model}
      view={view}
      section="alarms"
      id={alarm.id}
      isNew={isNew}
      isWide
      canSave={isName(alarm.name)}
      save={() => model.put('alarms', alarm)}
      onClose={onClose}
    >
      <Stack>
        <NameField value={alarm.name} onChange={(name) => setAlarm({ ...alarm, name })} />
        <Row>
          <Select
            label={text('queues')}
            value={alarm.queueId ?? '-'}
            choices={[
              { id: '-', label: text('allQueues') },
              ...view.centre.queues.map(({ id, name }) => ({ id, label: name })),
            ]}
            onChange={(id) => setAlarm(withMaybe(alarm, 'queueId', id === '-' ? undefined : id))}
          />
          <Select
            label={text('figure')}
            value={alarm.figure}
            choices={figureIds.map((id) => ({ id, label: text(figures[id]) }))}
            onChange={(figure) => setAlarm({ ...alarm, figure })}
          />
          <Select
            label={text('side')}
            value={alarm.is}
            choices={[
              { id: 'over', label: text('over') },
              { id: 'under', label: text('under') },
            ]}
            onChange={(is) => setAlarm({ ...alarm, is })}
          />
          <WholeField
            label={text('value')}
            value={alarm.value}
            least={0}
            most={1_000_000}
            onChange={(value) => setAlarm({ ...alarm, value })}
          />
          <WholeField
            label={text('forSeconds')}
            value={alarm.forSeconds}
            least={0}
            most={86_400}
            onChange={(forSeconds) => setAlarm({ ...alarm, forSeconds })}
          />
        </Row>
        <Checkbox isOn={alarm.byPush} onChange={(byPush) => setAlarm({ ...alarm, byPush })}>
          {text('byPush')}
        </Checkbox>
        <LinesField
          label={text('byMail')}
          hint={text('byMailHint')}
          value={alarm.byMail}
          write={(address) => address}
          read={(line) => (/^[^\s@<>,;]+@[^\s@<>,;]+$/.test(line) ? line : undefined)}
          mistakeOf={(line) => text('byMailWrong', { line })}
          onChange={(byMail) => setAlarm({ ...alarm, byMail: [...byMail] })}
        />
      </Stack>
    </ThingDialog>
  )
}
