import { useState } from 'react'
import { useApp } from '../../app/use-app.ts'
import { Button, Dialog, Select, Stack } from '../../look/index.ts'
import { useWords } from '../../words/use-words.ts'
import { WholeField } from '../flows/forms/fields.tsx'
import { useWrongFields, WrongFields } from '../flows/forms/wrong-fields.ts'
import type { AgentChange } from './centre-model.ts'
import type { CentreProps } from './centre-props.ts'
import { FaultBanner, PeopleTicks, Row, Ticks, useAsking } from './parts.tsx'
import { useCentreText } from './use-centre-text.ts'

/** Changes many agents at once, or makes agents of people. @param userIds absent: they are chosen here */
export function AgentsDialog({
  model,
  view,
  users,
  userIds: given,
  onClose,
}: CentreProps & { readonly userIds?: readonly string[]; readonly onClose: () => void }) {
  const words = useWords()
  const text = useCentreText()
  const { toasts } = useApp()
  const asking = useAsking()
  const { isAnyWrong, tellWrong } = useWrongFields()
  const [chosen, setChosen] = useState<string[]>([])
  const [add, setAdd] = useState<string[]>([])
  const [take, setTake] = useState<string[]>([])
  const [setSkill, setSetSkill] = useState<{ readonly skillId: string; readonly level: number }>()
  const [takeSkill, setTakeSkill] = useState<string>()
  const [hours, setHours] = useState('same')
  const { queues, skills, schedules, agents } = view.centre
  const userIds = given ?? chosen
  const known = new Set(agents.map(({ userId }) => userId))
  const queueChoices = queues.map(({ id, name }) => ({ id, label: name }))
  const skillChoices = [{ id: '-', label: text('leaveAsIs') }, ...skills.map(({ id, name }) => ({ id, label: name }))]
  const change: AgentChange = {
    ...(add.length > 0 ? { addQueueIds: add } : {}),
    ...(take.length > 0 ? { removeQueueIds: take } : {}),
    ...(setSkill ? { setSkills: [setSkill] } : {}),
    ...(takeSkill === undefined ? {} : { removeSkillIds: [takeSkill] }),
    ...(hours === 'same' ? {} : { scheduleId: hours === 'none' ? null : hours }),
  }
  const save = () =>
    asking.run(async () => {
      await model.changeAgents(userIds, change)
      toasts.show({ tone: 'good', text: text('kept') })
      onClose()
    })
  const title = given ? `${text('changeChosen')} (${given.length})` : text('addPeople')
  const isNothing = given !== undefined && Object.keys(change).length === 0
  return (
    <Dialog
      title={title}
      isOpen
      isWide
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{words.shell.cancel}</Button>
          <Button
            kind="primary"
            isDisabled={asking.isBusy || userIds.length === 0 || isNothing || isAnyWrong}
            onPress={save}
          >
            {words.shell.save}
          </Button>
        </>
      }
    >
      <Stack>
        {!given && (
          <PeopleTicks
            label={text('whichPeople')}
            search={text('search')}
            people={users.filter(({ id }) => !known.has(id))}
            chosen={chosen}
            onChange={setChosen}
          />
        )}
        {queues.length > 0 && (
          <Ticks label={text('addToQueues')} choices={queueChoices} chosen={add} onChange={setAdd} />
        )}
        {given && queues.length > 0 && (
          <Ticks label={text('takeFromQueues')} choices={queueChoices} chosen={take} onChange={setTake} />
        )}
        {skills.length > 0 && (
          <Row>
            <Select
              label={text('setSkill')}
              value={setSkill?.skillId ?? '-'}
              choices={skillChoices}
              onChange={(skillId) =>
                setSetSkill(skillId === '-' ? undefined : { skillId, level: setSkill?.level ?? 5 })
              }
            />
            {setSkill && (
              <WrongFields value={tellWrong}>
                <WholeField
                  label={text('skillLevel')}
                  value={setSkill.level}
                  least={1}
                  most={10}
                  onChange={(level) => setSetSkill({ ...setSkill, level })}
                />
              </WrongFields>
            )}
            {given && (
              <Select
                label={text('takeSkill')}
                value={takeSkill ?? '-'}
                choices={skillChoices}
                onChange={(id) => setTakeSkill(id === '-' ? undefined : id)}
              />
            )}
          </Row>
        )}
        {given && (
          <Select
            label={text('workingHours')}
            value={hours}
            choices={[
              { id: 'same', label: text('leaveAsIs') },
              { id: 'none', label: text('noHoursChosen') },
              ...schedules.map(({ id, name }) => ({ id, label: name })),
            ]}
            onChange={setHours}
          />
        )}
        <FaultBanner fault={asking.fault} />
      </Stack>
    </Dialog>
  )
}
