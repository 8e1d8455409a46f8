import { useEffect, useRef, useState } from 'react'
import { useApp } from '../app/use-app.ts'
import { useSubmit } from '../app/use-submit.ts'
import { useValue } from '../base/use-value.ts'
import { Banner, Button, Select, TextField } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import css from './agent.module.css'
import type { DeskState } from './agent-desk.ts'
import { consoleView } from './agent-holder.ts'
import type { AgentRuntime } from './agent-services.ts'
import { Countdown } from './countdown.tsx'
import type { WorkItem } from './work.ts'

const extendSeconds = 60
const mostNote = 4000

/** The note, kept with every key, and what came of it; once the conversation is over, the time that is left for it. */
export function WrapUpForm({
  item,
  runtime: { desk, notes, codes, texts },
  state,
}: {
  readonly item: WorkItem
  readonly runtime: AgentRuntime
  readonly state: DeskState
}) {
  const { agent } = useWords()
  const { showFault } = useApp()
  const note = useValue(notes.of(item.id))
  const chosen = useValue(codes.all)[item.id]
  const focus = useValue(consoleView.noteFocus)
  const field = useRef<HTMLDivElement>(null)
  const [isMissing, setMissing] = useState(false)
  const { isBusy, fault, run } = useSubmit()
  const wrapUp = state.place?.queues.find(({ id }) => id === item.queueId)?.wrapUp
  const isOver = item.state === 'wrappingUp'
  useEffect(() => {
    if (focus > 0) field.current?.querySelector('textarea')?.focus()
  }, [focus])
  useEffect(
    () =>
      texts.takeLast(({ text }) => {
        const before = notes.of(item.id).get().text
        notes.type(item.id, `${before === '' || before.endsWith('\n') ? before : `${before}\n`}${text}`)
      }),
    [texts, notes, item.id],
  )
  const done = () => {
    if (wrapUp?.needsCode && chosen === undefined) return setMissing(true)
    setMissing(false)
    run(async () => {
      const text = note.text.trim()
      await desk.command(item.id, 'wrapUp', {
        ...(chosen === undefined ? {} : { codeId: chosen }),
        ...(text === '' ? {} : { note: text }),
      })
      notes.done(item.id)
      codes.forget(item.id)
    })
  }
  const extend = () => void desk.command(item.id, 'extendWrapUp', { seconds: extendSeconds }).catch(showFault)
  return (
    <form
      className={css.wrapUp}
      aria-label={agent.wrapUp.title}
      onSubmit={(event) => {
        event.preventDefault()
        if (isOver) done()
      }}
      onKeyDown={(event) => {
        if (isOver && event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault()
          done()
        }
      }}
    >
      {isOver && (
        <div className={css.wrapHead}>
          <strong>{agent.wrapUp.title}</strong>
          {item.wrapUpUntil !== undefined && (
            <Countdown
              untilMs={desk.localMs(item.wrapUpUntil)}
              wholeMs={(wrapUp?.seconds ?? 0) * 1000}
              label={agent.wrapUp.left}
            />
          )}
        </div>
      )}
      <div ref={field}>
        <TextField
          label={agent.wrapUp.note}
          hint={agent.wrapUp.safety[note.safety]}
          isLong
          maxLength={mostNote}
          value={note.text}
          onChange={(text) => notes.type(item.id, text)}
          onBlur={() => void notes.flush(item.id)}
        />
      </div>
      {fault !== undefined && (
        <Banner tone="bad" isLive>
          {fault}
        </Banner>
      )}
      <div className={css.wrapKeys}>
        {wrapUp !== undefined && wrapUp.codes.length > 0 && (
          <Select
            label={agent.wrapUp.code}
            placeholder={agent.wrapUp.choose}
            choices={wrapUp.codes.map(({ id, name }) => ({ id, label: name }))}
            value={chosen}
            onChange={(id) => {
              codes.choose(item.id, id)
              setMissing(false)
            }}
            mistake={isMissing ? agent.wrapUp.codeNeeded : undefined}
          />
        )}
        {isOver && (
          <div className={css.keys}>
            <Button kind="primary" icon="check" type="submit" isDisabled={isBusy}>
              {agent.wrapUp.done}
            </Button>
            <Button icon="clock" onPress={extend}>
              {agent.wrapUp.extend}
            </Button>
          </div>
        )}
      </div>
    </form>
  )
}
