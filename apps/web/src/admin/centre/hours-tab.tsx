import { useState } from 'react'
import { useApp } from '../../app/use-app.ts'
import { Button, Checkbox, Empty, Line, Stack, Table, type TableColumn } from '../../look/index.ts'
import { useFormat } from '../../words/use-words.ts'
import { HolidayForm, TimeForm } from '../flows/forms/condition-forms.tsx'
import type { Supplies } from '../flows/use-supplies.ts'
import { newId, type Schedule } from './centre-model.ts'
import type { CentreProps } from './centre-props.ts'
import { isName, NameField, ThingDialog, ThingState } from './thing-dialog.tsx'
import { useCentreText } from './use-centre-text.ts'

type Props = Omit<CentreProps, 'users'>

/** The forms of call rules ask for them, and these two do not use them. */
const nothing: Supplies = {
  users: [],
  numbers: [],
  sounds: [],
  prompts: [],
  credentials: [],
  reloadSounds: () => {},
}

/** When queues are open and agents work. */
export function HoursTab({ model, view }: Props) {
  const text = useCentreText()
  const { language } = useFormat()
  const [opened, setOpened] = useState<Schedule>()
  const { schedules, queues } = view.centre
  // 1 January 2024 was a Monday.
  const dayName = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' })
  const days = (numbers: readonly number[]) => numbers.map((day) => dayName.format(Date.UTC(2024, 0, day))).join(' ')
  const columns: TableColumn<Schedule>[] = [
    { id: 'name', title: text('name'), cell: ({ name }) => name },
    {
      id: 'open',
      title: text('hours'),
      cell: ({ open }) => open.map((period) => `${days(period.days)} ${period.from}–${period.to}`).join('; '),
    },
    {
      id: 'queues',
      title: text('queues'),
      cell: ({ id }) =>
        queues
          .filter(({ scheduleId }) => scheduleId === id)
          .map(({ name }) => name)
          .join(', ') || '–',
    },
    { id: 'state', title: text('state'), cell: ({ id }) => <ThingState view={view} section="schedules" id={id} /> },
  ]
  return (
    <Stack>
      <Line>
        <Button
          icon="plus"
          onPress={() =>
            setOpened({
              id: newId(),
              name: '',
              open: [{ days: [1, 2, 3, 4, 5], from: '08:00', to: '17:00' }],
              ownDays: [],
            })
          }
        >
          {text('newHours')}
        </Button>
      </Line>
      <Table
        label={text('tabHours')}
        columns={columns}
        rows={schedules}
        onOpen={setOpened}
        empty={<Empty icon="clock" title={text('noHours')} />}
      />
      {opened && (
        <HoursDialog key={opened.id} model={model} view={view} schedule={opened} onClose={() => setOpened(undefined)} />
      )}
    </Stack>
  )
}

function HoursDialog({
  model,
  view,
  schedule: opened,
  onClose,
}: Props & { readonly schedule: Schedule; readonly onClose: () => void }) {
  const text = useCentreText()
  const { api, showFault } = useApp()
  const [schedule, setSchedule] = useState(opened)
  const isNew = !view.centre.schedules.some(({ id }) => id === opened.id)
  const { open, country, region, holidayKinds, ownDays } = schedule
  /** The calendar of the company's country, unless another one is chosen meanwhile. */
  const ownCountry = () => {
    api
      .call('listHolidays', { query: {} })
      .then(
        ({ country: own }) =>
          setSchedule((now) => (now.holidayKinds && now.country === undefined ? { ...now, country: own } : now)),
        showFault,
      )
  }
  const hasHolidays = holidayKinds !== undefined || ownDays.length > 0
  return (
    <ThingDialog
      title={isNew ? text('newHours') : opened.name}
      model={model}
      view={view}
      section="schedules"
      id={schedule.id}
      isNew={isNew}
      isWide
      canSave={isName(schedule.name)}
      save={() => model.put('schedules', schedule)}
      onClose={onClose}
    >
      <Stack>
        <NameField value={schedule.name} onChange={(name) => setSchedule({ ...schedule, name })} />
        <TimeForm
          node={{ id: 'hours', kind: 'time', open, exits: {} }}
          put={(node) => setSchedule({ ...schedule, open: node.open })}
          supplies={nothing}
        />
        <Checkbox
          isOn={hasHolidays}
          onChange={(isOn) => {
            const { id, name } = schedule
            setSchedule({ id, name, open, ownDays: [], ...(isOn ? { holidayKinds: ['public'] } : {}) })
            if (isOn) ownCountry()
          }}
        >
          {text('closedOnHolidays')}
        </Checkbox>
        {hasHolidays && (
          <HolidayForm
            node={{
              id: 'holidays',
              kind: 'holiday',
              kinds: holidayKinds ?? [],
              ownDays,
              exits: {},
              ...(country === undefined ? {} : { country }),
              ...(region === undefined ? {} : { region }),
            }}
            put={({ kinds, ownDays: days, country: chosen, region: part }) =>
              setSchedule({
                id: schedule.id,
                name: schedule.name,
                open,
                ownDays: days,
                holidayKinds: kinds,
                ...(chosen === undefined ? {} : { country: chosen }),
                ...(part === undefined ? {} : { region: part }),
              })
            }
            supplies={nothing}
          />
        )}
      </Stack>
    </ThingDialog>
  )
}
