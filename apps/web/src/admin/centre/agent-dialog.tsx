import { useState } from 'react'
import { Button, Checkbox, IconButton, Labelled, Quiet, Radios, Select, Stack, TextField } from '../../look/index.ts'
import { useWords } from '../../words/use-words.ts'
import { WholeField } from '../flows/forms/fields.tsx'
import type { Agent, CentreView } from './centre-model.ts'
import css from './centre.module.css'
import { type CentreProps, withMaybe, without } from './centre-props.ts'
import { Row } from './parts.tsx'
import { ThingDialog } from './thing-dialog.tsx'
import { useCentreText } from './use-centre-text.ts'

/** One agent: queues, skills, how much at once, where they are rung, when they work. */
export function AgentDialog({
  model,
  view,
  users,
  agent: opened,
  onClose,
}: CentreProps & { readonly agent: Agent; readonly onClose: () => void }) {
  const text = useCentreText()
  const [agent, setAgent] = useState(opened)
  const name = users.find(({ id }) => id === opened.userId)?.displayName ?? opened.userId
  const { line } = agent
  return (
    <ThingDialog
      title={name}
      model={model}
      view={view}
      section="agents"
      id={agent.userId}
      isNew={false}
      isWide
      canSave={line.kind === 'devices' || /^\+?[0-9*#]{1,31}$/.test(line.number)}
      save={() => model.put('agents', agent)}
      onClose={onClose}
    >
      <Stack>
        <AgentQueues agent={agent} put={setAgent} view={view} />
        <AgentSkills agent={agent} put={setAgent} view={view} />
        <CapacityFields value={agent.capacity} onChange={(capacity) => setAgent({ ...agent, capacity })} />
        <LineFields value={line} onChange={(changed) => setAgent({ ...agent, line: changed })} />
        <Select
          label={text('workingHours')}
          value={agent.scheduleId ?? '-'}
          choices={[
            { id: '-', label: text('noHoursChosen') },
            ...view.centre.schedules.map((schedule) => ({ id: schedule.id, label: schedule.name })),
          ]}
          onChange={(id) => setAgent(withMaybe(agent, 'scheduleId', id === '-' ? undefined : id))}
        />
      </Stack>
    </ThingDialog>
  )
}

interface PartProps {
  readonly agent: Agent
  readonly put: (agent: Agent) => void
  readonly view: CentreView
}

function AgentQueues({ agent, put, view }: PartProps) {
  const text = useCentreText()
  const places = agent.queues.flatMap((entry, at) => {
    const queue = view.centre.queues.find(({ id }) => id === entry.queueId)
    return queue?.selection === 'inOrder' ? [{ entry, at, queue }] : []
  })
  return (
    <>
      <Labelled label={text('queues')}>
        <div className={css.ticks} role="group" aria-label={text('queues')}>
          {view.centre.queues.map(({ id, name }) => (
            <Checkbox
              key={id}
              isOn={agent.queues.some(({ queueId }) => queueId === id)}
              onChange={(isOn) =>
                put({
                  ...agent,
                  queues: isOn
                    ? [...agent.queues, { queueId: id }]
                    : agent.queues.filter(({ queueId }) => queueId !== id),
                })
              }
            >
              {name}
            </Checkbox>
          ))}
        </div>
      </Labelled>
      {places.map(({ entry, at, queue }) => (
        <TextField
          key={entry.queueId}
          label={`${queue.name}: ${text('place')}`}
          inputMode="numeric"
          value={entry.place === undefined ? '' : String(entry.place)}
          onChange={(typed) => {
            const place = /^[1-9]\d{0,3}$/.test(typed) ? Number(typed) : undefined
            if (place !== undefined || typed === '')
              put({
                ...agent,
                queues: agent.queues.with(at, place === undefined ? without(entry, 'place') : { ...entry, place }),
              })
          }}
        />
      ))}
    </>
  )
}

function AgentSkills({ agent, put, view }: PartProps) {
  const text = useCentreText()
  const { shell } = useWords()
  const { skills } = view.centre
  const left = skills.filter(({ id }) => !agent.skills.some(({ skillId }) => skillId === id))
  return (
    <Labelled label={text('skills')}>
      {agent.skills.map((one, at) => {
        const name = skills.find(({ id }) => id === one.skillId)?.name ?? one.skillId
        return (
          <div key={one.skillId} className={css.period} role="group" aria-label={name}>
            <Row>
              <Select
                label={text('skill')}
                value={one.skillId}
                choices={skills
                  .filter(({ id }) => id === one.skillId || left.some((skill) => skill.id === id))
                  .map((skill) => ({ id: skill.id, label: skill.name }))}
                onChange={(skillId) => put({ ...agent, skills: agent.skills.with(at, { ...one, skillId }) })}
              />
              <WholeField
                label={text('skillLevel')}
                value={one.level}
                least={1}
                most={10}
                onChange={(level) => put({ ...agent, skills: agent.skills.with(at, { ...one, level }) })}
              />
            </Row>
            <div>
              <IconButton
                icon="trash"
                size="small"
                label={`${shell.remove}: ${name}`}
                onPress={() => put({ ...agent, skills: agent.skills.filter((_, i) => i !== at) })}
              />
            </div>
          </div>
        )
      })}
      {skills.length === 0 ? (
        <Quiet>{text('noSkillsYet')}</Quiet>
      ) : (
        <div>
          <Button
            size="small"
            icon="plus"
            isDisabled={left.length === 0}
            onPress={() => put({ ...agent, skills: [...agent.skills, { skillId: left[0]!.id, level: 5 }] })}
          >
            {text('addSkill')}
          </Button>
        </div>
      )}
    </Labelled>
  )
}

/** How much of each an agent has at once. */
function CapacityFields({
  value,
  onChange,
}: {
  readonly value: Agent['capacity']
  readonly onChange: (value: Agent['capacity']) => void
}) {
  const text = useCentreText()
  const field = (key: 'mail' | 'chat' | 'voicemail' | 'sms', label: string) => (
    <WholeField
      label={label}
      value={value[key]}
      least={0}
      most={50}
      onChange={(room) => onChange({ ...value, [key]: room })}
    />
  )
  return (
    <Labelled label={text('atOnce')}>
      <Row>
        {field('mail', text('atOnceMail'))}
        {field('chat', text('atOnceChat'))}
        {field('voicemail', text('atOnceVoicemail'))}
        {field('sms', text('atOnceSms'))}
      </Row>
      <Checkbox isOn={value.speaksBeside} onChange={(speaksBeside) => onChange({ ...value, speaksBeside })}>
        {text('speaksBeside')}
      </Checkbox>
    </Labelled>
  )
}

/** By which telephone an agent is reached. */
function LineFields({
  value,
  onChange,
}: {
  readonly value: Agent['line']
  readonly onChange: (value: Agent['line']) => void
}) {
  const text = useCentreText()
  return (
    <Stack>
      <Radios
        label={text('telephone')}
        value={value.kind}
        choices={[
          { id: 'devices', label: text('ownDevices') },
          { id: 'number', label: text('otherNumber'), hint: text('otherNumberHint') },
        ]}
        onChange={(kind) => onChange(kind === 'devices' ? { kind } : { kind, number: '', isKept: false })}
      />
      {value.kind === 'number' && (
        <>
          <TextField
            label={text('number')}
            value={value.number}
            inputMode="tel"
            onChange={(number) => onChange({ ...value, number: number.replace(/[\s().-]/g, '') })}
          />
          <Checkbox isOn={value.isKept} onChange={(isKept) => onChange({ ...value, isKept })}>
            {text('keptLine')}
          </Checkbox>
        </>
      )}
    </Stack>
  )
}
