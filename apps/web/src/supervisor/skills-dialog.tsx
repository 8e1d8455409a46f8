import { useState } from 'react'
import { useApp } from '../app/use-app.ts'
import { useSubmit } from '../app/use-submit.ts'
import { Banner, Button, Dialog, Select, Stack } from '../look/index.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import type { AgentInCentre, CentreNow } from './centre-now.ts'

/** What an agent can do, changed at once. */
export function SkillsDialog({
  centre,
  agent,
  onClose,
}: {
  readonly centre: CentreNow
  readonly agent: AgentInCentre
  readonly onClose: () => void
}) {
  const { supervisor: words, shell } = useWords()
  const format = useFormat()
  const { api, toasts } = useApp()
  const submit = useSubmit()
  const [levels, setLevels] = useState<Readonly<Record<string, number>>>(() =>
    Object.fromEntries(agent.skills.map(({ skillId, level }) => [skillId, level])),
  )
  const choices = [
    { id: '0', label: words.noLevel },
    ...Array.from({ length: 10 }, (_, i) => ({ id: String(i + 1), label: format.number(i + 1) })),
  ]
  const save = () =>
    submit.run(async () => {
      const skills = Object.entries(levels).flatMap(([skillId, level]) => (level > 0 ? [{ skillId, level }] : []))
      await api.call('putAgentSkills', { params: { agentId: agent.id }, body: { skills } })
      toasts.show({ tone: 'good', text: words.skillsKept })
      onClose()
    })
  return (
    <Dialog
      title={words.skillsOf(agent.name)}
      isOpen
      onClose={onClose}
      foot={
        centre.skills.length > 0 && (
          <>
            <Button onPress={onClose}>{shell.cancel}</Button>
            <Button kind="primary" isDisabled={submit.isBusy} onPress={save}>
              {shell.save}
            </Button>
          </>
        )
      }
    >
      <Stack>
        {submit.fault !== undefined && <Banner tone="bad">{submit.fault}</Banner>}
        <p>{centre.skills.length === 0 ? words.noSkills : words.skillsHint}</p>
        {centre.skills.map(({ id, name }) => (
          <Select
            key={id}
            label={words.level(name)}
            choices={choices}
            value={String(levels[id] ?? 0)}
            onChange={(level) => setLevels({ ...levels, [id]: Number(level) })}
          />
        ))}
      </Stack>
    </Dialog>
  )
}
