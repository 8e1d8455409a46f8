import { useState } from 'react'
import { faultText } from '../app/app.ts'
import { Link } from '../app/link.tsx'
import { useApp, useMe } from '../app/use-app.ts'
import { useSubmit } from '../app/use-submit.ts'
import { useValue } from '../base/use-value.ts'
import { Avatar, Badge, Banner, Button, IconButton, TextField } from '../look/index.ts'
import { photoOf } from '../people/person.ts'
import { describe } from '../people/person-line.tsx'
import { useFormat, useWords } from '../words/use-words.ts'
import css from './agent.module.css'
import type { AgentRuntime } from './agent-services.ts'
import type { CustomerRecord } from './customer-records.ts'
import { HistoryRow } from './history-row.tsx'
import { customerName, type WorkItem } from './work.ts'

/** Whom the agent talks with: the card, what was noted of them, every conversation of before. */
export function CustomerPanel({ item, runtime }: { readonly item: WorkItem; readonly runtime: AgentRuntime }) {
  const words = useWords()
  const { agent, shell } = words
  const { customers } = runtime
  const record = useValue(customers.of(item))
  return (
    <div className={css.customer}>
      <Card item={item} record={record} />
      {record.fault !== undefined && (
        <Banner
          tone="warn"
          tools={
            <Button size="small" onPress={() => void customers.again(item)}>
              {shell.retry}
            </Button>
          }
        >
          {faultText(words, record.fault)}
        </Banner>
      )}
      <Notes item={item} record={record} runtime={runtime} />
      <section aria-label={agent.customer.history}>
        <h2 className={css.groupTitle}>{agent.customer.history}</h2>
        {record.history?.length === 0 && <p className={css.quiet}>{agent.customer.noHistory}</p>}
        <ul className={css.rows}>
          {record.history?.map((one) => (
            <HistoryRow key={one.id} entry={one} />
          ))}
        </ul>
      </section>
    </div>
  )
}

function Card({ item, record }: { readonly item: WorkItem; readonly record: CustomerRecord }) {
  const { agent } = useWords()
  const { services } = useApp()
  const { person } = record
  const { number, address } = item.customer
  const name = person?.name ?? customerName(item) ?? agent.unknown
  const about = person ? describe(person) : ''
  const isKnown = person !== undefined || record.history === undefined
  const query = new URLSearchParams({
    add: '1',
    ...(item.customer.name === undefined ? {} : { name: item.customer.name }),
  })
  return (
    <section className={css.card} aria-label={agent.customer.card}>
      <div className={css.offerHead}>
        <Avatar name={name} photo={person && photoOf(person)} size={44} />
        <div className={css.rowText}>
          <strong>{name}</strong>
          {about !== '' && <span className={css.rowMore}>{about}</span>}
        </div>
      </div>
      {number !== undefined && (
        <div className={css.reach}>
          <span>{number}</span>
          {services.callNumber && (
            <IconButton
              size="small"
              icon="call"
              label={agent.customer.call(number)}
              onPress={() => services.callNumber?.(number, name)}
            />
          )}
        </div>
      )}
      {address !== undefined && <div className={css.reach}>{address}</div>}
      {person && (
        <div className={css.reach}>
          <Link to={`/people/${encodeURIComponent(person.id)}`}>{agent.customer.open}</Link>
        </div>
      )}
      {!isKnown && <Link to={`/people?${query}`}>{agent.customer.add}</Link>}
    </section>
  )
}

function Notes({
  item,
  record,
  runtime,
}: {
  readonly item: WorkItem
  readonly record: CustomerRecord
  readonly runtime: AgentRuntime
}) {
  const { agent } = useWords()
  const format = useFormat()
  const { kept, clock } = useApp()
  const { user } = useMe()
  const { isBusy, fault, run } = useSubmit()
  // Under the customer: what was typed and not added is there again when they are, whatever became of the item.
  const { contactId, number, address } = item.customer
  const key = `agent.customerNote.${user.id}.${contactId ?? number ?? address ?? item.id}`
  const [text, setText] = useState(() => kept.get<string>(key) ?? '')
  const type = (next: string) => {
    setText(next)
    if (next === '') kept.remove(key)
    else kept.set(key, next)
  }
  const add = () =>
    run(async () => {
      await runtime.customers.addNote(item, text.trim())
      type('')
    })
  return (
    <section aria-label={agent.customer.notes}>
      <h2 className={css.groupTitle}>{agent.customer.notes}</h2>
      <ul className={css.notes}>
        {record.notes?.map(({ id, at, by, text: said }) => (
          <li key={id} className={css.note}>
            <span className={css.noteText}>{said}</span>
            <span className={css.rowMore}>
              {by}, {format.moment(Date.parse(at), clock.nowMs())}
            </span>
          </li>
        ))}
        {record.notes?.length === 0 && <li className={css.quiet}>{agent.customer.noNotes}</li>}
      </ul>
      <form
        className={css.addNote}
        onSubmit={(event) => {
          event.preventDefault()
          if (text.trim() !== '' && !isBusy) add()
        }}
      >
        <TextField label={agent.customer.newNote} value={text} onChange={type} maxLength={4000} mistake={fault} />
        <Button type="submit" icon="plus" isDisabled={text.trim() === '' || isBusy}>
          {agent.customer.addNote}
        </Button>
      </form>
      {text !== '' && <Badge tone="info">{agent.customer.notSentYet}</Badge>}
    </section>
  )
}
