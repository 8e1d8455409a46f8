import { useEffect, useRef, useState } from 'react'
import { useApp, useMe } from '../app/use-app.ts'
import { useValue } from '../base/use-value.ts'
import { Badge, Button, SearchField } from '../look/index.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import css from './agent.module.css'
import type { DeskState } from './agent-desk.ts'
import { consoleView } from './agent-holder.ts'
import type { AgentRuntime } from './agent-services.ts'
import { fillTemplate, searchTemplates } from './template-fields.ts'
import { customerName, type Template, type WorkItem } from './work.ts'

/** Which texts fit which channel: what the company knows fits all. */
const kindsOf = (channel: WorkItem['channel'] | undefined): readonly Template['kind'][] => {
  if (channel === 'mail') return ['mail', 'knowledge']
  return channel === 'chat' || channel === 'sms' ? ['chat', 'knowledge'] : ['knowledge']
}

/** Texts of the company, found as one types, with their fields filled in; Enter takes the first. */
export function TextPanel({
  runtime,
  item,
  state,
}: {
  readonly runtime: AgentRuntime
  readonly item: WorkItem | undefined
  readonly state: DeskState
}) {
  const { agent, shell } = useWords()
  const format = useFormat()
  const { clock, toasts } = useApp()
  const { user } = useMe()
  const [typed, setTyped] = useState('')
  const focus = useValue(consoleView.textFocus)
  const field = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (focus > 0) field.current?.querySelector('input')?.focus()
  }, [focus])
  const found = searchTemplates(state.place?.templates ?? [], {
    typed,
    queueId: item?.queueId,
    kinds: kindsOf(item?.channel),
  })
  const fill = (template: Template) =>
    fillTemplate(template, {
      customer: item && customerName(item),
      number: item?.customer.number,
      address: item?.customer.address,
      subject: item?.subject,
      queue: item?.queueName,
      agent: user.displayName,
      date: format.date(clock.nowMs()),
      time: format.time(clock.nowMs()),
    })
  const copy = (template: Template) =>
    void navigator.clipboard?.writeText(fill(template).text).then(
      () => toasts.show({ tone: 'good', text: agent.texts.copied }),
      () => toasts.show({ tone: 'warn', text: agent.texts.notCopied }),
    )
  const insert = (template: Template) => {
    if (!runtime.texts.insert(fill(template))) copy(template)
  }
  return (
    <div className={css.customer}>
      <div ref={field}>
        <SearchField
          label={agent.texts.search}
          clearLabel={shell.clear}
          value={typed}
          onChange={setTyped}
          onSubmit={() => found[0] && insert(found[0])}
        />
      </div>
      {found.length === 0 && <p className={css.quiet}>{typed === '' ? agent.texts.none : agent.texts.notFound}</p>}
      <ul className={css.rows} aria-label={agent.texts.tab}>
        {found.slice(0, 50).map((template) => {
          const { text, subject, open } = fill(template)
          return (
            <li key={template.id} className={css.text}>
              <div className={css.textHead}>
                <strong className={css.rowName}>{template.name}</strong>
                <Button size="small" aria-label={agent.texts.insertOf(template.name)} onPress={() => insert(template)}>
                  {agent.texts.insert}
                </Button>
                <Button size="small" aria-label={agent.texts.copyOf(template.name)} onPress={() => copy(template)}>
                  {agent.texts.copy}
                </Button>
              </div>
              {subject !== undefined && <span className={css.rowMore}>{subject}</span>}
              <p className={css.textBody}>{text}</p>
              {open.length > 0 && <Badge tone="warn">{agent.texts.open(open.join(', '))}</Badge>}
            </li>
          )
        })}
      </ul>
    </div>
  )
}
