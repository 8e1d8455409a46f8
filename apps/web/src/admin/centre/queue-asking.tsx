import { Button, Checkbox, IconButton, Quiet, Select, Stack } from '../../look/index.ts'
import { useWords } from '../../words/use-words.ts'
import { LinesField, WholeField } from '../flows/forms/fields.tsx'
import type { Queue } from './centre-model.ts'
import css from './centre.module.css'
import { withMaybe } from './centre-props.ts'
import { MaybeWhole, Row } from './parts.tsx'
import type { QueueFormProps } from './queue-basics.tsx'
import { useCentreText } from './use-centre-text.ts'

type Need = Queue['needs'][number]
type Step = NonNullable<Need['relax']>[number]

/** @example readStep('60 3') // { afterSeconds: 60, level: 3 } */
function readStep(line: string): Step | undefined {
  const [, seconds, level] = /^(\d{1,5})\s+(\d{1,2})$/.exec(line) ?? []
  if (seconds === undefined || level === undefined || Number(level) > 10 || Number(seconds) < 1) return undefined
  return { afterSeconds: Number(seconds), level: Number(level) }
}

/** Who is asked, in which order, for how long, and what they must be able to do. */
export function QueueAsking({ queue, put, view }: QueueFormProps) {
  const text = useCentreText()
  const { skills } = view.centre
  const left = skills.filter(({ id }) => !queue.needs.some(({ skillId }) => skillId === id))
  return (
    <Stack>
      <Select
        label={text('selection')}
        value={queue.selection}
        choices={[
          { id: 'longestIdle', label: text('selectionLongestIdle') },
          { id: 'leastOccupied', label: text('selectionLeastOccupied') },
          { id: 'bestSkilled', label: text('selectionBestSkilled') },
          { id: 'inOrder', label: text('selectionInOrder') },
        ]}
        onChange={(selection) => put({ ...queue, selection })}
      />
      <strong>{text('needs')}</strong>
      {queue.needs.map((need, at) => (
        <NeedFields
          key={need.skillId}
          need={need}
          skills={skills.filter(({ id }) => id === need.skillId || left.some((skill) => skill.id === id))}
          put={(changed) => put({ ...queue, needs: queue.needs.with(at, changed) })}
          remove={() => put({ ...queue, needs: queue.needs.filter((_, i) => i !== at) })}
        />
      ))}
      {skills.length === 0 ? (
        <Quiet>{text('noSkillsYet')}</Quiet>
      ) : (
        <div>
          <Button
            size="small"
            icon="plus"
            isDisabled={left.length === 0}
            onPress={() => put({ ...queue, needs: [...queue.needs, { skillId: left[0]!.id, level: 1 }] })}
          >
            {text('addNeed')}
          </Button>
        </div>
      )}
      <Row>
        <WholeField
          label={text('offerSeconds')}
          value={queue.offerSeconds}
          least={5}
          most={300}
          onChange={(offerSeconds) => put({ ...queue, offerSeconds })}
        />
        <WholeField
          label={text('priority')}
          value={queue.priority}
          least={0}
          most={9}
          onChange={(priority) => put({ ...queue, priority })}
        />
      </Row>
      <Checkbox
        isOn={queue.missedMakesNotReady}
        onChange={(missedMakesNotReady) => put({ ...queue, missedMakesNotReady })}
      >
        {text('missed')}
      </Checkbox>
      <MaybeWhole
        tick={text('sticky')}
        label={text('stickySeconds')}
        value={queue.stickySeconds}
        usual={20}
        least={1}
        most={3600}
        onChange={(seconds) => put(withMaybe(queue, 'stickySeconds', seconds))}
      />
      <MaybeWhole
        tick={text('ages')}
        label={text('agesEvery')}
        value={queue.agesEverySeconds}
        usual={60}
        least={5}
        most={86_400}
        onChange={(seconds) => put(withMaybe(queue, 'agesEverySeconds', seconds))}
      />
    </Stack>
  )
}

function NeedFields({
  need,
  skills,
  put,
  remove,
}: {
  readonly need: Need
  readonly skills: readonly { readonly id: string; readonly name: string }[]
  readonly put: (need: Need) => void
  readonly remove: () => void
}) {
  const text = useCentreText()
  const { shell } = useWords()
  const name = skills.find(({ id }) => id === need.skillId)?.name ?? need.skillId
  return (
    <div className={css.period} role="group" aria-label={name}>
      <Row>
        <Select
          label={text('skill')}
          value={need.skillId}
          choices={skills.map((skill) => ({ id: skill.id, label: skill.name }))}
          onChange={(skillId) => put({ ...need, skillId })}
        />
        <WholeField
          label={text('level')}
          value={need.level}
          least={1}
          most={10}
          onChange={(level) => put({ ...need, level })}
        />
        <LinesField
          label={text('relax')}
          hint={text('relaxHint')}
          value={need.relax ?? []}
          write={({ afterSeconds, level }) => `${afterSeconds} ${level}`}
          read={readStep}
          mistakeOf={(line) => text('relaxWrong', { line })}
          onChange={(steps) => put(withMaybe(need, 'relax', steps.length > 0 ? [...steps] : undefined))}
        />
      </Row>
      <div>
        <IconButton icon="trash" size="small" label={`${shell.remove}: ${name}`} onPress={remove} />
      </div>
    </div>
  )
}
