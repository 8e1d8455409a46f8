import { useState } from 'react'
import { Button, Card, Checkbox, Empty, type IconName, Line, Stack, Table, type TableColumn } from '../../look/index.ts'
import { type Centre, newId } from './centre-model.ts'
import { type CentreProps, withMaybe } from './centre-props.ts'
import { MaybeWhole } from './parts.tsx'
import { isName, NameField, ThingDialog, ThingState } from './thing-dialog.tsx'
import { useCentreText } from './use-centre-text.ts'

type Props = Omit<CentreProps, 'users'>
type Reason = Centre['reasons'][number]

interface Named {
  readonly id: string
  readonly name: string
}

/** A list of names, with the form of one of them. */
function NameList<T extends Named>({
  model,
  view,
  section,
  label,
  make,
  empty,
  icon,
  rows,
  columns = [],
  blank,
  fields,
}: Props & {
  readonly section: 'skills' | 'wrapUpCodes' | 'reasons'
  readonly label: string
  readonly make: string
  readonly empty: string
  readonly icon: IconName
  readonly rows: readonly T[]
  readonly columns?: readonly TableColumn<T>[]
  readonly blank: () => T
  readonly fields?: (thing: T, put: (thing: T) => void) => React.ReactNode
}) {
  const text = useCentreText()
  const [thing, setThing] = useState<T>()
  const isNew = thing !== undefined && !rows.some(({ id }) => id === thing.id)
  return (
    <Stack>
      <Line>
        <Button icon="plus" onPress={() => setThing(blank())}>
          {make}
        </Button>
      </Line>
      <Table
        label={label}
        columns={[
          { id: 'name', title: text('name'), cell: ({ name }) => name },
          ...columns,
          { id: 'state', title: text('state'), cell: ({ id }) => <ThingState view={view} section={section} id={id} /> },
        ]}
        rows={rows}
        onOpen={setThing}
        empty={<Empty icon={icon} title={empty} />}
      />
      {thing && (
        <ThingDialog
          title={isNew ? make : (rows.find(({ id }) => id === thing.id)?.name ?? thing.name)}
          model={model}
          view={view}
          section={section}
          id={thing.id}
          isNew={isNew}
          canSave={isName(thing.name)}
          save={() => model.put(section, thing as never)}
          onClose={() => setThing(undefined)}
        >
          <NameField value={thing.name} onChange={(name) => setThing({ ...thing, name })} />
          {fields?.(thing, setThing)}
        </ThingDialog>
      )}
    </Stack>
  )
}

export function SkillsTab({ model, view }: Props) {
  const text = useCentreText()
  const { skills, agents, queues } = view.centre
  return (
    <NameList
      model={model}
      view={view}
      section="skills"
      label={text('tabSkills')}
      make={text('newSkill')}
      empty={text('noSkills')}
      icon="star"
      rows={skills}
      columns={[
        {
          id: 'agents',
          title: text('usedBy'),
          cell: ({ id }) => String(agents.filter((agent) => agent.skills.some(({ skillId }) => skillId === id)).length),
        },
        {
          id: 'needed',
          title: text('neededBy'),
          cell: ({ id }) =>
            queues
              .filter(({ needs }) => needs.some(({ skillId }) => skillId === id))
              .map(({ name }) => name)
              .join(', ') || '–',
        },
      ]}
      blank={() => ({ id: newId(), name: '' })}
    />
  )
}

export function CodesTab({ model, view }: Props) {
  const text = useCentreText()
  return (
    <Stack>
      <Card title={text('codes')}>
        <NameList
          model={model}
          view={view}
          section="wrapUpCodes"
          label={text('codes')}
          make={text('newCode')}
          empty={text('noCodes')}
          icon="check"
          rows={view.centre.wrapUpCodes}
          blank={() => ({ id: newId(), name: '' })}
        />
      </Card>
      <Card title={text('reasons')}>
        <NameList<Reason>
          model={model}
          view={view}
          section="reasons"
          label={text('reasons')}
          make={text('newReason')}
          empty={text('noReasons')}
          icon="pause"
          rows={view.centre.reasons}
          columns={[
            {
              id: 'minutes',
              title: text('minutes'),
              cell: ({ mostMinutes }) => (mostMinutes === undefined ? '–' : String(mostMinutes)),
            },
            { id: 'work', title: text('isWork'), cell: ({ isWork }) => (isWork ? '✓' : '–') },
          ]}
          blank={() => ({ id: newId(), name: '', isWork: false })}
          fields={(reason, put) => (
            <>
              <Checkbox isOn={reason.isWork} onChange={(isWork) => put({ ...reason, isWork })}>
                {text('isWork')}
              </Checkbox>
              <MaybeWhole
                tick={text('mostMinutes')}
                label={text('minutes')}
                value={reason.mostMinutes}
                usual={30}
                least={1}
                most={1440}
                onChange={(minutes) => put(withMaybe(reason, 'mostMinutes', minutes))}
              />
            </>
          )}
        />
      </Card>
    </Stack>
  )
}
